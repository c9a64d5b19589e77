"""What a reviewer is told beside the document: how each figure came about, and what the checks ask. No file format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model.comment import Comment, Spot
from generator.model.document import Document, Paragraph, TableBlock
from generator.model.figure import Change, Fact, Figure, Mover, Numeric
from generator.model.ledger import LedgerLine
from generator.model.problem import Problem, Severity
from generator.render.spots import Sources, Spots, typed_line
from generator.render.story import story

_SHOWN_LINES = 3
_TOTAL = re.compile(r".*(?:合计|总计)$")


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
        yield f"{line.position.file_and_line}　{typed_line(line.position, sources) or str(line.money)}"
    if len(lines) > shown:
        yield f"……另有{len(lines) - shown}行"


def _warnings(document: Document, problems: Iterable[Problem], sources: Sources) -> Iterator[Comment]:
    spots = Spots(document, sources)
    for problem in problems:
        spot = spots.of(problem) if problem.severity is not Severity.ADVICE else None
        if spot is not None:
            where = f"（{problem.position}）" if problem.position.line else ""
            yield Comment(spot, f"{problem.severity.label} {problem.code}：{problem.message}{where}\n{problem.remedy}")
