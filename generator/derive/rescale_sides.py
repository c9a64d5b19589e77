"""元 to 万元 where income and balances stand beside the spending (平衡): both sides are equal after it, fund by fund, at every stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.model.ledger import Dimension, LedgerLine
from generator.model.money import CENT, ZERO, Scale, apportion, round_half_up

_Flows = dict[tuple[str, str], Decimal]
"""What each fund has of each value of the dimension (流向)."""


def balanced(lines: Sequence[LedgerLine], dimensions: Sequence[Dimension], scale: Scale) -> tuple[Decimal, ...]:
    """The lines' amounts in ``scale``, in cents, in their order.

    Of every stage (口径) and fund the two sides of 平衡 are as far apart as they were typed, rounded: equal where they
    were equal. The spending comes to its rounded true total, and so does whatever else can without harm to the balance;
    nothing that a fund has of income or of a balance moves by two cents. Source: 部门决算报表的平衡关系.
    """
    one = next(one for one in dimensions if one.balance)
    stages = [other for other in dimensions if other.apart and other is not one]
    exact = [line.money.convert(scale).amount for line in lines]
    groups: dict[tuple[str, ...], dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, line in enumerate(lines):
        groups[tuple(other.of(line) for other in stages)][line.fund, one.of(line)].append(index)
    amounts = list(exact)
    for members in groups.values():
        flows = {key: sum((exact[index] for index in indices), ZERO) for key, indices in members.items()}
        for key, total in _rounded(flows, one).items():
            parts = _cut([exact[index] for index in members[key]], total)
            for index, amount in zip(members[key], parts, strict=True):
                amounts[index] = amount
    return tuple(amounts)


def _rounded(exact: Mapping[tuple[str, str], Decimal], one: Dimension) -> _Flows:
    """What each fund has of each value, in cents, and balanced."""
    sign = {value: side for side, values in zip((1, -1), one.balance, strict=True) for value in values}
    spent = [key for key in exact if key[1] == one.usual]
    found: _Flows = {key: round_half_up(amount) for key, amount in exact.items()}
    found.update(zip(spent, apportion([exact[key] for key in spent]), strict=True))
    for fund in dict.fromkeys(fund for fund, _ in exact):
        free = [key for key in exact if key[0] == fund and key[1] != one.usual and key[1] in sign]
        fixed = sum((sign.get(key[1], 0) * found[key] for key in spent if key[0] == fund), ZERO)
        gap = sum((sign.get(key[1], 0) * amount for key, amount in exact.items() if key[0] == fund), ZERO)
        if free:
            signed = _cut([sign[key[1]] * exact[key] for key in free], round_half_up(gap) - fixed)
            found.update((key, sign[key[1]] * amount) for key, amount in zip(free, signed, strict=True))
    _settle(found, exact, sign, one.usual)
    return found


def _settle(found: _Flows, exact: Mapping[tuple[str, str], Decimal], sign: Mapping[str, int], usual: str) -> None:
    """Bring the totals of all funds to the rounded true ones: a cent more of one value is one less, or more, of another of the same fund."""
    values = [value for value in sign if value != usual]
    missing = {
        value: round_half_up(sum((amount for key, amount in exact.items() if key[1] == value), ZERO))
        - sum((amount for key, amount in found.items() if key[1] == value), ZERO)
        for value in values
    }
    for value in values:
        for other in values:
            turned = -sign[value] * sign[other]
            for fund in dict.fromkeys(fund for fund, _ in found):
                both = ((fund, value), (fund, other))
                step = CENT if missing[value] > 0 else -CENT
                helps = missing[value] and missing[other] * turned * step > 0
                if value != other and helps and all(key in found for key in both):
                    for key, by in zip(both, (step, turned * step), strict=True):
                        found[key] += by
                        missing[key[1]] -= by


def _cut(exact: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """Amounts in cents that come to ``total``: half-up, and what is missing goes where most was rounded away."""
    rounded = [round_half_up(amount) for amount in exact]
    missing = int((total - sum(rounded, ZERO)) / CENT)
    step = CENT if missing > 0 else -CENT
    order = sorted(range(len(exact)), key=lambda i: ((exact[i] - rounded[i]) * step, abs(exact[i])), reverse=True)
    for turn in range(abs(missing)):
        rounded[order[turn % len(order)]] += step
    return rounded
