"""元 to 万元: leaves are cut so that they make the rounded total."""

from __future__ import annotations

from decimal import Decimal

from generator.derive.rescale import rescale
from generator.model.ledger import Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.source import Position


def ledger(*amounts: str) -> Ledger:
    place = Position("x.yaml", 1, 1)
    lines = [
        LedgerLine(
            "1",
            "2080101",
            "30101",
            "50501",
            "一般公共预算",
            "本级",
            "本年",
            "",
            "",
            Money(Decimal(amount), Scale.YUAN),
            place,
        )
        for amount in amounts
    ]
    return Ledger(2022, Scale.YUAN, tuple(lines))


def test_three_thirds_make_ten() -> None:
    cut = rescale(ledger("33333.33", "33333.33", "33333.33"), Scale.WAN)
    assert [line.money.amount for line in cut.lines] == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert cut.scale is Scale.WAN


def test_the_same_unit_is_left_alone() -> None:
    given = ledger("0.01")
    assert rescale(given, Scale.YUAN) is given


def test_a_finer_unit_is_exact() -> None:
    given = ledger("33333.33", "0.01")
    in_wan = given._replace(
        scale=Scale.WAN,
        lines=tuple(line._replace(money=Money(line.money.amount, Scale.WAN)) for line in given.lines),
    )
    finer = rescale(in_wan, Scale.YUAN)
    assert (finer.year, finer.scale) == (2022, Scale.YUAN)
    assert [line.money for line in finer.lines] == [
        Money(Decimal("333333300.00"), Scale.YUAN),
        Money(Decimal("100.00"), Scale.YUAN),
    ]
