"""部门间往来 of a department, as its units' lines say it: to whom money goes, and from whom it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.city import Transfer
from generator.model.department import Inputs
from generator.model.ledger import OUT_BY, OUT_FUND, OUT_TO, PAID_BY, PAID_TO, LedgerLine
from generator.model.money import cents_of
from generator.model.profile import Profile
from generator.model.source import Position
from generator.model.transfers import received_by


def transfers_of(inputs: Inputs, profile: Profile) -> tuple[Transfer, ...]:
    """What each unit says of each other, by 资金来源: its lines together, with the place of the first. In 分, as typed.

    Where a department types its income, what came in is its income, some of which may be left at the end of the year.
    """
    ledger, received = inputs.ledger, received_by(profile.dimensions)
    spent = (*ledger.lines, *ledger.inside)
    income = [line for line in ledger.others if received(line)]
    found: dict[tuple[str, str, str, str], tuple[int, Position]] = {}
    for key, line in (*_said(spent, OUT_TO), *_said(income or spent, OUT_BY)):
        cents, place = found.get(key, (0, line.position))
        found[key] = cents + cents_of(line.money), place
    return tuple(Transfer(*key, cents, place.file, place.line) for key, (cents, place) in found.items())


def _said(lines: Iterable[LedgerLine], way: str) -> Iterator[tuple[tuple[str, str, str, str], LedgerLine]]:
    for line in lines:
        own = dict(line.own) if line.own else {}
        if way in own:
            says = PAID_TO if way == OUT_TO else PAID_BY
            yield (says, line.agency, own[way], own[OUT_FUND] if way == OUT_BY else line.fund), line
