"""Rules over single rows and cells of any table of the produced document (J120, J125 … J128)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.check.cells import each_form, form_rule
from generator.check.forms import BY_FUNCTION, Form, Forms, economic_rows
from generator.check.rules import PASS, Absent, Answer, Finding, Rule
from generator.check.sheets import amount_in
from generator.model.problem import Severity
from generator.model.source import in_document


def codes_once(forms: Forms) -> Iterator[Answer]:
    """No pair of economic codes stands twice under one agency."""
    yield from each_form(forms, ("表6", "表7"), _codes_once)


def _codes_once(form: Form) -> Iterator[Answer]:
    pairs = Counter((ours, theirs) for _, ours, theirs in economic_rows(form))
    agencies = sum(1 for row in form.rows if len(form.named(row).split(" ")[0]) == 6 and form.named(row)[:6].isdigit())
    for row, ours, theirs in economic_rows(form):
        if pairs[ours, theirs] > max(1, agencies):
            yield Finding(
                f"“{form.name}”“{form.named(row)}”出现{pairs[ours, theirs]}次",
                "请合并成一行。",
                form.place(row, form.columns[0]),
            )
    yield PASS


def no_empty_rows(forms: Forms) -> Iterator[Answer]:
    """A row of a code has an amount."""
    yield from each_form(forms, (*BY_FUNCTION, "表6", "表7", "表11"), _no_empty_rows)


def _no_empty_rows(form: Form) -> Iterator[Answer]:
    for row in form.rows:
        texts = [form.text(row, column) for column in form.columns]
        if any(texts) and "合计" not in texts and _first_number(texts) is None:
            yield Finding(
                f"“{form.name}”“{form.named(row)}”一行没有任何金额",
                "请删除该行或补填金额。",
                form.place(row, form.columns[0]),
            )
    yield PASS


def _first_number(texts: Sequence[str]) -> int | None:
    return next((place for place, text in enumerate(texts) if "." in text and amount_in(text) is not None), None)


def rows_as_wide_as_header(forms: Forms) -> Iterator[Answer]:
    """Each body row fills exactly the columns of the header."""
    for table in forms.reading.tables:
        form = forms.plain(table)
        for row, width in enumerate(table.cells):
            if width != len(table.columns):
                yield Finding(
                    f"“{form.name}”第{row + 1}行有{width}列，表头有{len(table.columns)}列，疑似丢列或错列",
                    "请补上缺少的格，或删去多余的格。", in_document(f"{form.name}!第{row + 1}行"),
                )  # fmt: skip
        yield PASS
    if not forms.reading.tables:
        raise Absent("本文档没有表")


def _amount_cells(forms: Forms) -> Iterator[tuple[Form, int, int, str]]:
    for table in forms.reading.tables:
        form = forms.plain(table)
        for column in form.amount_columns:
            for row, text in enumerate(form.texts(column)):
                if "." in text:
                    yield form, row, column, text


def no_negative_cells(forms: Forms) -> Iterator[Answer]:
    """A budget has no negative amount."""
    for form, row, column, text in _amount_cells(forms):
        if text.startswith("-"):
            yield Finding(
                f"“{form.name}”{form.named(row)}“{form.head(column)}”为负数{text}",
                "年初预算不应有负数，请核对。",
                form.place(row, column),
            )
    yield PASS


def amounts_written_alike(forms: Forms) -> Iterator[Answer]:
    """Every amount of a table prints two decimals, all with thousands separators or none."""
    styles: dict[str, set[bool]] = {}
    for form, row, column, text in _amount_cells(forms):
        if len(text.rsplit(".", 1)[1]) != 2:
            yield Finding(
                f"“{form.name}”{form.named(row)}“{form.head(column)}”写作“{text}”",
                f"应统一为两位小数“{amount_in(text) or 0:.2f}”。",
                form.place(row, column),
            )
        if len(text) > 6:
            styles.setdefault(form.name, set()).add("," in text)
    for name, seen in styles.items():
        yield (
            PASS
            if len(seen) == 1
            else Finding(f"“{name}”有的数用千分位逗号，有的不用", "请统一写法。", in_document(name))
        )


CELL_RULES: tuple[Rule[Forms], ...] = (
    form_rule("J120", "经济科目不重复出现", codes_once, "30211出现两行", "合并成一行")._replace(severity=Severity.WARNING),
    form_rule("J125", "没有整行空白的科目行", no_empty_rows, "2296013一行没有任何金额", "删除该行")._replace(severity=Severity.WARNING),
    form_rule("J126", "每行的格数与表头相同", rows_as_wide_as_header, "表头14列，某行13格", "补上缺少的格"),
    form_rule("J127", "没有负数", no_negative_cells, "上年结转-3.00", "请核对")._replace(severity=Severity.WARNING),
    form_rule("J128", "金额都是两位小数，千分位写法一致", amounts_written_alike, "8.0与8.00并存", "都写8.00")._replace(severity=Severity.WARNING),
)  # fmt: skip
