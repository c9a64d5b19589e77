"""What stands in a table's cells, for formats that keep numbers as numbers: the number that a cell prints, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.model.document import TableBlock, TableRow
from generator.model.money import ZERO
from generator.model.table_spec import NUMBERS, TextColumn

_PRINTED = re.compile(r"-?[0-9][0-9,]*(?:\.([0-9]+))?(%?)")
_LEVELS = {"功能科目": (3, 5), "部门经济": (3,), "政府经济": (3,)}
"""How long the codes of a list's outer levels are."""


class Number(NamedTuple):
    """A number as a cell prints it: ``value`` in the column's unit (of 12.34% it is 12.34), with so many decimals.

    ``word`` is what stands for nothing (“—”); the value is then zero.
    """

    value: Decimal
    places: int = 0
    thousands: bool = False
    percent: bool = False
    word: str = ""


class GridCell(NamedTuple):
    """A cell of a body row: which of the row's it is, its grid column, how many columns and rows it covers."""

    place: int
    column: int
    span: int
    depth: int


def number_in(block: TableBlock, row: TableRow, place: int) -> Number | None:
    """The number that a cell prints; None for words (≤12万元 too), and for a blank cell."""
    text = row.texts[place].strip()
    if not text or not _holds_number(block, row, place):
        return None
    found = _PRINTED.fullmatch(text)
    if found is None:  # of what has words, what a column of numbers prints for nothing
        return Number(ZERO, 2, word=text) if _is_nothing(row, place) else None
    plain = text.replace(",", "").rstrip("%")
    return Number(Decimal(plain), len(found[1] or ""), "," in text, bool(found[2]))


def _holds_number(block: TableBlock, row: TableRow, place: int) -> bool:
    if row.cells:
        return row.cells[place].filter is not None
    return place < len(block.columns) and isinstance(block.columns[place], NUMBERS)


def _is_nothing(row: TableRow, place: int) -> bool:
    figure = row.figures[place]
    return figure is None or not getattr(figure, "money", None)


def starts_of(row: TableRow) -> tuple[int, ...]:
    """The grid column in which each of a row's cells begins."""
    if not row.spans:
        return tuple(range(len(row.texts)))
    return tuple(sum(row.spans[:place]) for place in range(len(row.spans)))


def cells_of(block: TableBlock) -> Iterator[tuple[int, Iterator[GridCell]]]:
    """Each body row's cells; those that continue the one above are part of that."""
    depths: dict[tuple[int, int], int] = {}
    for index in range(len(block.rows) - 1, -1, -1):
        row = block.rows[index]
        below = block.rows[index + 1] if index + 1 < len(block.rows) else None
        for place in range(len(row.texts)):
            joined = below is not None and below.is_joined(place)
            depths[index, place] = 1 + (depths.get((index + 1, place), 1) if joined else 0)
    for index, row in enumerate(block.rows):
        yield index, _of_row(row, index, depths)


def _of_row(row: TableRow, index: int, depths: dict[tuple[int, int], int]) -> Iterator[GridCell]:
    for place, start in enumerate(starts_of(row)):
        if not row.is_joined(place):
            yield GridCell(place, start, row.spans[place] if row.spans else 1, depths[index, place])


def width_of(block: TableBlock) -> int:
    """How many grid columns a table has."""
    rows = (sum(row.spans) if row.spans else len(row.texts) for row in block.rows)
    return max((len(block.alignments), *rows, *(cell.column + cell.span for cell in block.header)), default=1)


def levels_of(block: TableBlock) -> dict[tuple[int, int], int]:
    """How deep the names of codes stand below the highest that their column has: 类 0, 款 1, 项 2. By row and cell; what is not said is 0."""
    found: dict[tuple[int, int], int] = {}
    for place, leaf in enumerate(block.columns):
        if isinstance(leaf, TextColumn) and leaf.source.split("/")[0].endswith("名称"):
            deep = {
                index: depth
                for index, row in enumerate(block.rows)
                if row.texts[place] and (depth := _depth(row, block.panels[place])) >= 0
            }
            least = min(deep.values(), default=0)
            found |= {(index, place): depth - least for index, depth in deep.items() if depth > least}
    return found


def _depth(row: TableRow, panel: int) -> int:
    """How long the code is that a row was made for; -1 of a row of anything else."""
    scope = row.scopes[panel] if panel < len(row.scopes) else None
    for name, values in reversed(scope.terms) if scope is not None else ():
        if name in _LEVELS and len(values) == 1:
            return sum(len(values[0]) > length for length in _LEVELS[name])
    return -1
