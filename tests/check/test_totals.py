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
from generator.pipeline import Run


def facts(**amounts: str) -> dict[str, Fact]:
    return {
        name.replace("_", "."): Fact(name, Money(Decimal(amount), Scale.WAN), Position("n.yaml", line, 1))
        for line, (name, amount) in enumerate(amounts.items(), 1)
    }


def said(made: Run, prior: dict[str, Fact] | None = None, typed: dict[str, Fact] | None = None) -> list[str]:
    assert made.inputs and made.profile and made.book
    department = made.inputs.department._replace(prior=prior or {}, facts=typed or {})
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
    assert said(run_2022, typed=typed) == told


def test_what_assets_are_worth_is_no_spending(run_2022: Run) -> None:
    assert said(run_2022, typed=facts(国有资产_房屋价值="90000", 政府债务_余额="90000")) == []


@pytest.mark.parametrize(
    ("prior", "told"),
    [
        ({"总计": "100", "机构运行经费": "100"}, []),
        ({"总计": "100", "机构运行经费": "23.62"}, []),
        ({"机构运行经费": "236200"}, []),
        ({"总计": "100", "机构运行经费": "236200"}, ["2 T251 上年“机构运行经费”是236200.00万元，比它所在的“总计”100.00万元还多"]),
        ({"一般公共预算": "90", "公务接待费": "95"}, ["2 T251 上年“公务接待费”是95.00万元，比它所在的“一般公共预算”90.00万元还多"]),
        ({"政府性基金": "90", "公务接待费": "95"}, []),
        ({"总计": "100", "一般公共预算": "120"}, []),  # D023's, which adds all parts up
    ],
)  # fmt: skip
def test_last_years_parts(prior: dict[str, str], told: list[str], run_2022: Run) -> None:
    assert said(run_2022, prior=facts(**prior)) == told
