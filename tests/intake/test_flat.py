"""Exports as they come: what is read all the same, what is refused and in which words, and what is left alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from generator.cli import main
from generator.edit import tree_of
from generator.intake.mapping import FIELDS, mapping_of
from generator.model.problem import UsageError
from generator.work.flat_detail import shipped
from generator.work.intake import Intake, intake
from tests.conftest import ROOT
from tests.intake.exports import csv_of, xlsx_of
from tests.libreoffice import saved_as
from tests.runs import held

Row = list[Any]
HEADS = ["预算单位", "项目类别", "项目编码", "项目名称", "支出功能分类", "部门预算经济分类", "资金性质", "预算金额"]
UNIT = "027001 社保中心"
PAY: Row = [UNIT, "人员类", "", "", "2080101 行政运行", "30101 基本工资", "一般公共预算资金", 353500.0]
TRIP: Row = [UNIT, "公用经费", "", "", "2080101 行政运行", "30211 差旅费", "一般公共预算资金", 30000.0]
WORK: Row = [
    UNIT,
    "特定目标类",
    "41A",
    "设备",
    "2080109 社会保险经办机构",
    "31002 办公设备购置",
    "一般公共预算资金",
    80000.0,
]
TITLE: list[Row] = [["2023年部门预算支出明细表"], ["编制单位：社保中心", *[""] * 6, "单位：元"]]
USUAL: list[Row] = [*TITLE, HEADS, PAY, TRIP, WORK]
HEAD = """年度: 2023
名称: 社保中心
代码: "027"
单位性质: 行政
金额单位: 万元
预算单位: {"027001": 社保中心}
主要职责: [社保]
机构构成: {预算范围: 本级, 内设机构归属: 本级, 内设机构: [办公室]}
"""
BASIC = {"2080101 行政运行": {"30101 基本工资": "35.35", "30211 差旅费": "3.00"}}
PROJECT = {"2080109 社会保险经办机构": {"31002 办公设备购置": "8.00"}}


class Place:
    """A folder with one department, and what was made of an import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shop = held(ROOT / "templates", "通用")
        (folder / "2023").mkdir()
        (folder / "2023" / "department.yaml").write_text(HEAD, "utf-8")

    def take(self, *files: bytes, name: str = "明细.xlsx", year: int = 2023, unit: str = "") -> Intake:
        paths = [self.folder / (f"{index}{name}" if index else name) for index in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        done = intake(self.shop, self.folder, year, paths, unit)
        for change in done.changes:
            change.path.write_bytes(change.after)
        return done

    def tree(self, name: str) -> Any:
        path = self.folder / "2023" / name
        return tree_of(path.read_text("utf-8")) if path.exists() else None

    def write(self, name: str, text: str) -> None:
        (self.folder / "2023" / name).write_text(text, "utf-8")

    @property
    def spending(self) -> tuple[Any, Any]:
        """支出 of the one 基本支出 and the one project."""
        basic, projects = self.tree("basic.yaml"), self.tree("projects.yaml")
        return basic and basic[0]["支出"], projects and projects[0]["支出"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def changed(row: int, column: int, value: Any, rows: Sequence[Row] = USUAL) -> list[Row]:
    """The usual rows with another cell; rows count from 1 as in Excel, columns from 0."""
    found = [list(line) for line in rows]
    found[row - 1] += [""] * (column + 1 - len(found[row - 1]))
    found[row - 1][column] = value
    return found


def without(column: int, rows: Sequence[Row] = USUAL) -> list[Row]:
    return [[value for index, value in enumerate(row) if index != column] for row in rows]


def with_sums(value: float, formula: str) -> bytes:
    """A total as a formula, with what a program stored for it."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("明细")
        for number, row in enumerate(USUAL):
            sheet.write_row(number, 0, row)
        sheet.write(6, 0, " 合计")
        sheet.write_formula(6, 7, formula, None, value)
    return data.getvalue()


def in_wan() -> bytes:
    """Amounts in 万元, said by the number format alone; sheet names with blanks; used as far as column IV; a hidden copy."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        form = book.add_format({"num_format": '#,##0.00"万元"'})
        for name in ("明细 ", "副本"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([HEADS, PAY, TRIP, WORK]):
                sheet.write_row(number, 0, row[:-1])
                sheet.write(number, 7, row[-1] / 10000 if number else row[-1], form)
            sheet.write_blank("IV900", None, form)
        sheet.hide()
    return data.getvalue()


def merged_total() -> bytes:
    """合计 over all columns but the last, as many systems merge it."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(USUAL):
            sheet.write_row(number, 0, row)
        sheet.merge_range(len(USUAL), 0, len(USUAL), len(HEADS) - 2, "合　计")
        sheet.write_number(len(USUAL), len(HEADS) - 1, 463500)
    return data.getvalue()


def merged() -> bytes:
    """Heads of three rows, and cells that stand for several rows."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:F1", "支出明细表")
        for column, head in (("A", "预算单位"), ("B", "类别"), ("E", "资金性质")):
            sheet.merge_range(f"{column}2:{column}4", head if head != "类别" else "支出类别")
        sheet.merge_range("C2:D2", "科目")
        sheet.merge_range("C3:C4", "支出功能\n分类")
        sheet.merge_range("D3:D4", "部门预算支出\n经济分类")
        sheet.merge_range("F2:F4", "金额（元）")
        sheet.merge_range("A5:A6", UNIT)
        sheet.write_row("B5", ["人员类", "2080101", "30101", "一般公共预算", 353500])
        sheet.write_row("B6", ["公用经费", 2080101, 30211, "一般公共预算", 30000])
    return data.getvalue()


FINE: tuple[tuple[str, bytes], ...] = (
    ("as it comes", xlsx_of(USUAL)),
    ("amounts as texts with commas", xlsx_of(changed(4, 7, "353,500.00"))),
    ("numbers for codes", xlsx_of(changed(4, 4, 2080101, changed(4, 5, 30101)))),
    ("names alone", xlsx_of(changed(4, 5, "基本工资"))),
    ("a unit by its name, wide signs", xlsx_of(changed(4, 0, "社保中心", changed(5, 4, "２０８０１０１－行政运行")))),
    ("a unit whose zero Excel took", xlsx_of(changed(4, 0, 27001))),
    ("an indented total", xlsx_of([*USUAL, ["　合 计", *[""] * 6, 463500]])),
    ("the total above", xlsx_of([*USUAL[:3], ["合计", *[""] * 6, 463500], *USUAL[3:]])),
    ("sub-totals by 科目 above and a total of pages", xlsx_of([
        *USUAL[:3], [UNIT, "", "", "", "208 社会保障和就业支出", "", "", 463500], [UNIT, "", "", "", "20801 人力资源", "", "", 463500],
        [UNIT, "", "", "", "2080101 行政运行", "", "", 383500], PAY, TRIP, ["本页小计", *[""] * 6, 383500], WORK, ["总计：", *[""] * 6, 463500],
    ])),
    ("a sub-total of each part", xlsx_of([
        *USUAL[:4], ["小计", *[""] * 6, 353500], TRIP, ["小计", *[""] * 6, 30000], WORK, ["小计", *[""] * 6, 80000],
        ["合计", *[""] * 6, 463500],
    ])),
    ("a total over merged cells", merged_total()),
    ("heads again on another page, column numbers, remarks", xlsx_of([
        *USUAL[:3], ["甲", 1, 2, 3, 4, 5, 6, 7], PAY, HEADS, TRIP, WORK, [], ["制表人：某某", "", "", "审核：某某"], ["注：单位为元"],
    ])),
    ("a stored sum of nought", with_sums(0, "=SUM(H4:H6)")),
    ("cells added one by one", with_sums(463500, "=H4+H5+H6")),
    ("万元 in the number format, column IV, a hidden copy", in_wan()),
    ("a tail of binary fractions", xlsx_of([*USUAL[:3], [*PAY[:7], 353499.99999999994], TRIP, WORK])),
    ("two rows of one 科目", xlsx_of([*USUAL[:3], [*PAY[:7], 300000], [*PAY[:7], 53500], TRIP, WORK])),
    ("rows without money", xlsx_of([*USUAL, [*WORK[:7], 0], [*WORK[:7], "-"]])),
    ("a fund's column with its ordinal", xlsx_of([*TITLE, [*HEADS[:6], "一、一般公共预算资金"], *(row[:6] + row[7:] for row in (PAY, TRIP, WORK))])),
    ("a name with half-width signs", xlsx_of(changed(6, 5, "31002办公设备购置", changed(6, 3, "设备 ")))),
    ("csv in GBK", csv_of(USUAL)),
    ("codes kept as text in csv", csv_of(changed(4, 4, '="2080101"', changed(6, 2, "41A\t")))),
    ("csv in UTF-8 with its mark", csv_of(USUAL, "utf-8-sig")),
    ("text of Excel's, with tabs", "\n".join("\t".join(map(str, row)) for row in USUAL).encode("utf-16")),
)  # fmt: skip


@pytest.mark.parametrize(("what", "data"), FINE, ids=[what for what, _ in FINE])
def test_it_is_read_all_the_same(what: str, data: bytes, place: Place) -> None:
    done = place.take(data, name="明细.xlsx" if data.startswith(b"PK") else "明细.csv")
    assert not done.problems, what
    assert place.spending == (BASIC, PROJECT)
    assert place.tree("projects.yaml")[0]["名称"] == "设备"
    assert not place.take(data, name="明细.xlsx" if data.startswith(b"PK") else "明细.csv").changes


def test_merged_heads_and_cells_are_read_and_projects_left_alone(place: Place) -> None:
    place.write("projects.yaml", "- 名称: 旧\n  编码: A1 # 不动\n")
    assert not place.take(merged()).problems
    assert place.tree("basic.yaml")[0]["支出"] == BASIC
    assert (place.folder / "2023" / "projects.yaml").read_text("utf-8") == "- 名称: 旧\n  编码: A1 # 不动\n"


LOST = "请从系统重新导出，或把这一列设为“文本”后重新填写。"
REFUSED: tuple[tuple[str, list[Row], str], ...] = (
    ("a code that lost its digits", changed(6, 2, 4.1039522e20), "C6: 项目编码“4.10395E+20”读不出来：长编码被当成数字，后面的位数已经丢失"),
    ("the same, kept as text", changed(6, 2, "4.1E+20"), "C6: 项目编码“4.1E+20”读不出来：长编码被当成数字，后面的位数已经丢失"),
    ("an amount in words", changed(4, 7, "约35万元"), "H4: “预算金额”的金额“约35万元”不是数"),
    ("another department", changed(4, 0, "031 别的局"), "A4: 预算单位“031 别的局”不是本部门的"),
    ("money of no known kind", changed(4, 6, "自筹"), "G4: 资金“自筹”不认识"),
    ("运转类 alone", changed(6, 1, "运转类"), "B6: 项目类别“运转类”分不清是基本支出还是哪类项目"),
    ("a project without a code", changed(6, 2, ""), "H6: 项目“设备”没有编码"),
    ("a name that many 科目 have", changed(4, 4, "行政运行"), "E4: “行政运行”不是功能科目的编码"),
    ("a 款 for a 项", changed(4, 4, "20801"), "H4: 这一行（353,500）的功能科目“20801”不到项级，也不是别的行的合计"),
    ("a 科目 that there is not", changed(4, 4, "2089901"), "H4: 这一行的功能科目“2089901”不在科目表中"),
    ("no economic code", changed(4, 5, ""), "H4: 这一行（353,500）没有部门经济科目，也不是别的行的合计"),
    ("an amount below zero", changed(4, 7, -5.0), "H4: 金额为负数（-5）"),
    ("cents of 元 in 万元", changed(4, 7, 353512.34), "H4: 金额换成万元超过两位小数：353512.34是35.351234万元（共1笔）"),
    ("a total that differs", [*USUAL, ["合计", *[""] * 6, 463499]], "H7: 合计是463,499，H4至H6的3行明细加起来是463,500，相差1"),
    ("a sub-total that differs", [*USUAL[:5], ["小计", *[""] * 6, 383000], WORK], "H6: 合计是383,000，H4至H5的2行明细加起来是383,500，相差500"),
    ("no unit of money", [HEADS, PAY], "A1: 看不出金额单位是元还是万元"),
    ("two units of money", [["单位：万元"], [*HEADS[:7], "预算金额（元）"], PAY], "A2: 金额单位写了两种：A1写的是万元、H2写的是元"),
    ("no column of funds", without(6), "A4: 没有写是什么资金（共3处）"),
    ("no economic codes at all", without(5), "A3: 没有认出哪一列是部门经济"),
    ("two columns of one field", [[*row, *row[7:8]] for row in USUAL], "A3: H列“预算金额”和I列“预算金额”都像“金额”，分不清读哪一列"),
    ("a project that is two", [*USUAL, [*WORK[:3], "别的", *WORK[4:]]], "H7: 项目41A的名称前后不一：“设备”（H6这一行），“别的”"),
    ("something else", [["一二三"], ["名称", "数量"], ["桌子", 3]], "A1: 没有找到支出明细的表头"),
)  # fmt: skip


@pytest.mark.parametrize(("what", "rows", "said"), REFUSED, ids=[what for what, _, _ in REFUSED])
def test_it_is_refused_with_its_cell(what: str, rows: list[Row], said: str, place: Place) -> None:
    done = place.take(xlsx_of(rows))
    told = [f"{problem.position.place.removeprefix('明细.xlsx 明细!')}: {problem.message}" for problem in done.problems]
    assert told == [said], what
    assert all(problem.remedy.endswith("。") for problem in done.problems)
    assert done.changes == ()


def test_all_that_is_wrong_is_told_at_once(place: Place) -> None:
    rows = changed(4, 0, "别的", changed(5, 6, "自筹", changed(6, 7, "无数")))
    assert len(place.take(xlsx_of(rows)).problems) == 3


OLD = """# 两个项目
- 名称: 设备
  编码: 41A
  类型: 特定目标类
  层级: 上级
  资金来源: 一般公共预算
  支出:
    2080109 社会保险经办机构:
      31002 办公设备购置: 7.50   # 核过
  绩效指标:
    产出指标: {台数: ≥3台}
- 名称: 旧项目
  编码: 41B
  类型: 其他运转类
  资金来源: 一般公共预算
  支出: {2080109 社会保险经办机构: {30201 办公费: 1.00}}
"""


def test_what_an_export_does_not_say_of_a_project_stays(place: Place) -> None:
    place.write("projects.yaml", OLD)
    typed = "- 资金来源: 一般公共预算\n  支出:\n    2080101 行政运行: {30101 基本工资: 35.350, 30211: 3}\n"
    place.write("basic.yaml", typed)
    done = place.take(xlsx_of(USUAL))
    assert (place.folder / "2023" / "basic.yaml").read_text("utf-8") == typed
    text = (place.folder / "2023" / "projects.yaml").read_text("utf-8")
    assert text == OLD[: OLD.index("- 名称: 旧项目")].replace("7.50 ", "8.00 ")
    assert "不再有的项目：旧项目（41B，1.00万元），将从projects.yaml删去。" in done.remarks
    assert "项目支出合计：8.50 → 8.00万元（-0.50）。" in done.remarks
    assert "明细没有说是本级的钱还是上级转移支付：原来写明的照原来的，新的按本级。" in done.remarks


def test_money_that_no_export_tells_apart_stays_apart_while_its_sum_is_the_same(place: Place) -> None:
    halves = "".join(
        f"- 资金来源: 一般公共预算\n  层级: {level}\n  支出: {{2080101 行政运行: {{30101 基本工资: {amount}}}}}\n"
        for level, amount in (("本级", "30.00"), ("上级", "5.35"))
    )
    place.write("basic.yaml", halves)
    assert not [change for change in place.take(xlsx_of([*USUAL[:4], WORK])).changes if "basic" in change.path.name]
    [problem] = place.take(xlsx_of(changed(4, 7, 360000))).problems
    assert problem.message == "basic.yaml里的2080101、30101：原来分在2处，合计35.35，现在是36.00，分不清各是多少"


def test_units_that_a_file_does_not_speak_of_are_left_alone(place: Place) -> None:
    place.write("department.yaml", HEAD.replace('{"027001": 社保中心}', '{"027001": 社保中心, "027002": 就业中心}'))
    other = '- 单位: "027002"\n  资金来源: 一般公共预算\n  支出: {2080101 行政运行: {30101 基本工资: 9.00}}\n'
    place.write("basic.yaml", other)
    place.write("projects.yaml", '- {名称: 别家的, 编码: 41Z, 单位: "027002"}\n')
    done = place.take(xlsx_of(USUAL))
    basic = place.tree("basic.yaml")
    assert [item["单位"] for item in basic] == ["027002", "027001"]
    assert [item["编码"] for item in place.tree("projects.yaml")] == ["41Z", "41A"]
    assert (place.folder / "2023" / "basic.yaml").read_text("utf-8").startswith(other)
    assert "文件里没有这些单位的基本支出，原来的没有动：027002 就业中心。" in done.remarks


def test_the_year_is_the_titles_and_another_is_refused(place: Place) -> None:
    assert not place.take(xlsx_of(USUAL), year=0).problems
    assert place.spending == (BASIC, PROJECT)
    with pytest.raises(UsageError, match="是2023年的，--year 写的是2024"):
        place.take(xlsx_of(USUAL), year=2024)


def test_whose_a_file_is_may_be_said_beside_it(place: Place) -> None:
    place.write("department.yaml", HEAD.replace('{"027001": 社保中心}', '{"027001": 社保中心, "027002": 就业中心}'))
    [problem] = place.take(xlsx_of(without(0))).problems
    assert problem.message == "看不出是哪个预算单位的（可以加 --unit 代码）（共3处）"
    assert not place.take(xlsx_of(without(0)), unit="027002").problems
    assert place.tree("basic.yaml")[0]["单位"] == "027002"


def test_several_files_are_one_import_and_the_same_lines_twice_are_not(place: Place) -> None:
    first, second = xlsx_of([*USUAL[:3], PAY]), xlsx_of([*USUAL[:3], TRIP, WORK])
    assert not place.take(first, second).problems
    assert place.spending == (BASIC, PROJECT)
    [problem] = place.take(first, first).problems
    assert problem.message == "与“明细”的明细完全相同，会重复计算"


def test_the_department_has_its_own_words(place: Place) -> None:
    rows = changed(4, 6, "自筹", changed(6, 1, "运转类", changed(3, 7, "控制数金额")))
    place.write("对照.yaml", """沿用: 一体化支出预算明细
名称: 我们的明细
表头: {金额: 控制数金额}
取值:
  资金: {其他收入: [自筹]}
  类别: {其他运转类: [运转类]}
""")  # fmt: skip
    done = place.take(xlsx_of(rows))
    assert not done.problems
    assert [item["资金来源"] for item in place.tree("basic.yaml")] == ["其他收入", "一般公共预算"]
    assert place.tree("projects.yaml")[0]["类型"] == "其他运转类"
    assert any("按“我们的明细”读" in remark for remark in done.remarks)
    assert any("H列“控制数金额” → 金额" in remark for remark in done.remarks)


def test_what_an_export_does_not_need_may_still_be_blank(place: Place) -> None:
    place.write("department.yaml", HEAD.replace("[社保]", "[待填]") + "控制数: {总计: 待填}\n")
    place.write("projects.yaml", "- 名称: 待填\n  编码: 待填\n  支出: {待填: {待填: 待填}}\n")
    done = place.take(xlsx_of(USUAL))
    assert not done.problems and len(place.tree("projects.yaml")) == 1
    assert not any("待填" in remark for remark in done.remarks)


@pytest.mark.parametrize("key", ["代码", "单位性质", "金额单位"])
def test_what_amounts_depend_on_has_to_be_there(key: str, place: Place) -> None:
    text = "".join(f"{key}: 待填\n" if line.startswith(key) else line for line in HEAD.splitlines(keepends=True))
    place.write("department.yaml", text)
    done = place.take(xlsx_of(USUAL))
    assert [(problem.code, problem.position.line) for problem in done.problems] == [
        ("D064", text.split("待填")[0].count("\n") + 1)
    ]
    assert done.failed and not done.changes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("沿用: 没有的", "没有“没有的”这个对照"),
        ("表投: {}", "对照文件里没有“表投”这一项"),
        ("表头: {金额数: 预算}", "表头里没有“金额数”这一项"),
        ("金额单位: 亿元", "“金额单位”不能是“亿元”，只能是：元、万元、千元"),
        ("表头: [甲]", "“表头”应是“名称: 内容”的若干行"),
        ("表头：", "对照.yaml"),
    ],
)
def test_a_对照_that_says_something_odd_is_refused(text: str, said: str, place: Place) -> None:
    place.write("对照.yaml", text)
    with pytest.raises(UsageError, match=said):
        place.take(xlsx_of(USUAL))


def test_cents_are_rounded_where_the_对照_says_so(place: Place) -> None:
    place.write("对照.yaml", "沿用: 一体化支出预算明细\n舍入: 四舍五入")
    done = place.take(xlsx_of(changed(4, 7, 353551.34)))
    assert place.spending[0]["2080101 行政运行"]["30101 基本工资"] == "35.36"
    assert "1笔四舍五入到两位小数：合计由46.355134变为46.36万元，相差0.004866。" in done.remarks


def test_what_is_doubtful_or_not_read_is_said(place: Place) -> None:
    heads = [*HEADS[:6], "公共预算拨款", "专项资金项目", "上年结转", "备注", "预算金额"]
    rows = [["单位：元"], heads, [*PAY[:6], 353500, 10000, "", "略", 363500], [*WORK[:6], "", "", 80000, "", 80000]]
    done = place.take(xlsx_of(rows))
    assert not done.problems
    assert "明细：没有读的列：J列“备注”。" in done.remarks
    assert "明细：H列“专项资金项目”作为一般公共预算的一部分，与“公共预算拨款”相加，请核对。" in done.remarks
    assert "明细：I列“上年结转”作为上年结转的一般公共预算，请核对。" in done.remarks
    assert place.tree("projects.yaml")[0]["年度"] == "上年结转"
    [problem] = place.take(xlsx_of(changed(3, 10, 353500, rows))).problems
    assert problem.message == "“预算金额”是353,500，按资金分的各列（G3:I3）合计是363,500"


def test_from_the_command_line_the_change_is_shown_before_it_is_made(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.folder / "明细.csv").write_bytes(csv_of(USUAL))
    asked = ["import", str(place.folder / "明细.csv"), "--year", "2023", "--data", str(place.folder), "--profile", "通用",
             "--templates", str(ROOT / "templates")]  # fmt: skip
    main(asked)
    assert place.tree("basic.yaml") is None
    assert "E列“支出功能分类” → 功能科目" in capsys.readouterr().out
    assert main([*asked, "--yes"]) == 0
    assert place.spending == (BASIC, PROJECT)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("made", [lambda: xlsx_of([*USUAL, ["合计", *[""] * 6, 463500]]), in_wan], ids=["usual", "wan"])
def test_as_libreoffice_saves_it(made: Callable[[], bytes], place: Place, tmp_path: Path) -> None:
    (tmp_path / "明细.xlsx").write_bytes(made())
    for ending in ("xlsx", "xls", "csv"):
        shutil.rmtree(place.folder / "2023")
        place.__init__(place.folder)  # type: ignore[misc]
        if ending == "csv" and made is in_wan:
            continue  # the unit is said by the number format alone
        data = saved_as(tmp_path / "明细.xlsx", ending, tmp_path)
        assert not place.take(data, name=f"导出.{ending}").problems
        assert place.spending == (BASIC, PROJECT)


def test_the_对照_of_the_chapter_is_one() -> None:
    """docs/导入.md: its example is understood, and names the shipped ones and all fields."""
    text = (ROOT / "docs" / "导入.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    known = shipped()
    heads = mapping_of(tree_of(example), "对照.yaml", known)
    assert (heads.value("来源", "省级"), heads.value("资金", "自筹"), heads.value("资金", "一般公共预算资金")) == (
        "上级", "其他收入", "一般公共预算",
    )  # fmt: skip
    assert all(f"`{name}`" in text for name in known)
    assert all(field in text for field in FIELDS)
