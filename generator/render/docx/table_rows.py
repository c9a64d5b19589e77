"""A table's rows: which cells they share, and how high they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.document import TableBlock, TableRow
from generator.render.docx.measure import cell_lines, high_cells
from generator.render.docx.styles import Styles

_PUSH = 60


class RowMeasure(NamedTuple):
    """Row heights in one size of table text: ``padding`` is a cell's left and right margin together, ``inside`` the two
    above and below. All in twips.
    """

    styles: Styles
    size: int
    padding: int
    inside: int

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

    def rows(self, cells: Cells, widths: tuple[int, ...]) -> tuple[int, ...]:
        """Of the body's rows; those merged are together high enough for the text of all."""
        lines = self._lines(cells, widths)
        known = {count: self._height(count, "L") for count in set(lines)}
        heights = [known[count] for count in lines]
        for text, column, span, start, end in cells.merged:
            missing = self._needs(text, sum(widths[column : column + span]), "L") - sum(heights[start:end])
            _share(heights, start, end, missing)
        return tuple(heights)

    def least(self, count: int) -> int:
        """Of so many rows together, if each of them has one line."""
        return count * self._height(1, "L")

    def _lines(self, cells: Cells, widths: tuple[int, ...]) -> list[int]:
        """The most lines of a row's cells, but for those merged downwards; column by column, each text once."""
        lines = [1] * cells.rows
        letters = self.styles.paragraphs[f"Table{self.size}L"].letters
        for column, span, rows, texts in cells.single:
            high = high_cells(set(texts), sum(widths[column : column + span]) - self.padding, self.size, letters)
            if high:
                for row, text in zip(rows, texts, strict=True):
                    if text in high and high[text] > lines[row]:
                        lines[row] = high[text]
        return lines

    def _needs(self, text: str, width: int, kind: str) -> int:
        letters = self.styles.paragraphs[f"Table{self.size}{kind}"].letters
        return self._height(cell_lines(text, width - self.padding, self.size, letters), kind)

    def _height(self, lines: int, kind: str) -> int:
        style = self.styles.paragraphs[f"Table{self.size}{kind}"]
        around = style.before + style.after + self.inside + self.styles.borders.rule
        return lines * style.line + around


def merges(block: TableBlock, column: int) -> Iterator[tuple[int, int]]:
    """Vertical merges of a column: first row, and one past the last."""
    goes_on = [index for index, row in enumerate(block.rows) if row.joined and row.is_joined(column)]
    start = end = 0
    for index in goes_on:
        if index > end:
            if end:
                yield start, end
            start = index - 1
        end = index + 1
    if end:
        yield start, end


class Cells(NamedTuple):
    """The texts of a body: of single cells column by column, with their span and rows; and of those
    merged downwards, each with its column, its span, its first row and one past its last.
    """

    rows: int
    single: tuple[tuple[int, int, Sequence[int], Sequence[str]], ...]
    merged: tuple[tuple[str, int, int, int, int], ...]


def cells_of(block: TableBlock) -> Cells:
    """The texts of a table's body."""
    count = len(block.rows)
    joined = any([row.joined for row in block.rows])
    if not any([row.spans for row in block.rows]):
        single: list[tuple[int, int, Sequence[int], Sequence[str]]] = []
        merged: list[tuple[str, int, int, int, int]] = []
        for column, texts in enumerate(zip(*[row.texts for row in block.rows], strict=True)):
            runs = list(merges(block, column)) if joined else []
            left: Sequence[str] = texts
            if runs:
                merged += [(texts[start], column, 1, start, end) for start, end in runs]
                left = list(texts)
                for start, _ in runs:
                    left[start] = ""
            single.append((column, 1, range(count), left))
        return Cells(count, tuple(single), tuple(merged))
    return _cells_of_form(block)


def _cells_of_form(block: TableBlock) -> Cells:
    """The same where cells go over several columns."""
    held = {(start, place): end for place in range(len(block.alignments)) for start, end in merges(block, place)}
    single: dict[tuple[int, int], tuple[list[int], list[str]]] = {}
    merged: list[tuple[str, int, int, int, int]] = []
    for index, row in enumerate(block.rows):
        column = 0
        for place, (text, span) in enumerate(zip(row.texts, row.spans or (1,) * len(row.texts), strict=True)):
            if (index, place) in held:
                merged.append((text, column, span, index, held[index, place]))
            else:
                cells = single.setdefault((column, span), ([], []))
                cells[0].append(index)
                cells[1].append(text)
            column += span
    return Cells(len(block.rows), tuple((*where, *cells) for where, cells in single.items()), tuple(merged))


def _share(heights: list[int], start: int, end: int, more: int) -> None:
    """Rows a little higher, all alike, until together they are ``more`` higher."""
    if more > 0:
        for row in range(start, end):
            heights[row] += -(-more // (end - start))


def keep_groups(
    block: TableBlock, header: tuple[int, ...], heights: tuple[int, ...], room: int, page: int
) -> tuple[int, ...]:
    """Row heights grown a little so that what belongs together stays on one page.

    That is the rows joined by merged cells, a sum above the first of its rows (an agency's, above its subjects), and a
    total below the last of them. Word and LibreOffice both break between any two rows. Where that would part them, the
    rows above them on the page share out just enough height that the first of them no longer fits.
    """
    found = list(heights)
    full = page - sum(header)
    left, top = room - sum(header), 0
    for start, end in _groups(block):
        height = sum(found[start:end])
        if height > left and start > top and height <= full:
            first = _led_from(block, start, top)
            above = sum(found[first:start])
            if above + height > full:
                first, above = start, 0
            if first < start or end - start > 1:
                _share(found, top, first, left + above - found[first] + _PUSH)
            left, top = full - above, first
        for row in range(start, end):
            if found[row] > full:  # goes over pages from where it stands
                left, top = full - (found[row] - left) % full, row + 1
                continue
            if found[row] > left:
                left, top = full, row
            left -= found[row]
    return tuple(found)


def _led_from(block: TableBlock, start: int, top: int) -> int:
    """The first of the rows that go to the next page with the one that begins it; one row stays, below ``top``."""
    rows, first = block.rows, start
    if first - 1 > top and is_part(rows[first - 1], rows[first]):
        first = block.first_joined(first - 1)
    while first - 1 > top and is_part(rows[first], rows[first - 1]):
        first -= 1
    return first if first > top else start


def is_part(row: TableRow, whole: TableRow) -> bool:
    """Whether what one row adds up is part of what another does, panel by panel."""
    return any(
        part is not None and sums is not None and len(part.terms) > len(sums.terms)
        and part.terms[: len(sums.terms)] == sums.terms
        for part, sums in zip(row.scopes, whole.scopes, strict=False)
    )  # fmt: skip


def tops_of(heights: Sequence[int], left: int, full: int) -> tuple[list[int], int]:
    """The rows that begin a page, the first among them, and what the last page has left."""
    found = [0]
    for row, height in enumerate(heights):
        if height > left and row > found[-1] and height <= full:
            found.append(row)
            left = full
        left = left - height if height <= left else full - (height - left) % max(full, 1)
    return found, left


def heading_row(block: TableBlock) -> int:
    """The row of a form that heads the columns below it: words of its own in every column; -1: none.

    Nor is one that the form begins with: marked as a heading it would be read as the head of a table that is no form.
    """
    for index, row in enumerate(block.rows[:-1] if not block.header else ()):
        if len(row.cells) == len(block.alignments) and all(cell.text for cell in row.cells):
            return index or -1
    return -1


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
