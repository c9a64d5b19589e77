"""Rows of a table over a handful of lines: what the forms of the two profiles don't show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.derive.cube import lines_of
from generator.derive.tables import FILL, tabulate
from generator.model.book import Grid, Label
from generator.model.department import Indicator, Inputs
from generator.model.ledger import Filter, Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.source import Position, Text
from generator.model.table_spec import (
    AmountColumn,
    BlockRows,
    Column,
    FillRow,
    FixedRow,
    FormCell,
    FormRow,
    GroupRows,
    IndicatorColumn,
    Panel,
    RowSpec,
    TableSpec,
    TextColumn,
)
from tests.runs import Run

PLACE = Position("x.yaml", 1, 1)
PROJECT = "410395220000000008236"
NAME, CODE, AMOUNT = TextColumn("称", "名称"), TextColumn("码", "单位.代码"), AmountColumn("金额", Filter())


@pytest.fixture
def inputs(run_2022: Run) -> Inputs:
    assert run_2022.inputs is not None
    agencies = {"1": "甲馆", "2": "乙馆"}
    return run_2022.inputs._replace(department=run_2022.inputs.department._replace(agencies=agencies))


def line(agency: str, function: str, amount: str, project: str = "") -> LedgerLine:
    money = Money(Decimal(amount))
    return LedgerLine(agency, function, "30101", "50501", "一般公共预算", "本级", "本年", project, "", money, PLACE)


def grid(inputs: Inputs, columns: tuple[Column, ...], rows: tuple[RowSpec, ...], *lines: LedgerLine) -> Grid:
    spec = TableSpec("t", Text("表", PLACE), False, False, Filter(), (Panel("", columns, rows),))
    return tabulate(spec, lines_of(Ledger(2022, Scale.WAN, lines)), inputs.department, inputs.classification)


def shown(made: Grid) -> list[tuple[str, ...]]:
    return [
        tuple(
            text or (str(figure.money.amount) if figure else "")
            for text, figure in zip(row.texts, row.figures, strict=True)
        )
        for row in made.rows
    ]


def test_typed_order_follows_the_functions(inputs: Inputs) -> None:
    rows = (GroupRows(("单位",), ("录入",), below=(GroupRows(("功能科目",), ("代码",)),)),)
    lines = line("1", "2101301", "1"), line("2", "2080505", "2"), line("1", "2080101", "4")
    assert shown(grid(inputs, (NAME, AMOUNT), rows, *lines)) == [
        ("甲馆", "5"),
        ("行政运行", "4"),
        ("城乡医疗救助", "1"),
        ("乙馆", "2"),
        ("机关事业单位基本养老保险缴费支出", "2"),
    ]


def test_a_row_of_several_kinds_says_the_words_of_each(inputs: Inputs) -> None:
    columns = (NAME, TextColumn("项", "项目.名称"), TextColumn("类", "项目.类型"), TextColumn("级", "来源"), AMOUNT)
    rows = (GroupRows(("单位", "来源", "项目"), ("类型", "代码")),)
    assert shown(grid(inputs, columns, rows, line("1", "2080101", "3", PROJECT))) == [
        ("甲馆", "运转经费", "其他运转类", "本级", "3")
    ]
    (row,) = grid(
        inputs,
        (TextColumn("单", "单位.名称"), AMOUNT),
        (GroupRows(("功能科目", "单位"), ("代码",)),),
        line("2", "2080101", "3"),
    ).rows
    assert row.texts[0] == "乙馆"


def test_lines_are_counted_through_panels(inputs: Inputs) -> None:
    """行次: every row has one, also one without amounts and one that fills a panel; the right panel goes on."""
    columns = (NAME, TextColumn("行次", "行次"), AMOUNT)
    left = Panel("收", columns, (FixedRow("甲", Filter()), FillRow(), FixedRow("总", None)))
    right = Panel("支", columns, (GroupRows(("单位",), ("代码",)), FixedRow("总", None)))
    spec = TableSpec("t", Text("表", PLACE), False, False, Filter(), (left, right))
    lines = (line("1", "2080101", "1"), line("2", "2080101", "2"))
    made = tabulate(spec, lines_of(Ledger(2022, Scale.WAN, lines)), inputs.department, inputs.classification)
    assert [(row.texts[1], row.texts[4]) for row in made.rows] == [("1", "4"), ("2", "5"), ("3", "6")]


def test_lines_without_a_project_are_in_no_project_row(inputs: Inputs) -> None:
    made = grid(
        inputs,
        (NAME, AMOUNT),
        (GroupRows(("项目",), ("代码",)),),
        line("1", "2080101", "1"),
        line("1", "2080101", "2", PROJECT),
    )
    assert shown(made) == [("运转经费", "2")]
    assert not made.empty


def test_rows_inside_a_group_have_filters_of_their_own(inputs: Inputs) -> None:
    own, above = Filter((("来源", ("本级",)),)), Filter((("年度", ("上年结转",)),))
    below = (FixedRow("本级", own), BlockRows(above, (FixedRow("结转", Filter()),)))
    rows = (GroupRows(("单位",), ("代码",), below=below),)
    assert shown(grid(inputs, (NAME, AMOUNT), rows, line("1", "2080101", "1"))) == [("甲馆", "1"), ("本级", "1")]


def test_words_of_a_row_are_its_code_and_its_name(inputs: Inputs) -> None:
    code, one = TextColumn("码", "代码"), line("1", "2080101", "1")
    for by, expected in (
        ("功能科目", ("2080101", "行政运行")),
        ("功能类", ("208", "社会保障和就业支出")),
        ("资金", ("一般公共预算", "一般公共预算")),
        ("部门", (inputs.department.code, inputs.department.name)),
    ):
        assert shown(grid(inputs, (code, NAME), (GroupRows((by,), ("代码",)),), one)) == [expected]


def test_projects_by_their_kind(inputs: Inputs) -> None:
    known = inputs.department.projects[PROJECT]
    projects = {
        code: known._replace(code=code, name=code, kind=kind)
        for code, kind in (("1", "特定目标类"), ("3", "其他运转类"))
    }
    of_these = inputs._replace(department=inputs.department._replace(projects=projects))
    lines = (line("1", "2080101", "1", code) for code in ("1", "4", "3"))
    rows = (GroupRows(("项目",), ("类型", "代码")),)
    made = grid(of_these, (TextColumn("码", "项目.代码"), AMOUNT), rows, *lines)
    assert [row.texts[0] for row in made.rows] == ["3", "", "1"]


def test_an_agency_without_a_name_is_the_department(inputs: Inputs) -> None:
    rows = (GroupRows(("单位",), ("代码",)),)
    assert shown(grid(inputs, (CODE, NAME), rows, line("1", "2080101", "1"), line("3", "2080101", "1"))) == [
        ("1", "甲馆"),
        ("3", inputs.department.name),
    ]


def test_the_number_stands_before_the_name(inputs: Inputs) -> None:
    group = (GroupRows(("单位",), ("代码",), level=1),)
    one = line("1", "2080101", "1")
    assert grid(inputs, (CODE, NAME, AMOUNT), group, one).rows[0].labels == (Label(1, 1),)
    assert grid(inputs, (AMOUNT, CODE), group, one).rows[0].labels == (Label(1, 1),)
    assert grid(inputs, (AMOUNT, AMOUNT), group, one).rows[0].labels == (Label(0, 1),)


def test_a_label_stands_in_its_column(inputs: Inputs) -> None:
    one = line("1", "2080101", "1")
    for column, expected in (("", ("合计", "", "1")), ("码", ("合计", "", "1")), ("称", ("", "合计", "1"))):
        made = grid(inputs, (CODE, NAME, AMOUNT), (FixedRow("合计", Filter(), column, 2),), one)
        assert shown(made) == [expected]
        assert made.rows[0].labels == (Label(expected.index("合计"), 2),)


def test_a_row_without_a_filter_has_no_amount(inputs: Inputs) -> None:
    assert shown(grid(inputs, (NAME, AMOUNT), (FixedRow("其中", None),), line("1", "2080101", "1"))) == [("其中", "")]


def test_a_row_to_fill_a_table_of_one_panel_is_blank(inputs: Inputs) -> None:
    made = grid(inputs, (NAME, AMOUNT), (FillRow(), FixedRow("合计", Filter())))
    assert shown(made) == [("", ""), ("合计", "")]
    assert made.rows[0].group == FILL
    assert made.empty


def test_panels_stand_side_by_side(inputs: Inputs) -> None:
    rows = (FixedRow("甲", None, "称", 1), FillRow(), FixedRow("合计", Filter(), "称", 2))
    tall = (*rows[:1], FixedRow("乙", None, "称"), rows[2])
    panels = tuple(Panel(title, (CODE, NAME), own) for title, own in (("左", rows), ("中", tall), ("右", rows[:1])))
    spec = TableSpec("t", Text("表", PLACE), False, False, Filter(), panels)
    made = tabulate(spec, lines_of(Ledger(2022, Scale.WAN, ())), inputs.department, inputs.classification)
    assert [row.texts for row in made.rows] == [
        ("", "甲", "", "甲", "", "甲"),
        ("", "", "", "乙", "", ""),
        ("", "合计", "", "合计", "", ""),
    ]
    assert [row.labels for row in made.rows] == [
        (Label(1, 1), Label(3, 1), Label(5, 1)),
        (),
        (Label(1, 2), Label(3, 2)),
    ]


def test_a_project_has_a_row_for_each_line_of_its_longest_list(inputs: Inputs) -> None:
    projects = inputs.department.projects
    listed = {
        "成本指标": (Indicator("资金", "≤资金总额", PLACE, PLACE),),
        "产出指标": tuple(Indicator(f"产出{n}", f"{n}件", PLACE, PLACE) for n in (1, 2)),
        "效益指标": tuple(Indicator(f"效益{n}", f"{n}件", PLACE, PLACE) for n in (1, 2, 3)),
    }
    project = projects[PROJECT]._replace(indicators=listed)
    department = inputs.department._replace(projects={PROJECT: project})
    columns = (
        NAME,
        AMOUNT,
        IndicatorColumn("目标", "成本指标", "指标值"),
        IndicatorColumn("名", "产出指标", "指标"),
        IndicatorColumn("值", "满意度指标", "指标值"),
    )
    lines = line("1", "2080101", "2", PROJECT), line("1", "2080101", "3", "另一个")
    made = grid(
        inputs._replace(department=department), columns, (GroupRows(("项目",), ("录入",), expand=True),), *lines
    )
    assert [row.texts for row in made.rows] == [
        ("运转经费", "", "≤资金总额", "产出1", ""),
        ("", "", "", "产出2", ""),
        ("", "", "", "", ""),
    ]
    amounts = [[figure.money.amount if figure else None for figure in row.figures] for row in made.rows]
    assert amounts == [[None, 2, 2, None, None], [None] * 5, [None, 3, None, None, None]]
    assert [row.group for row in made.rows] == [1, 1, 2]


def test_a_form_shows_only_what_has_lines(inputs: Inputs) -> None:
    cells = FormCell(filter=Filter()), FormCell(filter=Filter((("资金", ("事业收入",)),))), FormCell(text="元")
    spec = TableSpec("t", Text("表", PLACE), False, False, Filter(), form=(FormRow(cells),))
    full = Ledger(2022, Scale.WAN, (line("1", "2080101", "1"),))
    made = tabulate(spec, lines_of(full), inputs.department, inputs.classification)
    assert [figure.money.amount if figure else None for figure in made.rows[0].figures] == [1, None, None]
    assert made.rows[0].texts == ("", "", "")
    assert made.empty is False
    assert tabulate(spec, lines_of(full._replace(lines=())), inputs.department, inputs.classification).empty is True
