"""Rules of names: a code and a unit are called the same in all tables (J218, J219). Source: 财预〔2016〕143号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.agreements import FORMS_SOURCE
from generator.check.rules import PASS, Answer, Finding, Rule
from generator.check.sheets import Sheet, together
from generator.check.tables import Tables
from generator.model.numerals import ORDINAL
from generator.model.problem import Severity
from generator.model.table_spec import TextColumn

Named = tuple[str, str, str, int, int]
"""What of, its code, its name, and the cell."""


def one_name_each(tables: Tables) -> Iterator[Answer]:
    """A code has one name in all tables."""
    seen: dict[tuple[str, str], tuple[str, Sheet]] = {}
    for sheet in tables.known:
        for what, code, name, row, _ in _names(sheet):
            known, where = seen.setdefault((what, code), (name, sheet))
            if what != "单位" and name != known and _bare(name) != _bare(known):
                yield Finding(
                    f"科目{code}在“{where.name}”称“{known}”，在“{sheet.name}”称“{name}”",
                    "请统一为政府收支分类科目的名称。",
                    sheet.place(row, sheet.columns[0]),
                )
        yield PASS


def agency_names_agree(tables: Tables) -> Iterator[Answer]:
    """A unit's code has one name in all tables, and none of them is cut off."""
    seen: dict[str, str] = {}
    for sheet in tables.known:
        for what, code, name, row, column in _names(sheet):
            if what == "单位" and name != seen.setdefault(code, name):
                yield Finding(
                    f"单位名称不一致：“{sheet.name}”为“{name}”，应为“{seen[code]}”",
                    "请统一单位名称。",
                    sheet.place(row, column),
                )
        yield PASS


def _names(sheet: Sheet) -> Iterator[Named]:
    words = [(column, leaf) for column in sheet.columns if isinstance(leaf := sheet.leaf(column), TextColumn)]
    for row, (shape, values) in sheet.shape_of.items():
        if not shape.own:
            continue
        first = shape.own[0]
        for column, leaf in words:
            what = next(_said(leaf.source, first), "")
            text = _plain(sheet.text(row, column)) if what in values else ""
            if text:
                yield what, values[what], text, row, column


def _said(source: str, first: str) -> Iterator[str]:
    """Of what a column's words are the name; nothing where they are no name."""
    for one in source.split("/"):
        what, _, part = one.rpartition(".")
        if part == "名称":
            yield what or first
        elif not what or what == first:
            return


def _bare(name: str) -> str:
    """A name without a number in digits, which a place may give its rows (编号); a place's numbers all begin so, names don't."""
    return re.sub(r"^(?:\d{1,2}[、.．）]|（\d{1,2}）)", "", name)


def _plain(text: str) -> str:
    """A name without ordinal and blanks and with full-width brackets, as two names are compared."""
    return ORDINAL.sub("", together(text)).replace("(", "（").replace(")", "）")


NAME_RULES: tuple[Rule[Tables], ...] = (
    Rule("J218", "同一编码名称一致", Severity.ERROR, one_name_each, FORMS_SOURCE,
         "文化旅游体育与传媒／文化体育旅游与传媒", "都用科目表的名称"),
    Rule("J219", "单位名称在各表一致", Severity.WARNING, agency_names_agree, FORMS_SOURCE, "……事务服（被截断）", "写全称"),
)  # fmt: skip
