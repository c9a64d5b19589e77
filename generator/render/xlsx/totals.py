"""Totals as formulas: a cell that other cells of the sheet make up is their SUM, where that is exactly what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from generator.model.document import Cell, Sums

_MOST = 250
"""SUM takes 255 ranges."""


def formulas_of(sums: Sums, values: Mapping[Cell, Decimal], joined: frozenset[Cell], below: int) -> dict[Cell, str]:
    """The formula of each total; the body's first row is the sheet's row ``below`` (from 0).

    Of a total that none of its sums comes to, because less than the cents is printed, there is none: the number stays. ``joined`` are
    cells that continue the one above, which hold nothing and may lie inside a range.
    """
    chosen: dict[Cell, tuple[Cell, ...]] = {}
    for whole, ways in sums.items():
        for parts in ways:
            printed = [values[part] for part in parts if part in values]
            comes_out = whole in values and printed and sum(printed) == values[whole]
            if comes_out and not _leads_to(whole, parts, chosen):
                chosen[whole] = parts
                break
    found = {}
    for whole, parts in chosen.items():
        ranges = list(_ranges(parts, joined, below))
        if len(ranges) <= _MOST:
            found[whole] = f"=SUM({','.join(ranges)})" if len(parts) > 1 else f"={ranges[0]}"
    return found


def _leads_to(whole: Cell, parts: Sequence[Cell], chosen: Mapping[Cell, tuple[Cell, ...]]) -> bool:
    """Whether a total would come to be part of itself."""
    open_, seen = list(parts), set[Cell]()
    while open_:
        cell = open_.pop()
        if cell == whole:
            return True
        if cell not in seen:
            seen.add(cell)
            open_ += chosen.get(cell, ())
    return False


def _ranges(parts: Sequence[Cell], joined: frozenset[Cell], below: int) -> Iterator[str]:
    """C5:C9, C11: cells one below the other, and cells side by side, together."""
    if len({row for row, _ in parts}) == 1:
        yield from _in_row(parts, below)
        return
    for _, one in groupby(sorted(parts, key=lambda cell: cell[::-1]), key=lambda cell: cell[1]):
        yield from _in_column(list(one), joined, below)


def _in_row(parts: Sequence[Cell], below: int) -> Iterator[str]:
    row, columns = parts[0][0] + below, sorted(column for _, column in parts)
    for _, one in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        run = [column for _, column in one]
        yield _range(row, run[0], row, run[-1])


def _in_column(parts: Sequence[Cell], joined: frozenset[Cell], below: int) -> Iterator[str]:
    first = last = parts[0][0]
    column = parts[0][1]
    for row, _ in parts[1:]:
        if all((between, column) in joined for between in range(last + 1, row)):
            last = row
            continue
        yield _range(first + below, column, last + below, column)
        first = last = row
    yield _range(first + below, column, last + below, column)


def _range(top: int, left: int, bottom: int, right: int) -> str:
    one = (top, left) == (bottom, right)
    return str(xl_rowcol_to_cell(top, left) if one else xl_range(top, left, bottom, right))
