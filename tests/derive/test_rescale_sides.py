"""元 to 万元 with two sides: income and what was there is spending and what is left, before rounding and after."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from generator.derive.rescale import rescale
from generator.model.ledger import Declared, Ledger, LedgerLine, ledger_of, own_dimension
from generator.model.money import Money, Scale, round_half_up
from generator.model.source import Position
from tests.made_up import examples

LEFT, RIGHT = ("收入", "年初结转和结余", "使用非财政拨款结余"), ("支出", "结余分配", "年末结转和结余")
FLOW = own_dimension(
    "流向", Declared(("支出", *LEFT, *RIGHT[1:]), True, ("年末结转和结余",), (LEFT, RIGHT), "income.yaml")
)
STAGE = own_dimension("口径", Declared(("决算", "调整预算"), True))
OWN = {one.name: one for one in (FLOW, STAGE)}
FUNDS, STAGES = ("一般公共预算", "政府性基金预算", "事业收入"), ("决算", "调整预算")
PLACE = Position("x.yaml", 1, 1)


def line(fund: str, flow: str, stage: str, amount: Decimal) -> LedgerLine:
    own = (("流向", flow), ("口径", stage))
    money = Money(amount, Scale.YUAN)
    return LedgerLine("1", "2080101", "30101", "50501", fund, "本级", "本年", "", "", money, PLACE, PLACE, own)


def side(ledger: Ledger, flows: tuple[str, ...], fund: str = "", stage: str = "决算") -> Decimal:
    chosen = (one for one in ledger.all_lines if FLOW.of(one) in flows and STAGE.of(one) == stage)
    return sum((one.money.amount for one in chosen if fund in ("", one.fund)), Decimal(0))


AMOUNTS = st.lists(st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100), max_size=6)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Of every fund and stage balanced, which what is left at the end of the year (maybe below zero) makes so."""
    lines = []
    for fund, stage in product(FUNDS, STAGES):
        for flow in (*LEFT, *RIGHT[:2]):
            lines += [line(fund, flow, stage, amount) for amount in draw(AMOUNTS)]
        made = ledger_of(2024, Scale.YUAN, lines, OWN.values())
        lines.append(line(fund, RIGHT[2], stage, side(made, LEFT, fund, stage) - side(made, RIGHT, fund, stage)))
    return ledger_of(2024, Scale.YUAN, draw(st.permutations(lines)), OWN.values())


@examples(300)
@given(ledgers())
def test_both_sides_stay_equal(typed: Ledger) -> None:
    cut = rescale(typed, Scale.WAN, tuple(OWN.values()))
    for fund, stage in product(("", *FUNDS), STAGES):
        assert side(cut, LEFT, fund, stage) == side(cut, RIGHT, fund, stage)
    assert side(cut, ("支出",)) == round_half_up(side(typed, ("支出",)) / 10000)


@examples(300)
@given(ledgers())
def test_nothing_moves_far(typed: Ledger) -> None:
    cut = rescale(typed, Scale.WAN, tuple(OWN.values()))
    assert all(one.money.amount == round_half_up(one.money.amount) for one in cut.all_lines)
    for before, after in zip(typed.all_lines, cut.all_lines, strict=True):
        assert abs(before.money.amount / 10000 - after.money.amount) < Decimal("0.04")
    for flow, fund, stage in product(FLOW.values, FUNDS, STAGES):
        assert abs(side(typed, (flow,), fund, stage) / 10000 - side(cut, (flow,), fund, stage)) < Decimal("0.025")
    for flow in FLOW.values:
        assert abs(side(typed, (flow,)) / 10000 - side(cut, (flow,))) <= Decimal("0.015")


def test_a_third_each_of_three_funds_comes_to_the_rounded_total() -> None:
    """33.3333 three times is 100.00: of the spending and of the income too."""
    third = Decimal("333333.33")
    lines = [line(fund, flow, "决算", third) for fund in FUNDS for flow in ("支出", "收入")]
    cut = rescale(ledger_of(2024, Scale.YUAN, lines, OWN.values()), Scale.WAN, tuple(OWN.values()))
    assert side(cut, ("支出",)) == side(cut, ("收入",)) == Decimal("100.00")


def test_sides_that_were_not_equal_are_as_far_apart() -> None:
    lines = [line(FUNDS[0], "支出", "决算", Decimal("10000.00")), line(FUNDS[0], "收入", "决算", Decimal("10149.99"))]
    cut = rescale(ledger_of(2024, Scale.YUAN, lines, OWN.values()), Scale.WAN, tuple(OWN.values()))
    assert (side(cut, ("支出",)), side(cut, ("收入",))) == (Decimal("1.00"), Decimal("1.01"))
