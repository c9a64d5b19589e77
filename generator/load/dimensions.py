"""维度 of report.yaml: what a place tells amounts apart by beside the usual, and what a filter means that names none of it.

The values of one that is 不相加 (流向: 支出, 收入, 年末结转和结余 …) are never added up by accident: a figure, a column or a row
that does not name it means its first value. That is written into the filters here, so that no other room has to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import yaml

from generator.load.bases import TAKEN
from generator.load.fields import fields_of, items_of, pairs_of, text_of
from generator.load.projects import FIELDS as PROJECT_FIELDS
from generator.load.yaml_text import Node, Reader
from generator.model.department import NATURES
from generator.model.ledger import (
    DIMENSIONS,
    GROUPINGS,
    WIDENED,
    Declared,
    Dimension,
    Filter,
    grouping,
    own_dimension,
)
from generator.model.problem import which_of
from generator.model.source import Text
from generator.model.table_spec import (
    AmountColumn,
    BlockRows,
    Column,
    ColumnGroup,
    ComparedColumn,
    FixedRow,
    GroupRows,
    Panel,
    RowSpec,
    ShareColumn,
    TableSpec,
)

_SUMS = (AmountColumn, ComparedColumn, ShareColumn)
_FILE = re.compile(r"[a-z][a-z0-9-]*\.yaml")
Own = Mapping[str, Dimension]


def read_dimensions(reader: Reader, node: Node | None) -> dict[str, Dimension]:
    """All that are declared, in their order; one that is no good is reported and left out."""
    taken = {*DIMENSIONS, *GROUPINGS, *PROJECT_FIELDS}
    found: dict[str, Dimension] = {}
    for key, value in pairs_of(reader, node, "维度"):
        said = (
            _long(reader, key, value) if isinstance(value, yaml.MappingNode) else Declared(_names(reader, key, value))
        )
        if key.value in taken:
            reader.report("P003", key, f"“{key.value}”已有别的用处，不能再作一个维度的名称", "请换一个名称。")
        elif len(set(said.values)) < 2 or len(set(said.values)) < len(said.values):
            remedy = "请写成“支出方向: [保运转, 保民生]”这样，没有填写的算作第一个。"
            reader.report("P003", key, f"维度“{key.value}”要有两个以上各不相同的值", remedy)
        else:
            found[key.value] = own_dimension(key.value, said)
    return found


def _names(reader: Reader, key: yaml.ScalarNode, node: Node | None) -> tuple[str, ...]:
    return tuple(text_of(reader, item, f"“{key.value}”") for item in items_of(reader, node, f"“{key.value}”"))


def read_added(reader: Reader, node: Node | None) -> dict[str, dict[str, str]]:
    """增补值: by dimension, further values, each with the group that it belongs to."""
    found: dict[str, dict[str, str]] = {}
    for key, value in pairs_of(reader, node, "增补值"):
        if key.value not in WIDENED:
            remedy = f"可以增补的有：{'、'.join(WIDENED)}；别的请写成“维度”。"
            reader.report("P003", key, f"不能给“{key.value}”增补值", remedy)
            continue
        row = DIMENSIONS[key.value]
        values = dict(_grouped(reader, key, value, tuple(row.groups)))
        for name in [name for name in values if name in row.choices]:
            reader.report("P003", key, f"“{key.value}”本来就有“{name}”", "请删去，或换一个名称。")
            del values[name]
        found[key.value] = values
    return found


def _grouped(reader: Reader, key: yaml.ScalarNode, node: Node, groups: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.MappingNode):
        for name, of in node.value:
            group = text_of(reader, of, f"“{name.value}”")
            if group not in groups:
                remedy = f"只能是：{'、'.join(groups)}；都不属于的写成列表。"
                reader.report("P003", of, f"“{name.value}”所属的“{group}”不在“{key.value}”里", remedy)
            yield name.value, group
        return
    for item in items_of(reader, node, f"“{key.value}”"):
        yield text_of(reader, item, f"“{key.value}”"), ""


def _long(reader: Reader, key: yaml.ScalarNode, node: yaml.MappingNode) -> Declared:
    """值, 不相加, 可为负, 平衡, 文件 of one dimension."""
    fields = fields_of(reader, node, f"维度“{key.value}”")
    values = _names(reader, key, fields.take("值"))
    apart = fields.flag("不相加")
    below = tuple(_of_values(reader, values, items_of(reader, fields.take("可为负", False), "可为负")))
    sides = items_of(reader, fields.take("平衡", False), "平衡")
    balance = tuple(tuple(_of_values(reader, values, items_of(reader, side, "平衡"))) for side in sides)
    file, by_unit = fields.located("文件"), fields.flag("随单位性质")
    fields.finish()
    if by_unit and (apart or set(values) != set(NATURES)):
        remedy = f"请写成“值: [{'、'.join(NATURES)}]”，不写“不相加”。"
        reader.report("P003", key, f"维度“{key.value}”随单位性质，值只能是各种单位性质", remedy)
        by_unit = False
    if sides and (len(sides) != 2 or not all(balance) or set(balance[0]) & set(balance[1])):
        remedy = "请写成“平衡: [[收入, 年初结转和结余], [支出, 年末结转和结余]]”。"
        reader.report("P003", sides[0], "“平衡”要有两边，各列几个值，两边没有相同的值", remedy)
        balance = ()
    if (sides or file) and not apart:
        remedy = "请加上“不相加: 是”，或删去“平衡”和“文件”。"
        reader.report("P003", key, f"维度“{key.value}”的值相加，不能有“平衡”和“文件”", remedy)
    return Declared(values, apart, below, balance, _file(reader, file), by_unit)


def _of_values(reader: Reader, values: tuple[str, ...], nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        value = text_of(reader, node, "值")
        if value in values:
            yield value
        else:
            reader.report("P003", reader.at(node), f"“值”里没有“{value}”", f"请核对写法。{which_of(value, values)}")


def _file(reader: Reader, named: Text | None) -> str:
    if named is None:
        return ""
    if not _FILE.fullmatch(named.value) or named.value in (*TAKEN, "prior.yaml"):
        message = f"“{named.value}”不能作填报的文件名，或已有别的用处"
        reader.report("P003", named.position, message, "文件名只用小写字母、数字和“-”，如 income.yaml。")
        return ""
    return named.value


def meant(wanted: Filter, reader: Reader) -> Filter:
    """What a filter selects: of dimensions whose values are not added up and that it does not name, the first value.

    Of those with values that the place adds, all: what all of them are is then said, and not taken from the usual list.
    """
    first = [_first(one) for one in reader.own.values() if one.apart and one.name not in wanted.dimensions]
    everything = [(one.name, one.values) for one in reader.widened.values() if one.name not in wanted.dimensions]
    return wanted.narrowed(*first, *everything)


def table_meant(reader: Reader, spec: TableSpec) -> TableSpec:
    """A table whose every amount says which of the values it means, as ``meant`` has it."""
    everything = [(one.name, one.values) for one in reader.widened.values() if one.name not in spec.filter.dimensions]
    spec = spec._replace(filter=spec.filter.narrowed(*everything))
    for one in reader.own.values():
        if one.apart and one.name not in spec.filter.dimensions:
            spec = _with(reader, spec, one)
    return spec


def _first(dimension: Dimension) -> tuple[str, tuple[str, ...]]:
    return dimension.name, (dimension.usual,)


def _with(reader: Reader, spec: TableSpec, one: Dimension) -> TableSpec:
    cells = [cell for row in spec.form for cell in row.cells if cell.filter is not None]
    if not any(one.name in cell.filter.dimensions for cell in cells if cell.filter is not None) and not any(
        _named(panel.rows, one.name) or _in_columns(panel.columns, one.name) for panel in spec.panels
    ):
        return spec._replace(filter=spec.filter.narrowed(_first(one)))
    form = tuple(
        row._replace(
            cells=tuple(
                cell if cell.filter is None else cell._replace(filter=_narrowed(cell.filter, one)) for cell in row.cells
            )
        )
        for row in spec.form
    )
    return spec._replace(form=form, panels=tuple(_panel(reader, spec, panel, one) for panel in spec.panels))


def _narrowed(wanted: Filter, one: Dimension) -> Filter:
    return wanted if one.name in wanted.dimensions else wanted.narrowed(_first(one))


def _panel(reader: Reader, spec: TableSpec, panel: Panel, one: Dimension) -> Panel:
    in_rows, in_columns = _named(panel.rows, one.name), _in_columns(panel.columns, one.name)
    if in_rows and in_columns:
        message = f"表“{spec.key}”的行和列都写了“{one.name}”，它的值不相加"
        reader.report("P002", spec.title.position, message, "请只写在行里，或只写在列里。")
    if in_rows:
        return panel._replace(rows=tuple(_row(row, one) for row in panel.rows))
    return panel._replace(columns=tuple(_column(column, one) for column in panel.columns))


def _row(row: RowSpec, one: Dimension) -> RowSpec:
    if _named((row,), one.name):
        return row
    if isinstance(row, FixedRow):
        return row if row.filter is None else row._replace(filter=_narrowed(row.filter, one))
    if isinstance(row, BlockRows):
        return row._replace(filter=_narrowed(row.filter, one))
    return BlockRows(Filter((_first(one),)), (row,), True) if isinstance(row, GroupRows) else row


def _column(column: Column, one: Dimension) -> Column:
    if isinstance(column, ColumnGroup):
        return column._replace(columns=tuple(_column(inner, one) for inner in column.columns))
    if isinstance(column, ShareColumn) and column.whole is not None:
        return column._replace(filter=_narrowed(column.filter, one), whole=_narrowed(column.whole, one))
    return column._replace(filter=_narrowed(column.filter, one)) if isinstance(column, _SUMS) else column


def _in_columns(columns: Iterable[Column], name: str) -> bool:
    return any(
        _in_columns(column.columns, name)
        if isinstance(column, ColumnGroup)
        else isinstance(column, _SUMS) and name in column.filter.dimensions
        for column in columns
    )


def _named(rows: Iterable[RowSpec], name: str) -> bool:
    return any(
        (row.filter is not None and name in row.filter.dimensions)
        if isinstance(row, FixedRow)
        else name in [grouping(by)[0] for by in row.by] or _named(row.below, name)
        if isinstance(row, GroupRows)
        else name in row.filter.dimensions or _named(row.rows, name)
        if isinstance(row, BlockRows)
        else False
        for row in rows
    )
