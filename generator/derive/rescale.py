"""The ledger in the unit its tables are printed in."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.ledger import Dimension, Ledger, LedgerLine
from generator.model.money import Money, Scale, apportion


def rescale(ledger: Ledger, scale: Scale, dimensions: Sequence[Dimension] = ()) -> Ledger:
    """The same ledger in ``scale``; exact towards 元.

    From 元 to 万元 every line is cut to cents so that all tables foot and the grand total is the
    rounded true one (尾差 by largest remainder). Where one of the place's ``dimensions`` has two sides (平衡), they stay
    equal.
    """
    if ledger.scale is scale:
        return ledger
    if scale is Scale.WAN and ledger.others and any(one.balance for one in dimensions):
        from generator.derive.rescale_sides import balanced  # few places type income and balances in 元 and print 万元

        amounts = balanced(ledger.all_lines, dimensions, scale)
        lines = tuple(
            line._replace(money=Money(amount, scale)) for line, amount in zip(ledger.all_lines, amounts, strict=True)
        )
        spent = len(ledger.lines)
        return ledger._replace(scale=scale, lines=lines[:spent], others=lines[spent:])
    return ledger._replace(scale=scale, lines=_rescaled(ledger.lines, scale), others=_rescaled(ledger.others, scale))


def _rescaled(lines: tuple[LedgerLine, ...], scale: Scale) -> tuple[LedgerLine, ...]:
    exact = [line.money.convert(scale).amount for line in lines]
    amounts = apportion(exact) if scale is Scale.WAN else exact
    return tuple(line._replace(money=Money(amount, scale)) for line, amount in zip(lines, amounts, strict=True))
