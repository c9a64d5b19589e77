"""Why a figure moved: the facts a draft is worded from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.derive.changes import compare
from generator.model.department import Inputs, LastYear, Project
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
    return Mover(name, Money(Decimal(delta)), lines, (), any(line.project for line in lines))


def test_projects_and_the_two_parts_of_basic_spending(inputs: Inputs) -> None:
    """The biggest until four fifths of the change are explained, those of its direction first."""
    wages, more, office = line("2080101", "30101", "9"), line("2080101", "30102", "1"), line("2101101", "30110", "2")
    project, same = line("2080101", "30201", "5", PROJECT), line("2080107", "30201", "3")
    now = figure(wages, more, office, project, same)
    gone, less = line("9999999", "30101", "20"), line("2080101", "30101", "4")
    before = figure(less, line("2101101", "30110", "1"), gone, same)
    change = compare(now, before, inputs)
    assert change.draft == Draft(
        "上年台账",
        (
            mover("人员经费", "-13", wages, more, office)._replace(before=(less, line("2101101", "30110", "1"), gone)),
            mover("运转经费", "5", project),
        ),
    )
    assert (change.delta, change.rate) == (Money(Decimal(-8)), Decimal("28.57"))


def test_a_code_of_last_year_has_last_years_name(inputs: Inputs) -> None:
    """What is spent on one thing alone is told by what it is for."""
    told = inputs._replace(last_year=LastYear("", {}, {}, {"9999999": "上年的科目", "2080101": "上年的名称"}))
    now = figure(line("2080101", "30101", "9"))
    change = compare(now, figure(line("9999999", "30101", "12"), line("2080101", "30101", "1")), told)
    assert change.draft and [mover.name for mover in change.draft.movers] == ["上年的科目", "行政运行"]


OLD = "410395210000000000001"
A, B, C, D = (
    ("人员经费", "30101", ""),
    ("公用经费", "30201", ""),
    ("运转经费", "30201", PROJECT),
    ("旧项目", "30201", OLD),
)


@pytest.mark.parametrize(
    ("now", "before", "said", "others"),
    [
        ({A: "20", C: "90"}, {A: "10", C: "10"}, ["运转经费 80"], False),
        ({A: "20", C: "50"}, {A: "10", C: "40"}, ["人员经费 10", "运转经费 10"], False),
        ({A: "50", C: "50"}, {A: "10", C: "60"}, ["人员经费 40", "运转经费 -10"], False),
        ({A: "50", B: "1", C: "9"}, {A: "10", B: "9", C: "40"}, ["人员经费 40", "运转经费 -31", "公用经费 -8"], False),
        ({A: "10"}, {A: "10", D: "40"}, ["旧项目 -40"], False),
        ({A: "5", B: "6", C: "7"}, {A: "2", B: "4", C: "3", D: "1"}, ["运转经费 4", "人员经费 3"], False),
        ({A: "5", B: "5", C: "5"}, {D: "1"}, ["人员经费 5", "公用经费 5", "运转经费 5"], False),
        ({A: "5", B: "5", C: "5"}, {D: "8"}, ["人员经费 5", "公用经费 5", "旧项目 -8"], True),
        ({A: "9"}, {A: "5"}, ["基本工资 4"], False),
        ({("x", "30101", ""): "9", ("y", "30102", ""): "4"}, {("x", "30101", ""): "5", ("y", "30102", ""): "2"},
         ["基本工资 4", "津贴补贴 2"], False),
    ],
)  # fmt: skip
def test_what_explains_a_change(
    now: dict[tuple[str, str, str], str],
    before: dict[tuple[str, str, str], str],
    said: list[str],
    others: bool,
    inputs: Inputs,
) -> None:
    """At most three; what goes the other way stands last; a project of last year has the name it had."""
    old = Project(OLD, "旧项目", "特定目标类", "本级", "1", {}, Position("x.yaml", 1, 1))
    told = inputs._replace(last_year=LastYear("", {OLD: old}, {}))
    sides = [
        [line("2080101", code, amount, project) for (_, code, project), amount in side.items()]
        for side in (now, before)
    ]
    draft = compare(figure(*sides[0]), figure(*sides[1]), told).draft
    assert draft and [f"{mover.name} {mover.delta.amount}" for mover in draft.movers] == said
    assert draft.others is others


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
