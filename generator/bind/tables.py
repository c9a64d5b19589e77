"""Any Reading by a profile's definitions: what each column, each row and so each cell of its tables means.

What can't be told for certain is left out and said in ``unbound``. Nothing is guessed from amounts: whether they agree
is what is asked of the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.bind.codes import code_columns
from generator.bind.columns import match, paths_of, said_of
from generator.bind.form import cells_of
from generator.bind.headers import Paths, header_of
from generator.bind.known import Known, Names, agencies_in, with_projects
from generator.bind.rows import Lexicon, PanelRows
from generator.bind.titles import kinds_of, specs_of
from generator.bind.words import Words
from generator.model.bound import Bound, BoundTable
from generator.model.classification import Classification
from generator.model.ledger import Filter
from generator.model.national import National
from generator.model.profile import Profile
from generator.model.reading import Reading, ReadTable
from generator.model.table_spec import Leaf, TableSpec, leaves


def bind(reading: Reading, profile: Profile, national: National, classification: Classification) -> Bound:
    """The reading with what its tables' cells mean by the profile's definitions and the words of the national forms.

    ``classification`` is of the document's year: where a table prints a name without its code.
    """
    kinds = kinds_of(profile, national)
    found = specs_of(reading.tables, profile, kinds, national)
    times = Counter(specs[0].key for specs in found if len(specs) == 1)
    place = _Place(profile, kinds, national, Names(classification, (*profile.widened.values(), *profile.dimensions)))
    tables = [
        _Table(table, specs[0], place)
        for table, specs in zip(reading.tables, found, strict=True)
        if len(specs) == 1 and times[specs[0].key] == 1
    ]
    known = _known(tables)
    bound = tuple(table.bound(known) for table in tables)
    return Bound(reading, bound, (), tuple(_unbound(reading.tables, found, profile, times)))


def _unbound(
    tables: Sequence[ReadTable], found: Sequence[tuple[TableSpec, ...]], profile: Profile, times: Counter[str]
) -> Iterator[str]:
    for table, specs in zip(tables, found, strict=True):
        if not specs:
            yield f"“{table.caption}”不是格式方案里的表"
        elif len(specs) > 1:
            yield f"“{table.caption}”可以是格式方案里的几张表：{'、'.join(spec.title.value for spec in specs)}"
    for spec in profile.tables:
        if times[spec.key] > 1:
            yield f"“{spec.title.value}”出现{times[spec.key]}次，分不清哪一张是"
        elif not times[spec.key]:
            yield f"没有“{spec.title.value}”这张表"


def _known(tables: Sequence[_Table]) -> Known:
    """What all tables together tell of agencies, and then of projects."""
    rows = [choices for table in tables for panel in table.panels for choices in panel.choices]
    known = agencies_in(rows)
    return with_projects(known, map(known.allowed, rows))


class _Place(NamedTuple):
    """What is the same for all tables: the profile, which forms its tables are, the words and codes of the nation."""

    profile: Profile
    kinds: Mapping[str, str]
    national: National
    names: Names


class _Column(NamedTuple):
    """A column of a definition, and in which panel it is."""

    leaf: Leaf
    panel: int


class _Table:
    """A table with its definition, before what other tables tell is known."""

    def __init__(self, table: ReadTable, spec: TableSpec, place: _Place) -> None:
        self.table, self.spec, self.kind = table, spec, place.kinds.get(spec.key, "")
        self.words = Words(place.national.same, spec.aliases, place.profile.numbering)
        self.defined = [
            _Column(leaf, number) for number, panel in enumerate(spec.panels) for leaf in leaves(panel.columns)
        ]
        self.paths, self.header = self._header(place.national)
        found = match(spec, self.paths, self.words, place.national) if spec.panels else []
        columns = {column: self.defined[number] for column, number in enumerate(found) if number is not None}
        self.there = {number for number in found if number is not None}
        leaves_ = [column.leaf for column in self.defined]
        for one in code_columns(leaves_, paths_of(spec, self.words), said_of(self.paths), found):
            columns[one.column] = self.defined[one.places[0]]._replace(leaf=one.leaf)
            self.there |= set(one.places)
        self.columns = tuple(columns.get(column) for column in range(len(found)))
        self.panels = [
            PanelRows(panel, self._body(), self._of_panel(number), Lexicon(self.words, place.names, spec.filter))
            for number, panel in enumerate(spec.panels)
        ]

    def _header(self, national: National) -> tuple[Paths, int]:
        if not self.spec.panels:
            return self.table.columns, 0
        return header_of(self.table, lambda paths: match(self.spec, paths, self.words, national))

    def _body(self) -> ReadTable:
        """The table without the words of its header, wherever they are repeated."""
        header = set(self.table.rows[: self.header])
        return self.table._replace(rows=tuple(() if row in header else row for row in self.table.rows))

    def _of_panel(self, number: int) -> list[tuple[int, Leaf]]:
        return [(place, column.leaf) for place, column in enumerate(self.columns) if column and column.panel == number]

    def bound(self, known: Known) -> BoundTable:
        """The table bound."""
        if self.spec.form:
            cells, reasons = cells_of(self.spec, self.table, self.words)
            return self._bound((((),) * len(self.table.rows)), reasons)._replace(cells=cells)
        rows = [panel.rows(known) for panel in self.panels]
        scopes = tuple(zip(*(found.scopes for found in rows), strict=True))
        return self._bound(scopes, (*self._columns_missing(), *(reason for found in rows for reason in found.reasons)))

    def _bound(self, scopes: tuple[tuple[Filter | None, ...], ...], reasons: tuple[str, ...]) -> BoundTable:
        return BoundTable(
            self.table,
            self.spec.key,
            self.kind,
            self.spec.filter,
            tuple(column.leaf if column else None for column in self.columns),
            tuple(column.panel if column else 0 for column in self.columns),
            scopes,
            (),
            reasons,
        )

    def _columns_missing(self) -> Iterator[str]:
        for number, column in enumerate(self.defined):
            if number not in self.there:
                yield f"没有“{column.leaf.label}”这一栏"
        for place, (path, found) in enumerate(zip(self.paths, self.columns, strict=True)):
            if found is None and (path or any(row[place : place + 1] not in ((), ("",)) for row in self.table.rows)):
                yield f"“{'·'.join(path)}”这一栏不是格式方案里的栏" if path else f"第{place + 1}栏没有表头"
