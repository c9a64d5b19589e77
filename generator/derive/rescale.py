"""The ledger in the unit its tables are printed in."""

from __future__ import annotations

from generator.model.ledger import Ledger
from generator.model.money import Money, Scale, apportion


def rescale(ledger: Ledger, scale: Scale) -> Ledger:
    """The same ledger in ``scale``; exact towards 元.

    From 元 to 万元 every line is cut to cents so that all tables foot and the grand total is the
    rounded true one (尾差 by largest remainder).
    """
    if ledger.scale is scale:
        return ledger
    exact = [line.money.convert(scale).amount for line in ledger.lines]
    amounts = apportion(exact) if scale is Scale.WAN else exact
    lines = [line._replace(money=Money(amount, scale)) for line, amount in zip(ledger.lines, amounts, strict=True)]
    return ledger._replace(scale=scale, lines=tuple(lines))
