"""Rounding, shares and apportioning: one table each, ties and negatives included."""

from __future__ import annotations

from decimal import Decimal
from operator import ge, gt, le, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.money import CENT, Money, Scale, apportion, round_half_up, share, shares
from generator.model.table_spec import FillRow

CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("2.675", "2.68"), ("2.665", "2.67"), ("-2.675", "-2.68"), ("0.005", "0.01"), ("0.0049", "0.00"), ("1", "1.00")],
)
def test_amounts_are_rounded_half_up(value: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(value))) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("168.56", "6824.79", "2.47"), ("17.36", "168.56", "10.30"), ("0", "8", "0.00"), ("8", "8", "100.00")],
)
def test_a_share_is_of_the_printed_amounts(part: str, whole: str, percent: str) -> None:
    assert share(Money(Decimal(part)), Money(Decimal(whole))) == Decimal(percent)


def test_there_is_no_share_of_nothing() -> None:
    assert share(Money(Decimal(0)), Money(Decimal(0))) is None
    assert shares([Money(Decimal(0))], Money(Decimal(0))) is None


def test_shares_of_thirds_add_up() -> None:
    third = Money(Decimal("1.00"))
    assert shares([third] * 3, Money(Decimal("3.00"))) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))


def test_the_largest_may_take_all_that_is_missing() -> None:
    """As one place prints them: 13.77%, 80.92%, 5.31%, where largest remainders make 13.78%, 80.91%, 5.31%."""
    parts = [Money(Decimal(amount)) for amount in ("70", "411.20", "27")]
    whole = Money.total(parts, Scale.WAN)
    assert shares(parts, whole, on_largest=True) == (Decimal("13.77"), Decimal("80.92"), Decimal("5.31"))
    assert shares(parts, whole) == (Decimal("13.78"), Decimal("80.91"), Decimal("5.31"))
    assert shares(parts[:2], whole, on_largest=True) == (Decimal("13.77"), Decimal("80.91"))


def test_shares_of_less_than_the_whole_are_rounded_one_by_one() -> None:
    third = Money(Decimal("1.00"))
    assert shares([third] * 2, Money(Decimal("3.00"))) == (Decimal("33.33"), Decimal("33.33"))


@given(st.lists(CENTS, min_size=1, max_size=8))
def test_shares_of_a_whole_are_a_hundred(amounts: list[Decimal]) -> None:
    parts = [Money(amount) for amount in amounts]
    found = shares(parts, Money.total(parts, Scale.WAN))
    if any(amounts):
        assert found is not None
        assert sum(found) == 100
        assert all(
            abs(percent - amount * 100 / sum(amounts)) < CENT for percent, amount in zip(found, amounts, strict=True)
        )


@given(st.lists(st.integers(0, 10**13).map(lambda fen: Decimal(fen).scaleb(-6)), min_size=1, max_size=20))
def test_apportioned_leaves_make_the_rounded_total(amounts: list[Decimal]) -> None:
    found = apportion(amounts)
    assert sum(found) == round_half_up(sum(amounts))
    assert all(abs(cut - amount) < CENT for cut, amount in zip(found, amounts, strict=True))


def test_three_leaves_of_a_third() -> None:
    assert apportion([Decimal("3.333333")] * 3) == (Decimal("3.34"), Decimal("3.33"), Decimal("3.33"))


def test_a_tie_of_remainders_goes_to_the_larger_amount() -> None:
    amounts = [Decimal("0.006"), Decimal("0.016"), Decimal("0.006")]
    assert apportion(amounts) == (Decimal("0.01"), Decimal("0.02"), Decimal("0.00"))


def test_no_leaves_make_nothing() -> None:
    assert apportion([]) == ()


def test_units_do_not_mix() -> None:
    with pytest.raises(AssertionError):
        Money(Decimal(1), Scale.WAN) + Money(Decimal(1), Scale.YUAN)
    with pytest.raises(AssertionError):
        Money(Decimal(1), Scale.WAN) - Money(Decimal(1), Scale.YUAN)
    assert Money(Decimal("1.23"), Scale.WAN).convert(Scale.YUAN) == Money(Decimal("12300.00"), Scale.YUAN)


def test_amounts_of_one_unit_have_an_order_and_of_two_none() -> None:
    small, same, large = Money(Decimal(1)), Money(Decimal("1.0")), Money(Decimal(2))
    assert [ask(small, large) for ask in (lt, le, gt, ge)] == [True, True, False, False]
    assert [ask(large, small) for ask in (lt, le, gt, ge)] == [False, False, True, True]
    assert [ask(small, same) for ask in (lt, le, gt, ge)] == [False, True, False, True]
    for ask in (lt, le, gt, ge):
        with pytest.raises(AssertionError):
            ask(Money(Decimal(1), Scale.WAN), Money(Decimal(2), Scale.YUAN))


def test_a_row_without_fields_is_a_row() -> None:
    assert FillRow()
