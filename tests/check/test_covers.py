"""What together is a whole: found by what is meant, whatever it is called and wherever it stands."""

from __future__ import annotations

from generator.check.covers import covers, inside
from generator.model.extent import EVERYTHING, Extent
from generator.model.extent import extent_with as extent

THIS_YEAR, CARRIED = extent(年度="本年"), extent(年度="上年结转")
FUNDS = [extent(资金=fund) for fund in ("财政拨款", "财政专户管理资金", "单位资金")]
BASIC, PROJECT = extent(类别="基本支出"), extent(类别="项目支出")


def test_a_whole_by_the_closed_list_of_one_thing_and_of_another() -> None:
    columns = [EVERYTHING, BASIC, PROJECT, *FUNDS]
    assert covers(EVERYTHING, columns, 0) == [(1, 2), (3, 4, 5)] or covers(EVERYTHING, columns, 0) == [
        (3, 4, 5),
        (1, 2),
    ]


def test_a_whole_by_the_lists_of_two_things() -> None:
    """总计 is this year's money fund by fund, and all that is carried forward."""
    columns = [
        EVERYTHING,
        *(extent(资金=fund, 年度="本年") for fund in ("财政拨款", "财政专户管理资金", "单位资金")),
        CARRIED,
    ]
    assert covers(EVERYTHING, columns, 0) == [(1, 2, 3, 4)]


def test_only_the_largest_parts_count() -> None:
    """其中：财政拨款 is in 一般公共预算 and is not added again."""
    general, own = extent(资金="一般公共预算"), extent(资金="一般公共预算", 来源="本级")
    columns = [extent(资金="财政拨款"), general, own, extent(资金="政府性基金预算"), extent(资金="国有资本经营预算")]
    assert covers(columns[0], columns, 0) == [(1, 3, 4)]
    assert inside(general, columns) == [2] and covers(general, columns, 0) == []


def test_what_is_missing_is_missed_unless_it_is_known_to_be_none() -> None:
    columns = [EVERYTHING, THIS_YEAR, BASIC]
    assert covers(EVERYTHING, columns, 0) == []
    assert covers(EVERYTHING, columns[:2], CARRIED.kinds) == [] and covers(
        EVERYTHING, columns[:2], CARRIED.kinds, 1
    ) == [(1,)]
    assert covers(EVERYTHING, [EVERYTHING, FUNDS[0], FUNDS[1]], FUNDS[2].kinds) == [(1, 2)]


def test_codes_that_a_whole_lists_itself() -> None:
    abroad, cars, guests = (extent(部门经济=codes) for codes in ("30212", ("30231", "31013"), "30217"))
    whole = extent(部门经济=("30212", "30217", "30231", "31013"))
    assert covers(whole, [whole, abroad, cars, guests], 0) == [(1, 2, 3)]
    assert covers(whole, [whole, abroad, cars], 0) == []
    assert covers(cars, [whole, cars, extent(部门经济="30231"), extent(部门经济="31013")], 0) == [(2, 3)]


def test_a_list_of_codes_is_never_taken_for_all_of_them() -> None:
    functions: list[Extent] = [extent(功能科目=code) for code in ("208", "210")]
    assert covers(EVERYTHING, [EVERYTHING, *functions], 0) == []
