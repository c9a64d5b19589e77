"""Lists of records (清单): their sums, and the rows that tables have of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.book import GridRow, Label
from generator.model.department import Department
from generator.model.figure import Fact
from generator.model.money import Money, Scale
from generator.model.profile import Profile
from generator.model.record import Record, RecordSum
from generator.model.table_spec import Leaf, RecordColumn, RecordRows, TextColumn

NUMBER = "序号"
"""A column of it counts the records."""
AGENCY_CODE, AGENCY_NAME = "单位.代码", "单位.名称"


def record_facts(department: Department, profile: Profile, scale: Scale) -> dict[str, Fact]:
    """The sums over lists that a profile names (合计), in the unit of the tables."""
    return {
        name: summed(
            name,
            one.field,
            _chosen(department.records.get(one.list, ()), one),
            scale,
            one.field in _money(profile, one),
        )
        for name, one in profile.record_sums.items()
    }


def _money(profile: Profile, one: RecordSum) -> set[str]:
    declared = next(item for item in profile.lists if item.name == one.list)
    return {field.name for field in declared.fields if field.kind.name == "MONEY"}


def _chosen(records: Sequence[Record], one: RecordSum) -> list[Record]:
    return [record for record in records if record.meets(one.where)]


def summed(name: str, field: str, records: Sequence[Record], scale: Scale, money: bool = True) -> Fact:
    """The sum of a column, with its parts, at the place of the first; of nothing 0."""
    numbers = [
        (number, record.places[field]) for record in records if (number := record.number(field, scale)) is not None
    ]
    parts = tuple(Fact(f"{name}·{field}", number, place) for number, place in numbers)
    place = parts[0].position if parts else None
    if money:
        return Fact(
            name, Money.total((number for number, _ in numbers if isinstance(number, Money)), scale), place, parts
        )
    return Fact(name, sum(number for number, _ in numbers if isinstance(number, int)), place, parts)


class _Rows(NamedTuple):
    """A list being laid out in a table's columns."""

    spec: RecordRows
    columns: Sequence[Leaf]
    scale: Scale
    department: Department

    def grouped(
        self, records: Sequence[Record], groups: Sequence[tuple[str, ...]], told: frozenset[str] = frozenset()
    ) -> Iterator[GridRow]:
        """A row for each group and what is in it; ``told`` are columns that rows above have said."""
        if not groups:
            for number, record in enumerate(records if self.spec.each else (), 1):
                yield self.row(record, told, number)
            return
        found: dict[tuple[str, ...], list[Record]] = {}
        for record in records:
            found.setdefault(tuple(record.text(name) for name in groups[0]), []).append(record)
        for key, members in found.items():
            words = dict(zip(groups[0], key, strict=True))
            texts = tuple(
                words.get(column.source, "") if isinstance(column, TextColumn) else "" for column in self.columns
            )
            if not any(texts):  # no column prints what the group is: its row says it in the first
                texts = self._labelled("、".join(filter(None, key)))
            yield GridRow(texts, self.sums(members), self._labels(texts, groups), scopes=(None,))
            yield from self.grouped(members, groups[1:], told | set(groups[0]))

    def _labels(self, texts: tuple[str, ...], groups: Sequence[tuple[str, ...]]) -> tuple[Label, ...]:
        if not self.spec.level or len(groups) < len(self.spec.groups):
            return ()
        return (Label(next((index for index, text in enumerate(texts) if text), 0), self.spec.level),)

    def row(self, record: Record, told: frozenset[str], number: int) -> GridRow:
        """One record, with its number in a column of numbers."""
        texts, typed = [], []
        for column in self.columns:
            name = column.source if isinstance(column, TextColumn) else ""
            own = bool(name) and name not in told
            texts.append(str(number) if name == NUMBER else self._said(record, name) if own else "")
            typed.append(record.places.get(name) if own else None)
        return GridRow(tuple(texts), self.sums([record]), scopes=(None,), typed=tuple(typed))

    def total(self, records: Sequence[Record]) -> GridRow:
        """The row with the sums of all."""
        return GridRow(self._labelled(self.spec.total), self.sums(records), scopes=(None,))

    def _labelled(self, label: str) -> tuple[str, ...]:
        """A row's words: a label in the first column of words."""
        place = next((index for index, column in enumerate(self.columns) if isinstance(column, TextColumn)), 0)
        return tuple(label if index == place else "" for index in range(len(self.columns)))

    def _said(self, record: Record, name: str) -> str:
        """What a record has in a column of words; 单位 is the one it is typed of, or the only one there is."""
        if name in (AGENCY_CODE, AGENCY_NAME):
            known = self.department.agencies
            code = record.agency or (next(iter(known)) if len(known) == 1 else "")
            return code if name == AGENCY_CODE else known.get(code, "")
        value = record.values.get(name, "")
        return str(value) if isinstance(value, (str, int)) else ""

    def sums(self, records: Sequence[Record]) -> tuple[Fact | None, ...]:
        """What each column adds up; None for words, and where no record has a number."""
        return tuple(
            _sum([one for one in records if one.meets(column.where)], column.field, self.scale)
            if isinstance(column, RecordColumn)
            else None
            for column in self.columns
        )


def record_rows(spec: RecordRows, columns: Sequence[Leaf], department: Department, scale: Scale) -> Iterator[GridRow]:
    """The rows of a list, top to bottom; a group's row has the group's words once and the sums of its records."""
    records = [record for record in department.records.get(spec.list, ()) if record.meets(spec.where)]
    rows = _Rows(spec, columns, scale, department)
    if spec.total:
        yield rows.total(records)
    yield from rows.grouped(records, spec.groups)


def _sum(records: Sequence[Record], field: str, scale: Scale) -> Fact | None:
    numbers = [(number, record) for record in records if (number := record.number(field, scale)) is not None]
    if len(numbers) == 1:
        return Fact(field, numbers[0][0], numbers[0][1].places[field])
    return summed(field, field, records, scale, isinstance(numbers[0][0], Money)) if numbers else None
