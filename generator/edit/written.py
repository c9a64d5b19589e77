"""How YAML is read and written here: ruamel.yaml, which gives no type to anything and breaks no line."""

from __future__ import annotations

import re
from copy import copy
from io import StringIO
from typing import Any, TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import BaseResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from generator.model.tree import Tree

_CODES = ("代码", "编码", "单位")
"""What these name is a code, also where it looks like a number."""
_TAKEN = re.compile(
    r"[-+]?0[0-9_]+|[0-9]{16,}"  # other programs drop the zero, and round a long code
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|0[xo][0-9a-fA-F_]+|[-+.]?[0-9][0-9_]*\.?[0-9_]*[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|nan)|~|null|true|false|yes|no|on|off|=|<<|",
    re.IGNORECASE,
)
"""Words that YAML or the programs that read it take for something else than text."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _Untyped(BaseResolver):
    """Nothing that is written plainly is a number, a date or a truth value."""

    processing_version = (1, 2)

    def __init__(self, version: object = None, loader: Any = None) -> None:  # as YAML makes its resolvers
        super().__init__(loader)


class _Emitter(Emitter):
    """A name is written beside its value, however long: “? ” is YAML that no clerk reads."""

    MAX_SIMPLE_KEY_LENGTH = 1000


def composed(text: str) -> Node | None:
    """The root node of a text, with where each node stands; None where it says nothing. Raises YAMLError."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _Untyped
    found: Node | None = yaml.compose(text)
    if found is not None:
        _settle(text, found)
    return found


def _settle(text: str, node: Node) -> None:
    """To ruamel a value that nobody typed stands where the next word does, below the comments: it stands behind its name."""
    if not isinstance(node, CollectionNode):
        return
    after = node.start_mark.index
    for key, value in pairs_of(node):
        if isinstance(value, ScalarNode) and not value.value and not value.style and is_block(node):
            at = text.index(":" if key else "-", key.end_mark.index if key else past_blanks(text, after)) + 1
            value.start_mark = value.end_mark = copy(value.start_mark)
            value.start_mark.index = at
        _settle(text, value)
        after = content_end(value)


def pairs_of(node: CollectionNode) -> list[tuple[ScalarNode | None, Node]]:
    """The names and values of a map; the items of a list, without names."""
    return list(node.value) if isinstance(node, MappingNode) else [(None, item) for item in node.value]


def is_block(node: Node) -> TypeGuard[CollectionNode]:
    """Whether a node is a map or a list without brackets."""
    return isinstance(node, CollectionNode) and not node.flow_style


def content_end(node: Node) -> int:
    """Where the last word of a node ends."""
    if not is_block(node):
        return int(node.end_mark.index)
    last = node.value[-1]
    return content_end(last[1] if isinstance(node, MappingNode) else last)


def past_blanks(text: str, at: int) -> int:
    """The first place from ``at`` on that is neither blank nor in a comment."""
    found = re.compile(r"(?:\s+|(?:(?<=\s)|^)#[^\n]*)*", re.MULTILINE).match(text, at)
    return found.end() if found else at


def tree_of(text: str) -> Tree:
    """What a text says; empty for a text that says nothing. Raises ruamel's YAMLError where it is no YAML.

    The project's own loader says what is wrong with a file; this is for a text it has no complaint about.
    """
    root = composed(text)
    return "" if root is None else tree_at(root)


def tree_at(node: Node) -> Tree:
    """What a node says."""
    if isinstance(node, MappingNode):
        return {str(key.value): tree_at(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [tree_at(item) for item in node.value]
    return str(node.value)


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees say the same in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def scalar_text(text: str, name: str = "", style: str = "", flow: bool = False) -> str:
    """A text as a file has it: plain where that is read as it stands, else in quotes; in those it had (``style``), if any.

    ``name``: what it is the value of; ``flow``: it stands between brackets.
    """
    return _dumped([_styled(text, name, style)], True)[1:-1] if flow else _dumped(_styled(text, name, style))


def key_text(name: str, style: str = "", flow: bool = False) -> str:
    """A name as a file has it, without its colon."""
    styled = _styled_key(name, style)
    return _dumped([styled], True)[1:-1] if flow else _dumped(styled)


def flow_text(tree: Tree, name: str = "") -> str:
    """A tree between brackets, on one line."""
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{key_text(key, flow=True)}: {flow_text(value, key)}' for key, value in tree.items())}}}"
    if isinstance(tree, list):
        return f"[{', '.join(flow_text(item, name) for item in tree)}]"
    return scalar_text(tree, name, flow=True)


def block_text(tree: Tree, column: int) -> str:
    """A map or a list that is not empty, as whole lines that begin at a column."""
    text = _dumped(_marked(tree))
    cut = 2 if isinstance(tree, list) else 0  # ruamel sets lists off by two, also where nothing stands above them
    lines = (line[cut:] for line in text.split("\n"))
    return "".join(f"{' ' * column}{line}\n" for line in lines)


def _marked(tree: Tree, name: str = "") -> Any:
    if isinstance(tree, dict):
        return {_styled_key(key): _marked(value, key) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_marked(item, name) for item in tree]
    return _styled(tree, name, "")


def _styled(text: str, name: str, style: str) -> str:
    if _BREAKS.search(text) or _TAKEN.fullmatch(text) or style == '"' or (name in _CODES and text.isdigit()):
        return DoubleQuotedScalarString(text)  # type: ignore[no-any-return]
    if style == "'" or text.startswith("?"):  # “[? a]” is a map to ruamel
        return SingleQuotedScalarString(text)  # type: ignore[no-any-return]
    return text


def _styled_key(name: str, style: str = "") -> str:
    """A name of nothing but digits is a code; one with “：” is taken for a mistyped colon by the loader."""
    return _styled(name, _CODES[0], style or ('"' if "：" in name else ""))


def _dumped(value: Any, flow: bool = False) -> str:
    yaml = YAML()
    yaml.Resolver = _Untyped
    yaml.Emitter = _Emitter
    yaml.width = 10**9
    yaml.allow_unicode = True
    yaml.default_flow_style = flow
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(value, out)
    return out.getvalue().removesuffix("\n").removesuffix("\n...")
