"""The amounts of all tables by what they mean: the same entries added up are the same number, wherever it is printed."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.check.sheets import Sheet, sheets_of
from generator.model.bound import Bound
from generator.model.extent import Extent, extent_of
from generator.model.ledger import Balances, Filter
from generator.model.money import ZERO
from generator.model.source import Position
from generator.model.table_spec import TableSpec


class Printed(NamedTuple):
    """A cell of an amount."""

    sheet: Sheet
    row: int
    column: int

    @property
    def amount(self) -> Decimal | None:
        """The amount in its table's unit; None where its text is no number."""
        return self.sheet.amount(self.row, self.column)

    @property
    def yuan(self) -> Decimal | None:
        """The amount in 元; None where its text is no number, or its table names no unit."""
        amount, scale = self.amount, self.sheet.scale
        return amount * scale.value if amount is not None and scale is not None else None

    @property
    def off(self) -> Decimal:
        """By how much it may be off in 元, since its column prints less than the cents it was added up in."""
        chosen = self.sheet.way(self.column)
        return chosen.grain / (1 if chosen.cut else 2) if chosen is not None and chosen.coarse else ZERO

    @property
    def extent(self) -> Extent:
        """What it adds up."""
        return self.sheet.extent(self.row, self.column)

    @property
    def place(self) -> Position:
        """“表!行/栏” of the produced document."""
        return self.sheet.place(self.row, self.column)

    @property
    def words(self) -> str:
        """How a message names it."""
        head = self.sheet.head(self.column)
        return f"“{self.sheet.name}”{self.sheet.named(self.row)}" + (f"“{head}”" if head else "")

    @property
    def why(self) -> str:
        """Why it has no amount in 元."""
        if self.amount is None:
            return self.sheet.unreadable(self.row, self.column)
        return f"“{self.sheet.name}”没有写金额单位"


class Amounts:
    """The printed amounts of a bound reading, found by their meaning; ``specs`` are the definitions of its tables."""

    def __init__(self, bound: Bound, specs: Iterable[TableSpec] = (), balances: Balances = ()) -> None:
        self.bound, self.balances = bound, balances
        known = {spec.key: spec for spec in specs}
        self.sheets = tuple(sheet for table in bound.tables for sheet in sheets_of(table, known.get(table.key)))

    @cached_property
    def by_extent(self) -> dict[Extent, list[Printed]]:
        """The cells of each meaning, in the document's order."""
        found: dict[Extent, list[Printed]] = {}
        for sheet in self.sheets:
            for row, column in cells_of(sheet):
                found.setdefault(sheet.extent(row, column), []).append(Printed(sheet, row, column))
        return found

    def of(self, scope: Filter) -> tuple[Printed, ...]:
        """The cells that print just what a scope adds up, in the document's order."""
        return tuple(self.by_extent.get(extent_of(scope), ()))


def cells_of(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Row and column of each amount."""
    if sheet.is_form:
        yield from sheet.cells
        return
    for row in sheet.rows:
        for column in sheet.amounts:
            yield row, column
