"""A table's rows: which cells they share, and how high they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from generator.model.document import TableBlock, TableRow
from generator.render.docx.measure import cell_lines, column_lines
from generator.render.docx.styles import Styles

_PUSH = 60


class RowMeasure(NamedTuple):
    """Row heights in one size of table text; ``padding`` is a cell's left and right margin together. All in twips."""

    styles: Styles
    size: int
    padding: int

    def header(self, block: TableBlock, widths: tuple[int, ...]) -> tuple[int, ...]:
        """Of the header's rows: a cell over several leaves its last one what those above don't hold."""
        heights = [0] * block.header_rows
        for cell in sorted(block.header, key=lambda cell: cell.depth):
            needed = self._needs(cell.text, sum(widths[cell.column : cell.column + cell.span]), "H")
            last = cell.row + cell.depth - 1
            heights[last] += max(0, needed - sum(heights[cell.row : last + 1]))
        if heights:
            heights[0] += self.styles.borders.frame - self.styles.borders.rule
        return tuple(heights)

    def rows(self, block: TableBlock, widths: tuple[int, ...]) -> tuple[int, ...]:
        """Of the body's rows; the last of merged ones is high enough for the text of all."""
        heights = [self._height(lines, "L") for lines in self._lines(block, widths)]
        if any(row.joined for row in block.rows):
            self._stretch(block, widths, heights)
        return tuple(heights)

    def _lines(self, block: TableBlock, widths: tuple[int, ...]) -> Iterable[int]:
        """The lines of each row: rows of the same cells column by column, those that span columns one by one."""
        letters = self.styles.paragraphs[f"Table{self.size}L"].letters
        for _, group in groupby(block.rows, attrgetter("spans")):
            rows = list(group)
            found: Iterable[int] = [1] * len(rows)
            columns = zip(*[row.texts for row in rows], strict=True)
            for texts, width in zip(columns, spanned(rows[0], widths), strict=True):
                lines = column_lines(texts, width - self.padding, self.size, letters)
                found = map(max, found, lines) if lines else found
            yield from found

    def _stretch(self, block: TableBlock, widths: tuple[int, ...], heights: list[int]) -> None:
        for column in range(len(widths)):
            for start, end in merges(block, column):
                text = block.rows[start].texts[column]
                missing = self._needs(text, spanned(block.rows[start], widths)[column], "L") - sum(heights[start:end])
                heights[end - 1] += max(0, missing)

    def _needs(self, text: str, width: int, kind: str) -> int:
        letters = self.styles.paragraphs[f"Table{self.size}{kind}"].letters
        return self._height(cell_lines(text, width - self.padding, self.size, letters), kind)

    def _height(self, lines: int, kind: str) -> int:
        margins, style = self.styles.margins, self.styles.paragraphs[f"Table{self.size}{kind}"]
        around = style.before + style.after + margins.top + margins.bottom + self.styles.borders.rule
        return lines * style.line + around


def merges(block: TableBlock, column: int) -> Iterator[tuple[int, int]]:
    """Vertical merges of a column: first row, and one past the last."""
    start = 0
    for index in range(1, len(block.rows) + 1):
        if index < len(block.rows) and block.rows[index].is_joined(column):
            continue
        if index - start > 1:
            yield start, index
        start = index


def keep_groups(
    block: TableBlock, header: tuple[int, ...], heights: tuple[int, ...], room: int, page: int
) -> tuple[int, ...]:
    """Row heights grown a little so that rows joined by merged cells stay on one page.

    Word and LibreOffice both break a merged group wherever a page ends. Where that would happen, the
    rows above it on the page share out just enough height that the group's first row no longer fits.
    """
    found = list(heights)
    full = page - sum(header)
    left, top = room - sum(header), 0
    for start, end in _groups(block):
        height = sum(heights[start:end])
        if height > left and start > top and height <= full:
            push = max(0, left - heights[start] + _PUSH)
            for row in range(top, start):
                found[row] += -(-push // (start - top))
            left, top = full, start
        for row in range(start, end):
            if heights[row] > full:  # goes over pages from where it stands
                left, top = full - (heights[row] - left) % full, row + 1
                continue
            if heights[row] > left:
                left, top = full, row
            left -= heights[row]
    return tuple(found)


def _groups(block: TableBlock) -> Iterator[tuple[int, int]]:
    """Rows held together by any merged cell: first row, and one past the last."""
    start = 0
    for index in range(1, len(block.rows) + 1):
        if index == len(block.rows) or not any(block.rows[index].joined):
            yield start, index
            start = index


def spanned(row: TableRow, widths: tuple[int, ...]) -> tuple[int, ...]:
    """The width of each cell of a row."""
    if not row.spans:
        return widths
    found, place = [], 0
    for span in row.spans:
        found.append(sum(widths[place : place + span]))
        place += span
    return tuple(found)
