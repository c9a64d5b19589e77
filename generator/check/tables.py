"""The tables of a bound reading, as rules look at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.check.rules import Answer, NotApplicable, Unable
from generator.model.bound import Bound
from generator.model.ledger import Balances, Declared
from generator.model.reading import ReadTable
from generator.model.table_spec import FixedRow, Leaf, TableSpec

if TYPE_CHECKING:
    from generator.check.amounts import Amounts
    from generator.check.book_rules import Derived
    from generator.check.sheets import Sheet

NO_PROFILE = "没有格式方案，不知道各表的栏和行是什么"


class Forms(NamedTuple):
    """What the national forms are called, and which of them a profile's tables are, by their keys."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]


class Place(NamedTuple):
    """How a place tells money apart beside the usual: its ``own`` dimensions, and whether it ``adds`` values to the usual ones."""

    own: Mapping[str, Declared] = MappingProxyType({})
    adds: bool = False

    @property
    def balances(self) -> Balances:
        """The sides that it says are equal."""
        return tuple((name, said.balance) for name, said in self.own.items() if said.balance)


_USUAL = Place()


class Tables:
    """The tables of a bound reading, asked: ``specs`` are the definitions of its profile, ``derived`` where it is our own, ``place`` how it tells money apart."""

    def __init__(
        self,
        bound: Bound,
        specs: tuple[TableSpec, ...] = (),
        national: Forms | None = None,
        derived: Derived | None = None,
        place: Place = _USUAL,
    ) -> None:
        self.bound, self.derived, self.place = bound, derived, place
        self.specs = {spec.key: spec for spec in specs}
        self.forms = frozenset(table.form for table in bound.tables)
        self.national = national or Forms({}, {})
        self.answers: dict[str, list[Answer]] = {}  # what the agreements came to, once they were asked
        self._plain: dict[int, Sheet] = {}

    @cached_property
    def amounts(self) -> Amounts:
        """Their amounts, found by what they mean."""
        from generator.check.amounts import Amounts  # only some rules need them

        return Amounts(self.bound, self.specs.values(), self.place.balances)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables' panels."""
        return self.amounts.sheets

    @property
    def known(self) -> tuple[Sheet, ...]:
        """The same. Raises Unable without a profile, NotApplicable where none of its tables is there."""
        if not self.specs:
            raise Unable(NO_PROFILE)
        if not self.sheets:
            raise NotApplicable("本文档没有格式方案里的表")
        return self.sheets

    def plain(self, table: ReadTable) -> Sheet:
        """Any table, bound or not, as one sheet."""
        if id(table) not in self._plain:
            from generator.check.sheets import plain

            self._plain[id(table)] = plain(table)
        return self._plain[id(table)]

    def columns_of(self, table: ReadTable, kind: type[Leaf]) -> list[int]:
        """The columns of a table that its definition says are of a kind."""
        bound = next((bound for bound in self.bound.tables if bound.table is table), None)
        return [place for place, leaf in enumerate(bound.columns if bound else ()) if isinstance(leaf, kind)]

    def is_form(self, table: ReadTable) -> bool:
        """Whether a table is a form of cells, not of rows and columns."""
        return any(bound.cells for bound in self.bound.tables if bound.table is table)

    def named(self, forms: tuple[str, ...]) -> str:
        """What national forms are called."""
        return "、".join(self.national.names.get(form, form) for form in forms)

    def unread(self, forms: tuple[str, ...]) -> Iterator[str]:
        """Why tables of these forms, or rows of them, are not known."""
        titles = [self.specs[key].title.value for key, form in self.national.kinds.items() if form in forms]
        yield from (reason for reason in self.bound.unbound if any(f"“{title}”出现" in reason for title in titles))
        for sheet in self.sheets:
            if sheet.form in forms:
                yield from self._unknown(sheet)

    def half_read(self, forms: tuple[str, ...]) -> Iterator[str]:
        """What of tables of these forms is not known."""
        return (reason for sheet in self.sheets if sheet.form in forms for reason in self._reasons(sheet))

    def _unknown(self, sheet: Sheet) -> Iterator[str]:
        spec = self.specs.get(sheet.key)
        written = spec is not None and (
            spec.form or any(isinstance(row, FixedRow) for row in spec.panels[sheet.panel].rows)
        )
        if written and not sheet.table.rows:
            yield f"“{sheet.name}”没有一行内容"
        elif not sheet.is_read or sheet.is_form:
            yield from self._reasons(sheet)

    def _reasons(self, sheet: Sheet) -> list[str]:
        return [f"“{sheet.name}”{reason}" for reason in sheet.bound.unbound]
