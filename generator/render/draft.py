"""A Document as a draft (草稿): what is not filled in, not confirmed, or depends on such, is marked; nobody can take it for final."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.model.document import Block, Document, Heading, Paragraph, Run, TableBlock, TableRow
from generator.model.doubts import BLANK, Doubts, blank_words
from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.source import Position

DRAFT = "（草稿）"
UNSURE = "？"
MARKS = re.compile(
    rf"{DRAFT}|〔{BLANK}[^〔〕<]*〕|【[^【】<]*{UNSURE}】|-?[0-9][0-9,.]*(?:%|亿元|万元|元|个百分点)?{UNSURE}"
)
"""All that a draft marks, in the text of any format: a renderer only has to colour it."""
_NOTE = (
    "草稿，不得公开：〔待填〕是还没有填的；【…？】是从上年结转、还没有确认的话；数后面有“？”的，"
    "是没有确认的数，或依赖没有填、没有确认的数。共{blanks}处待填，{unconfirmed}处待确认。"
)
_IN_WORDS, _IN_A_CELL = 3, 15
"""Shorter words may stand in a sentence by chance; a cell is marked for them only where it says nothing else."""


def drafted(document: Document, doubts: Doubts, names: frozenset[str]) -> Document:
    """The document with its marks. ``names`` are those of the department and its units, which stand in every other sentence."""
    marking = _marking(doubts, names)
    blocks = list(_blocks(document, marking))
    note = _NOTE.format(blanks=sum(1 for _, line in doubts.blanks if line), unconfirmed=len(doubts.unconfirmed))
    place = next((number for number, block in enumerate(blocks, 1) if isinstance(block, Heading)), 0)
    blocks.insert(place, Paragraph((Run(note),)))
    title = document.title + DRAFT
    furniture = tuple((name, title if name == "标题" else text) for name, text in document.furniture)
    furnished = tuple((name, text.replace(document.title, title)) for name, text in document.furnished)
    return document._replace(
        title=title,
        file_name=document.file_name + DRAFT,
        furniture=furniture,
        furnished=furnished,
        blocks=tuple(blocks),
    )


class _Marking(NamedTuple):
    doubts: Doubts
    words: re.Pattern[str] | None
    long: re.Pattern[str] | None

    def number(self, text: str, numeric: Numeric) -> str:
        """A number's text: marked where it is not certain."""
        spots = {(place.file, place.line) for place in _places(numeric) if place is not None}
        if spots and spots <= self.doubts.blanks:
            return blank_words()
        return text + UNSURE if text and spots & (self.doubts.blanks | self.doubts.unconfirmed) else text

    def is_unconfirmed(self, place: Position | None) -> bool:
        """Whether what was typed there is not confirmed."""
        return place is not None and (place.file, place.line) in self.doubts.unconfirmed


def _marking(doubts: Doubts, names: frozenset[str]) -> _Marking:
    return _Marking(
        doubts,
        *(
            _pattern([word for word in doubts.words if len(word) >= n and word not in names])
            for n in (_IN_WORDS, _IN_A_CELL)
        ),
    )


def _pattern(words: list[str]) -> re.Pattern[str] | None:
    """Any of the words, the longest first: one may hold another."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))) if words else None


def _marked(text: str) -> str:
    return f"【{text}{UNSURE}】" if text and BLANK not in text else text


def _places(numeric: Numeric) -> Iterator[Position | None]:
    match numeric:
        case Figure():
            yield from (line.position for line in numeric.lines)
        case Fact():
            yield from (numeric.position, *(part.position for part in numeric.parts))
        case Share():
            yield from (place for figure in (numeric.part, numeric.whole) for place in _places(figure))
        case Change():
            yield from (place for one in (numeric.current, numeric.prior) for place in _places(one))
        case Mover():
            yield from (line.position for line in (*numeric.lines, *numeric.before))


def _blocks(document: Document, marking: _Marking) -> Iterator[Block]:
    for block in document.blocks:
        match block:
            case Paragraph():
                yield block._replace(runs=tuple(_run(run, marking) for run in block.runs))
            case TableBlock():
                yield block._replace(rows=tuple(_row(row, marking) for row in block.rows))
            case _:
                yield block


def _run(run: Run, marking: _Marking) -> Run:
    if run.figure is not None:
        text = marking.number(run.text, run.figure)
        return run if text == run.text else Run(text)
    if marking.is_unconfirmed(run.position):
        return run._replace(text=_marked(run.text))
    return (
        run
        if marking.words is None
        else run._replace(text=marking.words.sub(lambda found: _marked(found[0]), run.text))
    )


def _row(row: TableRow, marking: _Marking) -> TableRow:
    cells = [
        _cell(text, figure, row.typed_at(place), marking)
        for place, (text, figure) in enumerate(zip(row.texts, row.figures, strict=True))
    ]
    return row._replace(texts=tuple(text for text, _ in cells), figures=tuple(figure for _, figure in cells))


def _cell(text: str, figure: Numeric | None, typed: Position | None, marking: _Marking) -> tuple[str, Numeric | None]:
    if figure is not None:
        marked = marking.number(text, figure)
        return (text, figure) if marked == text else (marked, None)
    if marking.is_unconfirmed(typed) or text in marking.doubts.words:
        return _marked(text), figure
    return text if marking.long is None else marking.long.sub(lambda found: _marked(found[0]), text), figure
