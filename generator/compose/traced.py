"""A sandbox that notes which branches of the templates were taken: for trials of a profile, never for a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.compose.sandbox import Sandbox
from generator.model.remember import anew
from generator.model.source import Position

_NOTED = "~到过"
"""The name of a filter that no template can write."""
_OPENING = ("if", "for")
_NEXT = ("elif", "else")


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
    tags: Iterator[list[int]]

    def note(self, node: nodes.Node, outer: Branch | None) -> None:
        """All branches at and below a node; tags come in the order in which branches open."""
        if isinstance(node, nodes.If):
            lines = next(self.tags)
            bodies = [node.body, *(one.body for one in node.elif_), *([node.else_] if node.else_ else [])]
            self._bodies(lines, bodies, outer, node)
        elif isinstance(node, nodes.For):
            self._bodies(next(self.tags), [node.body, *([node.else_] if node.else_ else [])], outer, node)
        elif isinstance(node, nodes.Macro):
            self._bodies([node.lineno], [node.body], outer, node)
        else:
            for child in node.iter_child_nodes():
                self.note(child, outer)

    def _bodies(self, lines: list[int], bodies: list[list[nodes.Node]], outer: Branch | None, node: nodes.Node) -> None:
        for line, body in zip(lines, bodies, strict=False):
            branch = self._branch(line, outer)
            number = len(self.trace.branches)
            self.trace.branches[number] = branch
            for child in body:
                self.note(child, branch)
            body.insert(0, _saying(node, number))

    def _branch(self, line: int, outer: Branch | None) -> Branch:
        text = self.source.split("\n")[line - 1]
        found = re.search(r"\{%[-+]? *(?:if|elif|else|for|macro)\b.*?%\}", text)
        column = found.start() + 1 if found else 1
        return Branch(found[0] if found else text.strip(), Position(self.file, line, column), outer)


def _saying(node: nodes.Node, number: int) -> nodes.Node:
    """A statement that notes a number and prints nothing."""
    where: dict[str, Any] = {"lineno": node.lineno, "environment": node.environment}
    return nodes.ExprStmt(nodes.Filter(nodes.Const(number, **where), _NOTED, [], [], None, None, **where), **where)


def _tags(sandbox: Sandbox, source: str) -> Iterator[list[int]]:
    """For each if and for, in the order they open: the lines of its tags."""
    found: list[list[int]] = []
    open_: list[list[int]] = []
    begun = False
    for line, token, value in sandbox.lexer.tokeniter(source, None):
        if token == "name" and begun:  # noqa: S105 - a kind of token
            if value in _OPENING:
                found.append([line])
                open_.append(found[-1])
            elif value in _NEXT and open_:
                open_[-1].append(line)
            elif value in ("endif", "endfor") and open_:
                open_.pop()
        begun = token == "block_begin" or (begun and token == "whitespace")  # noqa: S105
    return iter(found)
