"""控制总额: the shapes in which a bureau gives it, and what is wrong with a cell, at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from generator.city.controls import Controls, controls_of
from generator.model.problem import UsageError
from generator.render.problems import problems_text

LONG = """\
2027年控制总额,,,
代码,名称,项,金额（万元）
105,文化局,总计,123.46
105,文化局,一般公共预算,100
,,总计,"1,500.00"
全市,,三公,8.5
"""
WIDE = """\
单位：元
部门代码,部门,总计,一般公共预算,项目支出,备注
105,文化局,1234567.89,1000000,,先下达
,体育局,500000,500000,0,
,合计,1734567.89,1500000,0,
"""
BY_ROW = "代码\t项\t金额\t单位\n105\t总计\t123.46\t万元\n106\t总计\t500000.12\t元\n"


def read(folder: Path, text: str, coding: str = "utf-8") -> Controls:
    (folder / "控制总额.csv").write_bytes(text.encode(coding))
    found = controls_of(folder)
    assert found is not None
    return found


def told(controls: Controls) -> list[tuple[str, str, int, int, str]]:
    assert controls.problems == ()
    return [(one.whose, one.item, one.cents, one.grain, one.place) for one in controls.totals]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_item_a_row(coding: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, LONG, coding)) == [
        ("105", "总计", 123_460_000, 10_000, "控制总额.csv D3"),
        ("105", "一般公共预算", 100_000_000, 10_000, "控制总额.csv D4"),
        ("", "总计", 1_500_000_000, 10_000, "控制总额.csv D5"),
        ("", "三公", 8_500_000, 10_000, "控制总额.csv D6"),
    ]


def test_one_column_an_item(tmp_path: Path) -> None:
    assert told(read(tmp_path, WIDE)) == [
        ("105", "总计", 123_456_789, 1, "控制总额.csv C3"),
        ("105", "一般公共预算", 100_000_000, 1, "控制总额.csv D3"),
        ("体育局", "总计", 50_000_000, 1, "控制总额.csv C4"),
        ("体育局", "一般公共预算", 50_000_000, 1, "控制总额.csv D4"),
        ("体育局", "项目支出", 0, 1, "控制总额.csv E4"),
        ("", "总计", 173_456_789, 1, "控制总额.csv C5"),
        ("", "一般公共预算", 150_000_000, 1, "控制总额.csv D5"),
        ("", "项目支出", 0, 1, "控制总额.csv E5"),
    ]


def test_each_row_may_say_its_unit(tmp_path: Path) -> None:
    assert [one[2:4] for one in told(read(tmp_path, BY_ROW))] == [(123_460_000, 10_000), (50_000_012, 1)]


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    """A sum's result, a code whose zeros Excel keeps by its format, and an amount with a binary tail."""
    book = xlsxwriter.Workbook(tmp_path / "控制总额.xlsx")
    sheet = book.add_worksheet("控制数")
    sheet.write_row(0, 0, ["代码", "总计（万元）", "基本支出（万元）"])
    sheet.write(1, 0, 5, book.add_format({"num_format": "000"}))
    sheet.write_row(1, 1, [0.1 + 0.2, 1])
    sheet.write(2, 0, "全市")
    sheet.write_formula(2, 1, "=SUM(B2:B2)", None, 0.3)
    book.close()
    found = controls_of(tmp_path)
    assert found is not None
    assert [one[:4] for one in told(found)] == [
        ("005", "总计", 300_000, 10_000),
        ("005", "基本支出", 1_000_000, 10_000),
        ("", "总计", 300_000, 10_000),
    ]
    assert found.totals[2].place == "控制总额.xlsx 控制数!B3"


def test_a_code_that_stands_once_for_several_rows_is_of_each(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "控制总额.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["代码", "项", "金额（元）"])
    sheet.merge_range(1, 0, 2, 0, "105")
    sheet.write_row(1, 1, ["总计", 5])
    sheet.write_row(2, 1, ["项目支出", 3])
    book.close()
    found = controls_of(tmp_path)
    assert found is not None
    assert [one[:3] for one in told(found)] == [("105", "总计", 500), ("105", "项目支出", 300)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG.replace("123.46", "约三万"), "控制总额.csv D3: 错误 K102 “总计”的金额不能是“约三万”\n  改法：请填数字；不核对这一项的，删去这一格（这一行）。"),
        (LONG.replace(",123.46", ","), "控制总额.csv D3: 错误 K102 “总计”的金额没有填\n"),
        (LONG.replace("总计,123.46", ",123.46"), "控制总额.csv D3: 错误 K102 这一行没有写是哪一项\n"),
        (LONG.replace("（万元）", ""), "控制总额.csv D3: 错误 K102 没有写金额的单位\n  改法：请在表头写“金额（万元）”，或在表头上面写“单位：万元”，或加一列“单位”。"),
        (LONG.replace("一般公共预算,100", "总计,100"), "控制总额.csv D4: 错误 K102 105的“总计”写了两遍，前面在D3\n"),
        (LONG.replace("全市,,三公,8.5", "全市,,总计,8.5"), "控制总额.csv D6: 错误 K102 全市的“总计”写了两遍，前面在D5\n"),
        (LONG.replace("123.46", "0.0000001"), "控制总额.csv D3: 错误 K102 “总计”的金额0.0000001万元不到一分钱\n"),
        (LONG.replace("123.46", "1.2E+20"), "控制总额.csv D3: 错误 K102 “总计”的金额不能是“1.2E+20”：长编码被当成数字，后面的位数已经丢失\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_cell_is_told_at_its_cell_and_the_others_are_read(
    text: str, words: str, tmp_path: Path
) -> None:
    found = read(tmp_path, text)
    said = problems_text(found.problems, {})
    assert said.startswith(words) and said.endswith("\n\n错误1处。\n")
    assert len(found.totals) == (0 if "单位" in words else 3)


def test_rows_of_nothing_are_nothing(tmp_path: Path) -> None:
    assert told(read(tmp_path, LONG + ",,,\n\n")) == told(read(tmp_path, LONG))
    assert told(read(tmp_path, "代码,总计（元）\n")) == []


def test_where_there_is_no_table_nothing_is_compared(tmp_path: Path) -> None:
    assert controls_of(tmp_path) is None
    with pytest.raises(UsageError, match=r"没有 .*无.csv 这个文件。"):
        controls_of(tmp_path, tmp_path / "无.csv")


@pytest.mark.parametrize("text", ["甲,乙\n1,2\n", "代码,名称\n105,文化局\n", "代码,项,数\n105,总计,1\n"])
def test_a_table_without_heads_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="里没有找到表头。控制总额表要有“代码”“项”“金额”三列"):
        read(tmp_path, text)
