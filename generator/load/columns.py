"""A table's columns (列): a tree of headers with words, amounts, comparisons and indicators at its ends."""

from __future__ import annotations

from itertools import chain

import yaml

from generator.load.fields import Fields, fields_of, items_of, pairs_of, text_of, texts_of
from generator.load.filters import read_filter
from generator.load.number_formats import CHOSEN, chosen_format
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR
from generator.model.ledger import DIMENSIONS, Filter, nested
from generator.model.problem import which_of
from generator.model.table_spec import (
    ANY_INDICATOR,
    INDICATOR_FIELDS,
    AmountColumn,
    Column,
    ColumnGroup,
    ComparedColumn,
    IndicatorColumn,
    RecordColumn,
    ShareColumn,
    TextColumn,
)

CODE_PARTS = ("类", "款", "项", "代码", "名称")
SOURCES = (
    "序号", "名称", "代码", "单位.代码", "单位.名称", "项目.名称", "项目.代码", "项目.类型",
    *(f"功能科目.{part}" for part in CODE_PARTS),
    *(f"{name}.{part}" for name in ("部门经济", "政府经济") for part in ("类", "款", "代码", "名称")), "行次",
)  # fmt: skip
RECORD_COLUMN = "清单列"
_ASPECTS = {"增减": "差额", "增幅": "增幅", "完成率": "完成率"}
_KEYS = frozenset(("取", "基准", "占比", RECORD_COLUMN, CHOSEN, *_ASPECTS))
"""The keys of a column written as a mapping; any other mapping is the filter of its amounts."""
_TOTAL, AGENCIES = "全表", "单位"


def columns_of(reader: Reader, node: Node | None) -> tuple[Column, ...]:
    return tuple(chain.from_iterable(_columns_at(reader, item) for item in some_of(reader, node, "列")))


def _columns_at(reader: Reader, node: Node) -> tuple[Column, ...]:
    """The columns that an item of the list stands for: one, or one for each value of a dimension (按列)."""
    if not isinstance(node, yaml.MappingNode) or "按列" not in {key.value for key, _ in node.value}:
        return (_column(reader, node),)
    fields = fields_of(reader, node, "列")
    if RECORD_COLUMN in fields.values:
        columns = _by_words(reader, fields)
        fields.finish()
        return columns
    takes = fields.take("取", False)
    wanted = read_filter(reader, takes) if takes is not None else Filter()
    closed = _closed(reader)
    name = fields.choice("按列", (*closed, AGENCIES))
    fields.finish()
    if name == AGENCIES:
        return (AmountColumn(AGENCIES, wanted, each=AGENCIES),)
    asked = nested(name, closed.get(name, ()), dict(wanted.terms).get(name, closed.get(name, ())))
    return tuple(AmountColumn(value, wanted.narrowed((name, (value,)))) for value in asked)


def _by_words(reader: Reader, fields: Fields) -> tuple[Column, ...]:
    """A column for each word of a list's column that has a closed list of them (按列 beside 清单列)."""
    known = {of.name: of.choices for one in reader.lists.values() for of in one.fields if of.choices}
    name = fields.choice("按列", tuple(known) or ("",))
    column = _of_records(reader, "", fields)
    return tuple(column._replace(label=word, where=(*column.where, (name, (word,)))) for word in known.get(name, ()))


def _closed(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The dimensions that are closed lists, a place's own among them, with their values."""
    return {name: one.values for name, one in {**DIMENSIONS, **reader.widened, **reader.own}.items() if one.values}


def some_of(reader: Reader, node: Node | None, what: str) -> list[Node]:
    """The items of a list that may not be empty."""
    if isinstance(node, yaml.SequenceNode) and not node.value:
        reader.report("P002", reader.at(node), f"“{what}”里没有内容", "请至少写一项，或删去这一行。")
    return items_of(reader, node, what)


def _column(reader: Reader, node: Node) -> Column:
    if isinstance(node, yaml.ScalarNode):
        return TextColumn(node.value, _source(reader, node))
    label, content = _single(reader, node, "列")
    if isinstance(content, yaml.SequenceNode):
        return ColumnGroup(label, columns_of(reader, content))
    if isinstance(content, yaml.ScalarNode):
        category, _, field = content.value.rpartition(".")
        whole = field in INDICATOR_FIELDS[:2] and category
        if whole or (field in INDICATOR_FIELDS and category.endswith(ANY_INDICATOR)):
            return IndicatorColumn(label, category, field)
        return TextColumn(label, _source(reader, content))
    if not any(key.value in _KEYS for key, _ in pairs_of(Reader(reader.source), content, "列")):
        return AmountColumn(label, read_filter(reader, content))
    fields = fields_of(reader, content, f"列“{label}”")
    column = _of_fields(reader, label, fields)
    fields.finish()
    return column


def _of_fields(reader: Reader, label: str, fields: Fields) -> Column:
    """A column written as a mapping: what it takes (取), and what that is compared with or a share of."""
    if RECORD_COLUMN in fields.values:
        return _of_records(reader, label, fields)
    said = [key for key in ("基准", "占比", *_ASPECTS) if key in fields.values]
    if len(said) > 1:
        message = f"列“{label}”里不能同时有“{said[0]}”和“{said[1]}”"
        reader.report("P002", reader.at(fields.node), message, "一列只写一种，另一种另写一列。")
    takes = fields.take("取", not said)
    wanted = read_filter(reader, takes) if takes is not None else Filter()
    if not said:
        return AmountColumn(label, wanted, chosen_format(reader, fields))
    if said[0] == "占比":
        return ShareColumn(label, wanted, _whole(reader, fields), chosen_format(reader, fields))
    named = fields.located(said[0])
    basis = named.value if named is not None else LAST_YEAR.name
    at = named.position if named is not None else reader.at(fields.node)
    return ComparedColumn(label, wanted, _ASPECTS.get(said[0], "上年数"), basis, at, chosen_format(reader, fields))


def _of_records(reader: Reader, label: str, fields: Fields) -> RecordColumn:
    """A column of a list that adds up (清单列), perhaps of some records alone (其中)."""
    name, node = fields.located(RECORD_COLUMN), fields.take("其中", False)
    field, where = name.value if name is not None else "", where_of(reader, node)
    lists = [one for one in reader.lists.values() if (of := one.field(field)) is not None and of.adds_up]
    if name is not None and not lists:
        known = [of.name for one in reader.lists.values() for of in one.fields if of.adds_up]
        message = f"没有清单有可以相加的“{field}”这一列"
        reader.report("P002", name.position, message, f"请核对写法。{which_of(field, known)}")
    for one, words in where if lists else ():
        having = [of for declared in lists if (of := declared.field(one)) is not None]
        choices = [choice for of in having for choice in of.choices]
        known = choices if having else [of.name for declared in lists for of in declared.fields]
        wrong = next((word for word in words if choices and word not in choices), "" if having else one)
        if wrong:
            message = f"“{one}”没有“{wrong}”" if having else f"清单“{lists[0].name}”没有“{one}”这一列"
            reader.report("P002", reader.at(node or fields.node), message, f"请核对写法。{which_of(wrong, known)}")
    return RecordColumn(label, field, chosen_format(reader, fields), where)


def where_of(reader: Reader, node: Node | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """其中: words that records of a list must have, by column."""
    return tuple(
        (key.value, texts_of(reader, item, key.value) if isinstance(item, yaml.SequenceNode) else (text_of(reader, item, key.value),))
        for key, item in pairs_of(reader, node, "“其中”")
    )  # fmt: skip


def _whole(reader: Reader, fields: Fields) -> Filter | None:
    """Of what a column is the share: a filter within the row, or all of the table."""
    node = fields.take("占比")
    if isinstance(node, yaml.ScalarNode) and node.value == _TOTAL:
        return None
    return read_filter(reader, node)


def _source(reader: Reader, node: yaml.ScalarNode) -> str:
    value: str = node.value.strip()
    for source in value.split("/"):
        if source not in (*SOURCES, *_closed(reader)) and not any(one.field(source) for one in reader.lists.values()):
            fields = [field.name for one in reader.lists.values() for field in one.fields]
            known = (
                *SOURCES,
                *_closed(reader),
                "指标.类别",
                "指标.指标",
                "指标.指标值",
                "成本指标.指标",
                "成本指标.指标值",
                *dict.fromkeys(fields),
            )
            remedy = f"请写成“列名: 内容”，或“列名: 内容/没有时的内容”。{which_of(source, known)}"
            reader.report("P002", node, f"列的内容没有“{source}”", remedy)
    return value


def _single(reader: Reader, node: Node, what: str) -> tuple[str, Node]:
    pairs = list(pairs_of(reader, node, what))
    if len(pairs) == 1:
        return pairs[0][0].value, pairs[0][1]
    reader.report("P002", reader.at(node), f"{what}应写成“名称: 内容”一对", "请检查缩进，每项前面加“- ”。")
    return "", yaml.ScalarNode("tag:yaml.org,2002:str", "名称", node.start_mark, node.end_mark)
