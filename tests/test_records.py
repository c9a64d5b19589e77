"""Lists of records beside the ledger: declared by a place, typed by a department, printed in tables and prose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model.document import TableBlock
from generator.model.problem import Severity
from generator.readback.docx import read_back
from generator.work.check import check
from generator.work.report import report
from generator.work.schema import schemas_at
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

FIGURES = """
清单:
  采购明细:
    文件: procurement.yaml
    列: {大类: [货物, 工程, 服务], 项目: 文字, 科目: 文字, 品名: 文字, 件数: 数量, 金额: 金额, 预留: 比率, 日期: 日期}
"""
SUMS = """
合计:
  采购.货物: {清单: 采购明细, 列: 金额, 其中: {大类: 货物}}
  采购.服务: {清单: 采购明细, 列: 金额, 其中: {大类: 服务}}
  采购.合计: [采购.货物, 采购.服务]
"""
TABLE = """\
标题: 采购表
表头行: 否
无数据: 注：无采购。
列:
  - 大类: 大类
  - 项目名称: 项目
  - 科目: 科目
  - 品名: 品名
  - 件数: {清单列: 件数}
  - 总计: {清单列: 金额}
行:
  - {清单: 采购明细, 分组: [大类, [项目, 科目]], 合计: 合计, 级: 1}
"""
PROSE = """
## 采购

采购{{ 采购.合计 | 金额 }}，其中货物{{ 采购.货物 | 金额 }}；{% for 项 in 采购明细 | 其中(大类="货物") %}{{ 项.品名 }}{{ 项.件数 | 数字 }}件{{ 项.金额 | 金额 }}{{ "、" if not loop.last }}{% endfor %}，共{{ 采购明细 | 合计("件数") | 数字 }}件。
"""
LIST = """\
- {大类: 货物, 项目: 机要经费, 科目: 设备购置, 品名: 服务器, 件数: 1, 金额: 120000.00}
- {大类: 货物, 项目: 机要经费, 科目: 设备购置, 品名: 小型机, 件数: 2, 金额: 20000.00, 预留: 80%, 日期: 2023-03}
- {大类: 服务, 项目: 会议费, 科目: 会议费, 品名: 会议服务, 金额: 8721000.00}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / "data" / "2023")
    profile = tmp_path / "templates" / "tiny"
    figures = profile / "figures.yaml"
    text = figures.read_text(encoding="utf-8")
    assert "合计:\n" not in text
    figures.write_text(text + FIGURES + SUMS, encoding="utf-8")
    notes = profile / "prose" / "notes.j2"
    notes.write_text(notes.read_text(encoding="utf-8") + PROSE, encoding="utf-8")
    (profile / "tables" / "procurement.yaml").write_text(TABLE, encoding="utf-8")
    outline = profile / "report.yaml"
    text = outline.read_text(encoding="utf-8").replace(
        "[funds, functions, income]", "[funds, functions, income, procurement]"
    )
    outline.write_text(text, encoding="utf-8")
    (tmp_path / "data" / "2023" / "procurement.yaml").write_text(LIST, encoding="utf-8")
    return tmp_path


def finished(place: Path) -> Finished:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    return ended


def table(done: Finished) -> TableBlock:
    return next(block for block in done.document.blocks if isinstance(block, TableBlock) and block.key == "procurement")


def told(place: Path) -> list[str]:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    return [
        f"{problem.code} {problem.position.line} {problem.message}"
        for problem in ended.problems
        if problem.severity is Severity.ERROR
    ]


def test_a_table_has_its_groups_and_sums(place: Path) -> None:
    assert [row.texts for row in table(finished(place)).rows] == [
        ("合计", "", "", "", "3", "8,861,000.00"),
        ("1. 货物", "", "", "", "3", "140,000.00"),
        ("", "机要经费", "设备购置", "", "3", "140,000.00"),
        ("", "", "", "服务器", "1", "120,000.00"),
        ("", "", "", "小型机", "2", "20,000.00"),
        ("2. 服务", "", "", "", "", "8,721,000.00"),
        ("", "会议费", "会议费", "", "", "8,721,000.00"),
        ("", "", "", "会议服务", "", "8,721,000.00"),
    ]


def test_a_column_adds_up_some_of_the_records_and_a_group_that_no_column_prints_is_named(place: Path) -> None:
    file = place / "templates" / "tiny" / "tables" / "procurement.yaml"
    text = file.read_text(encoding="utf-8")
    columns = "  - {按列: 大类, 清单列: 金额}\n  - 其中货物: {清单列: 件数, 其中: {大类: 货物}}\n  - 单位: 单位.名称\n"
    text = text.replace("  - 大类: 大类\n", "").replace("  - 科目: 科目\n", "").replace("级: 1", "级: 2")
    file.write_text(text.replace("行:\n", columns + "行:\n"), encoding="utf-8")
    agencies = finished(place).inputs.department.agencies
    code, name = list(agencies.items())[-1]
    (place / "data" / "2023" / "procurement.yaml").write_text(
        LIST.replace("件数: 2", f"单位: '{code}', 件数: 2"), "utf-8"
    )
    done = finished(place)
    assert [row.texts for row in table(done).rows][:5] == [
        ("合计", "", "3", "8,861,000.00", "140,000.00", "", "8,721,000.00", "3", ""),
        ("(1) 货物", "", "3", "140,000.00", "140,000.00", "", "", "3", ""),
        ("机要经费", "", "3", "140,000.00", "140,000.00", "", "", "3", ""),
        ("", "服务器", "1", "120,000.00", "120,000.00", "", "", "1", ""),
        ("", "小型机", "2", "20,000.00", "20,000.00", "", "", "2", name),
    ]


def test_rows_of_groups_may_stand_alone(place: Path) -> None:
    file = place / "templates" / "tiny" / "tables" / "procurement.yaml"
    text = file.read_text(encoding="utf-8").replace("级: 1}", "级: 1, 明细: 否}").replace("  - 品名: 品名\n", "")
    file.write_text(text, encoding="utf-8")
    assert [row.texts[:2] for row in table(finished(place)).rows] == [
        ("合计", ""), ("1. 货物", ""), ("", "机要经费"), ("2. 服务", ""), ("", "会议费"),
    ]  # fmt: skip


def test_prose_says_sums_and_items(place: Path) -> None:
    words = [getattr(block, "text", "") for block in finished(place).document.blocks]
    assert words[-1] == "采购886.10万元，其中货物14.00万元；服务器1件12.00万元、小型机2件2.00万元，共3件。"


def test_the_file_reads_back(place: Path) -> None:
    made = report(Workshop(place / "templates", "tiny"), place / "data", 2023)
    assert not [problem for problem in made.ended.problems if problem.code.startswith("R")]
    reading = read_back(next(iter(made.files.values())).data)
    assert [row[-1] for row in reading.tables[-1].rows][:2] == ["8,861,000.00", "140,000.00"]


@pytest.mark.parametrize("text", ["[]\n", "无\n", None])
def test_an_empty_list_is_an_empty_table(place: Path, text: str | None) -> None:
    path = place / "data" / "2023" / "procurement.yaml"
    path.write_text(text, encoding="utf-8") if text else path.unlink()
    block = table(finished(place))
    assert block.notes == ("注：无采购。",)
    assert [row.texts[-1] for row in block.rows] == [""]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("大类: 货物, 项目: 机要经费, 科目: 设备购置, 品名: 服务器", "大类: 货", "Y008 1 “大类”不能是“货”"),
        ("120000.00", "12万", "D010 1 “金额”的金额“12万”不是数字"),
        ("件数: 1", "件数: 一", "D010 1 “件数”应是一个整数，不能是“一”"),
        ("80%", "八成", "Y008 2 “预留”不能是“八成”"),
        ("2023-03", "2023年3月", "Y008 2 “日期”不能是“2023年3月”"),
        ("品名: 服务器", "品明: 服务器", "Y007 1 “采购明细”的一项没有“品明”这一项"),
    ],
)
def test_a_wrong_value_is_told_at_its_place(place: Path, old: str, new: str, expected: str) -> None:
    (place / "data" / "2023" / "procurement.yaml").write_text(LIST.replace(old, new, 1), encoding="utf-8")
    assert expected in told(place)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("figures.yaml", "金额: 金额", "金额: 钱", "清单的列没有“钱”这一类"),
        ("figures.yaml", "procurement.yaml", "basic.yaml", "“basic.yaml”不能作清单的文件名，或已有别的用处"),
        (
            "figures.yaml",
            "清单: 采购明细, 列: 金额, 其中: {大类: 货物}",
            "清单: 采购, 列: 金额",
            "没有名为“采购”的清单",
        ),
        ("figures.yaml", "列: 金额, 其中: {大类: 货物}", "列: 品名", "清单“采购明细”没有可以相加的“品名”"),
        ("figures.yaml", "{大类: 货物}", "{大类: 货}", "清单“采购明细”的“大类”没有“货”"),
        ("tables/procurement.yaml", "分组: [大类", "分组: [大项", "清单“采购明细”没有“大项”这一列"),
        ("tables/procurement.yaml", "品名: 品名", "品名: 品", "列的内容没有“品”"),
        ("tables/procurement.yaml", "{清单列: 金额}", "{清单列: 金鹅}", "没有清单有可以相加的“金鹅”这一列"),
        ("tables/procurement.yaml", "{清单列: 金额}", "{清单列: 金额, 其中: {大类: 货}}", "“大类”没有“货”"),
        (
            "tables/procurement.yaml",
            "{清单列: 金额}",
            "{清单列: 金额, 其中: {大: 货物}}",
            "清单“采购明细”没有“大”这一列",
        ),
        ("prose/notes.j2", '大类="货物"', '大="货物"', "清单“采购明细”没有“大”这一列"),
        ("prose/notes.j2", '合计("件数")', '合计("品名")', "这里没有可以相加的“品名”"),
    ],
)
def test_a_mistake_in_the_profile_is_told(place: Path, file: str, old: str, new: str, expected: str) -> None:
    path = place / "templates" / "tiny" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert expected in [line.split(" ", 2)[2] for line in told(place)]


def test_what_a_list_sums_up_is_not_typed_beside_it(place: Path) -> None:
    year = place / "data" / "2023"
    code = next(iter(finished(place).inputs.department.agencies))
    (year / "units").mkdir(exist_ok=True)
    (year / "units" / f"{code}.yaml").write_text("采购: {货物: 1.00}\n控制: {总计: 1.00}\n", encoding="utf-8")
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    found = [problem for problem in ended.problems if problem.code == "Y007"]
    assert [one.message for one in found] == ["“采购”不在这里填", f"{code}.yaml没有“控制”这一项"]
    assert "procurement.yaml" in found[0].remedy and "“控制数”" in found[1].remedy


def test_a_list_that_is_part_of_the_ledger_equals_it(place: Path) -> None:
    figures = place / "templates" / "tiny" / "figures.yaml"
    text = figures.read_text(encoding="utf-8").replace(
        "文件: procurement.yaml", "文件: procurement.yaml\n    核对: {金额: 全部}"
    )
    figures.write_text(text, encoding="utf-8")
    assert told(place) == ["D056 1 “采购明细”的“金额”合计8861000.00元，台账里“全部”是1234567.89元"]
    changed = LIST.replace("8721000.00", "1094567.89")
    (place / "data" / "2023" / "procurement.yaml").write_text(changed, encoding="utf-8")
    assert told(place) == []


def test_an_editor_knows_the_list(place: Path) -> None:
    schema = schemas_at(Workshop(place / "templates", "tiny"), 2023)["procurement"]
    assert schema["items"]["properties"]["大类"]["enum"] == ["货物", "工程", "服务"]
