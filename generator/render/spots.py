"""Where in the document a problem belongs: beside the words or the number it is about, as far as that can be known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.model.comment import Spot
from generator.model.document import Block, Document, Heading, Paragraph, TableBlock, TableRow
from generator.model.figure import Change, Fact, Figure, Numeric
from generator.model.numerals import ORDINAL
from generator.model.problem import Problem
from generator.model.source import Position, Source, lines_of

Line = tuple[str, int]
"""A file and a line of it."""
Sources = Mapping[str, Source]
_QUOTED = re.compile(r"“([^”]{2,})”")
_KEY = re.compile(r"^[-\s]*(.*?)(?::\s+(.*))?$")
_SHORT = 4


class Spots:
    """Looks once over the document, then answers for each problem."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self.blocks, self.sources = document.blocks, sources
        self.typed: dict[Line, list[tuple[int, Spot]]] = {}
        self.smallest: dict[Line, tuple[int, Spot]] = {}
        seen: set[int] = set()
        for spot, text, numeric, typed in _printed(document.blocks):
            if typed is not None:
                self.typed.setdefault(_line(typed), []).append((typed.column, spot))
            if numeric is None or not text or id(numeric) in seen:  # the first of several that print one number
                continue
            seen.add(id(numeric))
            for weight, position in _origins(numeric):
                known = self.smallest.get((position.file, position.line))
                if known is None or weight < known[0]:
                    self.smallest[position.file, position.line] = weight, spot

    @cached_property
    def words(self) -> dict[str, Spot]:
        """The first place of each stretch's words."""
        found: dict[str, Spot] = {}
        for spot, text, *_ in _printed(self.blocks):
            found.setdefault(text, spot)
        return found

    def of(self, problem: Problem) -> Spot | None:
        """The words typed there, else the smallest sum the line goes into, else words that the problem is about."""
        position = problem.position
        if not position.file:
            return self._named(position.place)
        for line in _lines(position, self.sources):
            if line in self.typed:
                return min(self.typed[line], key=lambda typed: _distance(typed[0], position))[1]
            if line in self.smallest:
                return self.smallest[line][1]
        return next(filter(None, map(self._saying, _wordings(problem, self.sources))), None)

    def _saying(self, text: str) -> Spot | None:
        """A cell, a heading, a run that says just this, else a paragraph that says it among others."""
        if text in self.words or len(text) < _SHORT:  # too short to be anybody's
            return self.words.get(text)
        paragraphs = (at for at, block in enumerate(self.blocks) if isinstance(block, Paragraph) and text in block.text)
        return next((Spot(at, -1, 0) for at in paragraphs), None)

    def _named(self, place: str) -> Spot | None:
        """A place as the rules write it: “表!行/栏”, or a heading."""
        name, _, cell = place.partition("!")
        for index, block in enumerate(self.blocks):
            if isinstance(block, TableBlock) and name and block.caption.endswith(name):
                return _cell(index, block, cell)
            if isinstance(block, Heading) and block.ordinal + block.title == place:
                return Spot(index)
        return None


def _printed(blocks: tuple[Block, ...]) -> Iterator[tuple[Spot, str, Numeric | None, Position | None]]:
    """Each stretch with what it prints and where it was typed; cells before paragraphs, which may quote them."""
    for index, block in enumerate(blocks):
        for number, row in enumerate(block.rows if isinstance(block, TableBlock) else ()):
            for place, (text, figure) in enumerate(zip(row.texts, row.figures, strict=True)):
                if text:
                    yield Spot(index, number, place), text, figure, row.typed_at(place)
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield Spot(index), block.ordinal + block.title, None, None
        for place, run in enumerate(block.runs if isinstance(block, Paragraph) else ()):
            yield Spot(index, -1, place), run.text, run.figure, run.position


def _origins(numeric: Numeric | None) -> Iterator[tuple[int, Position]]:
    """What a number stands on: each place with how many it shares the number with; the fewer, the more it is about it."""
    if isinstance(numeric, Figure):
        yield from ((len(numeric.lines), line.position) for line in numeric.lines)
    elif isinstance(numeric, Change):
        if numeric.reason is not None:
            yield 1, numeric.reason.position
        if isinstance(numeric.prior, Fact):
            yield from _origins(numeric.prior)
    elif isinstance(numeric, Fact):
        if numeric.position is not None:
            yield 1, numeric.position
        yield from ((len(numeric.parts), part.position) for part in numeric.parts if part.position is not None)


def _distance(column: int, position: Position) -> tuple[bool, int]:
    """Name and value stand on one line: the one that begins last before the place is meant."""
    behind = position.column - column
    return behind < 0, abs(behind)


def _lines(position: Position, sources: Sources) -> Iterator[Line]:
    """The line itself; for a name above others (a 功能科目 with its lines), what it begins."""
    yield _line(position)
    source = sources.get(position.file)
    lines = lines_of(source) if source else ()
    below = position.line
    while below < len(lines) and lines[below].lstrip().startswith("#"):
        below += 1
    if position.line > 0 and below < len(lines) and _indent(lines[below]) > _indent(lines[position.line - 1]):
        yield position.file, below + 1


def _line(position: Position) -> Line:
    return position.file, position.line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _wordings(problem: Problem, sources: Sources) -> Iterator[str]:
    """The words of the document that a problem of the data may be about: what stands on its line, what it quotes."""
    found = _KEY.match(typed_line(problem.position, sources))
    if found:
        parts = [text.strip("\"'") for text in found.groups() if text]
        yield from sorted((text for text in parts if len(text) > 1), key=len, reverse=True)
    yield from _QUOTED.findall(problem.message)


def typed_line(position: Position, sources: Sources) -> str:
    """A line as it was typed, without its remark; empty where there is none."""
    source = sources.get(position.file)
    line = source.line(position.line) if source else None
    return line.split(" #")[0].strip() if line else ""


def _cell(index: int, block: TableBlock, cell: str) -> Spot:
    label, _, head = cell.partition("/")
    for number, row in enumerate(block.rows):
        start = _called(row, label, number) if label else None
        if start is not None:
            return Spot(index, number, _column(block, row, head, start))
    return Spot(index)


def _called(row: TableRow, label: str, number: int) -> int | None:
    """Where a row has the words a rule calls it by: a cell without its ordinal, all cells together, or its number."""
    texts = [ORDINAL.sub("", text.strip()) for text in row.texts]
    wanted = ORDINAL.sub("", label)
    if wanted in texts:
        return texts.index(wanted)
    return 0 if label == f"第{number + 1}行" or "".join(texts).startswith(wanted.replace(" ", "")) else None


def _column(block: TableBlock, row: TableRow, head: str, start: int) -> int:
    """The place in the row under a header, right of its label if there is one; the label where cells are uneven."""
    last = head.split("·")[-1]
    found = sorted(cell.column for cell in block.header if cell.text == last and cell.span == 1)
    return start if row.spans or not found else next((column for column in found if column > start), found[0])
