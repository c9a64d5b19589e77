"""Rules inside the two tables of two sides, income and spending: 表1 and 表4 (J101 … J105, J113 … J116)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.check.cells import class_rows, form_rule
from generator.check.forms import MEND, Forms, equal, two_decimals
from generator.check.rules import PASS, Answer, Finding, Rule, Unable, Unbound

_THIS_YEAR = (
    "一般公共预算", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "财政专户管理资金收入", "事业收入", "事业单位经营收入",
    "上级补助收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip


def label_sum(key: str, side: str, whole: str, parts: tuple[str, ...], forms: Forms) -> Iterator[Answer]:
    """In a two-sided table one line is the sum of others, in every amount column."""
    form = forms.form(key, side)
    names = form.column("项目")
    for column in form.columns:
        if column == names:
            continue
        row = form.row(whole, "项目")
        added = form.total((form.row(part, "项目") for part in parts), column)
        yield form.agrees(row, column, added, f"{whole}{{a}}≠{'＋'.join(parts)}{{b}}")


def both_sides_balance(forms: Forms) -> Iterator[Answer]:
    """收入总计 = 支出总计."""
    income, spending = forms.form("表1", "收入"), forms.form("表1", "支出")
    row, other = income.row("收入总计"), spending.row("支出总计")
    spent = spending.amount(other, spending.column("金额"))
    yield income.agrees(row, income.column("金额"), spent, "收入总计{a}≠支出总计{b}")


def own_within_general(forms: Forms) -> Iterator[Answer]:
    """其中：财政拨款 is a part of 一般公共预算."""
    form = forms.form("表1", "收入")
    column, row = form.column("金额"), form.row("其中：财政拨款")
    part, whole = form.amount(row, column), form.amount(form.row("一般公共预算"), column)
    yield (
        PASS
        if part <= whole
        else Finding(
            f"“{form.name}”“其中：财政拨款”{two_decimals(part)}大于一般公共预算{two_decimals(whole)}",
            MEND,
            form.place(row, column),
        )
    )


def totals_with_carry_over(forms: Forms) -> Iterator[Answer]:
    """总计 = 本年合计 + 结转, on both sides; T1's spending total holds what carry-over pays."""
    yield from label_sum("表1", "收入", "收入总计", ("本年收入合计", "上年结转结余"), forms)
    yield from label_sum("表1", "支出", "支出总计", ("本年支出合计", "年终结转结余"), forms)


def classes_add_up(key: str, side: str, whole: str, forms: Forms) -> Iterator[Answer]:
    """本年支出 = the sum of the 类 rows, in every amount column."""
    form = forms.form(key, side)
    rows = class_rows(form)
    if not rows:
        raise Unbound(f"“{form.name}”没有读到类级科目的行")
    row = form.row(whole, "项目")
    for column in form.columns:
        if column != form.column("项目"):
            yield form.agrees(row, column, form.total(rows, column), f"“{{column}}”：{whole}{{a}}≠各类支出之和{{b}}")


def appropriation_income(forms: Forms) -> Iterator[Answer]:
    """本年收入 = the three funds; 收入合计 = 本年收入 + 上年结转. The names of the funds stand twice: this year's first."""
    form = forms.form("表4", "收入")
    names, column = form.column("项目"), form.column("金额")
    starts = [form.row("本年收入", "项目"), form.row("上年结转", "项目")]
    total = form.row("收入合计", "项目")
    for start, end in zip(starts, [*starts[1:], total], strict=True):
        parts = [row for row in range(start + 1, end) if form.text(row, names).startswith("（")]
        said = f"{form.label(start, names)}{{a}}≠各项拨款之和{{b}}"
        yield form.agrees(start, column, form.total(parts, column), said)
    yield form.agrees(total, column, form.total(starts, column), "收入合计{a}≠本年收入＋上年结转{b}")


def appropriation_rows(forms: Forms) -> Iterator[Answer]:
    """合计 = the three funds in every row; 其中 is a part of 小计."""
    form = forms.form("表4", "支出")
    whole, general = form.column("合计"), form.column("一般公共预算", "小计")
    own, funds, capital = form.column("其中：财政拨款"), form.column("政府性基金"), form.column("国有资本经营预算")
    for row in form.rows:
        added = form.amount(row, general) + form.amount(row, funds) + form.amount(row, capital)
        yield form.agrees(row, whole, added, "“{row}”：合计{a}≠一般公共预算＋政府性基金＋国有资本经营预算{b}")
        if form.amount(row, own) > form.amount(row, general):
            yield Finding(
                f"“{form.name}”“{form.named(row)}”：“其中：财政拨款”{two_decimals(form.amount(row, own))}大于小计{two_decimals(form.amount(row, general))}",
                MEND,
                form.place(row, own),
            )


def appropriation_totals(forms: Forms) -> Iterator[Answer]:
    """支出合计 = 本年支出 + 年终结转结余."""
    yield from classes_add_up("表4", "支出", "本年支出", forms)
    yield from label_sum("表4", "支出", "支出合计", ("本年支出", "年终结转结余"), forms)


def appropriation_balances(forms: Forms) -> Iterator[Answer]:
    """收入合计 = 支出合计, fund by fund as well: this year's line and that of 上年结转 together."""
    income, spending = forms.form("表4", "收入"), forms.form("表4", "支出")
    amount, whole = income.column("金额"), spending.column("合计")
    row, other = income.row("收入合计", "项目"), spending.row("支出合计", "项目")
    yield income.agrees(row, amount, spending.amount(other, whole), "收入合计{a}≠支出合计{b}")
    names = income.column("项目")
    for label, words in (
        ("一般公共预算拨款", ("一般公共预算", "小计")),
        ("政府性基金预算拨款", ("政府性基金",)),
        ("国有资本经营预算拨款", ("国有资本经营预算",)),
    ):
        rows = [row for row in income.rows if income.label(row, names) == label]
        if not rows:
            yield Unable(f"“{income.name}”没有“{label}”这一行")
            continue
        spent, received = spending.amount(other, spending.column(*words)), income.total(rows, amount)
        said = f"“{income.name}”{label}：收入{{a}}≠支出{{b}}"
        yield PASS if received == spent else equal(said, received, spent, income.place(rows[0], amount))


BALANCE_RULES: tuple[Rule[Forms], ...] = (
    form_rule("J101", "收支总表：收入总计＝支出总计", both_sides_balance, "收入总计6824.79，支出总计6824.80", "两侧都是6824.79"),
    form_rule("J102", "收支总表：本年收入合计＝各项收入之和（“其中”不参加）",
          partial(label_sum, "表1", "收入", "本年收入合计", _THIS_YEAR), "把“其中：财政拨款”6694.79又加了一遍", "本年收入合计＝6816.79＋8.00"),
    form_rule("J103", "收支总表：“其中：财政拨款”不大于一般公共预算", own_within_general, "一般公共预算6694.79，其中：财政拨款6816.79", "一般公共预算6816.79，其中：财政拨款6694.79"),
    form_rule("J104", "收支总表：总计＝本年合计＋结转", totals_with_carry_over, "本年收入合计100.00，上年结转结余5.00，收入总计100.00", "收入总计105.00"),
    form_rule("J105", "收支总表：本年支出合计＝各类支出之和", partial(classes_add_up, "表1", "支出", "本年支出合计"), "删了“住房保障支出”一行，合计未改", "合计与各类之和一致"),
    form_rule("J113", "财政拨款收支总表：收入各项相加", appropriation_income, "本年收入6824.79，三项之和6816.79", "补上政府性基金8.00"),
    form_rule("J114", "财政拨款收支总表：每行合计＝三项预算之和", appropriation_rows, "把“其中”又加了一遍", "合计＝小计＋政府性基金＋国有资本经营预算"),
    form_rule("J115", "财政拨款收支总表：本年支出＝各类之和", appropriation_totals, "某类改了，本年支出未改", "同步更新"),
    form_rule("J116", "财政拨款收支总表：收支平衡", appropriation_balances, "收入合计6824.79，支出合计6816.79", "两侧一致"),
)  # fmt: skip
