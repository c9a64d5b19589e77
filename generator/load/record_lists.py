"""清单 of figures.yaml: which lists a place asks for; and the lists as a department typed them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import yaml

from generator.load.columns import where_of
from generator.load.fields import (
    Fields,
    amount_of,
    brief,
    count_of,
    fields_of,
    items_of,
    pairs_of,
    says_none,
    text_of,
    texts_of,
)
from generator.load.yaml_text import Node, Reader
from generator.model.department import Department
from generator.model.money import Scale
from generator.model.problem import did_you_mean
from generator.model.profile import FigureSpec
from generator.model.record import FieldKind, Record, RecordField, RecordList, RecordSum, Value

_FILE = re.compile(r"[a-z][a-z0-9-]*\.yaml")
_KINDS = {kind.value: kind for kind in FieldKind}
AGENCY = "单位"
_RATE = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%"
_DATE = r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"


def read_lists(
    reader: Reader, node: Node | None, figures: Sequence[FigureSpec], taken: Sequence[str]
) -> Iterator[RecordList]:
    """The declared lists in their order; ``taken`` are files that hold something else."""
    used = list(taken)
    for key, value in pairs_of(reader, node, "清单"):
        fields = fields_of(reader, value, f"清单“{key.value}”")
        file = fields.text("文件")
        columns = tuple(_fields(reader, fields.take("列")))
        found = RecordList(key.value, file, columns, dict(_equals(reader, fields, columns, figures)), reader.at(key))
        fields.finish()
        if file and (not _FILE.fullmatch(file) or file in used):
            remedy = "一个清单一个文件，文件名只用小写字母、数字和“-”，如 procurement.yaml。"
            reader.report("P006", key, f"“{file}”不能作清单的文件名，或已有别的用处", remedy)
        used.append(file)
        yield found


def _fields(reader: Reader, node: Node | None) -> Iterator[RecordField]:
    for key, value in pairs_of(reader, node, "“列”"):
        if isinstance(value, yaml.SequenceNode):
            yield RecordField(key.value, FieldKind.WORDS, texts_of(reader, value, f"“{key.value}”"))
            continue
        word = text_of(reader, value, f"“{key.value}”")
        if word and word not in _KINDS:
            remedy = f"只能是：{'、'.join(_KINDS)}，或列出可填的词：[货物, 工程, 服务]。"
            reader.report("P006", value, f"清单的列没有“{brief(word)}”这一类", remedy)
        yield RecordField(key.value, _KINDS.get(word, FieldKind.WORDS))


def _equals(
    reader: Reader, fields: Fields, columns: Sequence[RecordField], figures: Sequence[FigureSpec]
) -> Iterator[tuple[str, str]]:
    sums, names = [field.name for field in columns if field.kind is FieldKind.MONEY], [one.name for one in figures]
    for key, value in pairs_of(reader, fields.take("核对", False), "“核对”"):
        name = text_of(reader, value, f"“{key.value}”")
        if key.value not in sums:
            reader.report("P006", key, f"清单没有“{brief(key.value)}”这一列金额", did_you_mean(key.value, sums))
        elif name not in names:
            reader.report("P006", value, f"“数”里没有“{brief(name)}”", did_you_mean(name, names))
        else:
            yield key.value, name


def read_record_sum(reader: Reader, node: yaml.MappingNode, lists: Mapping[str, RecordList]) -> RecordSum | None:
    """A sum over a list: {清单: 政府采购明细, 列: 金额, 其中: {品目大类: 货物}}; None after reporting."""
    fields = fields_of(reader, node, "清单的合计")
    name, column = fields.text("清单"), fields.text("列")
    where = where_of(reader, fields.take("其中", False))
    fields.finish()
    known = lists.get(name)
    if known is None:
        hint = did_you_mean(name, list(lists)) or f"现有：{'、'.join(lists) or '无'}。"
        reader.report("P006", reader.at(node), f"没有名为“{brief(name)}”的清单", hint)
        return None
    field = known.field(column)
    if field is None or not field.adds_up:
        sums = [one.name for one in known.fields if one.adds_up]
        reader.report(
            "P006",
            reader.at(node),
            f"清单“{name}”没有可以相加的“{brief(column)}”",
            f"可以相加的有：{'、'.join(sums)}。",
        )
        return None
    for one, words in where:
        of = known.field(one)
        wrong = [word for word in words if of is not None and of.choices and word not in of.choices]
        if of is None or wrong:
            what = f"没有“{brief(one)}”这一列" if of is None else f"的“{one}”没有“{brief(wrong[0])}”"
            reader.report("P006", reader.at(node), f"清单“{name}”{what}", "请核对写法。")
            return None
    return RecordSum(name, column, where)


def read_records(reader: Reader, node: Node | None, declared: RecordList, head: Department) -> tuple[Record, ...]:
    """A list as typed; “[]” or “无” is an empty one. A value of the wrong kind is reported at its place."""
    if says_none(node):
        return ()
    items = items_of(reader, node, declared.file)
    return tuple(_record(reader, item, declared, head) for item in items)


def _record(reader: Reader, node: Node, declared: RecordList, head: Department) -> Record:
    fields = fields_of(reader, node, f"“{declared.name}”的一项")
    values: dict[str, Value] = {}
    places = {}
    for field in declared.fields:
        found = fields.take(field.name, False)
        if found is None:
            continue
        value = _READERS[field.kind](reader, found, field, head.scale)
        if value is not None:
            values[field.name], places[field.name] = value, reader.at(found)
    agencies = tuple(head.agencies)
    own = declared.field(AGENCY) is None
    agency = fields.choice(AGENCY, agencies, agencies[0] if len(agencies) == 1 else "") if own else ""
    fields.finish()
    if not values:
        reader.report("Y009", reader.at(node), f"“{declared.name}”的一项没有填写", "请填写，或删去这一项。")
    return Record(values, places, reader.at(node), agency)


def _words(reader: Reader, node: Node, field: RecordField, scale: Scale) -> Value | None:
    text = text_of(reader, node, f"“{field.name}”")
    if field.choices and text and text not in field.choices:
        hint = did_you_mean(text, field.choices) or f"只能是：{'、'.join(field.choices)}。"
        reader.report("Y008", node, f"“{field.name}”不能是“{brief(text)}”", hint)
        return None
    return text


def _patterned(pattern: str, example: str) -> Callable[[Reader, Node, RecordField, Scale], Value | None]:
    def read(reader: Reader, node: Node, field: RecordField, scale: Scale) -> Value | None:
        text = text_of(reader, node, f"“{field.name}”")
        if text and not re.fullmatch(pattern, text):
            reader.report("Y008", node, f"“{field.name}”不能是“{brief(text)}”", f"请写成“{example}”这样。")
            return None
        return text

    return read


_READERS: Mapping[FieldKind, Callable[[Reader, Node, RecordField, Scale], Value | None]] = {
    FieldKind.WORDS: _words,
    FieldKind.MONEY: lambda reader, node, field, scale: amount_of(reader, node, scale, f"“{field.name}”"),
    FieldKind.COUNT: lambda reader, node, field, scale: count_of(reader, node, f"“{field.name}”"),
    FieldKind.RATE: _patterned(_RATE, "95%"),
    FieldKind.DATE: _patterned(_DATE, "2025-03-31"),
}
