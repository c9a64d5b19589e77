"""Extents: whether scopes overlap, hold each other or are nothing, as each entry that there can be would tell."""

from __future__ import annotations

from itertools import product

import pytest

from generator.model.extent import EVERYTHING, NOTHING, Extent, apart, meet, within
from generator.model.extent import extent_with as extent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (extent(), EVERYTHING),
        (extent(年度=("本年", "上年结转")), EVERYTHING),
        (extent(资金="财政拨款"), extent(资金=("国有资本经营预算", "政府性基金预算", "一般公共预算"))),
        (extent(类别="基本支出", 部门经济=("301", "303")), extent(经费="人员经费")),
        (extent(类别="基本支出", 部门经济=("302", "309", "310", "399")), extent(经费="公用经费")),
        (extent(项目类型=("其他运转类", "特定目标类")), extent(类别="项目支出")),
        (extent(类别="基本支出", 项目类型="特定目标类"), NOTHING),
        (extent(经费="公用经费", 部门经济="30302"), NOTHING),
        (extent(部门经济="301", 类别="基本支出"), extent(经费="人员经费", 部门经济="301")),
        (extent(单位="001", 项目="甲"), extent(项目="甲")),
        (extent(功能科目=("208", "2080101")), extent(功能科目=("2080101", "208"))),
        (meet(extent(功能科目="208"), extent(功能科目=("2080101", "2100101"))), extent(功能科目="2080101")),
        (meet(extent(功能科目="208"), extent(功能科目="210")), NOTHING),
    ],
)
def test_scopes_that_are_one(one: Extent, other: Extent) -> None:
    assert one == other


SCOPES = [
    extent(), extent(资金="一般公共预算"), extent(资金="财政拨款", 年度="本年"), extent(来源="上级"), extent(类别="基本支出"),
    extent(经费="人员经费"), extent(部门经济="301"), extent(部门经济="30101"), extent(部门经济=("30212", "31013")), extent(部门经济="30212"),
    extent(功能科目="208"), extent(功能科目="2080101"), extent(项目="甲"), extent(项目类型="特定目标类"), NOTHING,
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(product(SCOPES, repeat=2)))
def test_parts_and_wholes(one: Extent, other: Extent) -> None:
    """What is in both is in each; what is within another is all of what they share; what is apart shares nothing."""
    both = meet(one, other)
    assert both == meet(other, one) and within(both, one) and within(both, other)
    assert within(one, other) == (both == one)
    assert apart(one, other) == (both == NOTHING)


def test_what_is_within_what() -> None:
    assert within(extent(部门经济="30101"), extent(部门经济="301"))
    assert within(extent(项目="甲"), extent(类别="项目支出")) and not within(extent(类别="项目支出"), extent(项目="甲"))
    assert apart(extent(经费="人员经费"), extent(类别="项目支出"))
    assert not apart(extent(部门经济="301"), extent(类别="项目支出"))


def test_a_value_that_no_list_knows_is_something() -> None:
    """A fund that only a sentence names is no part of a known one, and a part of all there is."""
    unknown = extent(资金="福利彩票收入")
    assert unknown != NOTHING and within(unknown, EVERYTHING) and not within(unknown, extent(资金="一般公共预算"))
