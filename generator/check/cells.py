"""Where the known cells of the forms are, and which of their rows are what: shared by the rules between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from generator.check.forms import MEND, Form, Forms, function_rows, total_row, two_decimals, which_is_more
from generator.check.rules import PASS, Answer, Finding, Rule, Unbound, answers_of
from generator.check.sheets import together
from generator.model.money import ZERO
from generator.model.numerals import NUMERAL, number_of
from generator.model.problem import Severity


def class_rows(form: Form) -> list[int]:
    """The rows of 功能 类 of a two-sided table: those with an ordinal and “支出” or a class's name, above the totals."""
    names = form.column("项目")
    pattern = re.compile(
        rf"[{NUMERAL}]+、" if form.text(0, names).startswith("一、一般公共服务") else rf"（[{NUMERAL}]+）"
    )
    return [row for row in form.rows if pattern.match(form.text(row, names))]


def agency_levels(form: Form, code: int) -> Iterator[tuple[int, list[int]]]:
    """Rows of agencies by length of code: each department's row with the rows of its units below."""
    rows = {row: form.text(row, code) for row in form.rows if form.text(row, code).isdigit()}
    shortest = min(map(len, rows.values()), default=0)
    for row, text in rows.items():
        if len(text) == shortest:
            yield row, [other for other, deeper in rows.items() if len(deeper) > shortest and deeper.startswith(text)]


def project_rows(form: Form) -> Iterator[tuple[int, str, str]]:
    """The projects of T11: (row, 类型, 名称)."""
    kinds, names = form.column("类型"), form.column("项目名称")
    for row in form.rows:
        kind, name = form.text(row, kinds), form.text(row, names)
        if kind and name and kind != "合计":
            yield row, kind, name


def overall_amount(form: Form, label: str) -> tuple[int, int]:
    """Row and column of an amount in T12 beside its label."""
    for row in form.rows:
        for column in form.columns[:-1]:
            if form.text(row, column).endswith(label):
                amounts = [place for place in form.columns[column + 1 :] if form.text(row, place)]
                return row, amounts[0] if amounts else form.columns[-1]
    raise Unbound(f"“{form.name}”没有“{label}”这一行")


def goal_rows(form: Form, agencies: frozenset[str]) -> tuple[list[tuple[int, list[int]]], list[int]]:
    """T13's blocks, each its total row with the projects' rows under it, and the units' rows."""
    codes, names = form.column("单位编码（项目编码）"), form.column("项目单位（项目名称）")
    blocks: list[tuple[int, list[int]]] = []
    units = []
    for row in form.rows:
        code = form.text(row, codes)
        if not code and form.text(row, names):
            blocks.append((row, []))
        elif code in agencies:
            units.append(row)
        elif code and blocks:
            blocks[-1][1].append(row)
    return blocks, units


def agencies_of(forms: Forms) -> frozenset[str]:
    """The codes of the units, as T2 lists them. Raises Absent without T2."""
    form = forms.form("表2")
    column = form.column("部门（单位）代码")
    return frozenset(text for row in form.rows if (text := form.text(row, column)))


Cell = tuple[Form, int, int]
Find = Callable[[Form], Iterator[Answer]]

AMOUNT_COLUMNS = (
    ("合计",), ("基本支出", "小计"), ("工资福利支出",), ("对个人和家庭的补助",), ("商品和服务支出",), ("资本性支出",),
    ("项目支出", "小计"), ("其他运转类",), ("特定目标类",),
)  # fmt: skip


def same(one: Cell, other: Cell) -> Answer:
    """Two cells of two tables show one amount, each in its own table's unit."""
    (form, row, column), (second, place, there) = one, other
    left, right = form.amount(row, column), second.amount(place, there)
    if left * form.scale.value == right * second.scale.value:
        return PASS
    return Finding(
        f"“{form.name}”{form.named(row)}“{form.head(column)}”{two_decimals(left)}≠“{second.name}”{second.named(place)}“{second.head(there)}”{two_decimals(right)}，{which_is_more(left, right * second.scale.value / form.scale.value)}",
        MEND, form.place(row, column),
    )  # fmt: skip


def income_line(forms: Forms, label: str) -> Cell:
    """A line of T1's income side."""
    form = forms.form("表1", "收入")
    return form, form.row(label, "项目"), form.column("金额")


def spending_line(forms: Forms, label: str) -> Cell:
    """A line of T1's spending side."""
    form = forms.form("表1", "支出")
    return form, form.row(label, "项目"), form.column("金额")


def total_of(forms: Forms, key: str, *words: str) -> Cell:
    """A column of a table's 合计 row."""
    form = forms.form(key)
    return form, total_row(form), form.column(*words)


def spent(forms: Forms, *words: str) -> Cell:
    """A column of T4's 本年支出."""
    form = forms.form("表4", "支出")
    return form, form.row("本年支出", "项目"), form.column(*words)


def value(cell: Cell) -> Decimal:
    """A cell's amount."""
    form, row, column = cell
    return form.amount(row, column)


def attempt(one: Callable[[], Answer]) -> Iterator[Answer]:
    """One comparison whose operands may be missing."""

    def asked() -> Iterator[Answer]:
        yield one()

    yield from answers_of(asked())


def alike(one: Callable[[], Cell], other: Callable[[], Cell]) -> Iterator[Answer]:
    yield from attempt(lambda: same(one(), other()))


def each_form(forms: Forms, keys: Iterable[str], find: Find) -> Iterator[Answer]:
    """What ``find`` says of each of these tables that is there: one that can't be read does not stop the others."""
    for key in forms.there(*keys):
        yield from answers_of(_of_form(forms, key, find))


def _of_form(forms: Forms, key: str, find: Find) -> Iterator[Answer]:
    yield from find(forms.form(key))


def by_class(form: Form, column: int) -> dict[str, Decimal]:
    """The functional rows of a table summed by 类."""
    sums: dict[str, Decimal] = {}
    for row in function_rows(form):
        code = form.code(row, "科目编码")[:3]
        sums[code] = sums.get(code, ZERO) + form.amount(row, column)
    return sums


def classes(form: Form, column: int) -> dict[str, tuple[int, Decimal]]:
    """A two-sided table's 类 rows by code: the ordinal is the code less 200."""
    return {
        f"{200 + ordinal(form.text(row, form.column('项目')))}": (row, form.amount(row, column))
        for row in class_rows(form)
    }


def ordinal(text: str) -> int:
    """The number a label begins with, written in Chinese; 0 when it has none."""
    return number_of(text.split("、")[0].strip("（").split("）")[0])


def appropriated(forms: Forms, label: str) -> Cell:
    form = forms.form("表4", "收入")
    return form, form.row(label, "项目"), form.column("金额")


def plain(text: str) -> str:
    """A name without blanks and with full-width brackets, as two names are compared."""
    return together(text).replace("(", "（").replace(")", "）")


FORMS_SOURCE = "财预〔2016〕143号附表勾稽关系"


def form_rule(code: str, title: str, find: Callable[[Forms], Iterator[Answer]], wrong: str, right: str) -> Rule[Forms]:
    """A row for an error that the forms' own sums and cross-references show (附表勾稽关系)."""
    return Rule(code, title, Severity.ERROR, find, FORMS_SOURCE, wrong, right)
