"""Which extents together are all of another, without overlap: found among the ones that are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.extent import Extent, union, within

_MOST = 4
"""No whole of a form is broken down in more ways than this."""


def inside(whole: Extent, extents: Sequence[Extent]) -> list[int]:
    """Where the largest extents strictly inside a whole are."""
    found = [place for place, one in enumerate(extents) if one.kinds and one != whole and within(one, whole)]
    return [
        place
        for place in found
        if not any(extents[other] != extents[place] and within(extents[place], extents[other]) for other in found)
    ]


def covers(whole: Extent, extents: Sequence[Extent], zero: int, least: int = 2) -> list[tuple[int, ...]]:
    """Each way in which the largest extents inside a whole are all of it, but for the kinds of entry known to be none.

    Codes count only where the whole lists them itself (“三公”经费 by its items). ``least`` is how many parts make a sum.
    """
    places = inside(whole, extents)
    unlike = {place: extents[place] for place in dict.fromkeys(places)}
    first: dict[Extent, int] = {}
    for place, one in unlike.items():
        first.setdefault(one, place)
    found = _by_codes if whole.codes else _by_kinds
    return [cover for cover in found(whole, first, zero) if len(cover) >= least][:_MOST]


def _by_kinds(whole: Extent, first: dict[Extent, int], zero: int) -> Iterator[tuple[int, ...]]:
    parts = [(one.kinds, place) for one, place in first.items() if not one.codes]
    for cover in _rest(parts, zero, whole.kinds, ()):
        taken = union(kinds for kinds, place in parts if place in cover)
        empty = [place for kinds, place in parts if not kinds & taken and not kinds & ~zero and place not in cover]
        yield tuple(sorted((*cover, *empty)))


def _rest(parts: Sequence[tuple[int, int]], zero: int, left: int, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """What is ``taken`` with each way to cover the kinds that are ``left``."""
    lowest = left & ~zero
    if not lowest:
        yield taken
        return
    lowest &= -lowest
    for kinds, place in parts:
        if kinds & lowest and not kinds & ~left and place not in taken:
            yield from _rest(parts, zero, left & ~kinds, (*taken, place))


def _by_codes(whole: Extent, first: dict[Extent, int], zero: int) -> Iterator[tuple[int, ...]]:
    """The parts divide the codes that the whole lists of one dimension, or what is left of it by kinds."""
    same = {one: place for one, place in first.items() if one.codes == whole.codes}
    yield from _by_kinds(whole._replace(codes=()), {one._replace(codes=()): place for one, place in same.items()}, zero)
    for name, values in whole.codes:
        rest = [term for term in whole.codes if term[0] != name]
        parts = [
            (set(dict(one.codes)[name]), place)
            for one, place in first.items()
            if name in one.dimensions and [term for term in one.codes if term[0] != name] == rest
        ]
        taken: list[str] = [code for codes, _ in parts for code in codes]
        if len(taken) == len(set(taken)) and set(taken) == set(values):
            yield tuple(sorted(place for _, place in parts))
