"""A table with tracked changes: rows that came or went, and what changed inside the cells of the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from generator.model.comparison import BlockPair, Mark, Pair
from generator.model.document import HeaderCell, TableBlock, TableRow
from generator.render.docx.laid import LaidTable
from generator.render.docx.revision import Reviser
from generator.render.docx.sheet import Sheet
from generator.render.docx.table import KINDS, across, between, cell_opening, frame, right_tab, row_properties
from generator.render.docx.table_rows import spanned
from generator.render.docx.xml import TAB, bookmark, paragraph

_RESTART, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


class Revised(NamedTuple):
    """A table laid out with the rows of both sides, the pair it comes from, and its number in the document."""

    laid: LaidTable
    pair: BlockPair
    number: int

    @property
    def mark(self) -> Mark:
        """What became of the table as a whole."""
        return self.pair.blocks.mark

    @property
    def tables(self) -> Pair[TableBlock]:
        """The two tables."""
        return Pair(*(block if isinstance(block, TableBlock) else None for block in self.pair.blocks))


def tracked_table(revised: Revised, sheet: Sheet, reviser: Reviser) -> Iterator[str]:
    """Caption, headline, the table and its notes."""
    writer = _Writer(revised, reviser)
    yield writer.caption()
    yield from writer.headline(sheet.width)
    yield frame(revised.laid)
    yield from writer.header()
    yield from writer.rows(sheet.height)
    yield "</w:tbl>"
    yield from writer.notes()


class _Writer(NamedTuple):
    revised: Revised
    reviser: Reviser

    def caption(self) -> str:
        old, new = self.revised.tables
        words = self.reviser.words(Pair(old.caption if old else None, new.caption if new else None))
        breaks = "<w:pageBreakBefore/>" if self.revised.laid.breaks else ""
        mark = self.reviser.paragraph_mark(self.revised.mark)
        return paragraph(
            "TableCaption", bookmark(self.revised.number, self.revised.laid.block.anchor, words), breaks + mark
        )

    def headline(self, width: int) -> Iterator[str]:
        old, new = (table.headline if table else None for table in self.revised.tables)
        if old is None and new is None:
            return
        mark = Pair(old, new).mark
        left, right = (Pair(*texts) for texts in zip(old or (None, None), new or (None, None), strict=True))
        words = f"{self.reviser.words(left)}{self.reviser.runs(TAB, mark)}{self.reviser.words(right)}"
        yield paragraph("TableInfo", words, right_tab(width) + self.reviser.paragraph_mark(mark))

    def header(self) -> Iterator[str]:
        for row, height in enumerate(self.revised.laid.header):
            cells = "".join(map(self._header_cell, self._header_cells(row), [row] * len(self.revised.laid.widths)))
            properties = row_properties(height, split=False, header=True, mark=self.reviser.mark(self.revised.mark))
            yield f"<w:tr>{properties}{cells}</w:tr>"

    def _header_cells(self, row: int) -> Iterator[Pair[HeaderCell]]:
        old, new = (across(table.header, row) if table else [] for table in self.revised.tables)
        yield from map(Pair, *zip(*zip_longest(old, new), strict=True))

    def _header_cell(self, pair: Pair[HeaderCell], row: int) -> str:
        shape, laid = pair.new or pair.old, self.revised.laid
        assert shape is not None
        merge = "" if shape.depth == 1 else _RESTART if shape.row == row else _GOES_ON
        texts = Pair(*(cell.text if cell and cell.row == row else None for cell in pair))
        opening = cell_opening(sum(laid.widths[shape.column : shape.column + shape.span]), shape.span, merge)
        return self._cell(opening, f"Table{laid.size}H", texts, self.revised.mark)

    def rows(self, page_height: int) -> Iterator[str]:
        laid = self.revised.laid
        limit = page_height - sum(laid.header)
        merged = {
            column for row in laid.block.rows for column, goes_on in enumerate(row.joined) if goes_on
        }  # where a row may come to begin a merge, it does: which rows stay is not known yet
        for index, (pair, shape, height) in enumerate(
            zip(self.revised.pair.rows, laid.block.rows, laid.heights, strict=True)
        ):
            yield between(laid, index, self.reviser.paragraph_mark(self.revised.mark))
            mark = pair.mark
            cells = "".join(self._row(pair, shape, merged))
            properties = row_properties(
                height, split=height > limit, header=index == laid.again, mark=self.reviser.mark(mark)
            )
            yield f"<w:tr>{properties}{cells}</w:tr>"

    def _row(self, pair: Pair[TableRow], shape: TableRow, merged: set[int]) -> Iterator[str]:
        laid = self.revised.laid
        kinds = shape.alignments or laid.block.alignments
        spans = shape.spans or (1,) * len(shape.texts)
        for column, (width, span) in enumerate(zip(spanned(shape, laid.widths), spans, strict=True)):
            merge = _GOES_ON if shape.is_joined(column) else _RESTART if column in merged else ""
            texts = Pair(*(row.texts[column] if row else None for row in pair))
            style = f"Table{laid.size}{KINDS[kinds[column]]}"
            yield self._cell(cell_opening(width, span, merge), style, texts, pair.mark)

    def _cell(self, opening: str, style: str, texts: Pair[str], mark: Mark) -> str:
        return f"{opening}{paragraph(style, self.reviser.words(texts), self.reviser.paragraph_mark(mark))}</w:tc>"

    def notes(self) -> Iterator[str]:
        for note in self.revised.pair.notes:
            yield paragraph("TableNote", self.reviser.words(note), self.reviser.paragraph_mark(note.mark))
