"""Small forms side by side: what two tables must agree in, and when they need not."""

from __future__ import annotations

from generator.check.catalogue import FORM_RULES
from generator.check.forms import Forms
from generator.check.rules import Outcome, check
from generator.model.reading import Reading, ReadTable

AMOUNTS = (
    ("合计",), ("基本支出", "小计"), ("基本支出", "人员经费", "工资福利支出"), ("基本支出", "人员经费", "对个人和家庭的补助"),
    ("基本支出", "公用经费", "商品和服务支出"), ("基本支出", "公用经费", "资本性支出"), ("项目支出", "小计"),
    ("项目支出", "其他运转类"), ("项目支出", "特定目标类"),
)  # fmt: skip
CODES = (("科目编码", "类"), ("科目编码", "款"), ("科目编码", "项"), ("单位代码",), ("单位（科目名称）",))
INCOME = (
    "一般公共预算", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "财政专户管理资金收入", "事业收入", "事业单位经营收入",
    "上级补助收入", "附属单位上缴收入", "其他收入", "上年结转结余", "收入总计",
)  # fmt: skip
GOALS = (("单位编码（项目编码）",), ("项目单位（项目名称）",), ("项目金额（万元）", "资金总额"))
Row = tuple[str, ...]


def table(caption: str, columns: tuple[tuple[str, ...], ...], *rows: Row) -> ReadTable:
    return ReadTable(caption, "单位：万元", columns, rows, ())


def spent(caption: str, *rows: tuple[str, str]) -> ReadTable:
    """A table by function: (code, amount), all of it 公用经费."""
    total = ("", "", "", "", "合计", "", *[""] * 8)
    lines = [
        (code[:3], code[3:5], code[5:], "", "科目", amount, amount, "", "", amount, "", "", "", "")
        for code, amount in rows
    ]
    return table(caption, CODES + AMOUNTS, total, *lines)


def income(**amounts: str) -> ReadTable:
    lines = [(label, amounts.get(label, ""), "", "") for label in INCOME]
    columns = (("收入", "项目"), ("收入", "金额"), ("支出", "项目"), ("支出", "金额"))
    return table("2022年部门收支预算表", columns, *lines)


def said(code: str, *tables: ReadTable) -> list[str]:
    return [
        problem.message
        for problem in check(Forms(Reading((), (), tables)), FORM_RULES).problems
        if problem.code == code
    ]


def outcome(code: str, *tables: ReadTable) -> Outcome:
    asked = check(Forms(Reading((), (), tables)), FORM_RULES).asked
    return next(one.outcome for one in asked if one.code == code)


def by_function(whole: tuple[tuple[str, str], ...], general: tuple[tuple[str, str], ...]) -> tuple[ReadTable, ...]:
    return (
        spent("2022年部门支出预算表", *whole),
        spent("2022年一般公共预算支出预算表", *general),
        spent("2022年政府性基金预算支出预算表"),
        spent("2022年国有资本经营预算支出预算表"),
    )


TWO_UNITS = (("2080101", "5.00"), ("2080102", "1.00"), ("2080101", "3.00"))


def test_a_function_under_two_units_is_their_sum() -> None:
    """Each unit has rows of its own; the parts may list them in another order, or together."""
    for general in (TWO_UNITS, TWO_UNITS[::-1], (("2080101", "8.00"), ("2080102", "1.00"))):
        tables = income(), *by_function(TWO_UNITS, general)
        assert said("J206", *tables) == []
        assert outcome("J206", *tables) is Outcome.PASSED


def test_a_function_that_lost_a_units_row() -> None:
    general = (("2080101", "5.00"), ("2080102", "1.00"))
    found = said("J206", income(), *by_function(TWO_UNITS, general))
    assert found == [
        f"“2080101 科目”“{column}”：“部门支出预算表”为8.00，各拨款支出表之和为5.00，前者多3.00"
        for column in ("合计", "基本支出·小计", "基本支出·公用经费·商品和服务支出")
    ]


def test_other_money_may_make_the_whole_larger_but_not_smaller() -> None:
    """Each kind of it, and what is carried over, also where that is all there is."""
    more, less = (
        by_function((("2080101", "9.00"),), (("2080101", "8.00"),)),
        by_function((("2080101", "8.00"),), (("2080101", "9.00"),)),
    )
    assert len(said("J206", income(), *more)) == 3
    for label in INCOME[3:-1]:
        assert said("J206", income(**{label: "1.00"}), *more) == [], label
        assert len(said("J206", income(**{label: "1.00"}), *less)) == 3, label
    for label in (*INCOME[:3], "收入总计"):
        assert len(said("J206", income(**{label: "1.00"}), *more)) == 3, label


def test_a_function_of_no_appropriation_needs_other_money() -> None:
    tables = by_function((("2080101", "8.00"), ("2080102", "1.00")), (("2080101", "8.00"),))
    assert said("J217", income(), *tables) == ["科目2080102见于“部门支出预算表”而不见于各拨款支出表"]
    assert said("J217", income(上年结转结余="1.00"), *tables) == []


def projects(*rows: tuple[str, str]) -> ReadTable:
    columns = (("类型",), ("项目名称",), ("项目单位",), ("合计",))
    total = f"{sum(float(amount) for _, amount in rows):.2f}" if rows else ""
    lines = [("特定目标类", name, "中心", amount) for name, amount in rows]
    return table("2022年项目支出预算表", columns, ("合计", "", "", total), *lines)


AGENCIES = table("2022年部门收入预算表", (("部门（单位）代码",), ("部门（单位）名称",)), ("027001", "中心"))


def test_goals_without_projects_and_projects_without_goals() -> None:
    none = table("2022年部门预算项目绩效目标表", GOALS)
    assert outcome("J303", AGENCIES, none, projects()) is Outcome.NOT_APPLICABLE
    assert said("J303", AGENCIES, none, projects(("甲", "3.00"))) == [
        "“部门预算项目绩效目标表”各组合计0.00≠“项目支出预算表”合计3.00，前者少3.00"
    ]
    block = ("", "本级资金合计", "3.00"), ("027001", "中心", "3.00"), ("P1", "甲", "3.00")
    some = table("2022年部门预算项目绩效目标表", GOALS, *block)
    assert outcome("J303", AGENCIES, some, projects(("甲", "3.00"))) is Outcome.PASSED
    assert said("J303", AGENCIES, some, projects()) == [
        "“部门预算项目绩效目标表”各组合计3.00≠“项目支出预算表”合计0.00，前者多3.00"
    ]


ECONOMIC = (
    ("部门预算支出经济分类科目", "科目编码"), ("部门预算支出经济分类科目", "科目名称"),
    ("政府预算支出经济分类科目", "科目编码"), ("政府预算支出经济分类科目", "科目名称"),
)  # fmt: skip
PARTS = ("30101", "基本工资", "50501", "工资", "4.00"), ("30102", "津贴补贴", "50501", "工资", "1.00")
OFFICE = ("30201", "办公费", "50502", "商品", "2.00")


def of_economics(caption: str, total: str, *rows: Row) -> ReadTable:
    return table(caption, (*ECONOMIC, (total,)), *rows)


def test_classes_among_economic_codes() -> None:
    """In 表6 as in 表7; a table without such rows has nothing to add up."""
    for caption, total in (("2022年一般公共预算基本支出预算表", "合计"), ("2022年支出经济分类汇总表", "总计")):
        right = of_economics(caption, total, ("301", "工资福利支出", "", "", "5.00"), *PARTS, OFFICE)
        assert said("J129", right) == [] and outcome("J129", right) is Outcome.PASSED
        wrong = of_economics(caption, total, ("301", "工资福利支出", "", "", "7.00"), *PARTS, OFFICE)
        assert said("J129", wrong) == [f"“{caption[5:]}”301 工资福利支出7.00≠所属各款之和5.00，前者多2.00"]
        assert outcome("J129", of_economics(caption, total, *PARTS)) is Outcome.NOT_APPLICABLE
