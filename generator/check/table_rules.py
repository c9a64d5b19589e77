"""Rules inside one table of the produced document (J1). Source: the forms of 财预〔2016〕143号 and their 勾稽关系.

A document made here can't break them, its cells being sums; they are the proof that what was written is what
was derived, and the check of documents that others typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.check.cells import (
    agencies_of,
    agency_levels,
    class_rows,
    each_form,
    goal_rows,
    overall_amount,
    project_rows,
)
from generator.check.forms import (
    BY_FUNCTION,
    MEND,
    Form,
    Forms,
    amount_in,
    economic_rows,
    equal,
    function_rows,
    total_row,
    two_decimals,
)
from generator.check.rules import PASS, Absent, Answer, Finding, Rule, Unable, Unbound, answers_of
from generator.model.money import ZERO
from generator.model.problem import Severity
from generator.model.source import in_document

Words = tuple[str, ...]
_INCOME_COLUMNS: tuple[Words, ...] = (
    ("本年收入", "一般公共预算", "小计"), ("本年收入", "政府性基金"), ("本年收入", "国有资本经营预算"),
    ("本年收入", "财政专户管理资金收入"), ("本年收入", "事业收入"), ("本年收入", "事业单位经营收入"),
    ("本年收入", "上级补助收入"), ("本年收入", "附属单位上缴收入"), ("本年收入", "其他收入"),
)  # fmt: skip
_FUND_COLUMNS: tuple[Words, ...] = (
    ("一般公共预算", "小计"), ("政府性基金",), ("国有资本经营预算",), ("上年结转结余",), ("财政专户管理资金收入",),
    ("事业收入",), ("上级补助收入",), ("附属单位上缴收入",), ("事业单位经营收入",), ("其他收入",),
)  # fmt: skip
_THIS_YEAR = (
    "一般公共预算", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "财政专户管理资金收入", "事业收入", "事业单位经营收入",
    "上级补助收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip
_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def row_sums(keys: Words, whole: Words, parts: Sequence[Words], forms: Forms) -> Iterator[Answer]:
    """In every row of the tables one column is the sum of others."""
    for key in forms.there(*keys):
        yield from answers_of(_row_sums(forms, key, whole, parts))


def _row_sums(forms: Forms, key: str, whole: Words, parts: Sequence[Words]) -> Iterator[Answer]:
    form = forms.form(key)
    column, others = form.column(*whole), [form.column(*part) for part in parts]
    said = f"“{{row}}”：{'·'.join(whole)}{{a}}≠{'＋'.join('·'.join(part) for part in parts)}{{b}}"
    for row in form.rows:
        yield form.agrees(row, column, sum((form.amount(row, other) for other in others), ZERO), said)


def label_sum(key: str, side: str, whole: str, parts: Words, forms: Forms) -> Iterator[Answer]:
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


def income_by_agency(forms: Forms) -> Iterator[Answer]:
    """A department's row is the sum of its units', 合计 the sum of the departments', in every column."""
    form = forms.form("表2")
    code = form.column("部门（单位）代码")
    levels = list(agency_levels(form, code))
    groups = [(total_row(form), [row for row, _ in levels]), *((row, units) for row, units in levels if units)]
    for row, parts in groups:
        for column in form.columns[2:]:
            yield form.agrees(row, column, form.total(parts, column), "“{column}”：{row}{a}≠所属各行之和{b}")


def functions_add_up(forms: Forms) -> Iterator[Answer]:
    """合计 = the sum of the 功能科目 rows, in every column; the row of the department as well."""
    yield from each_form(forms, BY_FUNCTION, _functions_add_up)


def _functions_add_up(form: Form) -> Iterator[Answer]:
    details = function_rows(form)
    agency = form.column("单位代码")
    codes = {row: form.text(row, agency) for row in form.rows if form.text(row, agency)}
    shortest = min(map(len, codes.values()), default=0)
    tops = [row for row, code in codes.items() if len(code) == shortest]
    for column in form.columns[form.columns.index(agency) + 2 :]:
        row = total_row(form)
        yield form.agrees(row, column, form.total(details, column), "“{column}”：合计{a}≠各科目之和{b}")
        if tops:
            yield form.agrees(row, column, form.total(tops, column), "“{column}”：合计{a}≠各部门行之和{b}")


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


def rows_add_up(key: str, first: Words, forms: Forms) -> Iterator[Answer]:
    """The row 合计 is the sum of the rows of economic codes, in every column from ``first`` on."""
    form = forms.form(key)
    details = [row for row, _, _ in economic_rows(form)]
    row = total_row(form)
    for column in form.columns[form.columns.index(form.column(*first)) :]:
        yield form.agrees(row, column, form.total(details, column), "“{column}”：合计{a}≠各科目之和{b}")


def basic_rows(forms: Forms) -> Iterator[Answer]:
    """T6: 合计 = 人员经费 + 公用经费 in every row, and over all rows."""
    yield from row_sums(("表6",), ("合计",), (("人员经费",), ("公用经费",)), forms)
    yield from rows_add_up("表6", ("合计",), forms)


def basic_columns(forms: Forms) -> Iterator[Answer]:
    """T6: 301 and 303 are 人员经费, all else 公用经费."""
    form = forms.form("表6")
    people, office = form.column("人员经费"), form.column("公用经费")
    for row, code, _ in economic_rows(form):
        wrong, right = (office, people) if code.startswith(("301", "303")) else (people, office)
        if form.amount(row, wrong):
            yield Finding(f"“{form.name}”“{form.named(row)}”应填在“{form.head(right)}”", MEND, form.place(row, wrong))
        else:
            yield PASS


def economic_totals(forms: Forms) -> Iterator[Answer]:
    """T7: 总计 = the funds in every row, and over all rows."""
    yield from row_sums(("表7",), ("总计",), _FUND_COLUMNS, forms)
    yield from rows_add_up("表7", ("总计",), forms)


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


def three_public(forms: Forms) -> Iterator[Answer]:
    """T8: 合计 = three items, 车辆小计 = 购置 + 运行."""
    yield from row_sums(
        ("表8",), ("“三公”经费合计",), (("因公出国（境）费",), ("公务用车购置及运行费", "小计"), ("公务接待费",)), forms
    )
    yield from row_sums(("表8",), ("公务用车购置及运行费", "小计"), (("公务用车购置费",), ("公务用车运行费",)), forms)


def projects_add_up(forms: Forms) -> Iterator[Answer]:
    """T11: 合计 = all money in every row; the row 合计 = the projects."""
    parts = [
        *(("本年拨款", fund) for fund in _FUNDS),
        *(("财政拨款结转结余", fund) for fund in _FUNDS),
        ("财政专户管理资金",),
        ("单位资金",),
    ]
    yield from row_sums(("表11",), ("合计",), parts, forms)
    form = forms.form("表11")
    details, row = [row for row, _, _ in project_rows(form)], total_row(form)
    for column in form.columns[form.columns.index(form.column("合计")) :]:
        yield form.agrees(row, column, form.total(details, column), "“{column}”：合计{a}≠各项目之和{b}")


def overall_totals(forms: Forms) -> Iterator[Answer]:
    """T12: 总额 = the money by source = 基本支出 + 项目支出."""
    form = forms.form("表12")
    row, column = overall_amount(form, f"部门预算总额（{form.scale.label}）")
    for parts in (("政府预算资金", "财政专户管理资金", "单位资金"), ("基本支出", "项目支出")):
        added = sum((form.amount(*overall_amount(form, part)) for part in parts), ZERO)
        said = f"部门预算总额{{a}}≠{'＋'.join(parts)}{{b}}"
        yield form.agrees(row, column, added, said, in_document(f"{form.name}!部门预算总额"))


def goals_add_up(forms: Forms) -> Iterator[Answer]:
    """T13: 资金总额 = its sources in every row; each block's total = its projects."""
    form = forms.form("表13")
    yield from row_sums(("表13",), ("资金总额",), (("政府预算资金",), ("财政专户管理资金",), ("单位资金",)), forms)
    total = form.column("资金总额")
    for row, projects in goal_rows(form, agencies_of(forms))[0]:
        yield form.agrees(row, total, form.total(projects, total), "{row}{a}≠其下各项目之和{b}")


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


def parts_under_classes(forms: Forms) -> Iterator[Answer]:
    """Where 类 rows of economic codes are printed, each is the sum of its 款 rows."""
    yield from each_form(forms, ("表6", "表7"), _parts_under_classes)


def _parts_under_classes(form: Form) -> Iterator[Answer]:
    classes = [(row, form.named(row)[:3]) for row in form.rows if re.match(r"3\d\d(?!\d)", form.named(row))]
    if not classes:
        raise Absent("各表没有印经济科目的类级合计行")
    column = form.column("合计") if form.has("合计") else form.column("总计")
    for row, code in classes:
        parts = [detail for detail, ours, _ in economic_rows(form) if ours.startswith(code)]
        yield form.agrees(row, column, form.total(parts, column), "{row}{a}≠所属各款之和{b}")


_BASIC_PARTS: tuple[Words, ...] = (("工资福利支出",), ("对个人和家庭的补助",), ("商品和服务支出",), ("资本性支出",))
_FORM = "财预〔2016〕143号附表勾稽关系"
_W = Severity.WARNING
Find = Callable[[Forms], Iterator[Answer]]


def _rule(code: str, title: str, find: Find, wrong: str, right: str) -> Rule[Forms]:
    return Rule(code, title, Severity.ERROR, find, _FORM, wrong, right)


TABLE_RULES: tuple[Rule[Forms], ...] = (
    _rule("J101", "收支总表：收入总计＝支出总计", both_sides_balance, "收入总计6824.79，支出总计6824.80", "两侧都是6824.79"),
    _rule("J102", "收支总表：本年收入合计＝各项收入之和（“其中”不参加）",
          partial(label_sum, "表1", "收入", "本年收入合计", _THIS_YEAR), "把“其中：财政拨款”6694.79又加了一遍", "本年收入合计＝6816.79＋8.00"),
    _rule("J103", "收支总表：“其中：财政拨款”不大于一般公共预算", own_within_general, "一般公共预算6694.79，其中：财政拨款6816.79", "一般公共预算6816.79，其中：财政拨款6694.79"),
    _rule("J104", "收支总表：总计＝本年合计＋结转", totals_with_carry_over, "本年收入合计100.00，上年结转结余5.00，收入总计100.00", "收入总计105.00"),
    _rule("J105", "收支总表：本年支出合计＝各类支出之和", partial(classes_add_up, "表1", "支出", "本年支出合计"), "删了“住房保障支出”一行，合计未改", "合计与各类之和一致"),
    _rule("J106", "收入总表：总计＝本年收入＋上年结转", partial(row_sums, ("表2",), ("总计",), (("本年收入", "合计"), ("上年结转结余", "合计"))), "总计100.00，本年收入95.00，上年结转0", "总计95.00"),
    _rule("J107", "收入总表：本年收入合计＝各资金来源之和", partial(row_sums, ("表2",), ("本年收入", "合计"), _INCOME_COLUMNS), "把“其中：财政拨款”也加进合计", "合计＝小计＋政府性基金＋…"),
    _rule("J108", "收入总表：部门行＝所属单位之和", income_by_agency, "新增单位的一行漏了", "补上这一行"),
    _rule("J109", "支出表：合计＝基本支出＋项目支出", partial(row_sums, BY_FUNCTION, ("合计",), (("基本支出", "小计"), ("项目支出", "小计"))), "合计147.71，基本135.71，项目10.00", "项目12.00"),
    _rule("J110", "支出表：基本支出小计＝各列之和", partial(row_sums, BY_FUNCTION, ("基本支出", "小计"), _BASIC_PARTS), "丢了“资本性支出”一列", "四列齐全"),
    _rule("J111", "支出表：项目支出小计＝其他运转类＋特定目标类", partial(row_sums, BY_FUNCTION, ("项目支出", "小计"), (("其他运转类",), ("特定目标类",))), "8.00错在“其他运转类”一列之外", "8.00列在“特定目标类”"),
    _rule("J112", "支出表：合计行＝各科目之和", functions_add_up, "粘贴时丢了一行科目", "补上这一行"),
    _rule("J113", "财政拨款收支总表：收入各项相加", appropriation_income, "本年收入6824.79，三项之和6816.79", "补上政府性基金8.00"),
    _rule("J114", "财政拨款收支总表：每行合计＝三项预算之和", appropriation_rows, "把“其中”又加了一遍", "合计＝小计＋政府性基金＋国有资本经营预算"),
    _rule("J115", "财政拨款收支总表：本年支出＝各类之和", appropriation_totals, "某类改了，本年支出未改", "同步更新"),
    _rule("J116", "财政拨款收支总表：收支平衡", appropriation_balances, "收入合计6824.79，支出合计6816.79", "两侧一致"),
    _rule("J117", "基本支出表：合计＝人员经费＋公用经费", basic_rows, "合计168.56，人员151.20，公用17.30", "公用17.36"),
    _rule("J118", "基本支出表：301、303列人员经费，其余列公用经费", basic_columns, "30302退休费填在公用经费", "填在人员经费"),
    _rule("J119", "经济分类汇总表：总计＝各资金来源之和", economic_totals, "总计与各栏之和不同", "核对各栏"),
    _rule("J120", "经济科目不重复出现", codes_once, "30211出现两行", "合并成一行")._replace(severity=_W),
    _rule("J121", "“三公”经费表：合计＝三项之和，车辆小计＝购置＋运行", three_public, "合计5.00，三项之和4.00", "合计4.00"),
    _rule("J122", "项目支出表：合计＝各资金来源之和、各项目之和", projects_add_up, "改了一个项目，合计行未改", "同步更新"),
    _rule("J123", "整体绩效目标表：总额＝资金来源之和＝基本＋项目", overall_totals, "总额6824.79，基本168.56，项目6650.00", "项目6656.23"),
    _rule("J124", "项目绩效目标表：资金总额＝各来源之和，合计＝各项目之和", goals_add_up, "本级资金合计与各项目之和不同", "核对漏掉的项目"),
    _rule("J125", "没有整行空白的科目行", no_empty_rows, "2296013一行没有任何金额", "删除该行")._replace(severity=_W),
    _rule("J126", "每行的格数与表头相同", rows_as_wide_as_header, "表头14列，某行13格", "补上缺少的格"),
    _rule("J127", "没有负数", no_negative_cells, "上年结转-3.00", "请核对")._replace(severity=_W),
    _rule("J128", "金额都是两位小数，千分位写法一致", amounts_written_alike, "8.0与8.00并存", "都写8.00")._replace(severity=_W),
    _rule("J129", "类级行＝所属各款之和", parts_under_classes, "302一行等于30299，其余各款另有金额", "类级行为各款之和"),
)  # fmt: skip
