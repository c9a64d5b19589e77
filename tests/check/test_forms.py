"""A table read by its words: columns by their header's path, rows by their label, amounts by what stands in the cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from generator.check.forms import Form, Forms, economic_rows, function_rows
from generator.check.rules import Absent, Unbound
from generator.check.sheets import amount_in, title_of
from generator.model.money import Scale
from generator.model.reading import Reading, ReadTable

COLUMNS = (
    ("收入", "项目"),
    ("收入", "金额"),
    ("支出", "项目"),
    ("支出", "基本支出", "小计"),
    ("支出", "基本支出", "人员"),
    ("支出", "项目支出", "小计"),
)
ROWS = (
    ("一、一般公共预算", "1,234.50", "（一）教育支出", "1.00", "", "-2.50"),
    ("（二）其他", "见附表", "教育支出", "3.00", "4.00", ""),
    ("一、一般公共预算", "", " 合计 ", "5.00"),
)


def table(caption: str = "2022年部门收支总表", headline: str = "单位：万元") -> ReadTable:
    return ReadTable(caption, headline, COLUMNS, ROWS, ())


INCOME, SPENDING = Form(table(), "收入"), Form(table(), "支出")


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("2022年部门收支总表", "部门收支总表"),
        ("2022年度 部门收支总表", "部门收支总表"),
        ("附表1.2022年部门收支总表", "部门收支总表"),
        ("表一、部门收支总表", "部门收支总表"),
        ("十二、部门(单位)整体绩效目标表", "部门（单位）整体绩效目标表"),
        ("3．部门收支总表", "部门收支总表"),
        ("部门收支总表2022年", "部门收支总表2022年"),
    ],
)
def test_titles(caption: str, title: str) -> None:
    assert title_of(caption) == title


@pytest.mark.parametrize(
    ("text", "amount"),
    [("", "0"), (" 1.50 ", "1.50"), ("1,234.50", "1234.50"), ("-2", "-2"), ("12,34", None), ("1.", None), ("甲", None)],
)
def test_amounts(text: str, amount: str | None) -> None:
    assert amount_in(text) == (None if amount is None else Decimal(amount))


def test_columns_by_their_path() -> None:
    assert INCOME.columns == (0, 1) and SPENDING.columns == (2, 3, 4, 5)
    assert INCOME.column("金额") == 1 and SPENDING.column("项目") == 2
    assert SPENDING.column("基本支出", "小计") == 3 and SPENDING.column("支出", "人员") == 4
    assert SPENDING.has("项目支出", "小计") and not SPENDING.has("小计") and not SPENDING.has("基本支出")
    assert [SPENDING.head(3), Form(table()).head(3)] == ["基本支出·小计", "支出·基本支出·小计"]
    assert Form(ReadTable("甲", "", ((),), (("乙",),), ())).head(0) == "第1栏"


def test_rows_by_their_label() -> None:
    assert SPENDING.row("合计") == 2 and SPENDING.row("合计", "项目") == 2
    assert INCOME.row("其他") == 1
    assert [SPENDING.text(2, 5), SPENDING.text(2, 2), SPENDING.label(0, 2)] == ["", "合计", "教育支出"]
    assert list(SPENDING.rows) == [0, 1, 2]


def test_cells() -> None:
    assert INCOME.amount(0, 1) == Decimal("1234.50")
    assert SPENDING.amount(0, 5) == Decimal("-2.50") and SPENDING.amount(1, 5) == 0
    assert SPENDING.total((0, 1), 3) == 4 and SPENDING.total((), 3) == 0
    assert [SPENDING.named(row) for row in SPENDING.rows] == ["（一）教育支出", "教育支出", "合计"]
    assert str(SPENDING.place(0, 3)) == "部门收支总表!（一）教育支出/基本支出·小计"


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda: SPENDING.column("总计"), "“部门收支总表”没有“总计”这一栏"),
        (lambda: SPENDING.column("小计"), "“部门收支总表”有不止一个“小计”这一栏"),
        (lambda: SPENDING.column("支出", "总计"), "“部门收支总表”没有“支出·总计”这一栏"),
        (lambda: SPENDING.row("教育支出"), "“部门收支总表”有不止一个“教育支出”这一行"),
        (lambda: SPENDING.row("总计"), "“部门收支总表”没有“总计”这一行"),
        (lambda: INCOME.amount(1, 1), "“部门收支总表”（二）其他 见附表的“见附表”不是数字"),
        (lambda: SPENDING.amount(2, 4), "“部门收支总表”第3行的格数与表头不同"),
        (lambda: Form(table(headline="")).scale, "“部门收支总表”没有写金额单位"),
        (lambda: list(economic_rows(INCOME)), "“部门收支总表”的经济分类栏读不出来"),
        (lambda: Forms(Reading((), (), (table(), table()))).form("表1"), "“部门收支总表”出现2次"),
        (lambda: Forms(Reading((), (), (table(),))).form("表1", "结余"), "“部门收支总表”的表头读不出来"),
    ],
)  # fmt: skip
def test_what_can_not_be_bound(ask: Callable[[], object], why: str) -> None:
    with pytest.raises(Unbound, match=f"^{why}$"):
        ask()


def test_what_is_not_there() -> None:
    forms = Forms(Reading((), (), (table(), table("某表"))))
    with pytest.raises(Absent, match="^本文档没有部门收入总表$"):
        forms.form("表2")
    with pytest.raises(Absent, match="^本文档没有部门收入总表、部门支出总表$"):
        forms.there("表2", "表3")
    assert forms.there("表2", "表1") == ("表1",)
    assert [forms.key_of(item) for item in forms.reading.tables] == ["表1", ""]
    assert forms.form("表1", "收入") is forms.form("表1", "收入")


def test_units() -> None:
    assert [Form(table(headline=f"单位：{unit}")).scale for unit in ("万元", "元")] == [Scale.WAN, Scale.YUAN]
    head = ReadTable("甲", "", (("金额（万元）",),), (("1",),), ())
    assert Form(head).scale is Scale.WAN
    assert Form(ReadTable("甲", "", ((),), (("金额",), ("总额（元）",)), ())).scale is Scale.YUAN


def test_codes() -> None:
    columns = (
        ("科目编码", "类"), ("科目编码", "款"), ("科目编码", "项"), ("单位代码",), ("名称",), ("合计",),
    )  # fmt: skip
    rows = (
        ("208", "01", "01", "", "行政运行", "1.00"),
        ("208", "01", "", "", "人社", "1.00"),
        ("", "", "", "027001", "中心", "1.00"),
        ("", "", "", "", "", "1.00"),
    )
    form = Form(ReadTable("部门支出总表", "", columns, rows, ()))
    assert [form.code(row, "科目编码") for row in form.rows] == ["2080101", "20801", "", ""]
    assert form.code(2, "单位代码") == "027001"
    assert function_rows(form) == (0,)
    assert [form.named(row) for row in form.rows] == ["2080101 行政运行", "20801 人社", "027001 中心", "第4行"]


def test_economic_codes() -> None:
    columns = (
        ("部门预算经济分类", "科目编码", "类"), ("部门预算经济分类", "科目编码", "款"), ("部门预算经济分类", "科目名称"),
        ("政府预算经济分类", "科目编码", "类"), ("政府预算经济分类", "科目编码", "款"), ("政府预算经济分类", "科目名称"),
        ("合计",),
    )  # fmt: skip
    rows = (("301", "", "工资", "", "", "", "1.00"), ("301", "01", "基本工资", "505", "01", "工资", "1.00"))
    assert list(economic_rows(Form(ReadTable("甲", "", columns, rows, ())))) == [(1, "30101", "50501")]
