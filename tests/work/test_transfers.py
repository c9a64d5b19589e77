"""内部往来: in both units' documents, and once in the department's, on every side of the accounts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.derive.book import derive
from generator.load.schema import schemas_of
from generator.model.department import Inputs
from generator.model.edition import edition_of
from generator.model.ledger import (
    GENERAL,
    GOVERNMENT_FUNDS,
    ORIGINALLY,
    OWN,
    PAID_BY,
    PAID_TO,
    THIS_YEAR,
    LedgerLine,
    ledger_of,
)
from generator.model.money import Money, Scale
from generator.work.check import check
from generator.work.stages import Ended, Finished
from generator.work.workshop import Workshop
from tests.departments import NOWHERE, real, yibin
from tests.made_up import examples

HERE = Path(__file__).parents[1]
PAID = """
- 单位: "033001"
  资金来源: 一般公共预算
  内部往来: {付给: "033002"}
  支出: {2120101 行政运行: 50.00}
"""
SPENT = """
- 单位: "033002"
  资金来源: 上级补助收入
  内部往来: {来自: "033001", 资金来源: 一般公共预算}
  支出: {2200150 事业运行: 40.00}
"""
INCOME = """
- {单位: "033001", 流向: 收入, 资金来源: 一般公共预算, 金额: {2120101 行政运行: 50.00}}
"""
GOT = """
- {单位: "033002", 流向: 收入, 资金来源: 上级补助收入, 内部往来: {来自: "033001", 资金来源: 一般公共预算}, 金额: {2200150 事业运行: 50.00}}
- {单位: "033002", 流向: 年末结转和结余, 资金来源: 上级补助收入, 内部往来: {来自: "033001", 资金来源: 一般公共预算}, 金额: 10.00}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Final accounts of two units, of which one pays the other, who spends not all of it."""
    shutil.copytree(HERE / "data" / "final", tmp_path / "data")
    for name in ("final", "tiny"):
        shutil.copytree(HERE / "profiles" / name, tmp_path / "profiles" / name)
    folder = tmp_path / "data" / "2024"
    add(folder / "basic.yaml", PAID + SPENT)
    add(folder / "income.yaml", INCOME + GOT.removeprefix("\n"))
    head = folder / "department.yaml"
    text = head.read_text(encoding="utf-8")
    (folder / "department.yaml").write_text(text.partition("控制数:")[0], encoding="utf-8")
    budget = folder / "budget.yaml"
    changed(budget, "  - 资金来源", '  - 单位: "033001"\n    资金来源')
    of_other = ("      2200150 事业运行: 4477.33\n", "      2200199 其他自然资源事务支出: 45.00\n")
    for text in of_other:
        changed(budget, text, "")
    entry = '  - 单位: "033002"\n    资金来源: 一般公共预算\n    支出:\n' + "".join(of_other)
    changed(budget, "因公出国费", entry + "因公出国费")
    (folder / "units").mkdir()
    for code in ("033001", "033002"):
        typed = (folder / "last-final.yaml").read_text(encoding="utf-8")
        own = (
            "上年决算: {"
            + ", ".join(typed.splitlines())
            + "}\n年初预算: {因公出国费: 0.00, 公务接待费: 2.85, 公务用车运行费: 0.00}\n"
        )
        (folder / "units" / f"{code}.yaml").write_text(own, encoding="utf-8")
    return tmp_path


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text.lstrip("\n"), encoding="utf-8")


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def ended(place: Path, unit: str = "") -> Ended:
    return check(Workshop(place / "profiles", "final"), place / "data", 2024, unit)


def money(place: Path, unit: str = "") -> dict[str, Decimal]:
    done = ended(place, unit)
    assert isinstance(done, Finished) and not done.failed, done.problems
    return {name: figure.money.amount for name, figure in done.book.figures.items()}


def told(place: Path, unit: str = "") -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in ended(place, unit).problems if one.code in ("D055", "D061", "Y007")]


def test_the_department_receives_and_spends_it_once(place: Path) -> None:
    whole, payer, payee = (money(place, unit) for unit in ("", "033001", "033002"))
    names = ("收入合计", "支出合计", "财政拨款支出", "年末结转", "收入支出总计")
    assert [whole[name] for name in names] == [
        Decimal(text) for text in ("9796.50", "9799.38", "9786.50", "110.00", "9909.38")
    ]
    assert [payer[name] + payee[name] - whole[name] for name in names] == [50, 50, 10, 0, 50]
    assert payee["财政拨款支出"] + 40 == Decimal("4501.67")
    assert [told(place, unit) for unit in ("", "033001", "033002")] == [[], [], []]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("basic.yaml", PAID.strip(), "", "小区土地发展中心有来自小区规划和自然资源局的50.00万元，小区规划和自然资源局没有列付给小区土地发展中心的这笔钱"),
        ("income.yaml", "2200150 事业运行: 50.00", "2200150 事业运行: 49.00", "小区规划和自然资源局付给小区土地发展中心的是50.00万元，小区土地发展中心列的来自小区规划和自然资源局的是49.00万元"),
        ("income.yaml", "资金来源: 一般公共预算}, 金额: {2200150", "资金来源: 其他收入}, 金额: {2200150", "小区规划和自然资源局付给小区土地发展中心的钱里一般公共预算是50.00万元，小区土地发展中心写的原“资金来源”里是0.00万元"),
    ],
)  # fmt: skip
def test_two_sides_that_disagree_are_told_in_each_edition(
    file: str, old: str, new: str, message: str, place: Path
) -> None:
    changed(place / "data" / "2024" / file, old, new)
    assert [told(place, unit)[0] for unit in ("", "033001", "033002")] == [("D055", message)] * 3


def test_what_is_left_of_it_is_missed_by_the_balance(place: Path) -> None:
    changed(place / "data" / "2024" / "income.yaml", "金额: 10.00", "金额: 9.00")
    assert [code for code, _ in told(place)] == ["D061"]
    assert "一般公共预算两边不等" in told(place)[0][1]


def test_income_is_not_paid_to_anybody(place: Path) -> None:
    changed(
        place / "data" / "2024" / "income.yaml",
        '内部往来: {来自: "033001", 资金来源: 一般公共预算}',
        '内部往来: {付给: "033001"}',
    )
    assert ("Y007", "收入和结转里不写“付给”") in told(place)


def test_an_editor_knows_of_it(place: Path) -> None:
    done = ended(place)
    assert isinstance(done, Finished)
    made = schemas_of(done.profile, done.inputs.classification, {})
    assert len(made["basic"]["items"]["properties"]["内部往来"]["anyOf"]) == 2
    [got] = made["income"]["items"]["properties"]["内部往来"]["anyOf"]
    assert set(got["properties"]) == {"来自", "资金来源"}


UNITS = ("045001", "045002", "045003")
CENTS = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)


@st.composite
def departments(draw: st.DrawFn) -> Inputs:
    """Three units with spending, and transfers of which some is spent."""
    lines: list[LedgerLine] = []

    def spend(agency: str, fund: str, amount: Decimal, own: tuple[tuple[str, str], ...] = ()) -> None:
        money = Money(amount, Scale.WAN)
        lines.append(
            LedgerLine(agency, "2080101", "30201", "50201", fund, OWN, THIS_YEAR, "", "", money, NOWHERE, NOWHERE, own)
        )

    for agency in UNITS:
        for fund in draw(st.lists(st.sampled_from((GENERAL, GOVERNMENT_FUNDS, "事业收入")), max_size=3)):
            spend(agency, fund, draw(CENTS))
    for _ in range(draw(st.integers(0, 4))):
        payer, payee = draw(st.permutations(UNITS))[:2]
        fund, amount = draw(st.sampled_from((GENERAL, GOVERNMENT_FUNDS))), draw(CENTS)
        spend(payer, fund, amount, ((PAID_TO, payee),))
        spend(payee, "上级补助收入", amount, ((PAID_BY, payer), (ORIGINALLY, fund)))
    base = real()
    department = base.department._replace(agencies=dict.fromkeys(UNITS, "某单位"), code="045", projects={})
    return base._replace(department=department, ledger=ledger_of(2022, Scale.WAN, lines, {}))


@examples(60)
@given(departments())
def test_the_units_are_the_department_and_what_they_pay_each_other(inputs: Inputs) -> None:
    """Of every figure: what the units' documents come to is the department's, and what is inside counted again."""
    profile = yibin()
    whole, found = edition_of(inputs, profile)
    assert [problem for problem in found if problem.code == "D055"] == []
    units = [edition_of(inputs, profile, code)[0] for code in UNITS]
    sums = [{name: figure.money.amount for name, figure in derive(one, profile)[0].figures.items()} for one in units]
    for name, figure in derive(whole, profile)[0].figures.items():
        wanted = next(spec.filter for spec in profile.figures if spec.name == name)
        inside = sum(_selected(inputs, wanted.selects), Decimal(0))
        assert sum(one[name] for one in sums) == figure.money.amount + inside, name


def _selected(inputs: Inputs, selects: Callable[[LedgerLine], bool]) -> list[Decimal]:
    """What units' documents have of a figure that the department's has not: paid, and under the 资金来源 it came as."""
    found = []
    for one in inputs.ledger.lines:
        own = dict(one.own)
        if PAID_TO in own and selects(one):
            found.append(one.money.amount)
        elif PAID_BY in own:
            found += [one.money.amount * (selects(one) - selects(one._replace(fund=own[ORIGINALLY])))]
    return found
