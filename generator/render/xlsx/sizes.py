"""How wide a sheet's columns and how high its rows are, so that nothing is cut and a printed page is full."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from generator.model.document import HeaderCell, TableBlock
from generator.render.cells import cells_of, number_in, width_of
from generator.render.width import lines_of, width

LINE = 14.25
"""Points of a line of 10 points."""
_MARGIN, _NARROW, _NAME = 2, 5, 42
_PORTRAIT, _LANDSCAPE = 92, 136
"""Half letters of 10 points that a page of A4 holds side by side."""
_SQUEEZED = 1.45
"""A sheet that is by this much too long is printed smaller: a page with three rows helps nobody."""


def column_widths(block: TableBlock) -> tuple[int, ...]:
    """In half letters: a number and a code stands on one line, names break; a form has the proportions of its definition."""
    page = _LANDSCAPE if block.landscape else _PORTRAIT
    if block.widths and len(block.widths) == width_of(block):
        return tuple(max(_NARROW, round(page * one / sum(block.widths))) for one in block.widths)
    wanted = [_NARROW] * width_of(block)
    for index, cells in cells_of(block):
        row = block.rows[index]
        for cell in cells:
            if cell.span == 1:
                wanted[cell.column] = max(wanted[cell.column], _wanted(block, index, cell.place, row.texts[cell.place]))
    for head in block.header:
        _widen(wanted, head)
    return tuple(_filled(wanted, page))


def _wanted(block: TableBlock, index: int, place: int, text: str) -> int:
    longest = max(map(width, text.split("\n"))) + _MARGIN
    return longest if number_in(block, block.rows[index], place) else min(longest, _NAME)


def _widen(wanted: list[int], head: HeaderCell) -> None:
    """A head's words take two or three lines of what is below them."""
    room = sum(wanted[head.column : head.column + head.span])
    words = width(head.text)
    needed = min(words, max(8, ceil(words / 3))) + _MARGIN
    if needed > room:
        for column in range(head.column, head.column + head.span):
            wanted[column] += ceil((needed - room) / head.span)


def _filled(wanted: Sequence[int], page: int) -> list[int]:
    """What the page has left goes to all columns alike, so that a small table is as wide as the page."""
    whole = sum(wanted)
    return [round(one * page / whole) for one in wanted] if whole < page else list(wanted)


def header_heights(block: TableBlock, widths: Sequence[int]) -> list[float]:
    """Of each row of the head, in points."""
    lines = [1] * block.header_rows
    for cell in sorted(block.header, key=lambda cell: cell.depth):
        room = room_in(widths, cell.column, cell.span)
        needed = len(lines_of(cell.text, room))
        rows = range(cell.row, cell.row + cell.depth)
        while sum(lines[row] for row in rows) < needed:
            lines[rows[-1]] += 1
    return [height(count) for count in lines]


def row_heights(block: TableBlock, widths: Sequence[int]) -> list[float]:
    """Of each body row, in points; what stands over several rows makes the last of them higher."""
    lines = [1] * len(block.rows)
    over: list[tuple[int, int, int]] = []
    for index, cells in cells_of(block):
        for cell in cells:
            room = room_in(widths, cell.column, cell.span)
            needed = len(lines_of(block.rows[index].texts[cell.place], room))
            if cell.depth == 1:
                lines[index] = max(lines[index], needed)
            else:
                over.append((index, cell.depth, needed))
    for index, depth, needed in over:
        rows = range(index, index + depth)
        missing = needed - sum(lines[row] for row in rows)
        for row in rows if missing > 0 else ():
            lines[row] += ceil(missing / depth)
    return [height(count) for count in lines]


def room_in(widths: Sequence[int], column: int, span: int) -> int:
    """How many half letters of 10 points fit into a cell: a unit of a column's width is a digit of 11 points."""
    return int(sum(widths[column : column + span]) * 1.04) - 1


def pages_high(heights: Sequence[float], widths: Sequence[int], landscape: bool) -> int:
    """1 where a sheet that is as wide as the page nearly fits on one, 0 for as many as it takes."""
    page, points = (_LANDSCAPE, 495) if landscape else (_PORTRAIT, 742)
    printed = sum(heights) * min(1, page / sum(widths))
    return 1 if printed <= points * _SQUEEZED else 0


def height(lines: int) -> float:
    """So many lines with a little air, in points; no row of a sheet is higher than 409."""
    return min(lines * LINE + 3.0, 409.0)
