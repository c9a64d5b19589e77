"""Where on the page a problem belongs: beside the words or the number it is about, as far as that can be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from generator.model.comment import Spot
from generator.model.department import Inputs
from generator.model.document import Block, Document, Heading, Paragraph, TableBlock, TableRow
from generator.model.figure import Change, Fact, Figure, Numeric
from generator.model.problem import Problem
from generator.model.source import Passage, Position, Source, lines_of

Place = tuple[str, int]
"""A file and a line of it."""


def spots(
    problems: Iterable[Problem], document: Document, inputs: Inputs, sources: Mapping[str, Source]
) -> dict[Problem, Spot]:
    """Each problem's spot; one that nothing on the page is about has none."""
    finder = _Finder(document, inputs)
    found = ((problem, finder.spot(problem.position, sources)) for problem in problems)
    return {problem: spot for problem, spot in found if spot is not None}


class _Finder:
    """Looks once over the document, then answers by place."""

    def __init__(self, document: Document, inputs: Inputs) -> None:
        self.blocks = document.blocks
        self.passages: dict[Place, list[Passage]] = {}
        for passage in inputs.department.passages:
            self.passages.setdefault(_place(passage.text.position), []).append(passage)
        self.typed = Counter(passage.text.value for passage in inputs.department.passages)
        self.cells = _cells(document.blocks, self.typed)
        self.owners: dict[tuple[int, int], str] = {}
        self.smallest: dict[Place, tuple[int, Spot]] = {}
        for spot, figure in _figures(document.blocks):
            for weight, position in _origins(figure):
                known = self.smallest.get(_place(position))
                if known is None or weight < known[0]:
                    self.smallest[_place(position)] = (weight, spot)

    def spot(self, position: Position, sources: Mapping[str, Source]) -> Spot | None:
        """Where the page shows what was typed there."""
        if not position.file:
            return self._named(position.place)
        for place in _places(position, sources):
            if place in self.smallest:
                return self.smallest[place][1]
            nearest = sorted(self.passages.get(place, ()), key=lambda passage: _distance(passage, position))
            for passage in nearest:
                spot = self._words(passage)
                if spot is not None:
                    return spot
        return None

    def _named(self, place: str) -> Spot | None:
        """A place of the document: a table's title, or a heading's."""
        title = place.partition("!")[0]
        for index, block in enumerate(self.blocks):
            name = (
                block.caption
                if isinstance(block, TableBlock)
                else block.ordinal + block.title
                if isinstance(block, Heading)
                else ""
            )
            if title and title in name:
                return Spot(index)
        return None

    def _words(self, passage: Passage) -> Spot | None:
        """The cell or paragraph that prints these words; of several alike the one that is known to be theirs."""
        text = passage.text.value
        found = self.cells.get(text, [])
        if found and self.typed[text] == 1:
            return found[0]
        ours = [spot for spot in found if f"“{self._owner(spot)}”" in passage.place]
        if ours or len(found) == 1:
            return (ours or found)[0]
        return None if found or len(text) < 4 else self._paragraph(text)  # too short to be anybody's

    def _paragraph(self, text: str) -> Spot | None:
        paragraphs = [(index, block) for index, block in enumerate(self.blocks) if isinstance(block, Paragraph)]
        exact = [index for index, block in paragraphs if any(run.text == text for run in block.runs)]
        found = exact or [index for index, block in paragraphs if text in block.text]
        return Spot(found[0]) if found else None

    def _owner(self, spot: Spot) -> str:
        """The name at the head of the merged rows a cell stands in: a project's."""
        place = spot.block, spot.row
        if place not in self.owners:
            block = self.blocks[spot.block]
            assert isinstance(block, TableBlock)
            names = (text for text in block.rows[block.first_joined(spot.row)].texts if text and not text.isdigit())
            self.owners[place] = next(names, "\n")
        return self.owners[place]


def _distance(passage: Passage, position: Position) -> tuple[bool, int]:
    """Name and value stand on one line: the one that begins last before the place is meant."""
    behind = position.column - passage.text.position.column
    return behind < 0, abs(behind)


def _cells(blocks: tuple[Block, ...], wanted: Container[str]) -> dict[str, list[Spot]]:
    """Every cell that says one of the wanted things, and nothing else."""
    found: dict[str, list[Spot]] = {}
    for index, block in enumerate(blocks):
        for number, row in enumerate(block.rows if isinstance(block, TableBlock) else ()):
            for cell, words in enumerate(row.texts):
                if words and words in wanted:
                    found.setdefault(words, []).append(Spot(index, number, cell))
    return found


def _figures(blocks: tuple[Block, ...]) -> Iterator[tuple[Spot, Numeric]]:
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from ((Spot(index), run.figure) for run in block.runs if run.figure is not None)
        elif isinstance(block, TableBlock):
            for number, row in enumerate(block.rows):
                yield from ((Spot(index, number, cell), figure) for cell, figure in _printed(row))


def _printed(row: TableRow) -> Iterator[tuple[int, Numeric]]:
    for cell, (text, figure) in enumerate(zip(row.texts, row.figures, strict=True)):
        if text and figure is not None:
            yield cell, figure


def _origins(figure: Numeric) -> Iterator[tuple[int, Position]]:
    """What a number stands on: each place with how many it shares the number with; the fewer, the more it is about it."""
    if isinstance(figure, Figure):
        yield from ((len(figure.lines), line.position) for line in figure.lines)
    elif isinstance(figure, Change):
        if figure.reason is not None:
            yield 1, figure.reason.position
        if isinstance(figure.prior, Fact):
            yield from _origins(figure.prior)
    elif isinstance(figure, Fact):
        if figure.position is not None:
            yield 1, figure.position
        yield from ((len(figure.parts), part.position) for part in figure.parts if part.position is not None)


def _places(position: Position, sources: Mapping[str, Source]) -> Iterator[Place]:
    """The line itself; for a name above others (a 功能科目 with its lines), what it begins."""
    yield _place(position)
    source = sources.get(position.file)
    lines = lines_of(source) if source else ()
    below = position.line
    while below < len(lines) and lines[below].lstrip().startswith("#"):
        below += 1
    if position.line > 0 and below < len(lines) and _indent(lines[below]) > _indent(lines[position.line - 1]):
        yield position.file, below + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(position: Position) -> Place:
    return position.file, position.line
