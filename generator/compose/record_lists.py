"""Lists of records (清单) as templates see them: each record by its columns, sums, and records with certain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.compose.sandbox import TemplateMistake
from generator.model.document import Run
from generator.model.figure import Fact
from generator.model.money import Money, Scale
from generator.model.record import Record, RecordList


class Listed(list[dict[str, Any]]):
    """The records of a list as a template sees them, with what they were made from."""

    def __init__(self, declared: RecordList, records: Sequence[Record], scale: Scale) -> None:
        super().__init__(_seen(declared, record, scale) for record in records)
        self.declared, self.records, self.scale = declared, tuple(records), scale


def _seen(declared: RecordList, record: Record, scale: Scale) -> dict[str, Any]:
    return {field.name: _value(declared, record, field.name, scale) for field in declared.fields}


def _value(declared: RecordList, record: Record, name: str, scale: Scale) -> Run | Fact | None:
    number = record.number(name, scale)
    if number is not None:
        return Fact(f"{declared.name}·{name}", number, record.places[name])
    return Run(record.text(name), position=record.places[name]) if name in record.values else None


def listed(lists: Sequence[RecordList], records: Mapping[str, tuple[Record, ...]], scale: Scale) -> dict[str, Listed]:
    """Every list of a place by its name; one that was not typed is empty."""
    return {one.name: Listed(one, records.get(one.name, ()), scale) for one in lists}


def chosen(items: object, **words: object) -> Listed:
    """其中: the records that have these words: 政府采购明细 | 其中(品目大类="货物")."""
    if not isinstance(items, Listed):
        raise TemplateMistake("“其中”只能用在清单上", '请写成“清单名 | 其中(列="词")”。')
    for name in words:
        if items.declared.field(name) is None:
            known = "、".join(field.name for field in items.declared.fields)
            raise TemplateMistake(f"清单“{items.declared.name}”没有“{name}”这一列", f"可用的有：{known}。")
    where = tuple((name, (str(word),)) for name, word in words.items())
    return Listed(items.declared, [record for record in items.records if record.meets(where)], items.scale)


def total(items: object, name: str) -> Fact:
    """合计: the sum of a column, which 金额 or 数字 print."""
    field = items.declared.field(name) if isinstance(items, Listed) else None
    if not isinstance(items, Listed) or field is None or not field.adds_up:
        raise TemplateMistake(f"这里没有可以相加的“{name}”", '请写成“清单名 | 合计("金额")”。')
    key = f"{items.declared.name}·{name}"
    parts = tuple(item[name]._replace(key=key) for item in items if isinstance(item[name], Fact))
    values = [part.value for part in parts]
    if field.kind.name == "MONEY":
        return Fact(key, Money.total((value for value in values if isinstance(value, Money)), items.scale), None, parts)
    return Fact(key, sum(value for value in values if isinstance(value, int)), None, parts)
