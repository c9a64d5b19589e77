"""The ledger in the unit its tables are printed in."""

from __future__ import annotations

from generator.model.ledger import Ledger, LedgerLine
from generator.model.money import Money, Scale, apportion


def rescale(ledger: Ledger, scale: Scale) -> Ledger:
    """The same ledger in ``scale``; exact towards 元.

    From 元 to 万元 every line is cut to cents so that all tables foot and the grand total is the
    rounded true one (尾差 by largest remainder).
    """
    if ledger.scale is scale:
        return ledger
    return ledger._replace(scale=scale, lines=_rescaled(ledger.lines, scale), others=_rescaled(ledger.others, scale))


def _rescaled(lines: tuple[LedgerLine, ...], scale: Scale) -> tuple[LedgerLine, ...]:
    exact = [line.money.convert(scale).amount for line in lines]
    amounts = apportion(exact) if scale is Scale.WAN else exact
    return tuple(line._replace(money=Money(amount, scale)) for line, amount in zip(lines, amounts, strict=True))
