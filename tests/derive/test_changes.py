"""Why a figure moved: the facts a draft is worded from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.derive.changes import compare
from generator.model.department import Inputs, LastYear
from generator.model.figure import Draft, Fact, Figure, Mover
from generator.model.ledger import LedgerLine
from generator.model.money import Money
from generator.model.source import Position, Text
from tests.runs import Run

PROJECT = "410395220000000008236"


@pytest.fixture(scope="session")
def inputs(run_2022: Run) -> Inputs:
    assert run_2022.inputs is not None
    return run_2022.inputs


def line(function: str, economic: str, amount: str, project: str = "") -> LedgerLine:
    money, place = Money(Decimal(amount)), Position("x.yaml", 1, 1)
    return LedgerLine("1", function, economic, "50501", "一般公共预算", "本级", "本年", project, "", money, place)


def figure(*lines: LedgerLine) -> Figure:
    return Figure(Money(sum((item.money.amount for item in lines), Decimal(0))), lines, "无人说明的数")


def mover(name: str, delta: str, *lines: LedgerLine) -> Mover:
    return Mover(name, Money(Decimal(delta)), lines)


def test_the_three_that_moved_most(inputs: Inputs) -> None:
    """Projects by their name, other lines by their function; a code no longer in force by itself."""
    wages, more, office = line("2080101", "30101", "9"), line("2080101", "30102", "1"), line("2101101", "30110", "2")
    project, same = line("2080101", "30201", "5", PROJECT), line("2080107", "30201", "3")
    now = figure(wages, more, office, project, same)
    gone, less = line("9999999", "30101", "20"), line("2080101", "30101", "4")
    before = figure(less, line("2101101", "30110", "1"), gone, same)
    change = compare(now, before, inputs)
    assert change.draft == Draft(
        "上年台账",
        (
            mover("9999999", "-20")._replace(before=(gone,)),
            mover("行政运行", "6", wages, more)._replace(before=(less,)),
            mover("运转经费", "5", project),
        ),
    )
    assert (change.delta, change.rate) == (Money(Decimal(-8)), Decimal("28.57"))


def test_a_code_of_last_year_has_last_years_name(inputs: Inputs) -> None:
    told = inputs._replace(last_year=LastYear("", {}, {}, {"9999999": "上年的科目", "2080101": "上年的名称"}))
    now = figure(line("2080101", "30101", "9"))
    change = compare(now, figure(line("9999999", "30101", "20"), line("2080101", "30101", "4")), told)
    assert change.draft and [mover.name for mover in change.draft.movers] == ["上年的科目", "行政运行"]


def test_nothing_that_did_not_change_has_a_reason(inputs: Inputs) -> None:
    department = inputs.department._replace(reasons={"无人说明的数": Text("人员减少", Position("x.yaml", 1, 1))})
    told, one = inputs._replace(department=department), line("2080101", "30101", "1")
    moved = compare(figure(one), Fact("数", Money(Decimal(2)), None), told)
    assert (moved.reason and moved.reason.value, moved.draft) == ("人员减少", None)
    still = compare(figure(one), Fact("数", Money(Decimal(1)), None), told)
    assert (still.reason, still.draft, still.rate) == (None, None, 0)


def test_the_three_largest_where_last_year_is_one_number(inputs: Inputs) -> None:
    small, wages, bonus = line("2080101", "30103", "1"), line("2080101", "30101", "9"), line("2101101", "30101", "2")
    project, other = line("2080101", "30201", "5", PROJECT), line("2080101", "30201", "6")
    now = figure(small, wages, bonus, project, other)
    largest = (mover("基本工资", "11", wages, bonus), mover("办公费", "6", other), mover("运转经费", "5", project))
    assert compare(now, Fact("数", Money(Decimal(1)), None), inputs).draft == Draft("构成", largest)
    assert compare(now, Fact("数", Money(Decimal(0)), None), inputs).draft == Draft("新增", largest)
