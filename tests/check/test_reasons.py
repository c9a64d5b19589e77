"""Reasons against the change they explain: directions, amounts, money from above, and units mixed up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.book_rules import Derived
from generator.check.reason_rules import REASON_RULES
from generator.check.rules import check
from generator.model.basis import LAST_YEAR
from generator.model.department import LastYear
from generator.model.figure import Change, Fact, Figure
from generator.model.ledger import Declared, Filter, Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.problem import Problem
from generator.model.source import Passage, Position, Text
from tests.runs import Run

HERE = Position("narrative.yaml", 4, 7)
SAID = (
    ("-6.26", "新增培训项目", "T213 “数”比上年减少6.26万元，原因却写“新增”，方向似相反"),
    ("-6.26", "培训项目到期", ""),
    ("-6.26", "新增培训，压减接待", ""),
    ("6.26", "培训项目到期", "T213 “数”比上年增加6.26万元，原因却写“到期”，方向似相反"),
    ("6.26", "新增培训项目", ""),
    ("0.50", "培训项目到期", "T213 “数”比上年增加0.50万元，原因却写“到期”，方向似相反"),
    ("6.26", "政策调整", ""),
    ("6.26", "新增培训6.27万元", "T213 “数”比上年增加6.26万元，原因里的6.27万元大于这个数"),
    ("6.26", "新增培训6.26万元", ""),
    ("6.26", "新增培训62,700元", "T213 “数”比上年增加6.26万元，原因里的62,700元大于这个数"),
    ("6.26", "新增培训0.01亿元", "T213 “数”比上年增加6.26万元，原因里的0.01亿元大于这个数"),
    ("6.26", "新增培训0.0006亿元", ""),
    ("-6.26", "减少6.27万元", "T213 “数”比上年减少6.26万元，原因里的6.27万元大于这个数"),
    ("6.26", "新增7.00万元，减少0.74万元", ""),
    ("-6.26", "上级资金不再列入本级预算", "T215 “数”的原因称上级资金“不再列入本级预算”，而本年仍有上级资金2.00万元"),
    ("-6.26", "没有上级补助", "T215 “数”的原因称上级资金“没有上级补助”，而本年仍有上级资金2.00万元"),
    ("-6.26", "不再列入预算", ""),
)


def line(origin: str, amount: str, project: str = "", economic: str = "30101", number: int = 1) -> LedgerLine:
    money, place = Money(Decimal(amount)), Position("basic.yaml", number, 7)
    return LedgerLine("1", "2080101", economic, "50501", "一般公共预算", origin, "本年", project, "", money, place)


def change(delta: str, reason: str = "", name: str = "数", prior: str = "100", place: Position = HERE) -> Change:
    lines = line("本级", "1"), line("上级", "2", "410395220000000008236", number=2)
    before = Money(Decimal(prior))
    words = Text(reason, place) if reason else None
    moved = Money(Decimal(delta))
    return Change(Figure(before + moved, lines, name), Fact(name, before, HERE), moved, None, words)


def derived(run: Run, *changes: Change) -> Derived:
    assert run.inputs and run.profile and run.book
    department = run.inputs.department._replace(passages=(), prior={})
    inputs = run.inputs._replace(department=department, ledger=Ledger(2022, Scale.WAN, ()))
    return Derived(
        inputs, run.profile, run.book._replace(comparisons={LAST_YEAR.name: {one.current.key: one for one in changes}})
    )


def problems(given: Derived) -> list[Problem]:
    return list(check(given, REASON_RULES).problems)


@pytest.mark.parametrize(("delta", "reason", "expected"), SAID)
def test_said_of_a_reason(delta: str, reason: str, expected: str, run_2022: Run) -> None:
    found = problems(derived(run_2022, change(delta, reason)))
    assert [f"{problem.code} {problem.message}" for problem in found] == ([expected] if expected else [])
    assert {problem.position for problem in found} <= {HERE} and {problem.length for problem in found} <= {1}


@pytest.mark.parametrize(("literal", "typed", "column", "length"), [(True, 7, 9, 2), (True, 6, 9, 2), (False, 7, 7, 1)])
def test_the_caret_stands_under_the_word(literal: bool, typed: int, column: int, length: int, run_2022: Run) -> None:
    given = derived(run_2022, change("-6.26", "为此新增培训", place=HERE._replace(column=typed)))
    words = Passage("原因", "数", Text("为此新增培训", HERE), literal)
    department = given.inputs.department._replace(passages=(words._replace(text=Text("别的", PLACE)), words))
    (found,) = problems(given._replace(inputs=given.inputs._replace(department=department)))
    assert (found.position, found.length) == (HERE._replace(column=column), length)


PLACE = Position("narrative.yaml", 9, 9)


def test_money_from_above_is_shown(run_2022: Run) -> None:
    (found,) = problems(derived(run_2022, change("-6.26", "上级资金不再列入本级预算")))
    assert [(note.text, note.position) for note in found.notes] == [("运转经费", Position("basic.yaml", 2, 7))]


def test_one_reason_for_a_rise_and_a_fall(run_2022: Run) -> None:
    first, second = change("6.26", "政策调整"), change("-1", "政策调整", "另一数", place=PLACE)
    (found,) = problems(derived(run_2022, first, second, change("2", "政策调整", "第三数")))
    assert found.message == "“另一数”减少1.00万元，“数”增加6.26万元，原因却相同"
    assert (found.position, found.notes[0].text, found.notes[0].position) == (PLACE, "“数”的原因在这里", HERE)


def test_a_reason_that_is_last_years(run_2022: Run) -> None:
    given = derived(run_2022, change("6.26", "政策调整"), change("1", "新增项目", "另一数", place=PLACE))
    old = {"数": Text("政策调整", PLACE), "另一数": Text("新增两个项目", PLACE), "第三数": Text("新增项目", PLACE)}
    given = given._replace(inputs=given.inputs._replace(last_year=LastYear("027", {}, old)))
    (found,) = problems(given)
    assert (found.code, found.message) == ("T214", "“数”的原因与2021年的完全相同")
    assert (found.position, found.notes[0].position) == (HERE, PLACE)


@pytest.mark.parametrize(
    ("prior", "delta", "said"),
    [
        ("1", "99", False), ("1", "99.01", True), ("100", "-99", False), ("100", "-99.01", True),
        ("0", "5", False), ("5", "-5", False),
    ],
)  # fmt: skip
def test_a_hundredfold_of_last_year(prior: str, delta: str, said: bool, run_2022: Run) -> None:
    found = problems(derived(run_2022, change(delta, name="总计", prior=prior)))
    assert [problem.code for problem in found] == (["D013"] if said else [])
    assert all(str(problem.position).endswith("2022/department.yaml") for problem in found)


def test_the_total_of_the_usual_value_alone_is_the_total(run_2022: Run) -> None:
    """Where a place has a dimension that is never added up (中期), its total is that of the first value."""
    given = derived(run_2022, change("99.01", name="总计", prior="1"))
    figures = [
        one._replace(filter=Filter((("中期", ("当年",)),))) for one in given.profile.figures if one.name == "总计"
    ]
    own = {"中期": Declared(("当年", "次年"), apart=True)}
    found = problems(given._replace(profile=given.profile._replace(figures=tuple(figures), own=own)))
    assert "D013" in [problem.code for problem in found]


def test_the_total_is_not_compared(run_2022: Run) -> None:
    asked = check(derived(run_2022), REASON_RULES).asked
    assert [one.why for one in asked if one.why] == ["总计不与上年比较"]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("1", "1", "1", "1", "100"), False),
        (("1", "1", "1", "1", "100.01"), True),
        (("1", "1", "1", "500"), False),
        (("1", "1", "3", "3", "3", "250"), False),
        (("1", "1", "2", "3", "3", "251"), True),
    ],
)
def test_a_line_that_dwarfs_its_kind(amounts: tuple[str, ...], said: bool, run_2022: Run) -> None:
    given = derived(run_2022)
    lines = tuple(line("本级", amount, number=number) for number, amount in enumerate(amounts, 1))
    given = given._replace(inputs=given.inputs._replace(ledger=Ledger(2022, Scale.WAN, lines)))
    found = problems(given)
    assert [problem.position.line for problem in found] == ([len(amounts)] if said else [])
    assert {problem.length for problem in found} <= {5}
