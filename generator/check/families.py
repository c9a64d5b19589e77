"""What a section lists: an amount, and behind it the parts of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from generator.check.numbers import Number
from generator.model.ledger import CODED, DIMENSIONS, Dimension, Filter
from generator.model.meaning import Part, Sum, apart, makes_up, term, within
from generator.model.money import ZERO
from generator.model.sentence import percent

_BY_FUND = ("资金",)
_FUNDS = {*_BY_FUND, "年度"}
_CLOSE = Decimal(1)


class Family(NamedTuple):
    """An amount of a section and the parts of it told behind; ``complete``: together they are all of it.

    ``code`` is the rule's that they add up.
    """

    section: str
    whole: Number
    parts: tuple[Number, ...]
    complete: bool
    code: str


def families_of(
    numbers: Sequence[Number], lists_funds: bool, dimensions: Mapping[str, Dimension] = DIMENSIONS
) -> Iterator[Family]:
    """The families of one section; ``lists_funds``: whatever it lists are the funds of what it is about.

    ``dimensions`` are the place's: what closed lists tell.
    """
    sums: dict[Filter, Number] = {}
    children: dict[Number, list[Number]] = {}
    for number in numbers:
        if isinstance(number.meaning, Sum) and number.is_amount and number.scope not in sums:
            parent = _nearest([one for one in sums.values() if within(number.scope, one.scope)])
            sums[number.scope] = number
            if parent is not None:
                children.setdefault(parent, []).append(number)
    shares = {
        (one.meaning.part, one.meaning.whole): percent(one.printed) for one in numbers if isinstance(one.meaning, Part)
    }
    for whole, parts in children.items():
        for names, group in _groups(whole, parts):
            if all(apart(one.scope, other.scope) for one, other in combinations(group, 2)):
                listed = names == _BY_FUND and (lists_funds or _is_a_list(whole, group))
                scopes = [one.scope for one in group]
                complete = (
                    listed
                    or makes_up(scopes, whole.scope, dimensions)
                    or _codes_make_up(scopes, whole.scope, names)
                    or _shares_make_up(scopes, whole.scope, shares)
                )
                yield Family(whole.section, whole, tuple(group), complete, _code(names))


def _nearest(wholes: Iterable[Number]) -> Number | None:
    """The least of amounts that hold a part, one inside the other."""
    found = None
    for whole in wholes:
        if found is None or within(whole.scope, found.scope):
            found = whole
    return found


def _groups(whole: Number, parts: Iterable[Number]) -> Iterator[tuple[tuple[str, ...], list[Number]]]:
    """The parts by the dimensions that tell them from the whole; funds and what is carried forward stand in one list."""
    groups: dict[tuple[str, ...], list[Number]] = {}
    for part in parts:
        groups.setdefault(_apart_by(part.scope, whole.scope), []).append(part)
    listed = {dimensions for dimensions in groups if {*dimensions} <= _FUNDS}
    if any("资金" in dimensions for dimensions in listed):
        yield _BY_FUND, [part for part in parts if _apart_by(part.scope, whole.scope) in listed]
    else:
        listed = set()
    yield from ((dimensions, group) for dimensions, group in groups.items() if dimensions not in listed)


def _apart_by(part: Filter, whole: Filter) -> tuple[str, ...]:
    return tuple(
        name for name in sorted({*part.dimensions, *whole.dimensions}) if term(part, name) != term(whole, name)
    )


def _is_a_list(whole: Number, funds: Sequence[Number]) -> bool:
    """Whether funds are told one by one in the sentence of their whole: it leaves out those without money only."""
    return len(funds) > 1 and {one.bound.paragraph for one in funds} == {whole.bound.paragraph}


def _shares_make_up(parts: Sequence[Filter], whole: Filter, shares: Mapping[tuple[Filter, Filter], Decimal]) -> bool:
    """Whether the percentages told claim that nothing is left out."""
    told = [shares[part, whole] for part in parts if (part, whole) in shares]
    return len(told) == len(parts) > 1 and abs(sum(told, ZERO) - 100) <= _CLOSE


def _codes_make_up(parts: Sequence[Filter], whole: Filter, dimensions: Sequence[str]) -> bool:
    """Whether the codes that the whole names are those of its parts."""
    if len(dimensions) != 1 or dimensions[0] not in CODED or term(whole, dimensions[0]) is None:
        return False
    said = [code for part in parts for code in term(part, dimensions[0]) or ()]
    return sorted(said) == sorted(term(whole, dimensions[0]) or ())


def _code(dimensions: Sequence[str]) -> str:
    if {*dimensions} <= _FUNDS:
        return "T203"
    return "T218" if tuple(dimensions) == ("部门经济",) else "T217"
