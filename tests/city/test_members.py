"""For whom a city waits: tables as people write them, with the exact words about what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.city.members import members_of
from generator.model.city import ALL_UNITS, Member
from generator.model.problem import UsageError
from generator.render.problems import problems_text


@pytest.fixture
def town(tmp_path: Path) -> Path:
    for name in ("001-一局", "002-二局/data", "别的/data", "说明", ".git/data", "output/2027"):
        (tmp_path / "全市" / name).mkdir(parents=True)
    return tmp_path / "全市"


def listed(town: Path, text: str, encoding: str = "utf-8") -> str:
    """The members and the problems of a table, a line each."""
    (town / "应收清单.csv").write_text(text, encoding=encoding)
    found = members_of(town)
    rows = [f"{one.key}|{one.code}|{one.name}|{one.profile}|{'、'.join(one.units)}|{one.due}" for one in found.members]
    told = problems_text(found.problems, {}) if found.problems else ""
    return "\n".join([*rows, told, *found.unlisted])


def test_without_a_table_every_folder_of_a_department(town: Path) -> None:
    assert members_of(town).members == (
        Member("001-一局", "001", "一局", (town / "001-一局").as_posix()),
        Member("002-二局", "002", "二局", (town / "002-二局").as_posix()),
        Member("别的", "", "别的", (town / "别的").as_posix()),
    )


CASES = {
    "all columns": (
        "应收清单\n代码,名称,目录,地区,格式,版本,单位,联系人,截止日期,公开日期,公开网址\n"
        "001,一局,,城东,上海,部门版、单位版,,张三,2027-03-01,2027-02-20,https://example.cn/1\n"
        "009,九局,远/处,,,,009001 009002,,,,\n",
        "001-一局|001|一局|上海|*|2027-03-01\n处|009|九局||009001、009002|\n\n002-二局\n别的",
    ),
    "from a spreadsheet of old": ("代码,名称\n003,三局\n", "003-三局|003|三局|||\n\n001-一局\n002-二局\n别的"),
    "odd column": (
        "代码,名称,截止\n001,一局,3月1日\n",
        "001-一局|001|一局|||\n应收清单.csv C1: 警告 K101 不认识“截止”这一列，没有读\n  改法：是否为“截止日期”？\n\n警告1处。\n\n002-二局\n别的",
    ),
    "twice": (
        "代码,名称,目录\n001,一局,\n001,一局,\n,某局,001-一局\n",
        "001-一局||某局|||\n001-一局|001|一局|||\n001-一局|001|一局|||\n"
        "应收清单.csv B2: 错误 K101 目录“001-一局”有3行\n"
        "  改法：每个部门写一行；两个部门的目录名（各级目录的最后一段）也不能相同。\n\n错误1处。\n\n002-二局\n别的",
    ),
    "no name, no folder's name, odd words": (
        "代码,名称,目录,格式,版本\n001,,,../x,\n002,二局,con,,全部\n",
        "001-|001||||\ncon|002|二局|||\n"
        "应收清单.csv B2: 错误 K101 没有写部门的名称\n  改法：请补上名称，或删去这一行。\n\n"
        "应收清单.csv C3: 错误 K101 目录“con”不行：不能用“con”，这是Windows留给设备的名称\n"
        "  改法：请改目录名；不写目录时，目录名是“代码-名称”。\n\n"
        "应收清单.csv D2: 错误 K101 格式方案名不能是“../x”\n  改法：有哪些格式方案，见 shuoming profiles。\n\n"
        "应收清单.csv E3: 错误 K101 版本不能是“全部”\n  改法：写“部门版”，或“部门版、单位版”；不写是部门版。\n\n"
        "错误4处。\n\n001-一局\n002-二局\n别的",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_table(name: str, town: Path) -> None:
    text, expected = CASES[name]
    assert listed(town, text, "gb18030" if "old" in name else "utf-8") == expected


def test_units_are_all_where_none_is_named(town: Path) -> None:
    (town / "应收清单.csv").write_text("名称,版本\n一局,单位版\n", encoding="utf-8")
    assert members_of(town).members[0].units == ALL_UNITS


def test_a_table_without_a_head(town: Path) -> None:
    (town / "应收清单.csv").write_text("001,一局\n", encoding="utf-8")
    with pytest.raises(UsageError, match="里没有找到表头。应收清单要有一列“名称”"):
        members_of(town)


@pytest.mark.parametrize("where", ["没有", "001-一局"])
def test_what_is_not_there(where: str, town: Path) -> None:
    with pytest.raises(UsageError, match="没有 .* 这个"):
        members_of(town / "没有") if where == "没有" else members_of(town, town / where)


def test_a_folder_that_not_every_system_can_have_is_told_and_left_out(town: Path) -> None:
    (town / "008-a:b").mkdir()
    found = members_of(town)
    assert [one.code for one in found.members] == ["001", "002", ""]
    assert [problem.message for problem in found.problems] == [
        '目录名不行，没有做：不能有“:”，Windows的文件名里不能用 \\ / : * ? " < > |'
    ]


def test_a_workbook_as_excel_leaves_it(town: Path) -> None:
    """Codes without their zeros, days of which half is shown, one 地区 for several rows, rows that add up."""
    from xlsxwriter import Workbook

    (town / "003-三局" / "data").mkdir(parents=True)
    with Workbook(town / "应收清单.xlsx") as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": 'm"月"d"日"'})
        sheet.merge_range("A1:F1", "2027年应收部门清单")
        rows = [
            ("序号", "代码 ", "名称", "地区", "截止日期", "备注"),
            (1, 1, "一局", "", 46447, "急"),
            (),
            (2, 2, "二局 ", "", 46447.75, ""),
            (3, 4, "四局"),
        ]
        for at, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                sheet.write(at, column, value, day if value in (46447, 46447.75) else None)
        sheet.merge_range("D4:D7", "城区")
        sheet.write_row("A8", ["合 计", "", "3个部门"])
    found = members_of(town)
    assert [(one.key, one.code, one.place, one.due) for one in found.members] == [
        ("001-一局", "001", "城区", "2027-03-01"),
        ("002-二局", "002", "城区", "2027-03-01"),
        ("4-四局", "4", "城区", ""),
    ]
    assert found.problems == () and found.unlisted == ("003-三局", "别的")


@pytest.mark.parametrize("text", ["3月1日", "2027-02-30", "月底"])
def test_a_day_that_nobody_knows_is_told(text: str, town: Path) -> None:
    told = listed(town, f"代码,名称,截止日期\n001,一局,{text}\n")
    assert (
        f"应收清单.csv C2: 警告 K101 截止日期“{text}”认不出是哪一天\n  改法：请写成 2027-03-01 这样，年也写上。" in told
    )


def test_two_tables_of_one_name(town: Path) -> None:
    for name in ("应收清单.csv", "应收清单.xlsx"):
        (town / name).write_text("名称\n一局\n", encoding="utf-8")
    with pytest.raises(UsageError, match="应收清单.csv、.*应收清单.xlsx 是同一张表，请只留一份。"):
        members_of(town)
