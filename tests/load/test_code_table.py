"""Lists of codes as finance offices hand them out: which rows are codes, and which are told as wrong."""

from __future__ import annotations

import pytest

from generator.load.code_table import CodeTable, merged, read_sheets, read_table
from generator.model.classification import LISTS, SOCIAL_INSURANCE
from generator.model.ledger import GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL
from generator.model.problem import UsageError
from generator.model.source import Source
from generator.sheets.text import decoded, rows_of


def table(text: str) -> CodeTable:
    found = read_table(Source("甲.csv", text), rows_of(text))
    assert found is not None
    return found


def codes(text: str) -> dict[str, str]:
    found = table(text)
    assert not found.problems, found.problems
    return {code: entry.name for entries in found.codes.values() for code, entry in entries.items()}


USUAL = {"208": "社会保障和就业支出", "20801": "人力资源事务", "2080101": "行政运行"}


@pytest.mark.parametrize(
    "text",
    [
        "科目编码,科目名称\n208,社会保障和就业支出\n20801,人力资源事务\n2080101,行政运行",
        "代码,名称\n208,社会保障和就业支出\n\n20801, 人力资源事务\n,,\n2080101,　　行政运行\n",
        "序号,功能科目编码,上级编码,功能科目名称\n1,208,,社会保障和就业支出\n2,20801,208,人力资源事务\n3,2080101,20801,行政运行",
        "名称\t编码\n社会保障和就业支出\t208\n人力资源事务\t'20801\n行政运行\t2080101.0",
        "2027年科目\n编码,科目\n208,社会保障和就业支出\n20801,人力资源事务\n编码,科目\n208-01-01,行政运行\n注：略",
        "科目编码,,,科目名称\n类,款,项,\n208,,,社会保障和就业支出\n,01,,人力资源事务\n,,01,行政运行",
        "类,款,项,名称\n208,,,社会保障和就业支出\n208,1,,人力资源事务\n208,1,1,行政运行",
        "类,款,项,名称\n208,,,社会保障和就业支出\n208,20801,,人力资源事务\n208,20801,2080101,行政运行",
        "科目\n208 社会保障和就业支出\n20801-人力资源事务\n2080101_行政运行",
        "编码,名称\n２０８,社会保障和就业支出\n20801,人力 资源事务\n2080101,行政运行",
        '编码,名称\n208,"社会保障和就业支出"\n20801,人力资源事务\n2080101,行政运行\n2080101,行政运行',
    ],
)
def test_the_forms_such_lists_come_in(text: str) -> None:
    assert codes(text) == USUAL


def test_half_width_signs_of_names_and_whose_money() -> None:
    text = """编码,名称,资金性质
207,文化支出,
2070701,资助影片(国产),政府性基金预算
2230101,补助,国有资本经营
2090101,养老金,社会保险基金预算支出
2070101,行政运行,一般公共预算
"""
    found = table(text).codes[LISTS[0]]
    assert {code: entry.fund for code, entry in found.items()} == {
        "207": "", "2070701": GOVERNMENT_FUNDS, "2230101": STATE_CAPITAL, "2090101": SOCIAL_INSURANCE, "2070101": GENERAL,
    }  # fmt: skip
    assert found["2070701"].name == "资助影片（国产）"


def test_each_code_goes_to_its_list_and_income_to_none() -> None:
    found = table("编码,名称\n208,社保支出\n30101,基本工资\n50101,工资奖金津补贴\n101,税收收入\n1010101,国内增值税")
    assert {key: list(entries) for key, entries in found.codes.items()} == dict(
        zip(LISTS, (["208"], ["30101"], ["50101"]), strict=True)
    )
    assert (found.income, found.problems) == (2, ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("20801O2,某管理事务", "“20801O2”不是编码"),
        ("208010,机关服务", "编码“208010”的位数不对，或开头的数字不对"),
        ("4080101,机关服务", "编码“4080101”的位数不对，或开头的数字不对"),
        ("3010101,机关服务", "编码“3010101”的位数不对，或开头的数字不对"),
        ("2080104,", "“2080104”没有名称"),
        (",综合业务管理", "“综合业务管理”没有编码"),
        ("2080105,123", "“2080105”的名称“123”不像科目名称"),
        ("208,行政运作", "“208”出现两次，名称不同：“行政运作”"),
        ("2080106,就业,什么", "“2080106 就业”的资金“什么”不认识"),
    ],
)
def test_a_bad_row_is_told_with_its_number(row: str, said: str) -> None:
    found = table(f"编码,名称,资金\n208,社保支出,\n\n{row}\n20801,事务,\n{row}")
    assert [problem.message for problem in found.problems][:1] == [said]
    assert {problem.position.line for problem in found.problems} <= {4, 6} and len(found.problems) == 2
    assert "20801" in found.codes[LISTS[0]]


@pytest.mark.parametrize("text", ["", "甲,乙\n208,社保支出", "编码\n208", "名称\n社保支出", "项目,预算数\n人员,3"])
def test_what_has_no_heads_is_no_list_of_codes(text: str) -> None:
    assert read_table(Source("甲.csv", text), rows_of(text)) is None


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_that_excel_saves(coding: str) -> None:
    text = "编码,名称\n208,社会保障和就业支出\n"
    assert decoded(text.replace("\n", "\r\n").encode(coding)) == text
    [(source, rows)] = read_sheets("甲.csv", text.encode(coding))
    assert (source.text, rows[1]) == (text, (2, ["208", "社会保障和就业支出"]))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", b"a\0b\0", b"\xff\xff\xff"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="另存为"):
        decoded(data)


def test_a_cell_that_never_ends_is_refused() -> None:
    with pytest.raises(UsageError, match="太长"):
        rows_of("编码,名称\n" + "1" * 200_000)


def test_two_files_that_differ() -> None:
    first, other = (table(f"编码,名称\n208,{name}") for name in ("社保支出", "社会保障支出"))
    assert merged([first, first]).problems == ()
    [problem] = merged([first, other]).problems
    assert (problem.message, problem.notes[0].text) == ("“208”出现两次，名称不同：“社会保障支出”", "另一处是“社保支出”")
