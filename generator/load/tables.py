"""tables/*.yaml: a table's header tree, row groups and filters into a TableSpec."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from generator.load.columns import columns_of, some_of, where_of
from generator.load.dimensions import table_meant
from generator.load.fields import Fields, brief, fields_of, items_of, pairs_of, text_of, texts_of
from generator.load.filters import read_filter
from generator.load.number_formats import chosen_format
from generator.load.yaml_text import Node, Reader
from generator.model.classification import LISTS
from generator.model.ledger import GROUPINGS, Filter, grouping
from generator.model.national import FORM_KEYS
from generator.model.problem import which_of
from generator.model.profile import UNLISTED
from generator.model.source import Position, Text
from generator.model.table_spec import (
    BlockRows,
    EmptyRows,
    FillRow,
    FixedRow,
    FormCell,
    FormRow,
    GroupRows,
    Panel,
    RecordRows,
    RowSpec,
    Standing,
    TableSpec,
    TextColumn,
    leaves,
)

ORDERS = ("代码", "录入", "类型", "金额")
FORM_LISTS = ("年度主要任务", "指标", "主要职责", "年度履职目标")
FORM_VALUES = (
    "部门名称", "部门代码", "年度", "年度履职目标", "任务名称", "主要内容", "一级指标", "二级指标", "三级指标", "指标值", "指标值说明", "内容",
)  # fmt: skip


class Usual(NamedTuple):
    """What a table takes from where it stands, unless its own file says otherwise."""

    standing: Standing = Standing(Text("{{ 表名 }}", Position("")))
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    filled_notes: tuple[str, ...] = ()


_USUAL = Usual()


def read_table(reader: Reader, node: Node | None, key: str, usual: Usual = _USUAL) -> TableSpec:
    """One table's definition; ``key`` is its file's name without the ending."""
    fields = fields_of(reader, node, f"表“{key}”")
    fields.take("沿用", False)  # followed when the file was opened
    title = fields.located("标题")
    if title is None:
        fields.take("标题")
    headed, standing = _standing(reader, fields, usual.standing)
    widths = _numbers(reader, fields.take("栏宽", "表单" in fields.values), "栏宽")
    spec = TableSpec(
        key=key,
        title=title or Text(key, reader.at(fields.node)),
        landscape=fields.choice("纸张", ("纵向", "横向"), "纵向") == "横向",
        headline=headed,
        filter=read_filter(reader, fields.take("范围", False)),
        panels=_panels(reader, fields),
        form=tuple(_form_row(reader, item) for item in items_of(reader, fields.take("表单", False), "表单")),
        widths=widths,
        merged=tuple(number - 1 for number in _numbers(reader, fields.take("竖并", False), "竖并")),
        notes=_notes(reader, fields, "注", usual.notes),
        empty_note=fields.text("无数据", usual.empty_note),
        zero=_zero(fields),
        format=chosen_format(reader, fields),
        kind=_kind(fields),
        aliases=_aliases(reader, fields),
        filled_notes=_notes(reader, fields, "有数据注", usual.filled_notes),
        standing=standing,
    )
    fields.finish()
    if title is not None and bool(spec.panels) == bool(spec.form):
        reader.report(
            "P002", reader.at(fields.node), f"表“{key}”没有列和行", "请写“列”和“行”，或“分栏”，或“表单”，三者取一。"
        )
    _check_form(reader, fields, spec)
    return table_meant(reader, spec) if reader.own or reader.widened else spec


def _notes(reader: Reader, fields: Fields, name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    node = fields.take(name, False)
    return usual if node is None else texts_of(reader, node, name)


def _standing(reader: Reader, fields: Fields, usual: Standing) -> tuple[bool, Standing]:
    """Whether a line stands above the table, and how the table stands: 表头行 is 是, 否, or the line's own words."""
    headline, headed = usual.headline, True
    if isinstance(fields.values.get("表头行", (None, None))[1], yaml.SequenceNode):
        headline = read_headline(reader, fields.take("表头行"))
    else:
        headed = fields.flag("表头行", True)
    entry, listed = read_entry(fields)
    return headed, usual._replace(
        caption=fields.located("表题") or usual.caption,
        headline=headline,
        entry=entry or usual.entry,
        listed=listed and usual.listed,
    )


def read_headline(reader: Reader, node: Node | None) -> tuple[Text, Text]:
    """表头行: what stands above a table on the left, and on the right."""
    nodes = items_of(reader, node, "表头行")
    left, right, *_ = [*(_side(reader, item) for item in nodes), *[_NOTHING] * 2]
    if len(nodes) > 2:
        remedy = '请写成“[左边的文字, 右边的文字]”，不要的写成""。'
        reader.report("P002", reader.at(nodes[2]), "“表头行”只有左右两段", remedy)
    return left, right


def _side(reader: Reader, node: Node) -> Text:
    empty = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') and not node.value.strip()
    return Text("" if empty else text_of(reader, node, "表头行"), reader.at(node))


_NOTHING = Text("", Position(""))


def read_entry(fields: Fields) -> tuple[Text | None, bool]:
    """目录: what the contents call a part or a table, if not by its title; whether they name it at all."""
    entry = fields.located("目录")
    return (None, False) if entry is not None and entry.value == UNLISTED else (entry, True)


def _check_form(reader: Reader, fields: Fields, spec: TableSpec) -> None:
    """Every row of a form fills its width, and only columns that are there are merged."""
    if not spec.form or not spec.widths:
        return
    width = len(spec.widths)
    for row, node in zip(spec.form, fields.values["表单"][1].value, strict=True):
        taken = sum(cell.span for cell in row.cells)
        if taken != width:
            message = f"表单的这一行共占{taken}栏，“栏宽”写了{width}栏"
            reader.report("P002", reader.at(node), message, "请核对各格的“跨”和表的“栏宽”，使两者相等。")
    if any(place >= width for place in spec.merged):
        reader.report("P002", fields.values["竖并"][1], f"“竖并”超出了栏数（{width}栏）", "请填1到栏数之间的整数。")


def _zero(fields: Fields) -> bool | None:
    value = fields.choice("零值", ("空白", "0.00", "随方案"), "随方案")
    return {"空白": False, "0.00": True, "随方案": None}[value]


def _kind(fields: Fields) -> str:
    return fields.choice("表种", FORM_KEYS, "")


def _aliases(reader: Reader, fields: Fields) -> Mapping[str, tuple[str, ...]]:
    node = fields.take("又称", False)
    return {key.value: texts_of(reader, item, f"“{key.value}”的又称") for key, item in pairs_of(reader, node, "“又称”")}


def _numbers(reader: Reader, node: Node | None, what: str) -> tuple[int, ...]:
    numbers = []
    for item in items_of(reader, node, what):
        value = text_of(reader, item, what)
        if re.fullmatch("[1-9][0-9]{0,3}", value):
            numbers.append(int(value))
        else:
            reader.report("P002", reader.at(item), f"“{what}”应是正整数，不能是“{brief(value)}”", "请填1、2、3等整数。")
    return tuple(numbers)


def _panels(reader: Reader, fields: Fields) -> tuple[Panel, ...]:
    panels = fields.take("分栏", False)
    if panels is None:
        there = "列" in fields.values or "行" in fields.values
        columns, rows = fields.take("列", there), fields.take("行", there)
        return (_panel(reader, "", columns, rows),) if there else ()
    found = []
    for item in items_of(reader, panels, "分栏"):
        inner = fields_of(reader, item, "分栏")
        panel = _panel(reader, inner.text("标题", ""), inner.take("列"), inner.take("行"))
        found.append(panel._replace(above=inner.text("上级标题", "")))
        inner.finish()
    return tuple(found)


def _panel(reader: Reader, title: str, columns: Node | None, rows: Node | None) -> Panel:
    found = columns_of(reader, columns)
    labels = tuple(column.label for column in leaves(found) if isinstance(column, TextColumn))
    return Panel(title, found, tuple(_rows(reader, rows, labels)))


def _row(reader: Reader, node: Node, labels: tuple[str, ...]) -> RowSpec:
    if isinstance(node, yaml.ScalarNode) and node.value == "撑满":
        return FillRow()
    fields = fields_of(reader, node, "行")
    row = _row_of(reader, fields, labels)
    fields.finish()
    return row


def _row_of(reader: Reader, fields: Fields, labels: tuple[str, ...]) -> RowSpec:
    if any(key in fields.values for key in ("称", "取", "各列")):
        amount = fields.take("取", False)
        wanted = read_filter(reader, amount) if amount is not None else None
        if "各列" in fields.values:
            return _labelled(reader, fields, wanted, labels)
        return FixedRow(fields.text("称", ""), wanted, _label(reader, fields, labels), _level(fields))
    if "空行" in fields.values:
        return EmptyRows(_count(reader, fields, "空行"))
    if "清单" in fields.values:
        return _record_rows(reader, fields)
    if "范围" in fields.values:
        return BlockRows(read_filter(reader, fields.take("范围")), tuple(_rows(reader, fields.take("行"), labels)))
    groups = (*GROUPINGS, *reader.own)
    by, complete = _words(reader, fields.take("按"), groups, "按") or groups[:1], fields.flag("全列")
    codes = _listed(reader, fields)
    if (complete or codes) and (len(by) > 1 or grouping(by[0])[0] not in LISTS):
        key = "全列" if complete else "列出"
        remedy = f"请删去“{key}”，或只按一级科目：功能类、功能款、功能科目、部门经济类、部门经济等。"
        reader.report("P002", reader.at(fields.node), f"“{key}”只能按科目，每行一个科目", remedy)
    return GroupRows(
        by,
        _words(reader, fields.take("顺序", False), ORDERS, "顺序") or ("代码",),
        complete,
        fields.flag("展开指标"),
        _level(fields),
        tuple(_rows(reader, fields.take("下级", False), labels)),
        codes,
    )


def _listed(reader: Reader, fields: Fields) -> tuple[str, ...]:
    """列出: the codes of rows that are always there."""
    codes = []
    for item in items_of(reader, fields.take("列出", False), "列出"):
        code = text_of(reader, item, "列出")
        if re.fullmatch("[0-9]{3}(?:[0-9]{2}){0,2}", code):
            codes.append(code)
        else:
            reader.report(
                "P002", reader.at(item), f"“列出”应是科目编码，不能是“{brief(code)}”", "请填301、30101这样的编码。"
            )
    return tuple(codes)


def _labelled(reader: Reader, fields: Fields, wanted: Filter | None, labels: tuple[str, ...]) -> RowSpec:
    """各列: a fixed row with words in several text columns; a number stands before the first."""
    said = []
    for key, item in pairs_of(reader, fields.take("各列"), "“各列”"):
        if key.value in labels:
            said.append((key.value, text_of(reader, item, key.value)))
        else:
            remedy = f"请核对写法。{which_of(key.value, labels)}"
            reader.report("P002", key, f"表中没有名为“{brief(key.value)}”的文字列", remedy)
    (column, label), *also = said or [("", "")]
    return FixedRow(label, wanted, column, _level(fields), tuple(also))


def _record_rows(reader: Reader, fields: Fields) -> RowSpec:
    name = fields.choice("清单", tuple(reader.lists) or ("",))
    groups = tuple(
        texts_of(reader, item, "分组") if isinstance(item, yaml.SequenceNode) else (text_of(reader, item, "分组"),)
        for item in items_of(reader, fields.take("分组", False), "分组")
    )
    where = where_of(reader, fields.take("其中", False))
    declared = reader.lists.get(name)
    for one in (*(one for group in groups for one in group), *(one for one, _ in where)):
        if declared is not None and declared.field(one) is None:
            known = [field.name for field in declared.fields]
            remedy = f"请核对写法。{which_of(one, known)}"
            reader.report("P002", reader.at(fields.node), f"清单“{name}”没有“{brief(one)}”这一列", remedy)
    return RecordRows(name, groups, fields.text("合计", ""), _level(fields), where, fields.flag("明细", True))


def _rows(reader: Reader, node: Node | None, labels: tuple[str, ...]) -> Iterator[RowSpec]:
    return (_row(reader, item, labels) for item in some_of(reader, node, "行"))


def _label(reader: Reader, fields: Fields, labels: tuple[str, ...]) -> str:
    """The text column a fixed row's name stands in."""
    node = fields.take("列", False)
    value = text_of(reader, node, "“列”") if node is not None else ""
    if node is not None and value and labels and value not in labels:
        remedy = f"请核对写法。{which_of(value, labels)}"
        reader.report("P002", node, f"表中没有名为“{brief(value)}”的文字列", remedy)
    return value


def _level(fields: Fields) -> int:
    return int(fields.choice("级", ("0", "1", "2"), "0"))


def _words(reader: Reader, node: Node | None, allowed: tuple[str, ...], what: str) -> tuple[str, ...]:
    if node is None:
        return ()
    nodes = some_of(reader, node, what) if isinstance(node, yaml.SequenceNode) else [node]
    words = []
    for item in nodes:
        value = text_of(reader, item, f"“{what}”")
        if value in allowed:
            words.append(value)
        else:
            remedy = f"请核对写法。{which_of(value, allowed)}"
            reader.report("P002", reader.at(item), f"“{what}”没有“{value}”", remedy)
    return tuple(words)


def _form_row(reader: Reader, node: Node) -> FormRow:
    fields = fields_of(reader, node, "表单的行")
    each = fields.choice("逐项", FORM_LISTS, "")
    row = FormRow(tuple(_form_cell(reader, item) for item in items_of(reader, fields.take("格"), "格")), each)
    fields.finish()
    return row


def _form_cell(reader: Reader, node: Node) -> FormCell:
    if isinstance(node, yaml.ScalarNode):
        return FormCell(1, node.value.strip(), centred=True)
    fields = fields_of(reader, node, "格")
    amount = fields.take("数", False)
    cell = FormCell(
        _count(reader, fields, "跨"),
        fields.text("文", ""),
        fields.choice("值", FORM_VALUES, ""),
        read_filter(reader, amount) if amount is not None else None,
        fields.flag("居中", "文" in fields.values),
    )
    fields.finish()
    return cell


def _count(reader: Reader, fields: Fields, key: str) -> int:
    """How many columns or rows; one where nothing is said."""
    node = fields.take(key, False)
    value = text_of(reader, node, f"“{key}”") if node is not None else "1"
    if re.fullmatch("[1-9][0-9]?", value):
        return int(value)
    wanted = "请填跨几栏。" if key == "跨" else "请填几行。"
    reader.report("P002", node or reader.at(fields.node), f"“{key}”应是正整数，不能是“{brief(value)}”", wanted)
    return 1
