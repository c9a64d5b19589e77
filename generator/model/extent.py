"""How far a scope reaches: which combinations of the dimensions' closed values, and which codes.

Entries fall into finitely many kinds, told apart by what the dimensions with closed lists say of them (资金, 来源, 年度,
类别, 经费, 项目类型) and by the 类 of their 部门经济; an extent's ``kinds`` has a bit for each. Whether extents overlap, or
make up another, is then a question of bits. Codes longer than that are open lists and stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from generator.model.ledger import (
    BASIC,
    DIMENSIONS,
    OPERATING,
    PERSONNEL,
    PERSONNEL_GROUPS,
    PROJECT,
    PROJECT_KINDS,
    Added,
    Filter,
    nested,
)

_OPERATING_GROUPS = ("302", "309", "310", "399")
_PROJECT_GROUPS = (*PERSONNEL_GROUPS, *_OPERATING_GROUPS, "307", "311", "312", "313")
"""The 类 of 部门经济 that 基本支出 uses, with PERSONNEL_GROUPS, and those that projects use (rule D019)."""
_USES = ("类别", "经费", "项目类型")
Codes = tuple[tuple[str, tuple[str, ...]], ...]


class Extent(NamedTuple):
    """``kinds`` of entries, one bit each, narrowed to ``codes``: by dimension, in order, any of some beginnings."""

    kinds: int
    codes: Codes = ()

    def without(self, kinds: int) -> Extent:
        """All of it but these kinds of entry."""
        left = self.kinds & ~kinds
        return self if left == self.kinds else Extent(_shared(left), self.codes)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that its codes are of."""
        return tuple(name for name, _ in self.codes)


def learn(added: Added) -> None:
    """Values that a place adds to closed lists become kinds of entry of their own, beside all that there were.

    What an extent of the usual kinds is does not change by it.
    """
    new = [(name, value) for name, values in added.items() for value in values if (name, value) not in _LEARNED]
    if new:
        _LEARNED.extend(new)
        for known in (_term, _bits_of_values, universe):
            known.cache_clear()


_LEARNED: list[tuple[str, str]] = []
"""Dimensions and values that places have added, in the order they were met: interned, like names."""


def learned(name: str) -> tuple[str, ...]:
    """The values that places have added to a closed list."""
    return tuple(value for one, value in _LEARNED if one == name)


@lru_cache(maxsize=1)
def universe() -> Extent:
    """The usual kinds of entry and those that were learned."""
    return Extent(union(bits for values in _bits_of_values().values() for bits in values.values()))


def around(whole: Extent) -> Extent:
    """What is narrowed to get a part of a whole: the usual kinds of entry, or all kinds where the whole has others."""
    return universe() if whole.kinds & ~EVERYTHING.kinds else EVERYTHING


def extent_of(scope: Filter, start: Extent | None = None) -> Extent:
    """What a scope selects; NOTHING where its terms exclude each other. ``start`` is what it selects from."""
    found = start or (universe() if _LEARNED and _names_learned(scope) else EVERYTHING)
    for name, values in scope.terms:
        found = meet(found, _term(name, values))
    return found


def _names_learned(scope: Filter) -> bool:
    return any(name == one and value in values for name, values in scope.terms for one, value in _LEARNED)


def extent_with(**terms: str | tuple[str, ...]) -> Extent:
    """What these terms select: ``extent_with(年度=THIS_YEAR)``."""
    return extent_of(Filter(tuple((name, (one,) if isinstance(one, str) else one) for name, one in terms.items())))


def union(kinds: Iterable[int]) -> int:
    """All of some kinds of entry."""
    found = 0
    for one in kinds:
        found |= one
    return found


def meet(one: Extent, other: Extent) -> Extent:
    """What is in both."""
    kinds = one.kinds & other.kinds
    if not kinds:
        return NOTHING
    if not other.codes and kinds == one.kinds:
        return one  # as most often: a part of what it is met with
    if not one.codes and kinds == other.kinds:
        return other
    kinds = _shared(kinds)
    if not one.codes or not other.codes:
        return Extent(kinds, one.codes or other.codes)
    codes = dict(one.codes)
    for name, values in other.codes:
        codes[name] = nested(name, codes[name], values) if name in codes else values
        if not codes[name]:
            return NOTHING
    if "项目" in codes:
        codes.pop("单位", None)  # a project is one unit's
    return Extent(kinds, tuple(sorted(codes.items())))


@lru_cache(maxsize=1 << 10)
def _shared(kinds: int) -> int:
    """The same number, once in memory: it has a thousand bits, and a large document's cells are of some dozen kinds."""
    return kinds


def within(part: Extent, whole: Extent) -> bool:
    """Whether every entry of ``part`` is in ``whole``."""
    return not part.kinds & ~whole.kinds and (not whole.codes or meet(part, whole).codes == part.codes)


def apart(one: Extent, other: Extent) -> bool:
    """Whether no entry can be in both."""
    return meet(one, other) == NOTHING


@lru_cache(maxsize=4096)
def _term(name: str, values: tuple[str, ...]) -> Extent:
    row = DIMENSIONS.get(name)
    if row is not None and row.values and {*row.choices, *learned(name)}.issuperset(values):
        return Extent(_bits(name, {one for value in values for one in row.groups.get(value, (value,))}))
    if "" in values:
        return universe()
    if name == "项目":
        return Extent(_bits("类别", {PROJECT}), ((name, values),))
    if name != "部门经济":
        return Extent(universe().kinds, ((name, tuple(sorted(values))),))
    classes = {value[:3] for value in values}
    known = classes <= set(_PROJECT_GROUPS)
    kinds = _bits(name, classes) if known else universe().kinds
    return Extent(kinds, () if known and classes == set(values) else ((name, tuple(sorted(values))),))


def _bits(name: str, wanted: Iterable[str]) -> int:
    known = _bits_of_values()[name]
    return union(known.get(value, 0) for value in wanted)


@lru_cache(maxsize=1)
def _bits_of_values() -> Mapping[str, Mapping[str, int]]:
    """By dimension and value, the bits of the kinds that have it."""
    found: dict[str, dict[str, int]] = {}
    bit = 1
    for kind in _kinds():
        for name, value in zip((*_CLOSED, *_USES, "部门经济"), kind, strict=True):
            of = found.setdefault(name, {})
            of[value] = of.get(value, 0) | bit
        bit <<= 1
    return found


def _kinds() -> Iterator[tuple[str, ...]]:
    """The kinds of entry in their order: the usual ones, then those of each value that was learned, with all before it."""
    closed, uses = dict(_CLOSED), list(_COMBINED)
    yield from ((*values, *use) for values in product(*closed.values()) for use in uses)
    for name, value in _LEARNED:
        if name in closed:
            of_value = {**closed, name: (value,)}
            yield from ((*values, *use) for values in product(*of_value.values()) for use in uses)
            closed[name] = (*closed[name], value)
        else:
            with_value = [(value, "", "", group) for group in ("", *_PROJECT_GROUPS)]
            yield from ((*values, *use) for values in product(*closed.values()) for use in with_value)
            uses += with_value


_CLOSED = {name: row.values for name, row in DIMENSIONS.items() if row.values and name not in _USES}
_COMBINED = [
    *((BASIC, PERSONNEL, "", group) for group in PERSONNEL_GROUPS),
    *((BASIC, OPERATING, "", group) for group in _OPERATING_GROUPS),
    *((PROJECT, "", kind, group) for kind in PROJECT_KINDS for group in _PROJECT_GROUPS),
]
"""What 类别, 经费, 项目类型 and the 类 of 部门经济 can be together."""
EVERYTHING = Extent((1 << prod(map(len, _CLOSED.values())) * len(_COMBINED)) - 1)
NOTHING = Extent(0)
