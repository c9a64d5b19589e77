"""A Grid and its definition into a TableBlock: header cells, formatted amounts, labels with ordinals, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from generator.compose.formats import Formats
from generator.compose.numerals import Counter, numbered
from generator.model.book import Cell, Grid, GridRow
from generator.model.department import PROJECT_TOTAL, Department
from generator.model.document import HeaderCell, TableBlock, TableRow
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.money import Money
from generator.model.number_format import NumberFormat
from generator.model.profile import Numbering
from generator.model.source import Position
from generator.model.table_spec import (
    NUMBERS,
    AmountColumn,
    Column,
    ColumnGroup,
    ComparedColumn,
    FormCell,
    FormRow,
    IndicatorColumn,
    Leaf,
    Panel,
    TableSpec,
    TextColumn,
    is_rate,
    leaves,
)

Label = Callable[[str], str]
Typed = Mapping[str, Position]


class TableComposer(NamedTuple):
    """Composes the tables of one document; ``label`` renders a header's or note's template."""

    formats: Formats
    numbering: Numbering
    department: Department
    label: Label

    def compose(self, grid: Grid, caption: str, anchor: str, headline: tuple[str, str]) -> TableBlock:
        """The block of one table."""
        spec = grid.spec
        notes = [self.label(note) for note in spec.notes]
        if grid.empty and spec.empty_note:
            notes.append(self.label(spec.empty_note))
        if not grid.empty:
            notes += [self.label(note) for note in spec.filled_notes]
        columns = _columns(grid)
        header = tuple(_header(columns, self.label))
        height = max((cell.row + cell.depth for cell in header), default=0)
        labels = [cell.text for cell in header if cell.row + cell.depth == height]
        return TableBlock(
            key=spec.key,
            caption=caption,
            anchor=anchor,
            headline=headline if spec.headline else None,
            header=header,
            header_rows=height,
            alignments="".join(_alignment(column) for column in leaves(columns)) or "l" * len(spec.widths),
            rows=tuple(self._form_rows(grid) if spec.form else _carried(self._rows(grid), spec.merged)),
            notes=tuple(notes),
            landscape=spec.landscape,
            widths=spec.widths,
            columns=tuple(
                leaf if leaf.label == text else leaf._replace(label=text)
                for leaf, text in zip(leaves(columns), labels, strict=True)
            ),
            panels=tuple(number for number, panel in enumerate(spec.panels) for _ in leaves(panel.columns)),
            scope=spec.filter,
            title=spec.title.value,
        )

    def _rows(self, grid: Grid) -> Iterator[TableRow]:
        columns = leaves(_columns(grid))
        goes_on = tuple([not isinstance(column, IndicatorColumn) for column in columns])
        goes_on = () if all(goes_on) else goes_on
        counters: dict[int, Counter] = {}
        above, zero = 0, grid.spec.zero
        ways = [_way(column, grid) for column in columns]
        blanks = [
            self.formats.table(None, zero, way) if _is_amount(column) else ""
            for column, way in zip(columns, ways, strict=True)
        ]
        nothing = any(blanks)
        panels = [number for number, panel in enumerate(grid.spec.panels) for _ in leaves(panel.columns)]
        for row in grid.rows:
            shown = blanks
            if nothing and None in row.scopes:  # no row of amounts, and so no zeros
                shown = ["" if row.scopes[panel] is None else one for one, panel in zip(blanks, panels, strict=True)]
            if any(row.figures):
                texts = self._texts(row, shown, columns, ways, zero)
            elif nothing:
                texts = tuple([text or blank for text, blank in zip(row.texts, shown, strict=True)])
            else:
                texts = row.texts
            for label in row.labels:
                counter = counters.setdefault(label.column, Counter(self.numbering.ordinals))
                texts = _prefixed(texts, label.column, counter.next(label.level, label.ordinal))
            joined = goes_on if row.group and row.group == above else ()
            above = row.group
            yield TableRow(_blank_joined(texts, joined), row.figures, (), joined, scopes=row.scopes, typed=row.typed)

    def _texts(
        self,
        row: GridRow,
        blanks: Sequence[str],
        columns: Sequence[Leaf],
        ways: Sequence[NumberFormat | None],
        zero: bool | None,
    ) -> tuple[str, ...]:
        """What a row's cells print; columns over the same lines share a number."""
        said: dict[tuple[int, NumberFormat | None], str] = {}
        texts = []
        for text, figure, blank, column, way in zip(row.texts, row.figures, blanks, columns, ways, strict=True):
            if not figure:
                texts.append(text or blank)
            elif text:
                texts.append(self._indicator(text, figure))
            elif isinstance(column, NUMBERS):
                key = id(figure), way
                if key not in said:
                    said[key] = (
                        self.formats.table(figure.money, zero, way)
                        if isinstance(figure, Figure)
                        else self._said(figure, column, zero, way)
                    )
                texts.append(said[key])
            else:
                texts.append("")
        return tuple(texts)

    def _said(self, figure: Fact | Change | Share, column: Leaf, zero: bool | None, way: NumberFormat | None) -> str:
        """What a cell that is no sum of the ledger prints."""
        match figure:
            case Change():
                return self._against(figure, column, zero, way)
            case Share():
                known = figure.percent
                return self.formats.percent_cell(known, figure.exact, way) if known is not None else ""
            case Fact(value=int(count)):
                return str(count)
            case Fact():
                return self.formats.table(figure.money, zero, way)

    def _against(self, change: Change, column: Leaf, zero: bool | None, way: NumberFormat | None) -> str:
        """A change as its column prints it: an amount, or a rate with its sign."""
        assert isinstance(column, ComparedColumn)
        number = change.number(column.aspect)
        if isinstance(number, Money):
            return self.formats.table(number, zero, way)
        return self.formats.percent_cell(number, change.exact(column.aspect), way) if number is not None else ""

    def _indicator(self, text: str, figure: Cell) -> str:
        assert isinstance(figure, (Figure, Fact))
        return text.replace(PROJECT_TOTAL, self.formats.indicator(figure.money))

    def _form_rows(self, grid: Grid) -> Iterator[TableRow]:
        spec = grid.spec
        rows = [
            self._form_row(spec, form, row, values, typed)
            for form, row in zip(spec.form, grid.rows, strict=True)
            for values, typed in self._items(form.each)
        ]
        return _merged(rows, spec.merged)

    def _form_row(self, spec: TableSpec, form: FormRow, row: GridRow, values: dict[str, str], typed: Typed) -> TableRow:
        texts = tuple(
            self.formats.table(figure.money if isinstance(figure, Figure) else None, None, spec.format)
            if cell.filter is not None
            else self.label(cell.text) if cell.text else values.get(cell.value, "")
            for cell, figure in zip(form.cells, row.figures, strict=True)
        )  # fmt: skip
        spans = tuple(cell.span for cell in form.cells)
        cells = tuple(
            cell._replace(text=text) if cell.text not in ("", text) else cell
            for cell, text in zip(form.cells, texts, strict=True)
        )
        return TableRow(
            texts,
            row.figures,
            spans,
            (),
            _alignments(form.cells),
            cells=cells,
            typed=tuple(typed.get(cell.value) for cell in form.cells),
        )

    def _items(self, each: str) -> Iterator[tuple[dict[str, str], Typed]]:
        """What the cells of each row may name, and where a person typed it, as far as is known."""
        department = self.department
        common = {
            "部门名称": department.name,
            "部门代码": department.code,
            "年度": str(department.year),
            "年度履职目标": "\n".join(_enumerated(department.performance.goals, self.numbering)),
        }
        if each == "年度主要任务":
            for task in department.performance.tasks:
                yield {**common, "任务名称": task.name, "主要内容": task.content}, {}
        elif each == "指标":
            for target in department.performance.targets:
                at, value_at = target.position, target.value_position
                yield {
                    **common, "一级指标": target.first, "二级指标": target.second, "三级指标": target.name,
                    "指标值": target.value, "指标值说明": target.explanation,
                }, {"三级指标": at, "指标值": value_at, "指标值说明": value_at}  # fmt: skip
        elif each:
            texts = department.duties if each == "主要职责" else department.performance.goals
            yield from (({**common, "内容": text}, {}) for text in texts)
        else:
            yield common, {}


def _is_amount(column: Leaf) -> bool:
    """Whether nothing in a column is an amount of nothing."""
    return isinstance(column, AmountColumn) or (isinstance(column, ComparedColumn) and column.aspect == "上年数")


def _way(column: Leaf, grid: Grid) -> NumberFormat | None:
    """The format of a column's numbers, or its table's where they are amounts; None: the place's usual one."""
    if not isinstance(column, NUMBERS):
        return None
    return column.format or (None if is_rate(column) else grid.spec.format)


def _columns(grid: Grid) -> tuple[Column, ...]:
    panels = grid.spec.panels
    if len(panels) == 1:
        return panels[0].columns
    if not any(panel.title for panel in panels):
        return tuple(chain.from_iterable(panel.columns for panel in panels))
    found: list[Column] = []
    for above, together in groupby(panels, lambda panel: panel.above):
        titled = tuple(chain.from_iterable(map(_titled, together)))
        found += (ColumnGroup(above, titled),) if above else titled
    return tuple(found)


def _titled(panel: Panel) -> tuple[Column, ...]:
    return (ColumnGroup(panel.title, panel.columns),) if panel.title else panel.columns


def _header(columns: Sequence[Column], label: Label) -> Iterator[HeaderCell]:
    yield from _heads(columns, label, 0, 0, _depth(columns))


def _heads(items: Sequence[Column], label: Label, row: int, start: int, height: int) -> Iterator[HeaderCell]:
    """The cells of columns that begin in a row and at a column of a header so many rows high."""
    for item in items:
        if isinstance(item, ColumnGroup):
            width, depth = len(leaves(item.columns)), 1
            if len(item.columns) == 1 and not isinstance(item.columns[0], ColumnGroup):
                depth = height - row - 1  # 栏次: a lone number stands in the lowest row, beside the others
            yield HeaderCell(label(item.label), row, start, width, depth)
            yield from _heads(item.columns, label, row + depth, start, height)
            start += width
        else:
            yield HeaderCell(label(item.label), row, start, 1, height - row)
            start += 1


def _depth(columns: Sequence[Column]) -> int:
    return max((1 + _depth(item.columns) if isinstance(item, ColumnGroup) else 1 for item in columns), default=0)


def _alignment(column: Column) -> str:
    if isinstance(column, NUMBERS):
        return "r"
    if isinstance(column, IndicatorColumn):
        return "l" if column.field == "指标" else "c"
    assert isinstance(column, TextColumn)
    return "l" if column.source.split("/")[0].endswith("名称") else "c"


def _alignments(cells: tuple[FormCell, ...]) -> str:
    return "".join("r" if cell.filter is not None else "c" if cell.centred else "l" for cell in cells)


def _prefixed(texts: tuple[str, ...], place: int, ordinal: str) -> tuple[str, ...]:
    return (*texts[:place], ordinal + texts[place], *texts[place + 1 :])


def _blank_joined(texts: tuple[str, ...], joined: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(["" if same else text for text, same in zip(texts, joined, strict=True)]) if joined else texts


def _enumerated(items: Sequence[str], numbering: Numbering) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield numbered(numbering.item, number) + item


def _merged(rows: list[TableRow], columns: tuple[int, ...]) -> Iterator[TableRow]:
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        joined = tuple(
            above is not None and place in columns and _continues(above, row, place) for place in range(len(row.texts))
        )
        yield row._replace(texts=_blank_joined(row.texts, joined), joined=joined)


def _carried(rows: Iterable[TableRow], columns: tuple[int, ...]) -> Iterable[TableRow]:
    """Rows in which words of these columns go on below: as one cell, where they are said again or nothing is said."""
    return _carrying(rows, columns) if columns else rows


def _carrying(rows: Iterable[TableRow], columns: tuple[int, ...]) -> Iterator[TableRow]:
    said: dict[int, str] = {}
    for row in rows:
        held, joined = any(row.texts), [row.is_joined(place) for place in range(len(row.texts))]
        for place in columns:
            text = row.texts[place]
            held = held and bool(said.get(place)) and text in ("", said[place])
            joined[place] = held
            said[place] = said[place] if held else text
        yield row._replace(texts=_blank_joined(row.texts, tuple(joined)), joined=tuple(joined))


def _continues(above: TableRow, row: TableRow, place: int) -> bool:
    same = above.texts[: place + 1] == row.texts[: place + 1] and above.spans[: place + 1] == row.spans[: place + 1]
    return same and bool(row.texts[place]) and len(row.texts) > place + 1
