"""What templates name: values, parts of them, words in quotes, other templates. Asked of their text, without running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from generator.model.source import Source


class Names(NamedTuple):
    """``paths`` are names as they stand (国有资产.车辆), ``parts`` what is asked of some value (项.用途: 用途), ``words`` texts
    in quotes, which name formats, bases and words of items; ``files`` the templates that are taken in.
    """

    paths: frozenset[str]
    parts: frozenset[str]
    words: frozenset[str]
    files: frozenset[str]

    def uses(self, name: str) -> bool:
        """Whether a value is named: itself, something of it, or the group it is in, as a whole."""
        groups = [name.rsplit(".", count)[0] for count in range(1, name.count(".") + 1)]
        return any(path == name or path.startswith(f"{name}.") or path in groups for path in self.paths)


def names_in(sources: Iterable[Source]) -> Names:
    """All that some templates name; one that is no good names nothing."""
    paths, parts, words, files = set[str](), set[str](), set[str](), set[str]()
    for source in sources:
        try:
            tree = Environment(autoescape=False).parse(source.text)  # noqa: S701 - it is only looked at
        except TemplateSyntaxError:
            continue
        paths |= set(_paths(tree))
        parts |= {str(node.attr) for node in tree.find_all(nodes.Getattr)}
        words |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
        for taken in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            files |= {node.value for node in taken.find_all(nodes.Const) if isinstance(node.value, str)}
    return Names(frozenset(paths), frozenset(parts), frozenset(words), frozenset(files))


def _paths(node: nodes.Node) -> Iterator[str]:
    """The longest names, each once: 国有资产.车辆 is not also 国有资产."""
    path = _path(node)
    if path:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from _paths(child)


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        above = _path(node.node)
        return f"{above}.{node.attr}" if above else ""
    return ""
