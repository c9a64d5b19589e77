"""A sandbox that notes which branches of the templates were taken, and tells of its words in which line they stand.

For trials of a profile, never for a report. Behind the words of every line of a template stands a Run without letters
whose position is that line's; headings and places of tables, which are read sign by sign, have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context

from generator.compose.sandbox import Sandbox
from generator.model.document import Run
from generator.model.remember import anew
from generator.model.source import Position

_NOTED, _FROM = "~到过", "~出自"
"""Names of filters that no template can write."""
_READ_BY_SIGN = re.compile(r"(?:^|%\})\s*[#@]")
_OPENING, _NEXT, _CLOSING = ("if", "for", "macro"), ("elif", "else"), ("endif", "endfor", "endmacro")
_Tag = tuple[int, int]
"""Line and column."""


class Branch(NamedTuple):
    """A branch of a template: the tag that begins it, as it is written, and where. ``outer`` is the branch it stands in."""

    tag: str
    position: Position
    outer: Branch | None = None


class Trace:
    """What the templates of some documents took; ``sandbox`` is to be given to ``compose`` for each of them."""

    def __init__(self) -> None:
        self.branches: dict[int, Branch] = {}
        self.taken: set[int] = set()
        self.places: list[Position] = []
        self.codes: dict[tuple[Any, ...], Any] = {}

    @property
    def sandbox(self) -> Callable[..., Sandbox]:
        """A sandbox that notes here."""
        return partial(_Noting, self)

    def untaken(self) -> Iterator[Branch]:
        """The branches that nothing took, without those inside such a one, in the order they were met."""
        taken = {self.branches[number] for number in self.taken}
        for branch in dict.fromkeys(self.branches.values()):
            if branch not in taken and (branch.outer is None or branch.outer in taken):
                yield branch


class _Noting(Sandbox):
    """A Sandbox whose templates say which branch they are in. Their code is another, so it is kept apart."""

    def __init__(self, trace: Trace, _: object, **options: Any) -> None:
        super().__init__(anew, **options)
        self._trace = trace
        self.filters[_NOTED] = trace.taken.add
        # Passed the context: Jinja would else print what is constant once, for all documents.
        self.filters[_FROM] = pass_context(lambda _, number: Run("", position=trace.places[number]))

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
        """A template's code, made once for all documents of the trace."""
        key = (name, filename, source)
        if key not in self._trace.codes:
            self._trace.codes[key] = ImmutableSandboxedEnvironment.compile(self, source, name, filename)
        return self._trace.codes[key]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        tags = _tags(self, source)
        _Noter(self._trace, filename or "", source, tags).note(tree, None)
        return tree


class _Noter(NamedTuple):
    """Puts a note at the beginning of every branch of one template."""

    trace: Trace
    file: str
    source: str
    tags: Iterator[list[_Tag]]

    def note(self, node: nodes.Node, outer: Branch | None) -> None:
        """All branches at and below a node; tags come in the order in which branches open."""
        if isinstance(node, nodes.If):
            lines = next(self.tags)
            bodies = [node.body, *(one.body for one in node.elif_), *([node.else_] if node.else_ else [])]
            self._bodies(lines, bodies, outer, node)
        elif isinstance(node, nodes.For):
            self._bodies(next(self.tags), [node.body, *([node.else_] if node.else_ else [])], outer, node)
        elif isinstance(node, nodes.Macro):
            self._bodies(next(self.tags), [node.body], outer, node)
        elif isinstance(node, nodes.Output):
            node.nodes[:] = [part for one in node.nodes for part in self._placed(one)]
        else:
            for child in node.iter_child_nodes():
                self.note(child, outer)

    def _placed(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        """Words of a template line by line, each with its place behind it; anything else as it is."""
        if not isinstance(node, nodes.TemplateData):
            yield node
            return
        lines = self.source.split("\n")
        for number, text in enumerate(node.data.split("\n")):
            start = [nodes.TemplateData("\n", lineno=node.lineno)] if number else []
            yield from (*start, nodes.TemplateData(text, lineno=node.lineno))
            if text.strip() and not _READ_BY_SIGN.search(lines[node.lineno + number - 1]):
                self.trace.places.append(Position(self.file, node.lineno + number, 1))
                yield _filtered(node, len(self.trace.places) - 1, _FROM)

    def _bodies(self, tags: list[_Tag], bodies: list[list[nodes.Node]], outer: Branch | None, node: nodes.Node) -> None:
        for tag, body in zip(tags, bodies, strict=False):
            branch = self._branch(tag, outer)
            number = len(self.trace.branches)
            self.trace.branches[number] = branch
            for child in body:
                self.note(child, branch)
            body.insert(0, _saying(node, number))

    def _branch(self, tag: _Tag, outer: Branch | None) -> Branch:
        line, column = tag
        text = self.source.split("\n")[line - 1][column - 1 :]
        found = re.match(r"\{%.*?%\}", text)
        return Branch(found[0] if found else text.strip(), Position(self.file, line, column), outer)


def _saying(node: nodes.Node, number: int) -> nodes.Node:
    """A statement that notes a number and prints nothing."""
    return nodes.ExprStmt(_filtered(node, number, _NOTED), lineno=node.lineno, environment=node.environment)


def _filtered(node: nodes.Node, number: int, name: str) -> nodes.Filter:
    where: dict[str, Any] = {"lineno": node.lineno, "environment": node.environment}
    return nodes.Filter(nodes.Const(number, **where), name, [], [], None, None, **where)


def _tags(sandbox: Sandbox, source: str) -> Iterator[list[_Tag]]:
    """For each if, for and macro, in the order they open: its tags."""
    found: list[list[_Tag]] = []
    opened: list[list[_Tag]] = []
    lines, counted, begun = source.split("\n"), Counter[int](), False
    for line, token, value in sandbox.lexer.tokeniter(source, None):
        if token == "name" and begun:  # noqa: S105 - a kind of token
            tag = line, _nth(lines[line - 1], counted[line])
            if value in _OPENING:
                opened.append([tag])
                found.append(opened[-1])
            elif value in _NEXT and opened:
                opened[-1].append(tag)
            elif value in _CLOSING and opened:
                opened.pop()
        counted[line] += token == "block_begin"  # noqa: S105
        begun = token == "block_begin" or (begun and token == "whitespace")  # noqa: S105
    return iter(found)


def _nth(line: str, number: int) -> int:
    """The column of a line's tag, counted from one."""
    places = [found.start() + 1 for found in re.finditer(r"\{%", line)]
    return places[min(number, len(places)) - 1] if places else 1
