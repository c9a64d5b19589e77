"""Codes that a profile's filters name are looked up in the classification of all years, and in what it adds."""

from __future__ import annotations

import pytest
import yaml

from generator.load.classification import load_classification, tenure_of
from generator.load.filters import read_filter, reject_unknown_codes
from generator.load.yaml_text import Reader
from generator.model.classification import ExtraCode, ExtraCodes
from generator.model.ledger import Filter
from generator.model.source import Source

EXTRA = ExtraCodes({"部门经济": {"39988": ExtraCode("本地补助")}})


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{部门经济: 301}", []),
        ("{部门经济: '3'}", []),
        ("{部门经济: [30212, 30217], 功能科目: 2070109}", []),
        ("{部门经济: 39906}", []),  # until 2020: a profile is for many years
        ("{部门经济: 39988}", []),
        ("{政府经济: 50502, 单位: '999'}", []),  # units are a department's own
        ("{部门经济: [30212, 30271]}", ["部门经济“30271”"]),
        ("{部门经济: 50502}", ["部门经济“50502”"]),  # of another list
        ("{功能科目: 20701091}", ["功能科目“20701091”"]),  # longer than any
        ("{部门经济: 01}", ["部门经济“01”"]),  # how codes end, not how they begin
        ("{政府经济: 39988, 功能科目: 9}", ["政府经济“39988”", "功能科目“9”"]),
    ],
)
def test_codes_of_no_list(text: str, unknown: list[str]) -> None:
    reader = Reader(Source("甲.yaml", text))
    read_filter(reader, yaml.compose(text))
    reject_unknown_codes([reader], EXTRA, ())
    assert [problem.message for problem in reader.problems] == [
        f"筛选条件里的{code}不在科目表中，什么也选不到" for code in unknown
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("301", "筛选条件的写法不对"),
        ("[301]", "筛选条件的写法不对"),
        ("{科目: 301}", "筛选条件没有“科目”"),
        ("{部门经济: []}", "“部门经济”没有填写"),
        ("{部门经济: 工资}", "“部门经济”应是编码，不能是“工资”"),
    ],
)
def test_a_wrong_filter_is_told_and_read_as_far_as_it_goes(text: str, said: str) -> None:
    reader = Reader(Source("甲.yaml", text))
    assert isinstance(read_filter(reader, yaml.compose(text)), Filter)
    assert [problem.message for problem in reader.problems] == [said]


def test_a_places_own_codes_are_added_to_the_years() -> None:
    codes = {"功能科目": {"2089998": "甲"}, "部门经济": {"39988": "乙"}, "政府经济": {"59988": "丙"}}
    extra = ExtraCodes(
        {key: {code: ExtraCode(name) for code, name in names.items()} for key, names in codes.items()},
        {("39988", "行政"): "59988"},
    )
    plain, found = load_classification(2022, ExtraCodes()), load_classification(2022, extra)
    assert (found.function.keys() - plain.function.keys()) == {"2089998"}
    assert (found.department_economic.keys() - plain.department_economic.keys()) == {"39988"}
    assert (found.government_economic.keys() - plain.government_economic.keys()) == {"59988"}
    assert found.government_code("39988", "行政") == "59988" and plain.government_code("39988", "行政") is None


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("功能科目", "2299901", ("其他支出", "", "2020", "2299999")),
        ("功能科目", "2100601", ("中医（民族医）药专项", "", "2023", "2101704")),
        ("功能科目", "2010308", ("信访事务", "", "2023", "20140")),
        ("功能科目", "2240301", ("行政运行", "2019", "2022", "")),
        ("部门经济", "39906", ("赠与", "", "2020", "")),
        ("部门经济", "30101", ("基本工资", "", "", "")),
        ("部门经济", "30199999", None),
    ],
)
def test_what_the_lists_know_of_a_code(name: str, code: str, found: tuple[str, ...] | None) -> None:
    assert tenure_of(name, code) == found
