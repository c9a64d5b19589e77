"""What is typed beside the ledger is no more than what it is a part of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.book_rules import Derived
from generator.check.rules import check
from generator.check.total_rules import TOTAL_RULES
from generator.model.figure import Fact
from generator.model.money import Money, Scale
from generator.model.source import Position
from tests.runs import Run


def facts(**amounts: str) -> dict[str, Fact]:
    return {
        name.replace("_", "."): Fact(name, Money(Decimal(amount), Scale.WAN), Position("n.yaml", line, 1))
        for line, (name, amount) in enumerate(amounts.items(), 1)
    }


def said(made: Run, typed: dict[str, Fact]) -> list[str]:
    assert made.inputs and made.profile and made.book
    department = made.inputs.department._replace(facts=typed)
    derived = Derived(made.inputs._replace(department=department), made.profile, made.book)
    return [f"{one.position.line} {one.code} {one.message}" for one in check(derived, TOTAL_RULES).problems]


@pytest.mark.parametrize(
    ("goods", "works", "services", "told"),
    [
        ("6824.79", "0", "0", []),
        ("6824.80", "0", "0", ["1 T250 “政府采购.货物”填的是6824.80万元，比支出总计6824.79万元还多"]),
        ("0", "0", "8000", ["3 T250 “政府采购.服务”填的是8000.00万元，比支出总计6824.79万元还多"]),
        ("4000", "4000", "0", ["1 T250 “政府采购.合计”合计8000.00万元，比支出总计6824.79万元还多"]),
    ],
)
def test_procurement_is_paid_from_the_budget(
    goods: str, works: str, services: str, told: list[str], run_2022: Run
) -> None:
    typed = facts(政府采购_货物=goods, 政府采购_工程=works, 政府采购_服务=services)
    assert said(run_2022, typed) == told


def test_what_assets_are_worth_is_no_spending(run_2022: Run) -> None:
    assert said(run_2022, facts(国有资产_房屋价值="90000", 政府债务_余额="90000")) == []
