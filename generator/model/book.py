"""Everything derived: the figures prose may name, and the tables' cells."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.basis import LAST_YEAR, Basis
from generator.model.figure import Change, Fact, Figure, Share, change_of
from generator.model.ledger import Filter, Ledger
from generator.model.money import Money, Scale
from generator.model.source import Position
from generator.model.table_spec import ComparedColumn, TableSpec


class Label(NamedTuple):
    """A row's label that gets a number before it: in which column, on which level, and its number if not counted."""

    column: int
    level: int
    ordinal: int = 0


Cell = Figure | Fact | Change | Share | None
"""What a table's cell prints a number of."""


class GridRow(NamedTuple):
    """One row: words and figures column by column; a cell with both says where the figure stands in the text.

    Rows of one ``group`` above 0 hang together (a project and its indicators): the first carries the figures.
    ``scopes`` are what the row selects, one for each panel; None where it has no amounts. ``typed`` says column by
    column where a person typed the words; empty: nobody did.
    """

    texts: tuple[str, ...]
    figures: tuple[Cell, ...]
    labels: tuple[Label, ...] = ()
    group: int = 0
    scopes: tuple[Filter | None, ...] = (None,)
    typed: tuple[Position | None, ...] = ()


class Grid(NamedTuple):
    """A table's body. ``empty`` when nothing of the ledger is in it, or only zeros. ``untold`` are columns whose basis can't answer."""

    spec: TableSpec
    rows: tuple[GridRow, ...]
    empty: bool
    untold: tuple[ComparedColumn, ...] = ()


def _figure(ledger: Ledger, scope: Filter) -> Figure:
    lines = ledger.selected(scope)
    return Figure(Money.total((line.money for line in lines), ledger.scale), lines, "", scope)


class Book(NamedTuple):
    """All numbers of a document, each with what it was derived from; amounts are in ``scale``.

    ``comparisons`` are by the name of the basis, then by the figure's; ``ledgers`` are those of the bases that have one,
    ``ledger`` is this year's.
    """

    scale: Scale
    figures: Mapping[str, Figure]
    facts: Mapping[str, Fact]
    shares: Mapping[tuple[str, str], Share]
    comparisons: Mapping[str, Mapping[str, Change]]
    grids: Mapping[str, Grid]
    ledgers: Mapping[str, Ledger] = MappingProxyType({})
    ledger: Ledger | None = None

    def amount_in(self, basis: str, scope: Filter) -> Figure | None:
        """What a scope came to in a basis, by its name; None where that has no ledger, or one that doesn't tell."""
        ledger = self.ledgers.get(basis)
        if ledger is None or not ledger.tells(scope):
            return None
        return _figure(ledger, scope)

    def compared(self, basis: Basis, scope: Filter) -> Change | None:
        """Any scope against a basis, as a sentence for each 功能科目 compares it; None where the basis does not tell."""
        before = self.amount_in(basis.name, scope)
        return change_of(_figure(self.ledger, scope), before, basis) if before is not None and self.ledger else None

    @property
    def changes(self) -> Mapping[str, Change]:
        """The comparisons with last year, by figure."""
        return self.comparisons[LAST_YEAR.name]

    @property
    def whole(self) -> Figure:
        """The number that the most lines make up: the whole ledger."""
        cells = (
            figure
            for grid in self.grids.values()
            for row in grid.rows
            for figure in row.figures
            if isinstance(figure, Figure)
        )
        nothing = Figure(Money.total((), self.scale), ())
        return max((nothing, *self.figures.values(), *cells), key=lambda figure: len(figure.lines))

    @property
    def moved(self) -> tuple[Change, ...]:
        """The comparisons that have anything to show: those that were and are nothing are left out."""
        return tuple(change for change in self.changes.values() if change.current.money or change.prior_money)
