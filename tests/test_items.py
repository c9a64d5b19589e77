"""Prose item by item: a figure split by 科目, project, unit, with amounts, shares, changes and a person's words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model.problem import Severity
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

ASKED = "\n说明: {功能科目: [用途, 原因], 项目: [概述]}\n"
PROSE = """
## 逐项

{% for 项 in 全部 | 逐项("功能类") %}
- {{ 项.简称 }}（类）{{ 项.数 | 金额 }}，占{{ 项.占比 }}。
{% endfor %}

各科目如下：

{% for 项 in 全部 | 逐项("功能科目", 含="上年预算") %}
{% set 变 = 项.数 | 比上年 %}
- {{ 项.类.简称 }}（类）{{ 项.款.名称 }}（款）{{ 项.项.名称 }}（项）{{ 项.数 | 金额 }}{% if 项.用途 %}，主要用于{{ 项.用途 }}{% endif %}，{% if 变.持平 %}与上年持平{% elif 变.新增 %}为今年新增科目{% else %}比上年{{ "增加" if 变.增加 else "减少" }}{{ 变.差额 }}{% if 变.增幅 %}，{{ "增长" if 变.增加 else "下降" }}{{ 变.增幅 }}{% endif %}{% if 项.原因 %}，主要是{{ 项.原因 }}{% endif %}{% endif %}。
{% endfor %}

主要包括：{{ 基本 | 逐项("部门经济", 顺序="金额") | 名称 | 顿号("、") }}。
"""
WORDS = """
说明:
  功能科目:
    2070109 群众文化: {用途: 群众文化活动, 原因: 活动增加}
"""


BEFORE = """
台账:
  - 支出: {2070109 群众文化: 1000000.00, 2070108 文化活动: 5000.00}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    profile = tmp_path / "templates" / "tiny"
    _add(profile / "figures.yaml", ASKED)
    _add(profile / "prose" / "notes.j2", PROSE)
    _add(tmp_path / "data" / "2023" / "prior.yaml", BEFORE)
    return tmp_path


def _add(path: Path, text: str) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


def finished(place: Path) -> Finished:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    return ended


def words(place: Path) -> list[str]:
    texts = [getattr(block, "text", "") or getattr(block, "title", "") for block in finished(place).document.blocks]
    return texts[texts.index("逐项") + 1 :]


def told(place: Path, *codes: str) -> list[str]:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    return [problem.message for problem in ended.problems if problem.code in codes]


def test_items_have_amounts_shares_and_changes(place: Path) -> None:
    assert words(place) == [
        "(1) 文化旅游体育与传媒（类）116.67万元，占94.50%。",
        "(2) 其他（类）6.79万元，占5.50%。",
        "各科目如下：",
        "(1) 文化旅游体育与传媒（类）文化和旅游（款）文化活动（项）0.00万元，比上年减少0.50万元，下降100.00%。",
        "(2) 文化旅游体育与传媒（类）文化和旅游（款）群众文化（项）116.67万元，比上年增加16.67万元，增长16.67%。",
        "(3) 其他（类）彩票公益金安排的支出（款）用于体育事业的彩票公益金支出（项）6.79万元，为今年新增科目。",
        "主要包括：基本工资、办公费。",
    ]


def test_a_person_says_what_an_item_is_for(place: Path) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS)
    assert "116.67万元，主要用于群众文化活动，比上年增加16.67万元，增长16.67%，主要是活动增加。" in words(place)[4]
    assert told(place, "D057") == [
        "功能科目“2296003 用于体育事业的彩票公益金支出”有67901.23元，没有填写“用途”，文中缺这一句"
    ]


def test_words_nobody_typed_are_asked_for_once(place: Path) -> None:
    assert told(place, "D057") == [
        "功能科目“2070109 群众文化”有1166666.66元，没有填写“用途”，文中缺这一句",
        "功能科目“2070109 群众文化”有1166666.66元，没有填写“原因”，文中缺这一句",
        "功能科目“2296003 用于体育事业的彩票公益金支出”有67901.23元，没有填写“用途”，文中缺这一句",
    ]


def test_words_of_an_item_without_money(place: Path) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS + "    2070101: {用途: 无}\n")
    assert told(place, "D058") == ["功能科目“2070101 行政运行”没有金额，却填写了“用途”"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2070109 群众文化", "群众文话", "没有“群众文话”这个功能科目"),
        ("2070109 群众文化", "行政运行", "叫“行政运行”的功能科目有几个"),
        ("用途: 群众", "用处: 群众", "“2070109 群众文化”的说明没有“用处”这一项"),
        ("功能科目:", "功能:", "“说明”没有“功能”"),
    ],
)
def test_a_wrong_saying_is_told(place: Path, old: str, new: str, expected: str) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS.replace(old, new))
    assert expected in told(place, "Y007")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('逐项("功能类")', "逐项(功能类)", "没有“功能类”这个名称"),
        ('逐项("功能类")', '逐项("功能")', "不能按“功能”逐项"),
        ('含="上年预算"', '含="上年"', "没有“上年”这个基准"),
        ('顺序="金额"', '顺序="大小"', "“顺序”没有“大小”"),
        ("基本 | 逐项", "年 | 逐项", "“逐项”只能用在台账的数上"),
        ("| 名称 | 顿号", "| 名称 | 名称", "“名称”只能用在逐项的结果上"),
    ],
)
def test_a_mistake_in_a_template_is_told(place: Path, old: str, new: str, expected: str) -> None:
    path = place / "templates" / "tiny" / "prose" / "notes.j2"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert expected in told(place, "P102", "P103")


def test_without_a_ledger_of_the_basis_items_can_t_be_compared(place: Path) -> None:
    path = place / "data" / "2023" / "prior.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(BEFORE, ""), encoding="utf-8")
    assert "“全部·2070109”没有与上年比较" in told(place, "P103")


def test_a_coarse_ledger_answers_only_what_it_tells(place: Path) -> None:
    """Typed by 功能科目 alone, it knows the whole, and not how much of it was 基本支出."""
    path = place / "data" / "2023" / "prior.yaml"
    path.write_text(BEFORE.replace("1000000.00", "990000.00") + "基金: 0.00\n", encoding="utf-8")
    changes = finished(place).book.changes
    assert changes["全部"].prior_money.amount == 995000
    path.write_text(BEFORE, encoding="utf-8")
    assert told(place, "T210") == ["缺少2022年的“基金”，无法与上年比较"]


def test_a_whole_ledger_answers_all(place: Path) -> None:
    path = place / "data" / "2023" / "prior.yaml"
    line = '台账:\n  - {资金来源: 政府性基金预算, 层级: 本级, 类别: 项目支出, 单位: "105001", 支出: {2296003: {30227: 7.00}}}\n'
    path.write_text(line, encoding="utf-8")
    changes = finished(place).book.changes
    assert (changes["全部"].prior_money.amount, changes["基金"].prior_money.amount) == (7, 7)
