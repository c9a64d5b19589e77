"""A table of the document on a sheet of its own: title, line above, merged head, body, notes, and how it prints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from generator.model.document import Cell, Sums, TableBlock
from generator.model.problem import UsageError, shortened
from generator.render.cells import Number, cells_of, levels_of, number_in, starts_of, width_of
from generator.render.width import lines_of
from generator.render.xlsx.looks import Look, Looks, pattern_of
from generator.render.xlsx.sizes import column_widths, header_heights, height, pages_high, room_in, row_heights
from generator.render.xlsx.totals import formulas_of

_HUNDRED = 100
_MOST_LETTERS = 32_767


class Page(NamedTuple):
    """A sheet to write on: its looks, where the head and the body begin, and how many columns it has."""

    sheet: Any
    looks: Looks
    head: int
    body: int
    columns: int


class Box(NamedTuple):
    """Cells of a sheet that are one: row and column from 0, how wide and how high."""

    row: int
    column: int
    span: int = 1
    depth: int = 1

    @property
    def is_merged(self) -> bool:
        """Whether it is more than one cell."""
        return self.span > 1 or self.depth > 1


def write_table(sheet: Any, looks: Looks, block: TableBlock, sums: Sums) -> None:
    """All of the table; ``sums`` says which cells make up its totals."""
    widths = column_widths(block)
    above = 1 + (1 if block.headline and any(block.headline) else 0)
    page = Page(sheet, looks, above, above + block.header_rows, width_of(block))
    for column, units in enumerate(widths):
        sheet.set_column(column, column, units)
    _title(page, block, widths)
    heads, rows = header_heights(block, widths), row_heights(block, widths)
    _head(page, block, heads)
    _body(page, block, sums, rows)
    notes = _notes(page, block, widths)
    last = page.body + len(rows) + len(notes) - 1
    _print_set_up(page, block, last, pages_high((60, *heads, *rows, *notes), widths, block.landscape))


def _title(page: Page, block: TableBlock, widths: tuple[int, ...]) -> None:
    look = Look("c", 16, heavy=True, framed=False)
    lines = len(lines_of(block.caption, sum(widths) * 10 // 16))
    page.sheet.set_row(0, 14 + 20 * lines)
    words(page, Box(0, 0, page.columns), block.caption, look)
    if page.head > 1 and block.headline:
        left, right = block.headline
        split = _split(widths, left)
        plain = Look("l", framed=False)
        page.sheet.set_row(1, height(1))
        if split >= page.columns:
            words(page, Box(1, 0, page.columns), "    ".join(filter(None, block.headline)), plain)
        else:
            words(page, Box(1, 0, split), left, plain)
            words(page, Box(1, split, page.columns - split), right, plain._replace(align="r"))


def _split(widths: tuple[int, ...], left: str) -> int:
    """How many columns the words on the left get: half of the width, all but one where they are longer."""
    room, half = 0, sum(widths) / 2
    for place, one in enumerate(widths[:-1], 1):
        room += one
        if room >= half or place == len(widths) - 1:
            return place if left else 1
    return len(widths)


def _head(page: Page, block: TableBlock, heights: list[float]) -> None:
    for row, points in enumerate(heights):
        page.sheet.set_row(page.head + row, points)
    look = Look("c", bold=True, filled=True)
    for cell in block.header:
        words(page, Box(page.head + cell.row, cell.column, cell.span, cell.depth), cell.text, look)


def _body(page: Page, block: TableBlock, sums: Sums, heights: list[float]) -> None:
    for index, points in enumerate(heights):
        page.sheet.set_row(page.body + index, points)
    numbers = _numbers(block)
    values = {cell: number.value for cell, number in numbers.items()}
    formulas = formulas_of(sums, values, _joined(block), page.body)
    levels = levels_of(block)
    for index, cells in cells_of(block):
        row = block.rows[index]
        kinds = row.alignments or block.alignments
        for cell in cells:
            at = (index, cell.column)
            box = Box(page.body + index, cell.column, cell.span, cell.depth)
            if at in numbers:
                _number(page, box, numbers[at], formulas.get(at, ""))
            else:
                level = levels.get((index, cell.place), 0)
                look = Look(kinds[cell.place], indent=level if kinds[cell.place] == "l" else 0)
                words(page, box, row.texts[cell.place], look)


def _numbers(block: TableBlock) -> dict[Cell, Number]:
    """The numbers by row and grid column."""
    return {
        (index, start): number
        for index, row in enumerate(block.rows)
        for place, start in enumerate(starts_of(row))
        if (number := number_in(block, row, place)) is not None
    }


def _joined(block: TableBlock) -> frozenset[Cell]:
    return frozenset(
        (index, start)
        for index, row in enumerate(block.rows)
        for place, start in enumerate(starts_of(row))
        if row.is_joined(place)
    )


def _number(page: Page, box: Box, number: Number, formula: str) -> None:
    """A number as its own, or as a formula that keeps what it comes to: nothing shown depends on who recalculates."""
    look = page.looks.of(Look("r", pattern=pattern_of(number)))
    value: Decimal = number.value / _HUNDRED if number.percent else number.value
    _merge(page, box, look)
    if formula:
        page.sheet.write_formula(box.row, box.column, formula, look, value)
    else:
        page.sheet.write_number(box.row, box.column, value, look)


def words(page: Page, box: Box, text: str, look: Look) -> None:
    """Words in a cell, or in several that are one; never taken for a formula, a link or a number.

    Raises UsageError for more than a cell holds: nothing is cut.
    """
    if len(text) > _MOST_LETTERS:
        raise UsageError(f"有一格的文字超过{_MOST_LETTERS}字，Excel放不下：“{shortened(text, 20)}”。")
    made = page.looks.of(look)
    _merge(page, box, made)
    if text:
        page.sheet.write_string(box.row, box.column, text, made)
    else:
        page.sheet.write_blank(box.row, box.column, None, made)


def _merge(page: Page, box: Box, look: Any) -> None:
    if box.is_merged:
        last = box.row + box.depth - 1, box.column + box.span - 1
        page.sheet.merge_range(box.row, box.column, *last, "", look)


def _notes(page: Page, block: TableBlock, widths: tuple[int, ...]) -> list[float]:
    """The notes below the body; the heights of their rows."""
    heights = [height(len(lines_of(note, room_in(widths, 0, page.columns)))) for note in block.notes]
    for row, (note, points) in enumerate(zip(block.notes, heights, strict=True), page.body + len(block.rows)):
        page.sheet.set_row(row, points)
        words(page, Box(row, 0, page.columns), note, Look(framed=False))
    return heights


def _print_set_up(page: Page, block: TableBlock, last: int, high: int) -> None:
    sheet = page.sheet
    if block.header_rows:
        sheet.repeat_rows(page.head, page.body - 1)
        sheet.freeze_panes(page.body, 0)
    sheet.print_area(0, 0, last, page.columns - 1)
    if any(block.alignments):
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    set_paper(sheet, block.landscape, high)


def set_paper(sheet: Any, landscape: bool, high: int = 0) -> None:
    """A4, as wide as the page and so many ``high`` (0: as many as it takes), numbered."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, high)
    sheet.center_horizontally()
    sheet.set_margins(0.6, 0.6, 0.7, 0.7)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)
