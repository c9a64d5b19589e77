"""What a reviewer is told beside the document: how each figure came about, and what the checks ask. No file format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.model.comment import Comment, Spot
from generator.model.document import Document, Heading, Paragraph, TableBlock, TableRow
from generator.model.figure import Change, Fact, Figure, Mover, Numeric
from generator.model.ledger import LedgerLine
from generator.model.numerals import ORDINAL
from generator.model.problem import Problem, Severity
from generator.model.source import Position, Source
from generator.render.story import story

_SHOWN_LINES = 3
_TOTAL = re.compile(r".*(?:合计|总计)$")
_QUOTED = re.compile(r"“([^”]{2,})”")
_KEY = re.compile(r"^[-\s]*(.*?)(?::\s+(.*))?$")


Sources = Mapping[str, Source]


def review(document: Document, problems: Iterable[Problem], sources: Sources) -> tuple[Comment, ...]:
    """All comments, in the document's order: every derived figure of the prose, every table's totals, every warning
    whose words stand in the document.
    """
    found = [*_figures(document, sources), *_warnings(document, problems, sources)]
    return tuple(sorted(found, key=lambda comment: comment.spot))


def _figures(document: Document, sources: Sources) -> Iterator[Comment]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            figures = [(Spot(index, -1, place), run.figure) for place, run in enumerate(block.runs)]
            yield from _explained(figures, sources)
        elif isinstance(block, TableBlock):
            for number, row in enumerate(block.rows):
                if any(_TOTAL.match(text) for text in row.texts):
                    figures = [(Spot(index, number, place), figure) for place, figure in enumerate(row.figures)]
                    yield from _explained(figures, sources)


def _explained(figures: list[tuple[Spot, Numeric | None]], sources: Sources) -> Iterator[Comment]:
    """A comment on each figure; one that says the same thing again in the same row or paragraph is not said again."""
    said: set[str] = set()
    for spot, figure in figures:
        text = _told(figure, sources) if figure is not None else ""
        if text and text not in said:
            said.add(text)
            yield Comment(spot, text)


def _told(numeric: Numeric, sources: Sources) -> str:
    """How a number came about; nothing for one that was typed as it stands."""
    if isinstance(numeric, Fact) and not numeric.parts:
        return ""
    told = story(numeric)
    label = f"{told.name}（{told.kind}）" if told.name else told.kind
    return "\n".join([f"{label}：{told.how[0]}", *told.how[1:], *_lines(_behind(numeric), sources)])


def _behind(numeric: Numeric) -> tuple[LedgerLine, ...]:
    """The lines to show of it: of a change last year's, for this year's stand at the amount itself."""
    match numeric:
        case Figure() | Mover():
            return numeric.lines
        case Change(prior=Figure(lines=lines)):
            return lines
    return ()


def _lines(lines: tuple[LedgerLine, ...], sources: Sources) -> Iterator[str]:
    """The first lines as they were typed; the last place is not spent on saying that one more is left out."""
    shown = len(lines) if len(lines) == _SHOWN_LINES + 1 else _SHOWN_LINES
    for line in lines[:shown]:
        yield f"{line.position.file_and_line}　{_typed(line.position, sources) or str(line.money)}"
    if len(lines) > shown:
        yield f"……另有{len(lines) - shown}行"


def _typed(position: Position, sources: Sources) -> str:
    source = sources.get(position.file)
    line = source.line(position.line) if source else None
    return line.split(" #")[0].strip() if line else ""


def _warnings(document: Document, problems: Iterable[Problem], sources: Sources) -> Iterator[Comment]:
    spots = _Spots(document)
    for problem in problems:
        if problem.severity is Severity.ADVICE:
            continue
        position = problem.position
        if position.line:
            words = _wordings(problem, sources)
            spot = spots.reason(position) or next(filter(None, (spots.words(text, position) for text in words)), None)
        else:
            spot = spots.place(position.place)
        if spot is not None:
            where = f"（{position}）" if position.line else ""
            yield Comment(spot, f"{problem.severity.label} {problem.code}：{problem.message}{where}\n{problem.remedy}")


def _wordings(problem: Problem, sources: Sources) -> Iterator[str]:
    """The words of the document that a problem of the data may be about: what it quotes, what stands on its line."""
    yield from _QUOTED.findall(problem.message)
    typed = _KEY.match(_typed(problem.position, sources))
    if typed:
        parts = [text.strip("\"'") for text in typed.groups() if text]
        yield from sorted((text for text in parts if len(text) > 1), key=len, reverse=True)


class _Spots:
    """Where words stand: a cell that says just this, a heading, else a paragraph that says it among others."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.headings: dict[str, Spot] = {}
        self.cells: dict[str, list[Spot]] = {}
        self.reasons: dict[tuple[str, int], Spot] = {}
        for index, block in enumerate(document.blocks):
            if isinstance(block, Heading):
                self.headings.setdefault(block.ordinal + block.title, Spot(index))
            elif isinstance(block, Paragraph):
                self._note_reasons(index, block)
            elif isinstance(block, TableBlock):
                self._note_cells(index, block)

    def _note_reasons(self, index: int, block: Paragraph) -> None:
        for place, run in enumerate(block.runs):
            if isinstance(run.figure, Change) and run.figure.reason is not None:
                position = run.figure.reason.position
                self.reasons.setdefault((position.file, position.line), Spot(index, -1, place))

    def _note_cells(self, index: int, block: TableBlock) -> None:
        for number, row in enumerate(block.rows):
            for place, text in enumerate(row.texts):
                self.cells.setdefault(text, []).append(Spot(index, number, place))

    def reason(self, position: Position) -> Spot | None:
        """Where the change stands that this line of the data explains."""
        return self.reasons.get((position.file, position.line))

    def words(self, text: str, position: Position) -> Spot | None:
        """Where these words stand; of several cells the one whose row has amounts typed nearest to the place."""
        if text in self.cells:
            return min(self.cells[text], key=lambda spot: (self._distance(spot, position), spot))
        blocks = enumerate(self.blocks)
        spots = (Spot(index, -1, 0) for index, block in blocks if isinstance(block, Paragraph) and text in block.text)
        return self.headings.get(text) or next(spots, None)

    def _distance(self, spot: Spot, position: Position) -> int:
        block = self.blocks[spot.block]
        assert isinstance(block, TableBlock)
        figures = [figure for figure in block.rows[block.first_joined(spot.row)].figures if isinstance(figure, Figure)]
        places = {line.position for figure in figures for line in figure.lines}
        return min((abs(at.line - position.line) for at in places if at.file == position.file), default=1_000_000)

    def place(self, place: str) -> Spot | None:
        """A place as the rules write it: “表!行/栏”, or a heading."""
        name, _, cell = place.partition("!")
        blocks = enumerate(self.blocks)
        index = next(
            (at for at, block in blocks if isinstance(block, TableBlock) and block.caption.endswith(name)), None
        )
        if index is None:
            return self.headings.get(place)
        block = self.blocks[index]
        assert isinstance(block, TableBlock)
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
