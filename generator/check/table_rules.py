"""Rules inside one table of the produced document (J1). Source: the forms of 财预〔2016〕143号 and their 勾稽关系.

A document made here can't break them, its cells being sums; they are the proof that what was written is what
was derived, and the check of documents that others typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from generator.check.cells import (
    agencies_of,
    agency_levels,
    each_form,
    form_rule,
    goal_rows,
    overall_amount,
    project_rows,
)
from generator.check.forms import (
    BY_FUNCTION,
    MEND,
    Form,
    Forms,
    economic_rows,
    function_rows,
    total_row,
)
from generator.check.rules import PASS, Absent, Answer, Finding, Rule, answers_of
from generator.model.money import ZERO
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


TABLE_RULES: tuple[Rule[Forms], ...] = (
    form_rule("J106", "收入总表：总计＝本年收入＋上年结转", partial(row_sums, ("表2",), ("总计",), (("本年收入", "合计"), ("上年结转结余", "合计"))), "总计100.00，本年收入95.00，上年结转0", "总计95.00"),
    form_rule("J107", "收入总表：本年收入合计＝各资金来源之和", partial(row_sums, ("表2",), ("本年收入", "合计"), _INCOME_COLUMNS), "把“其中：财政拨款”也加进合计", "合计＝小计＋政府性基金＋…"),
    form_rule("J108", "收入总表：部门行＝所属单位之和", income_by_agency, "新增单位的一行漏了", "补上这一行"),
    form_rule("J109", "支出表：合计＝基本支出＋项目支出", partial(row_sums, BY_FUNCTION, ("合计",), (("基本支出", "小计"), ("项目支出", "小计"))), "合计147.71，基本135.71，项目10.00", "项目12.00"),
    form_rule("J110", "支出表：基本支出小计＝各列之和", partial(row_sums, BY_FUNCTION, ("基本支出", "小计"), _BASIC_PARTS), "丢了“资本性支出”一列", "四列齐全"),
    form_rule("J111", "支出表：项目支出小计＝其他运转类＋特定目标类", partial(row_sums, BY_FUNCTION, ("项目支出", "小计"), (("其他运转类",), ("特定目标类",))), "8.00错在“其他运转类”一列之外", "8.00列在“特定目标类”"),
    form_rule("J112", "支出表：合计行＝各科目之和", functions_add_up, "粘贴时丢了一行科目", "补上这一行"),
    form_rule("J117", "基本支出表：合计＝人员经费＋公用经费", basic_rows, "合计168.56，人员151.20，公用17.30", "公用17.36"),
    form_rule("J118", "基本支出表：301、303列人员经费，其余列公用经费", basic_columns, "30302退休费填在公用经费", "填在人员经费"),
    form_rule("J119", "经济分类汇总表：总计＝各资金来源之和", economic_totals, "总计与各栏之和不同", "核对各栏"),
    form_rule("J121", "“三公”经费表：合计＝三项之和，车辆小计＝购置＋运行", three_public, "合计5.00，三项之和4.00", "合计4.00"),
    form_rule("J122", "项目支出表：合计＝各资金来源之和、各项目之和", projects_add_up, "改了一个项目，合计行未改", "同步更新"),
    form_rule("J123", "整体绩效目标表：总额＝资金来源之和＝基本＋项目", overall_totals, "总额6824.79，基本168.56，项目6650.00", "项目6656.23"),
    form_rule("J124", "项目绩效目标表：资金总额＝各来源之和，合计＝各项目之和", goals_add_up, "本级资金合计与各项目之和不同", "核对漏掉的项目"),
    form_rule("J129", "类级行＝所属各款之和", parts_under_classes, "302一行等于30299，其余各款另有金额", "类级行为各款之和"),
)  # fmt: skip
