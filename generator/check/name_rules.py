"""Rules of names: a code and a unit are called the same in all tables (J218, J219). Source: 财预〔2016〕143号."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.cells import FORMS_SOURCE, class_rows, each_form, ordinal, plain
from generator.check.forms import BY_FUNCTION, Form, Forms, economic_heads
from generator.check.rules import PASS, Answer, Finding, Rule, answers_of
from generator.model.problem import Severity


def one_name_each(forms: Forms) -> Iterator[Answer]:
    """A code has one name in all tables; a 类 has one in T1 and T4."""
    seen: dict[str, tuple[str, Form]] = {}

    def agree(form: Form) -> Iterator[Answer]:
        yield from _names_agree(form, forms.key_of(form.table), seen)

    yield from each_form(forms, (*BY_FUNCTION, "表6", "表7"), agree)
    yield from answers_of(_class_names_agree(forms))


def _names_agree(form: Form, key: str, seen: dict[str, tuple[str, Form]]) -> Iterator[Answer]:
    for row, kind, code, name in _named_functions(form) if key in BY_FUNCTION else _named_economics(form):
        here = plain(name)
        known = seen.setdefault(kind + code, (here, form))
        if known[0] != here:
            yield Finding(
                f"科目{code}在“{known[1].name}”称“{known[0]}”，在“{form.name}”称“{name}”",
                "请统一为政府收支分类科目的名称。",
                form.place(row, form.columns[0]),
            )
    yield PASS


def _named_functions(form: Form) -> Iterator[tuple[int, str, str, str]]:
    for row in form.rows:
        code, _, name = form.named(row).partition(" ")
        if code.isdigit() and name:
            yield row, "功能", code, name


def _named_economics(form: Form) -> Iterator[tuple[int, str, str, str]]:
    """Both codes of a row with the name of each: one 部门经济 code may stand beside two of 政府经济."""
    ours, theirs = economic_heads(form)
    names = form.column(ours, "科目名称"), form.column(theirs, "科目名称")
    for row in form.rows:
        for kind, head, name in zip(("部门经济", "政府经济"), (ours, theirs), names, strict=True):
            code = form.code(row, head, "科目编码")
            if code:
                yield row, kind, code, form.text(row, name)


def _class_names_agree(forms: Forms) -> Iterator[Answer]:
    form, other = forms.form("表1", "支出"), forms.form("表4", "支出")
    names = {
        ordinal(form.text(row, form.column("项目"))): form.label(row, form.column("项目")) for row in class_rows(form)
    }
    column = other.column("项目")
    for row in class_rows(other):
        here, there = other.label(row, column), names.get(ordinal(other.text(row, column)), "")
        if there and here != there:
            yield Finding(
                f"同一类科目在“{form.name}”称“{there}”，在“{other.name}”称“{here}”",
                "请统一为政府收支分类科目的名称。",
                other.place(row, column),
            )
    yield PASS


def agency_names_agree(forms: Forms) -> Iterator[Answer]:
    """A unit's code has one name in all tables, and none of them is cut off."""
    form = forms.form("表2")
    code, name = form.column("部门（单位）代码"), form.column("部门（单位）名称")
    names = {form.text(row, code): plain(form.text(row, name)) for row in form.rows if form.text(row, code)}
    for key, codes, words in (
        ("表3", ("单位代码",), ("单位（科目名称）",)),
        ("表13", ("单位编码（项目编码）",), ("项目单位（项目名称）",)),
        ("表11", ("项目名称",), ("项目单位",)),
    ):
        if key not in forms.there("表2", "表3", "表11", "表13"):
            continue
        other = forms.form(key)
        for row in other.rows:
            known, here = names.get(other.text(row, other.column(*codes))), plain(other.text(row, other.column(*words)))
            if known and here and here != known:
                yield Finding(
                    f"单位名称不一致：“{other.name}”为“{here}”，应为“{known}”",
                    "请统一单位名称。",
                    other.place(row, other.column(*words)),
                )
    yield PASS


NAME_RULES: tuple[Rule[Forms], ...] = (
    Rule("J218", "同一编码名称一致", Severity.ERROR, one_name_each, FORMS_SOURCE,
         "文化旅游体育与传媒／文化体育旅游与传媒", "都用科目表的名称"),
    Rule("J219", "单位名称在各表一致", Severity.WARNING, agency_names_agree, FORMS_SOURCE, "……事务服（被截断）", "写全称"),
)  # fmt: skip
