"""What a table lists, as sums by the codes of its lists: so that another table can be compared, whatever its rows are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from generator.check.amounts import Printed
from generator.check.sheets import Sheet
from generator.model.extent import Codes, Extent, apart, extent_with, meet, union, within
from generator.model.ledger import DIMENSIONS
from generator.model.table_spec import TextColumn

Key = tuple[str, ...]
Lengths = tuple[tuple[str, int], ...]
"""Dimensions with the most letters of their codes."""


class Row(NamedTuple):
    """A row of the last list of a table: its values by dimension, and what it is, with what its own words say of it."""

    row: int
    values: dict[str, str]
    extent: Extent


class Listing:
    """The rows of a sheet that have none below them. They are all there is of the sheet."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        self.sheet, self.number = sheet, number
        self.shapes = [shape for shape in sheet.listed if shape.last]
        self.lengths: dict[str, int] = dict(self.shapes[0].keys) if self.shapes else {}
        self._columns: dict[tuple[int, int], list[tuple[int, Extent]]] = {}

    @cached_property
    def _blocks(self) -> list[Extent]:
        """What the rows of each of its lists together are."""
        return [meet(self.sheet.whole, shape.extent) for shape in self.shapes]

    @cached_property
    def kinds(self) -> int:
        """The kinds of entry that its rows together are."""
        return union(block.kinds for block in self._blocks)

    def kinds_of(self, column: int) -> int:
        """The kinds of entry that a column of its rows is."""
        return self.kinds & self.sheet.column_extents[column].kinds

    @property
    def columns(self) -> list[int]:
        """The columns that a kind of entry tells: those that select by longer codes hold only some of a kind."""
        codes = {column: self.sheet.column_extents[column].codes for column in self.sheet.amounts}
        return [column for column, of in codes.items() if not of or all(name not in DIMENSIONS for name, _ in of)]

    def side(self, column: int) -> Codes | None:
        """The values of a place's own dimensions that a column of its rows has; None where its rows differ."""
        return self._sides[column]

    @cached_property
    def _sides(self) -> dict[int, Codes | None]:
        found: dict[int, Codes | None] = {}
        for column, held in self.sheet.column_extents.items():
            sides = {_own(meet(block, held).codes) for block in self._blocks}
            found[column] = next(iter(sides)) if len(sides) == 1 else None
        return found

    def after(self, other: Listing) -> bool:
        """Whether it stands after another in the document."""
        return self.number > other.number

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Its rows."""
        return tuple(
            Row(row, values, self._extent(row))
            for shape in self.shapes
            for row, values in self.sheet.listed[shape].items()
        )

    def _extent(self, row: int) -> Extent:
        """A row's extent, narrowed by words of its own: the 类型 beside a project's name."""
        extent = self.sheet.row_extents[row]
        for column, name in self._telling:
            text = self.sheet.text(row, column)
            if text in DIMENSIONS[name].values:
                extent = meet(extent, extent_with(**{name: text}))
        return extent

    @cached_property
    def _telling(self) -> list[tuple[int, str]]:
        """The columns whose words are of a dimension, each with that."""
        leaves = ((column, self.sheet.leaf(column)) for column in self.sheet.columns)
        named = ((column, leaf.source.replace(".", "")) for column, leaf in leaves if isinstance(leaf, TextColumn))
        return [(column, name) for column, name in named if name in DIMENSIONS]

    def prints(self, lengths: Lengths) -> bool:
        """Whether the sheet has a row for each of these codes, of all that it is about."""
        return any(
            shape.keys == lengths and not self.kinds & ~meet(self.sheet.whole, shape.extent).kinds
            for shape in self.sheet.listed
        )

    def sums(self, column: int, lengths: Lengths) -> dict[Key, list[Printed]]:
        """The cells of a column by the codes of some dimensions, cut to their lengths."""
        found: dict[Key, list[Printed]] = {}
        for row in self.rows:
            key = tuple(row.values[name][:length] for name, length in lengths)
            found.setdefault(key, []).append(Printed(self.sheet, row.row, column))
        return found

    def of(self, extent: Extent, zero: int) -> list[Printed] | None:
        """The cells that together are an extent; None where the rows and columns do not tell."""
        for column in self.sheet.amounts:
            held = self.sheet.column_extents[column]
            if extent.kinds & ~(held.kinds & self.kinds) & ~zero or (held.codes and not within(extent, held)):
                continue
            side = self.side(column)
            if side is None or (side and not {*side} <= {*extent.codes}):
                continue
            cells = list(self._cells(extent, column, zero))
            if None not in cells:
                return [cell for cell in cells if cell is not None]
        return None

    def _cells(self, extent: Extent, column: int, zero: int) -> Iterator[Printed | None]:
        for row, cell in self._column(column, zero):
            if not apart(cell, extent):
                yield Printed(self.sheet, row, column) if within(cell, extent) else None

    def _column(self, column: int, zero: int) -> list[tuple[int, Extent]]:
        """The rows that can have something in a column, with what it is."""
        found = self._columns.get((column, zero))
        if found is None:
            held = self.sheet.column_extents[column]
            cells = [(row.row, meet(row.extent, held).without(zero)) for row in self.rows]
            found = self._columns[column, zero] = [(row, cell) for row, cell in cells if cell.kinds]
        return found


def _own(codes: Codes) -> Codes:
    return tuple(term for term in codes if term[0] not in DIMENSIONS) if codes else codes


def common(one: Listing, other: Listing) -> Lengths:
    """The dimensions that both list, with the shorter codes' length."""
    return tuple(
        sorted(
            (name, min(length, other.lengths[name])) for name, length in one.lengths.items() if name in other.lengths
        )
    )


def row_of(sheet: Sheet, lengths: Lengths, key: Key) -> int | None:
    """The row in which a sheet lists just what a key says."""
    for shape, rows in sheet.listed.items():
        if shape.keys == lengths:
            return next(
                (row for row, values in rows.items() if tuple(values[name] for name, _ in lengths) == key), None
            )
    return None


def listings(sheets: Iterable[Sheet]) -> list[Listing]:
    """Those of the sheets that list something."""
    found = [Listing(sheet, number) for number, sheet in enumerate(sheets) if not sheet.is_form and sheet.is_read]
    return [listing for listing in found if listing.shapes]
