"""Table definitions over the ledger: each a Grid of words and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import chain, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, assert_never

from generator.derive.cube import Bucket, ColumnSums, Cube, Lines, build_cube, combine
from generator.derive.indicators import indicators_of, said_of
from generator.model.book import Cell, Grid, GridRow, Label
from generator.model.classification import ITEMS, LISTS, Classification
from generator.model.department import PROJECT_TOTAL, Department, Project
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.ledger import PROJECT_KINDS, Filter, grouping
from generator.model.money import ZERO
from generator.model.source import Position
from generator.model.table_spec import (
    LINE,
    AmountColumn,
    BlockRows,
    ComparedColumn,
    EmptyRows,
    FillRow,
    FixedRow,
    FormCell,
    GroupRows,
    IndicatorColumn,
    Panel,
    RecordRows,
    RowSpec,
    ShareColumn,
    TableSpec,
    TextColumn,
    leaves,
)

if TYPE_CHECKING:
    from generator.derive.amounts import Amounts
    from generator.derive.beside import Beside

SUMS = (AmountColumn, ComparedColumn, ShareColumn)
"""The columns that add entries of the ledger up."""
CLASSES, COUNTED = ("功能类",), "序号"
_CLASS_ORDINAL_BASE = 200
FILL = -1


def tabulate(
    spec: TableSpec,
    lines: Lines,
    department: Department,
    classification: Classification,
    amounts: Amounts | None = None,
) -> Grid:
    """The table's body over all ``lines``. Source: “thirteen tables as filter + group + sum” (docs/design.md)."""
    lines = lines.selected(spec.filter)
    if spec.form:
        return _form(spec, lines)
    filters, groups = [spec.filter], set[str]()
    columns = spec.leaves
    filters += [column.filter for column in columns if isinstance(column, SUMS)]
    filters += [column.whole for column in columns if isinstance(column, ShareColumn) and column.whole]
    for panel in spec.panels:
        _collect(panel.rows, filters, groups)
    cube, beside = build_cube(lines, filters, groups), None
    if any(isinstance(column, (ComparedColumn, ShareColumn)) for column in columns):
        from generator.derive.beside import beside_of  # few places compare in tables

        beside = beside_of(spec, cube, filters, groups, amounts)
        cube = beside.cube
    sides = [list(_Body(spec, panel, cube, (department, classification), beside).rows()) for panel in spec.panels]
    empty = not any(_is_something(cell) for rows in sides for row in rows for cell in row.figures)
    rows = tuple(sides[0] if len(sides) == 1 else _beside(spec, sides))
    if any(isinstance(leaf, TextColumn) and leaf.source == LINE for leaf in columns):
        from generator.derive.line_numbers import lined  # only forms of final accounts count their rows

        rows = tuple(lined(spec, rows))
    return Grid(spec, rows, empty, tuple(beside.untold) if beside else ())


def _is_something(cell: Cell) -> bool:
    """Whether a cell prints a number that is not 0."""
    match cell:
        case Figure():
            return bool(cell.money)
        case Fact():
            return bool(cell.value)
        case Change():
            return bool(cell.current.money) or bool(cell.prior_money)
        case Share():
            return bool(cell.percent)
        case None:
            return False


def _collect(rows: Iterable[RowSpec], filters: list[Filter], groups: set[str]) -> None:
    for row in rows:
        match row:
            case FixedRow():
                filters.append(row.filter or Filter())
            case GroupRows():
                groups.update(grouping(name)[0] for name in row.by)
                _collect(row.below, filters, groups)
            case BlockRows():
                filters.append(row.filter)
                _collect(row.rows, filters, groups)
            case FillRow() | RecordRows() | EmptyRows():
                pass
            case _:
                assert_never(row)


class _Group(NamedTuple):
    """The buckets of one row and what its words are taken from."""

    key: tuple[str, ...]
    buckets: list[Bucket]
    rank: tuple[str, int]


class _Body:
    """The rows of one panel."""

    def __init__(
        self, spec: TableSpec, panel: Panel, cube: Cube, words: tuple[Department, Classification], beside: Beside | None
    ) -> None:
        self._panel, self._cube, self._beside = panel, cube, beside
        self._panel_scope = spec.filter
        department, classification = words
        self._department, self._classification = department, classification
        self._columns = leaves(panel.columns)
        self._sums = ColumnSums(
            [column.filter if isinstance(column, SUMS) else None for column in self._columns], cube.scale
        )
        self._names = {name: classification.names(name) for name in LISTS}
        self._blank = ("",) * len(self._columns)
        self._nowhere: tuple[Position | None, ...] = (None,) * len(self._columns)
        self._nothing: tuple[Cell, ...] = (None,) * len(self._columns)
        self._sources = [
            (index, column.source) for index, column in enumerate(self._columns) if isinstance(column, TextColumn)
        ]
        self._groups = 0

    def rows(self) -> Iterator[GridRow]:
        """All rows, top to bottom."""
        yield from self._rows(self._panel.rows, self._cube.buckets, Filter())

    def _rows(self, specs: Iterable[RowSpec], buckets: Sequence[Bucket], scope: Filter) -> Iterator[GridRow]:
        for spec in specs:
            match spec:
                case FixedRow():
                    yield self._fixed(spec, buckets, scope)
                case GroupRows():
                    yield from self._grouped(spec, buckets, scope)
                case BlockRows():
                    chosen = [bucket for bucket in buckets if spec.filter.accepts(bucket.values)]
                    if chosen or spec.always:
                        yield from self._rows(spec.rows, chosen, scope.narrowed(*spec.filter.terms))
                case RecordRows():
                    from generator.derive.records import record_rows  # few places have lists

                    yield from record_rows(spec, self._columns, self._department, self._cube.scale)
                case EmptyRows() | FillRow():
                    mark, number = (0, spec.number) if isinstance(spec, EmptyRows) else (FILL, 1)
                    yield from [GridRow(self._blank, self._nothing, group=mark)] * number
                case _:
                    assert_never(spec)

    def _fixed(self, spec: FixedRow, buckets: Sequence[Bucket], scope: Filter) -> GridRow:
        place = self._label_column(spec.column)
        texts = tuple(spec.label if index == place else "" for index in range(len(self._columns)))
        if spec.also:
            also = dict(spec.also)
            texts = tuple(text or also.get(column.label, "") for text, column in zip(texts, self._columns, strict=True))
        wanted = spec.filter
        chosen = [bucket for bucket in buckets if wanted.accepts(bucket.values)] if wanted is not None else []
        selects = scope.narrowed(*wanted.terms) if wanted is not None else None
        return GridRow(texts, self._figures(chosen, selects), _labels(place, spec.level), scopes=(selects,))

    def _figures(self, buckets: Sequence[Bucket], selects: Filter | None) -> tuple[Cell, ...]:
        """A row's numbers, column by column."""
        figures = self._sums.row(buckets)
        if self._beside is None or selects is None:
            return figures
        return self._beside.cells(self._columns, figures, buckets, selects)

    def _label_column(self, label: str) -> int:
        return next((index for index, _ in self._sources if label in ("", self._columns[index].label)), 0)

    def _grouped(self, spec: GroupRows, buckets: Sequence[Bucket], scope: Filter) -> Iterator[GridRow]:
        named, dimensions = self._name_column(), [grouping(name)[0] for name in spec.by]
        words = _Words(spec.by, self._department, self._names)
        told = [(index, words.teller(source), source == COUNTED) for index, source in self._sources]
        for number, group in enumerate(self._sorted(spec, buckets, scope), 1):
            selects = scope.narrowed(
                *[(name, (code,)) for name, code in zip(dimensions, group.key, strict=True) if code]
            )
            figures = self._figures(group.buckets, selects)
            if spec.expand:
                first = [(index, tell(group.key)) for index, tell, _ in told]
                yield from self._expanded(words.project(group.key), group, (first, figures), selects)
                continue
            texts = list(self._blank)
            for index, tell, counted in told:
                texts[index] = str(number) if counted else tell(group.key)
            ordinal = int(group.key[0]) - _CLASS_ORDINAL_BASE if spec.complete and spec.by == CLASSES else 0
            yield GridRow(tuple(texts), figures, _labels(named, spec.level, ordinal), scopes=(selects,))
            if spec.below:
                yield from self._rows(spec.below, group.buckets, selects)

    def _name_column(self) -> int:
        return next((index for index, source in self._sources if source == "名称"), self._label_column(""))

    def _sorted(self, spec: GroupRows, buckets: Sequence[Bucket], scope: Filter) -> list[_Group]:
        if spec.codes:
            return [_Group((code,), _beginning(buckets, spec.by[0], code), (code, 0)) for code in spec.codes]
        groups: dict[tuple[str, ...], list[Bucket]] = {}
        if spec.complete:
            groups = {(code,): [] for code in self._all_of(spec.by[0], scope)}
        key_of = _key_of(spec.by)
        for bucket in buckets:
            key = key_of(bucket.values)
            group = groups.get(key)
            if group is not None:
                group.append(bucket)
            elif all(key) or spec.by == ("部门",):
                groups[key] = [bucket]
        found = [
            _Group(key, group, min([(key[0], 0)] * spec.complete + [bucket.rank for bucket in group]))
            for key, group in groups.items()
        ]
        return sorted(found, key=lambda group: [self._order(name, group, spec.by) for name in spec.order])

    def _all_of(self, by: str, scope: Filter) -> Iterator[str]:
        """The codes of a level that the table, and the rows around, may have."""
        dimension, length = grouping(by)
        wanted = [values for name, values in (*self._panel_scope.terms, *scope.terms) if name == dimension]
        for code in self._names[dimension]:
            if len(code) == (length or ITEMS[dimension]) and all(code.startswith(values) for values in wanted):
                yield code

    def _order(
        self, name: str, group: _Group, by: tuple[str, ...]
    ) -> tuple[str, int] | tuple[Decimal] | tuple[str, ...]:
        if name == "录入":
            return group.rank
        if name == "金额":
            return (-sum([bucket.amount for bucket in group.buckets], ZERO),)
        if name == "类型":
            project = self._department.projects.get(group.key[by.index("项目")]) if "项目" in by else None
            return ("", PROJECT_KINDS.index(project.kind) if project else 0)
        return group.key

    def _expanded(
        self,
        project: Project | None,
        group: _Group,
        first: tuple[list[tuple[int, str]], tuple[Cell, ...]],
        scope: Filter,
    ) -> Iterator[GridRow]:
        """A project with a row for each of its indicators; only the ``first`` has its other words and its numbers."""
        self._groups += 1
        words, figures = first
        asked = [(index, one) for index, one in enumerate(self._columns) if isinstance(one, IndicatorColumn)]
        listed = {name: indicators_of(project, name) for name in {column.category for _, column in asked}}
        for line in range(max([1, *map(len, listed.values())])):
            texts, typed, own = list(self._blank), [*self._nowhere], figures if line == 0 else self._nothing
            for index, text in words if line == 0 else ():
                texts[index] = text
            for index, column in asked:
                items = listed[column.category]
                if line < len(items):
                    texts[index], typed[index] = said_of(items[line], column.field)
            if PROJECT_TOTAL in "".join(texts):
                total = combine(group.buckets, self._cube.scale)
                own = tuple([total if PROJECT_TOTAL in text else one for text, one in zip(texts, own, strict=True)])
            yield GridRow(tuple(texts), own, group=self._groups, scopes=(scope,), typed=tuple(typed))


def _key_of(by: tuple[str, ...]) -> Callable[[Mapping[str, str]], Key]:
    """What groups a row's buckets, of the values of one."""
    takes = [grouping(name) for name in by]
    if len(takes) == 1:
        name, length = takes[0]
        return lambda values: (values[name][:length],)
    if all(length is None for _, length in takes):
        return itemgetter(*[name for name, _ in takes])
    return lambda values: tuple([values[name][:length] for name, length in takes])


def _beginning(buckets: Sequence[Bucket], by: str, code: str) -> list[Bucket]:
    name = grouping(by)[0]
    return [bucket for bucket in buckets if bucket.values[name].startswith(code)]


Key = tuple[str, ...]
Teller = Callable[[Key], str]
"""What a column of words says in a grouped row, by the row's key."""


class _Words:
    """The words of grouped rows: codes, names, and what a project says of itself."""

    def __init__(self, by: tuple[str, ...], department: Department, names: Mapping[str, Mapping[str, str]]) -> None:
        self._by, self._department, self._names = by, department, names

    def project(self, key: Key) -> Project | None:
        """The project of a row grouped by 项目, by itself or among others."""
        return self._department.projects.get(self._part(key, "项目"))

    def _part(self, key: Key, name: str) -> str:
        """The row's code of this kind; "" where it is not grouped by it."""
        return key[self._by.index(name)] if name in self._by else ""

    def teller(self, source: str) -> Teller:
        """What a text column with this source shows: the first of “a/b” that says something."""
        first, *others = [self._one(group, part) for group, part in _parts(source)]
        return _first_said((first, *others)) if others else first

    def _one(self, group: str, part: str) -> Teller:
        if not group:
            return self._own(part)
        if group == "单位":
            return partial(self._agency, part)
        if group == "项目":
            return partial(self._project, part)
        at = next((at for at, name in enumerate(self._by) if grouping(name)[0] == group), None)
        return self._coded(group, at, part) if at is not None else lambda _: ""

    def _own(self, part: str) -> Teller:
        if part in self._by:  # a closed list: its value is its name
            return itemgetter(self._by.index(part))
        name = self._by[0]
        if name == "部门":
            said = self._department.code if part == "代码" else self._department.name
            return lambda _: said
        if name in ("单位", "项目"):
            return partial(self._agency if name == "单位" else self._project, part)
        return self._coded(grouping(name)[0], 0, part)

    def _agency(self, part: str, key: Key) -> str:
        if self._by[0] == "部门":
            return self._department.code if part == "代码" else self._department.name
        project = self.project(key)
        code = self._part(key, "单位") or (project.agency if project else "")
        if not code or part == "代码":
            return code
        return self._department.agencies.get(code) or self._department.name

    def _project(self, part: str, key: Key) -> str:
        project = self.project(key)
        if project is None:
            return ""
        return project.code if part == "代码" else project.name if part == "名称" else project.kind

    def _coded(self, group: str, at: int, part: str) -> Teller:
        names = self._names.get(group, {})
        match part:
            case "类":
                return lambda key: key[at][:3]
            case "款":
                return lambda key: key[at][3:5]
            case "项":
                return lambda key: key[at][5:7]
            case "代码":
                return itemgetter(at)
            case _:
                return lambda key: names.get(key[at], key[at])


def _first_said(tellers: Sequence[Teller]) -> Teller:
    return lambda key: next(filter(None, (tell(key) for tell in tellers)), "")


@cache
def _parts(source: str) -> tuple[tuple[str, str], ...]:
    """What a source like “项目.名称/单位.名称” asks for in turn: a group, "" for the row's own, and a part of it."""
    return tuple((group, part) for group, _, part in (one.rpartition(".") for one in source.split("/")))


def _beside(spec: TableSpec, sides: list[list[GridRow]]) -> Iterator[GridRow]:
    height = max(sum(row.group != FILL for row in side) for side in sides)
    widths = [len(leaves(panel.columns)) for panel in spec.panels]
    stretched = [list(_stretch(side, height, width)) for side, width in zip(sides, widths, strict=True)]
    for parts in zip_longest(*stretched):
        yield _joined(parts)


def _stretch(side: list[GridRow], height: int, width: int) -> Iterator[GridRow]:
    blank = GridRow(("",) * width, (None,) * width)  # selects nothing: no amounts
    missing = height - sum(row.group != FILL for row in side)
    for row in side:
        if row.group != FILL:
            yield row
        else:
            yield from [blank] * missing
            missing = 0
    yield from [blank] * missing


def _joined(parts: tuple[GridRow, ...]) -> GridRow:
    labels: list[Label] = []
    start = 0
    for part in parts:
        labels += [Label(start + label.column, label.level, label.ordinal) for label in part.labels]
        start += len(part.texts)
    return GridRow(
        tuple(chain.from_iterable([part.texts for part in parts])),
        tuple(chain.from_iterable([part.figures for part in parts])),
        tuple(labels),
        scopes=tuple(chain.from_iterable([part.scopes for part in parts])),
    )


def _labels(column: int, level: int, ordinal: int = 0) -> tuple[Label, ...]:
    return (Label(column, level, ordinal),) if level else ()


def _form(spec: TableSpec, lines: Lines) -> Grid:
    cells = [cell for row in spec.form for cell in row.cells]
    filters = [cell.filter for cell in cells if cell.filter is not None]
    cube = build_cube(lines, filters)
    rows = tuple(
        GridRow(("",) * len(row.cells), tuple(_form_figure(cell, cube) for cell in row.cells)) for row in spec.form
    )
    return Grid(spec, rows, not any(line.money for line in lines.ledger.lines))


def _form_figure(cell: FormCell, cube: Cube) -> Figure | None:
    if cell.filter is None:
        return None
    figure = cube.figure(cell.filter)
    return figure if figure.lines else None
