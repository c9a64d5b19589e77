"""Last year's totals against the parts that were typed: every part counts once, or the clerk is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.book_rules import BOOK_RULES, Derived
from generator.check.rules import check
from generator.derive.book import derive
from generator.load.profile import load_profile
from generator.model.book import Book
from generator.model.figure import Fact
from generator.model.money import Money
from generator.model.prior import Prior
from generator.model.profile import Composition
from generator.model.source import Position
from tests.conftest import ROOT
from tests.departments import real, yibin

FUNDS = {"一般公共预算": "100", "政府性基金": "8", "国有资本经营预算": "0"}
CARS = {"公务用车购置费": "3", "公务用车运行维护费": "2"}
PUBLIC = {"因公出国费": "1", "公务接待费": "4", **CARS}
RULES = [rule for rule in BOOK_RULES if rule.code in ("D023", "D036")]


def told(typed: dict[str, str]) -> tuple[dict[str, Money], list[str]]:
    """Last year's amount of each figure that is compared, and what is said of them."""
    places = {name: Position("prior.yaml", number, 1) for number, name in enumerate(typed, 1)}
    prior = {name: Fact(name, Money(Decimal(amount)), places[name]) for name, amount in typed.items()}
    inputs = real()._replace(department=real().department._replace(prior=prior))
    book, problems = derive(inputs, yibin())
    found = check(Derived(inputs, yibin(), book), RULES).problems
    said = [f"{problem.code} {problem.message} {problem.remedy}" for problem in found]
    return amounts(book), said + [problem.message for problem in problems]


def amounts(book: Book) -> dict[str, Money]:
    return {name: change.prior_money for name, change in book.changes.items()}


@pytest.mark.parametrize(
    ("typed", "name", "amount"),
    [
        (FUNDS, "总计", "108"),
        (FUNDS | {"单位资金": "20"}, "总计", "128"),
        (FUNDS | {"单位资金": "20", "财政专户管理资金": "5"}, "总计", "133"),
        (FUNDS | {"单位资金": "20", "基本支出": "50"}, "总计", "128"),
        (FUNDS | {"单位资金": "20", "基本支出": "50", "项目支出": "78"}, "总计", "128"),
        ({"基本支出": "50", "项目支出": "78"}, "总计", "128"),
        # a part is itself the sum of what was typed of it, in whatever order they are listed
        ({"一般公共预算基本支出": "60", "一般公共预算项目支出": "40", "政府性基金": "8", "国有资本经营预算": "0"}, "总计", "108"),
        ({"人员经费": "60", "公用经费": "5", "一般公共预算项目支出": "40"}, "一般公共预算", "105"),
        (PUBLIC, "三公经费", "10"),
        (CARS, "公务用车", "5"),
    ],
)  # fmt: skip
def test_a_total_nobody_typed_is_the_sum_of_all_parts_that_were(typed: dict[str, str], name: str, amount: str) -> None:
    found, said = told(typed)
    assert found[name] == Money(Decimal(amount))
    assert not [words for words in said if words.startswith("D")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"一般公共预算": "100", "单位资金": "20"}, "总计"),
        ({"基本支出": "50"}, "总计"),
        ({"单位资金": "20"}, "总计"),
        ({"公务用车购置费": "3"}, "公务用车"),
        (CARS | {"公务接待费": "4"}, "三公经费"),
    ],
)
def test_parts_that_say_too_little_make_no_total(typed: dict[str, str], name: str) -> None:
    found, said = told(typed)
    assert name not in found and f"缺少2021年的“{name}”，无法与上年比较" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (FUNDS | {"总计": "108"}, []),
        (FUNDS | {"总计": "128", "单位资金": "20"}, []),
        (FUNDS | {"总计": "128"},
         ["D023 上年“总计”为128.00万元，一般公共预算、政府性基金、国有资本经营预算之和为108.00万元 "
          "请核对：一般公共预算、政府性基金、国有资本经营预算；财政专户管理资金、单位资金没有填，上年有的请补上。"]),
        (FUNDS | {"总计": "108", "单位资金": "20"},
         ["D023 上年“总计”为108.00万元，一般公共预算、政府性基金、国有资本经营预算、单位资金之和为128.00万元 "
          "请核对：一般公共预算、政府性基金、国有资本经营预算、单位资金；财政专户管理资金没有填，上年有的请补上。"]),
        (FUNDS | {"总计": "128", "财政专户管理资金": "1", "单位资金": "20"},
         ["D023 上年“总计”为128.00万元，各部分之和为129.00万元 请核对：一般公共预算、政府性基金、国有资本经营预算、财政专户管理资金、"
          "单位资金；或删去“总计”，由各部分相加。"]),
        ({"总计": "100", "基本支出": "101"},
         ["D023 上年“总计”为100.00万元，基本支出为101.00万元 请核对：基本支出；项目支出没有填，上年有的请补上。"]),
        ({"总计": "100", "基本支出": "99"}, []),
        (FUNDS | {"基本支出": "50", "项目支出": "50"},
         ["D023 上年“总计”由一般公共预算、政府性基金、国有资本经营预算相加为108.00万元，基本支出、项目支出之和为100.00万元 "
          "请核对：基本支出、项目支出；两种算法的结果应相同。"]),
        (PUBLIC | {"三公经费": "9"},
         ["D023 上年“三公经费”为9.00万元，各部分之和为10.00万元 请核对：因公出国费、公务接待费、公务用车；或删去“三公经费”，由各部分相加。"]),
    ],
)  # fmt: skip
def test_a_total_beside_other_parts(typed: dict[str, str], said: list[str]) -> None:
    found = told(typed)[1]
    assert [words for words in found if words.startswith("D")] == said


def test_a_fund_of_this_year_that_is_missing_in_last_years_sum() -> None:
    """What the total leaves out is named; where the total was typed, its own check has the word."""
    line = real().ledger.lines[0]._replace(fund="事业收入")
    prior = {name: Fact(name, Money(Decimal(amount)), Position("prior.yaml", 1, 1)) for name, amount in FUNDS.items()}
    whole = {"总计": Fact("总计", Money(Decimal(108)), Position("prior.yaml", 9, 1))}
    said = []
    for typed in (prior, prior | whole, prior | {"单位资金": Fact("单位资金", Money(Decimal(0)), None)}):
        department = real().department._replace(prior=typed)
        ledger = real().ledger._replace(lines=(*real().ledger.lines, line))
        inputs = real()._replace(department=department, ledger=ledger)
        book, _ = derive(inputs, yibin())
        said.append([problem.message for problem in check(Derived(inputs, yibin(), book), RULES).problems])
    assert said == [
        [
            f"上年“单位资金”没有填，本年有{line.money}；上年“总计”只算了一般公共预算、政府性基金、国有资本经营预算，不含单位资金"
        ],
        [],
        [],
    ]


FIGURES = sorted({name for one in yibin().compositions for name in (one.whole, *one.parts)})


@given(st.dictionaries(st.sampled_from(FIGURES), st.integers(0, 9).map(str)))
def test_a_derived_total_leaves_out_nothing_that_was_typed(typed: dict[str, str]) -> None:
    found, said = told(typed)
    for name, money in found.items():
        if name not in typed and not any(words.startswith("D023") for words in said):
            assert money == Money(Decimal(_most(name, typed, frozenset())))


def _most(name: str, typed: dict[str, str], above: frozenset[str]) -> int:
    """The most that the typed amounts make of a figure, whichever way they are added up."""
    if name in typed:
        return int(typed[name])
    inside = above | {name}
    ways = [one.parts for one in yibin().compositions if one.whole == name and not inside & set(one.parts)]
    return max((sum(_most(part, typed, inside) for part in parts) for parts in ways), default=0)


def test_figures_that_are_each_others_parts_come_to_an_end() -> None:
    ring = (Composition("甲", ("乙",), ("乙",)), Composition("乙", ("甲",), ("甲",)))
    assert Prior({}, ring).of("甲") is None


def test_of_two_lists_of_one_whole_the_shorter_says_what_last_year_needs() -> None:
    profile, _, _ = load_profile(ROOT / "templates" / "yibin")
    assert profile is not None
    wholes = {one.parts: one.needed for one in profile.compositions if one.whole == "总计"}
    funds = ("一般公共预算", "政府性基金", "国有资本经营预算", "财政专户管理资金", "单位资金")
    assert wholes == {funds: funds[:3], ("基本支出", "项目支出"): ("基本支出", "项目支出")}
