"""Codes of the years after our newest edition, and those that came one by one: which years have them, and whose money they are."""

from __future__ import annotations

import pytest
import yaml

from generator.load.classification import NEWEST, load_classification
from generator.load.code_book import CodeBook
from generator.load.extra_codes import read_extra_codes
from generator.load.yaml_text import Reader
from generator.model.classification import LISTS, ExtraCode, ExtraCodes
from generator.model.ledger import GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL
from generator.model.source import Source

FUNCTION, ECONOMIC, _ = LISTS


@pytest.mark.parametrize(
    ("code", "first", "fund"),
    [
        ("22006", 2024, GOVERNMENT_FUNDS),
        ("2300412", 2024, GOVERNMENT_FUNDS),
        ("22198", 2024, GOVERNMENT_FUNDS),
        ("2219899", 2024, GOVERNMENT_FUNDS),
        ("2170404", 2025, GOVERNMENT_FUNDS),  # its 款 is of 一般公共预算
        ("2170401", 0, GENERAL),
        ("22911", 2025, GOVERNMENT_FUNDS),
        ("23107", 2025, GOVERNMENT_FUNDS),
        ("2080451", 0, STATE_CAPITAL),
        ("2130102", 0, GENERAL),
    ],
)
def test_codes_and_the_years_they_are_of(code: str, first: int, fund: str) -> None:
    for year in range(2019, 2028):
        known = load_classification(year, ExtraCodes())
        assert (code in known.function) == (year >= first), year
        if code in known.function:
            assert known.fund_of(code) == fund


def test_what_came_in_the_middle_of_a_year() -> None:
    assert load_classification(2025, ExtraCodes()).begun == dict.fromkeys(("2170404", "22911", "23107"), "2025-05-23")
    assert "2170404" not in load_classification(2026, ExtraCodes()).begun


def test_every_fund_is_one_of_the_budgets_and_every_pair_leads_somewhere() -> None:
    for year in range(2018, 2028):
        known = load_classification(year, ExtraCodes())
        assert set(known.funds) <= set(known.function)
        assert set(known.funds.values()) == {GOVERNMENT_FUNDS, STATE_CAPITAL, "社会保险基金预算", "各项"}
        for (code, _), government in known.mapping.items():
            assert code not in known.department_economic or government in known.government_economic


def read(year: int, key: str, *typed: str, extra: ExtraCodes = ExtraCodes()) -> tuple[CodeBook, list[str], list[bool]]:  # noqa: B008
    book = CodeBook(load_classification(year, extra), year, extra)
    reader = Reader(Source("甲.yaml", "\n".join(typed)))
    usable = []
    for number, text in enumerate(typed):
        mark = yaml.Mark("甲.yaml", 0, number, 0, None, 0)
        usable.append(book.read(reader, yaml.ScalarNode("", text, mark, mark), key)[1])
    return book, [f"{problem.severity.label} {problem.code}" for problem in reader.problems], usable


@pytest.mark.parametrize(
    ("year", "key", "typed", "told"),
    [
        (NEWEST, FUNCTION, "2200601 补充耕地", ["错误 D001"]),  # the edition of the year does not have it
        (2025, FUNCTION, "2200601 补充耕地", ["警告 D031"]),
        (2027, FUNCTION, "2291101 某支出", ["警告 D031"]),
        (2027, FUNCTION, "2200601", ["错误 D001"]),  # nobody knows its name
        (2027, FUNCTION, "2350101 某支出", ["错误 D001"]),  # nor what its class is called
        (2027, FUNCTION, "22006011 某支出", ["错误 D001"]),  # too long for any
        (2027, FUNCTION, "22099 某支出", ["警告 D003"]),
        (2027, FUNCTION, "2299901 其他支出", ["错误 D001"]),  # an edition has it, of other years
        (2027, FUNCTION, "2219899 其他住房保障支出", []),
        (2027, FUNCTION, "2170404 中央金融机构注资特别国债支出", []),
        (2024, FUNCTION, "2170404 中央金融机构注资特别国债支出", ["错误 D001"]),
        (2026, ECONOMIC, "30319 某补贴", ["警告 D031"]),
        (2026, ECONOMIC, "30519 某补贴", ["错误 D004"]),
        (2026, "政府经济", "50988 某补贴", ["警告 D031"]),
        (2024, "政府经济", "50988 某补贴", ["错误 D005"]),
    ],
)
def test_a_code_that_no_edition_has(year: int, key: str, typed: str, told: list[str]) -> None:
    _, found, usable = read(year, key, typed)
    assert found == told
    assert usable == [not any("错误" in text for text in told)]


def test_a_new_code_prints_with_the_name_typed_first() -> None:
    book, told, usable = read(2027, FUNCTION, "2200601 补充耕地", "2200601", "2200601 耕地保护", "2070188 数字文化")
    assert usable == [True] * 4
    assert told == ["警告 D031", "警告 D003", "警告 D031"]
    known = book.with_learned
    assert known.function["2200601"] == "补充耕地"
    assert known.fund_of("2200601") == GOVERNMENT_FUNDS  # as its 款
    assert known.fund_of("2070188") == GENERAL


@pytest.mark.parametrize(
    ("code", "extra", "fund"),
    [
        ("2070188", {"2070188": ExtraCode("甲")}, GENERAL),
        ("2070788", {"2070788": ExtraCode("甲")}, GOVERNMENT_FUNDS),
        ("2070188", {"2070188": ExtraCode("甲", GOVERNMENT_FUNDS)}, GOVERNMENT_FUNDS),
        ("2070788", {"2070788": ExtraCode("甲", GENERAL)}, GENERAL),
        ("2239988", {"2239988": ExtraCode("甲")}, STATE_CAPITAL),
        ("2238801", {"2238801": ExtraCode("甲")}, STATE_CAPITAL),  # the class is of one budget
        ("2088801", {"2088801": ExtraCode("甲")}, ""),  # a class has 款 of several budgets
        ("2080488", {"2080488": ExtraCode("甲")}, ""),  # so has this 款
        ("2088801", {"2088801": ExtraCode("甲"), "20888": ExtraCode("乙", GOVERNMENT_FUNDS)}, GOVERNMENT_FUNDS),
        ("2296013", {"2296013": ExtraCode("本地名称")}, GOVERNMENT_FUNDS),
        ("2010101", {"2010101": ExtraCode("本地名称")}, GENERAL),
    ],
)
def test_whose_money_an_added_code_is(code: str, extra: dict[str, ExtraCode], fund: str) -> None:
    known = load_classification(2022, ExtraCodes({FUNCTION: extra}))
    assert known.function[code] == extra[code].name
    assert known.fund_of(code) == fund


def test_added_codes_as_they_are_written() -> None:
    text = """
功能科目:
  "2089998": 甲
  2200601: {名称: 乙, 资金: 政府性基金预算, 自: 2026-05-01, 至: 2027, 文号: 财预〔2026〕1号}
部门经济:
  30319: {名称: 丙, 政府经济: 50901 社会福利和救助}
  30320: {名称: 丁, 政府经济: {行政: 50905, 事业: 50902}}
政府经济: {50988: 戊}
对应: {30101/事业: 50988}
"""
    reader = Reader(Source("甲.yaml", text))
    extra = read_extra_codes(reader, yaml.compose(text, Loader=yaml.BaseLoader))
    assert not reader.problems
    assert extra.of(FUNCTION) == {
        "2089998": ExtraCode("甲"),
        "2200601": ExtraCode("乙", GOVERNMENT_FUNDS, "2026-05-01", "2027", "财预〔2026〕1号"),
    }
    years = {year: load_classification(year, extra) for year in (2025, 2026, 2027, 2028)}
    assert [year for year, known in years.items() if "2200601" in known.function] == [2026, 2027]
    assert [year for year, known in years.items() if "2200601" in known.begun] == [2026]
    known = years[2025]
    assert known.government_code("30319", "行政") == known.government_code("30319", "事业") == "50901"
    assert (known.government_code("30320", "行政"), known.government_code("30320", "参公")) == ("50905", None)
    assert known.government_code("30101", "事业") == "50988"
