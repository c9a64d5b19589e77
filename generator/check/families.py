"""What a section lists: an amount, and behind it the parts of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from generator.check.covers import covers
from generator.check.numbers import Number
from generator.model.extent import Extent, apart, extent_of, meet, universe, within
from generator.model.ledger import Dimension, Filter, nested
from generator.model.meaning import Portion, Sum, term
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
    numbers: Sequence[Number], lists_funds: bool, own: Sequence[Dimension] = (), adds: bool = False
) -> Iterator[Family]:
    """The families of one section; ``lists_funds``: whatever it lists are the funds of what it is about.

    ``own`` are the dimensions that the place declares; where it ``adds`` values to the usual ones, a whole has those too.
    """
    sums: dict[Extent, Number] = {}
    children: dict[Number, list[Number]] = {}
    for number in numbers:
        extent = extent_of(number.scope) if isinstance(number.meaning, Sum) and number.is_amount else None
        if extent is not None and extent not in sums:
            parent = _nearest(extent, sums)
            sums[extent] = number
            if parent is not None:
                children.setdefault(sums[parent], []).append(number)
    shares = {
        (one.meaning.part, one.meaning.whole): percent(one.printed)
        for one in numbers
        if isinstance(one.meaning, Portion)
    }
    for whole, parts in children.items():
        for names, group in _groups(whole, parts):
            scopes = [one.scope for one in group]
            if all(_are_apart(one, other) for one, other in combinations(scopes, 2)):
                listed = names == _BY_FUND and (lists_funds or _is_a_list(whole, group))
                complete = (
                    listed
                    or _make_up(scopes, extent_of(whole.scope, universe() if adds else None), own)
                    or _shares_make_up(scopes, whole.scope, shares)
                )
                yield Family(whole.section, whole, tuple(group), complete, _code(names))


def _nearest(part: Extent, sums: Iterable[Extent]) -> Extent | None:
    """The least of the sums that hold a part, one inside the other."""
    found = None
    for whole in sums:
        if within(part, whole) and (found is None or within(whole, found)):
            found = whole
    return found


def _are_apart(one: Filter, other: Filter) -> bool:
    """Whether nothing can be in both; a fund that no list knows is none of the others."""
    wanted = dict(other.terms)
    return apart(extent_of(one), extent_of(other)) or any(
        name in wanted and not nested(name, values, wanted[name]) for name, values in one.terms
    )


def _make_up(parts: Sequence[Filter], every: Extent, own: Iterable[Dimension]) -> bool:
    """Whether the parts are all of a whole, as closed lists tell, those of the place's ``own`` dimensions too."""
    extents = [extent_of(part) for part in parts]
    added_up = (one for one in own if not one.apart)
    lists = (Extent(universe().kinds, ((one.name, tuple(sorted(one.values))),)) for one in added_up)
    everything = tuple(range(len(parts)))
    return any(everything in covers(meet(every, one), extents, 0) for one in (universe(), *lists))


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


def _code(dimensions: Sequence[str]) -> str:
    if {*dimensions} <= _FUNDS:
        return "T203"
    return "T218" if tuple(dimensions) == ("部门经济",) else "T217"
