"""tables/*.yaml: a table's header tree, row groups and filters into a TableSpec."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.fields import Fields, fields_of, items_of, pairs_of, text_of, texts_of
from generator.load.filters import read_filter
from generator.load.yaml_text import Node, Reader
from generator.model.problem import did_you_mean
from generator.model.profile import (
    AmountColumn,
    BlockRows,
    Column,
    ColumnGroup,
    FillRow,
    FixedRow,
    FormCell,
    FormRow,
    GroupRows,
    IndicatorColumn,
    Panel,
    RowSpec,
    TableSpec,
    TextColumn,
    leaves,
)
from generator.model.source import Text

GROUPS = (
    "部门", "单位", "功能类", "功能款", "功能科目", "部门经济类", "部门经济", "政府经济类", "政府经济", "项目", "资金", "项目类型",
)  # fmt: skip
ORDERS = ("代码", "录入", "类型")
CODE_PARTS = ("类", "款", "项", "代码", "名称")
SOURCES = (
    "名称", "代码", "单位.代码", "单位.名称", "项目.名称", "项目.代码", "项目.类型",
    *(f"功能科目.{part}" for part in CODE_PARTS),
    *(f"{name}.{part}" for name in ("部门经济", "政府经济") for part in ("类", "款", "代码", "名称")),
)  # fmt: skip
FORM_LISTS = ("年度主要任务", "指标", "主要职责", "年度履职目标")
FORM_VALUES = (
    "部门名称", "部门代码", "年度", "年度履职目标", "任务名称", "主要内容", "一级指标", "二级指标", "三级指标", "指标值", "指标值说明", "内容",
)  # fmt: skip


def read_table(reader: Reader, node: Node | None, key: str) -> TableSpec:
    """One table's definition; ``key`` is its file's name without the ending."""
    fields = fields_of(reader, node, f"表“{key}”")
    title = fields.located("标题")
    if title is None:
        fields.take("标题")
    widths = _numbers(reader, fields.take("栏宽", "表单" in fields.values), "栏宽")
    spec = TableSpec(
        key=key,
        title=title or Text(key, reader.at(fields.node)),
        landscape=fields.choice("纸张", ("纵向", "横向"), "纵向") == "横向",
        headline=fields.flag("表头行", True),
        filter=read_filter(reader, fields.take("范围", False)),
        panels=_panels(reader, fields),
        form=tuple(
            _form_row(reader, item, len(widths)) for item in items_of(reader, fields.take("表单", False), "表单")
        ),
        widths=widths,
        merged=tuple(number - 1 for number in _numbers(reader, fields.take("竖并", False), "竖并")),
        notes=texts_of(reader, fields.take("注", False), "注"),
        empty_note=fields.text("无数据", ""),
        zero=_zero(fields),
    )
    fields.finish()
    if title is not None and not _has_content(spec):
        reader.report(
            "P002", reader.at(fields.node), f"表“{key}”没有列和行", "请写“列”和“行”，或“分栏”，或“表单”，三者取一。"
        )
    return spec


def _has_content(spec: TableSpec) -> bool:
    """Whether it is either panels, each with columns and rows, or a form."""
    whole = all(leaves(panel.columns) and panel.rows for panel in spec.panels)
    return whole and bool(spec.panels) != bool(spec.form)


def _zero(fields: Fields) -> bool | None:
    value = fields.choice("零值", ("空白", "0.00", "随方案"), "随方案")
    return {"空白": False, "0.00": True, "随方案": None}[value]


def _numbers(reader: Reader, node: Node | None, what: str) -> tuple[int, ...]:
    numbers = []
    for item in items_of(reader, node, what):
        value = text_of(reader, item, what)
        if value.isascii() and value.isdigit() and int(value) > 0:
            numbers.append(int(value))
        else:
            reader.report("P002", reader.at(item), f"“{what}”应是正整数，不能是“{value}”", "请填1、2、3等整数。")
    return tuple(numbers)


def _panels(reader: Reader, fields: Fields) -> tuple[Panel, ...]:
    panels = fields.take("分栏", False)
    if panels is None:
        columns, rows = fields.take("列", False), fields.take("行", False)
        return (_panel(reader, "", columns, rows),) if columns is not None or rows is not None else ()
    found = []
    for item in items_of(reader, panels, "分栏"):
        inner = fields_of(reader, item, "分栏")
        found.append(_panel(reader, inner.text("标题"), inner.take("列"), inner.take("行")))
        inner.finish()
    return tuple(found)


def _panel(reader: Reader, title: str, columns: Node | None, rows: Node | None) -> Panel:
    return Panel(
        title,
        tuple(_column(reader, item) for item in items_of(reader, columns, "列")),
        tuple(_row(reader, item) for item in items_of(reader, rows, "行")),
    )


def _column(reader: Reader, node: Node) -> Column:
    if isinstance(node, yaml.ScalarNode):
        return TextColumn(node.value, _source(reader, node))
    label, content = _single(reader, node, "列")
    if isinstance(content, yaml.SequenceNode):
        if not content.value:
            reader.report("P002", reader.at(content), f"“{label}”下面没有列", "请补上下一级的列，或删去这一项。")
        return ColumnGroup(label, tuple(_column(reader, item) for item in content.value))
    if isinstance(content, yaml.ScalarNode):
        category, _, field = content.value.rpartition(".")
        if field in ("指标", "指标值") and category:
            return IndicatorColumn(label, category, field)
        return TextColumn(label, _source(reader, content))
    return AmountColumn(label, read_filter(reader, content))


def _source(reader: Reader, node: yaml.ScalarNode) -> str:
    value: str = node.value.strip()
    for source in value.split("/"):
        if source not in SOURCES:
            hint = did_you_mean(source, SOURCES) or f"可用的有：{'、'.join(SOURCES)}。"
            reader.report(
                "P002", node, f"列的内容没有“{source}”", f"请写成“列名: 内容”，或“列名: 内容/没有时的内容”。{hint}"
            )
    return value


def _single(reader: Reader, node: Node, what: str) -> tuple[str, Node]:
    pairs = list(pairs_of(reader, node, what))
    if len(pairs) == 1:
        return pairs[0][0].value, pairs[0][1]
    reader.report("P002", reader.at(node), f"{what}应写成“名称: 内容”一对", "请检查缩进，每项前面加“- ”。")
    return "", yaml.ScalarNode("tag:yaml.org,2002:str", "名称", node.start_mark, node.end_mark)


def _row(reader: Reader, node: Node) -> RowSpec:
    if isinstance(node, yaml.ScalarNode) and node.value == "撑满":
        return FillRow()
    fields = fields_of(reader, node, "行")
    row = _row_of(reader, fields)
    fields.finish()
    return row


def _row_of(reader: Reader, fields: Fields) -> RowSpec:
    if "称" in fields.values or "取" in fields.values:
        amount = fields.take("取", False)
        return FixedRow(
            fields.text("称", ""),
            read_filter(reader, amount) if amount is not None else None,
            fields.text("列", ""),
            _level(fields),
        )
    if "范围" in fields.values:
        return BlockRows(read_filter(reader, fields.take("范围")), tuple(_rows(reader, fields.take("行"))))
    by, complete = _words(reader, fields.take("按"), GROUPS, "按"), fields.flag("全列")
    if complete and by != ("功能类",):
        reader.report("P002", reader.at(fields.node), "“全列”只能与“按: 功能类”合用", "请删去“全列”，或改为按功能类。")
    return GroupRows(
        by,
        _words(reader, fields.take("顺序", False), ORDERS, "顺序") or ("代码",),
        complete,
        fields.flag("展开指标"),
        _level(fields),
        tuple(_rows(reader, fields.take("下级", False))),
    )


def _rows(reader: Reader, node: Node | None) -> Iterator[RowSpec]:
    return (_row(reader, item) for item in items_of(reader, node, "行"))


def _level(fields: Fields) -> int:
    return int(fields.choice("级", ("0", "1", "2"), "0"))


def _words(reader: Reader, node: Node | None, allowed: tuple[str, ...], what: str) -> tuple[str, ...]:
    if node is None:
        return ()
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        reader.report("Y009", reader.at(node), f"“{what}”没有填写", f"可用的有：{'、'.join(allowed)}。")
    words = []
    for item in nodes:
        value = text_of(reader, item, f"“{what}”")
        if value in allowed:
            words.append(value)
        else:
            hint = did_you_mean(value, allowed) or f"可用的有：{'、'.join(allowed)}。"
            reader.report("P002", reader.at(item), f"“{what}”没有“{value}”", f"请核对写法。{hint}")
    return tuple(words)


def _form_row(reader: Reader, node: Node, width: int) -> FormRow:
    fields = fields_of(reader, node, "表单的行")
    each = fields.choice("逐项", FORM_LISTS, "")
    row = FormRow(tuple(_form_cell(reader, item) for item in items_of(reader, fields.take("格"), "格")), each)
    fields.finish()
    across = sum(cell.span for cell in row.cells)
    if width and across != width:
        remedy = "各行的格（连同“跨”）应与“栏宽”的个数一样多。"
        reader.report("P002", reader.at(node), f"这一行的格共占{across}栏，“栏宽”却有{width}栏", remedy)
    return row


def _form_cell(reader: Reader, node: Node) -> FormCell:
    if isinstance(node, yaml.ScalarNode):
        return FormCell(1, node.value.strip(), centred=True)
    fields = fields_of(reader, node, "格")
    amount = fields.take("数", False)
    cell = FormCell(
        _span(reader, fields),
        fields.text("文", ""),
        fields.choice("值", FORM_VALUES, ""),
        read_filter(reader, amount) if amount is not None else None,
        fields.flag("居中", "文" in fields.values),
    )
    fields.finish()
    return cell


def _span(reader: Reader, fields: Fields) -> int:
    value = fields.text("跨", "1")
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    reader.report("P002", reader.at(fields.node), f"“跨”应是正整数，不能是“{value}”", "请填跨几栏。")
    return 1
