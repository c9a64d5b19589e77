"""The book of the real department: facts keep what they are sums of."""

from __future__ import annotations

from decimal import Decimal

from generator.model.figure import Fact, Share
from generator.model.money import ZERO, Money, Scale
from tests.runs import Run


def test_a_sum_of_facts_keeps_its_parts(run_2022: Run) -> None:
    assert run_2022.book is not None
    facts = run_2022.book.facts
    bought = tuple(facts[f"政府采购.{kind}"] for kind in ("货物", "工程", "服务"))
    assert facts["政府采购.合计"] == Fact("政府采购.合计", Money(ZERO), None, bought)
    cars = tuple(
        facts[f"国有资产.{kind}"] for kind in ("一般公务用车", "一般执法执勤用车", "特种专业技术用车", "其他用车")
    )
    assert facts["国有资产.车辆"] == Fact("国有资产.车辆", 0, None, cars)


def test_a_total_of_last_year_keeps_its_parts(run_2022: Run) -> None:
    assert run_2022.book is not None and run_2022.inputs is not None
    prior = run_2022.inputs.department.prior
    parts = tuple(prior[name] for name in ("公务用车购置费", "公务用车运行维护费"))
    assert run_2022.book.changes["公务用车"].prior == Fact("公务用车", Money(ZERO), None, parts)


def test_a_share_keeps_both_its_figures(run_2022: Run) -> None:
    assert run_2022.book is not None
    book = run_2022.book
    assert book.scale is Scale.WAN
    assert book.shares["基本支出", "总计"] == Share(book.figures["基本支出"], book.figures["总计"], Decimal("2.47"))
