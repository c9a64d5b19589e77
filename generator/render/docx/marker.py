"""Tracked changes into a body, a cell, a header: its paragraphs, tables and rows set beside those of the old file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from lxml.etree import _Element as Element

from generator.model.comparison import BlockPair, Comparison, Mark, Pair
from generator.model.document import Document, TableRow
from generator.render.docx.found import (
    PPR,
    TBL,
    VAL,
    FoundRow,
    P,
    W,
    block_of,
    document_of,
    header_of,
    inside,
    rows_of,
    text_of,
)
from generator.render.docx.pen import Pen
from generator.render.docx.revision import Stretch, ends_of

Align = Callable[[Document, Document], Comparison]


class _Step(NamedTuple):
    """A paragraph or a table on both sides."""

    old: Element | None
    new: Element | None
    pair: BlockPair

    @property
    def is_table(self) -> bool:
        """Whether it is a table, on either side."""
        return TBL in (item.tag for item in (self.old, self.new) if item is not None)


class Marker(NamedTuple):
    """Marks what stands in one element of the old file into what stands in one of the new; ``levels`` are both files'
    heading styles."""

    align: Align
    levels: tuple[Mapping[str, int], Mapping[str, int]]
    pen: Pen

    def story(self, old: Element, new: Element) -> None:
        """Mark a body, a cell, a header: paragraphs and tables below one another."""
        before, after = list(inside(old, P, TBL)), list(inside(new, P, TBL))
        if [item.tag for item in before] == [item.tag for item in after] == [P]:
            self.pen.reword(before[0], after[0])
            return
        comparison = self.align(document_of(before, self.levels[0]), document_of(after, self.levels[1]))
        place, apart = None, False
        steps = _ending(list(_without_blanks(_steps(before, after, comparison))))
        for step, end in zip(steps, self._ends(steps), strict=True):
            item = self._settled(step)
            if step.new is None:
                _put(item, place, after[0] if after else None, new)
            if step.new is None and end is Mark.KEPT and place is not None:
                self.pen.look_like(item, place)
            if item.tag == P:
                self.pen.end(item, end)
            alone = None in (step.old, step.new)
            if place is not None and item.tag == place.tag == TBL and (alone or apart):
                item.addprevious(self.pen.separator())
            place, apart = item, alone

    def _ends(self, steps: list[_Step]) -> list[Mark]:
        """What becomes of each paragraph's end; the last one stays, so the one before what went or came does not."""
        ends = ends_of([Stretch(step.pair.blocks.mark, self._tail(step), _look(step.new, step.old)) for step in steps])
        trailing = _trailing(steps)
        before = steps[: len(steps) - len(trailing)][-1:]
        if before and ends[-1] is not Mark.KEPT and not any(step.is_table for step in (*before, *trailing)):
            ends[-len(trailing) - 1], ends[-1] = ends[-1], Mark.KEPT
        return ends

    def _tail(self, step: _Step) -> Mark:
        if step.old is None or step.new is None or step.is_table:
            return step.pair.blocks.mark
        return self.pen.mark_at_end(step.old, step.new)

    def _settled(self, step: _Step) -> Element:
        """The element that stands for a step in the new file, marked."""
        if step.new is None:
            assert step.old is not None
            item = self.pen.gone_table(step.old) if step.old.tag == TBL else self.pen.gone_paragraph(step.old)
        elif step.old is None:
            item = step.new
            if step.pair.blocks.mark is not Mark.KEPT:
                self.pen.add(item)
        else:
            item = step.new
            self._keep(step.old, item, step.pair)
        return item

    def _keep(self, old: Element, new: Element, pair: BlockPair) -> None:
        if new.tag == P:
            self.pen.reword(old, new)
            return
        before, after = rows_of(old), rows_of(new)
        place = None
        for was, now in self._rows(before, after, pair.rows):
            if now is None:
                assert was is not None
                item = self.pen.gone_row(was, new)
                _put(item, place, after[0].item if after else None, new)
            else:
                item = now.item
                self._row(was, now) if was is not None else self.pen.add_row(item)
            place = item

    def _rows(
        self, before: list[FoundRow], after: list[FoundRow], pairs: tuple[Pair[TableRow], ...]
    ) -> Iterator[tuple[FoundRow | None, FoundRow | None]]:
        """Rows that belong together: of headers of one shape those at the same place, of others any."""
        heights = header_of(before), header_of(after)
        if _shape(before[: heights[0]]) != _shape(after[: heights[1]]):
            heights = 0, 0
            sides = (Document("", "", "", (), (), (block_of(rows, rows),)) for rows in (before, after))
            [(_, pairs, _)] = self.align(*sides).blocks
        yield from zip(before[: heights[0]], after[: heights[1]], strict=True)
        olds, news = iter(before[heights[0] :]), iter(after[heights[1] :])
        for rows in pairs:
            yield next(olds) if rows.old is not None else None, next(news) if rows.new is not None else None

    def _row(self, old: FoundRow, new: FoundRow) -> None:
        for was, now in zip(old.cells, new.cells, strict=True):
            if not (was.again or now.again):  # where pages break is no change
                self.story(was.item, now.item)
            self.pen.merge(was.item, now.item)


def _shape(rows: list[FoundRow]) -> list[list[tuple[int, bool]]]:
    return [[(cell.span, cell.joined) for cell in row.cells] for row in rows]


def _put(item: Element, place: Element | None, first: Element | None, parent: Element) -> None:
    if place is not None:
        place.addnext(item)
    elif first is not None:
        first.addprevious(item)
    else:
        parent.insert(0, item)


def _steps(before: list[Element], after: list[Element], comparison: Comparison) -> Iterator[_Step]:
    """Pairs come in both documents' own order, one for each paragraph and table."""
    olds, news = iter(before), iter(after)
    for pair in comparison.blocks:
        old, new = (
            next(rest) if block is not None else None for rest, block in zip((olds, news), pair.blocks, strict=True)
        )
        yield _Step(old, new, pair)


def _without_blanks(steps: Iterator[_Step]) -> Iterator[_Step]:
    """A blank paragraph that came or went is no change of words: the new file's stay, the old one's are not brought."""
    for step in steps:
        alone = step.old if step.new is None else step.new if step.old is None else None
        if alone is None or alone.tag != P or text_of(alone):
            yield step
        elif step.new is not None:
            block = step.pair.blocks.new
            yield step._replace(pair=BlockPair(Pair(block, block)))


def _look(new: Element | None, old: Element | None) -> tuple[str, ...]:
    """A paragraph's style; what ends a section looks like nothing else, and a table like no paragraph."""
    item = old if new is None else new
    if item is None or item.tag != P or item.find(f"{PPR}/{W}sectPr") is not None:
        return (str(id(item)),)
    style = item.find(f"{PPR}/{W}pStyle")
    return ("", style.get(VAL, "") if style is not None else "")


def _ending(steps: list[_Step]) -> list[_Step]:
    """The end of the last paragraph of a cell or body can't go: a last one that went became the last one that came."""
    kept = len(steps) - len(_trailing(steps))
    gone, come = ([step for step in steps[kept:] if step[side] is None] for side in (1, 0))
    if not (gone and come) or gone[-1].is_table or come[-1].is_table:
        return steps
    pair = BlockPair(Pair(gone[-1].pair.blocks.old, come[-1].pair.blocks.new))
    return [*steps[:kept], *gone[:-1], *come[:-1], _Step(gone[-1].old, come[-1].new, pair)]


def _trailing(steps: list[_Step]) -> list[_Step]:
    """What went or came after all that stayed."""
    return list(takewhile(lambda step: step.pair.blocks.mark is not Mark.KEPT, reversed(steps)))
