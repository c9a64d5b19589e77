"""How far a scope reaches: which combinations of the dimensions' closed values, and which codes.

Entries fall into finitely many kinds, told apart by what the dimensions with closed lists say of them (资金, 来源, 年度,
类别, 经费, 项目类型) and by the 类 of their 部门经济; an extent's ``kinds`` has a bit for each. Whether extents overlap, or
make up another, is then a question of bits. Codes longer than that are open lists and stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        return self._replace(kinds=self.kinds & ~kinds)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that its codes are of."""
        return tuple(name for name, _ in self.codes)


def extent_of(scope: Filter) -> Extent:
    """What a scope selects; NOTHING where its terms exclude each other."""
    found = EVERYTHING
    for name, values in scope.terms:
        found = meet(found, _term(name, values))
    return found


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


def within(part: Extent, whole: Extent) -> bool:
    """Whether every entry of ``part`` is in ``whole``."""
    return not part.kinds & ~whole.kinds and (not whole.codes or meet(part, whole).codes == part.codes)


def apart(one: Extent, other: Extent) -> bool:
    """Whether no entry can be in both."""
    return meet(one, other) == NOTHING


@lru_cache(maxsize=4096)
def _term(name: str, values: tuple[str, ...]) -> Extent:
    row = DIMENSIONS.get(name)
    if row is not None and row.values and {*row.choices}.issuperset(values):
        return Extent(_bits(name, {one for value in values for one in row.groups.get(value, (value,))}))
    if "" in values:
        return EVERYTHING
    if name == "项目":
        return Extent(_bits("类别", {PROJECT}), ((name, values),))
    if name != "部门经济":
        return Extent(EVERYTHING.kinds, ((name, tuple(sorted(values))),))
    classes = {value[:3] for value in values}
    known = classes <= set(_PROJECT_GROUPS)
    kinds = _bits(name, classes) if known else EVERYTHING.kinds
    return Extent(kinds, () if known and classes == set(values) else ((name, tuple(sorted(values))),))


def _bits(name: str, wanted: Iterable[str]) -> int:
    known = _bits_of_values()[name]
    return union(known.get(value, 0) for value in wanted)


@lru_cache(maxsize=1)
def _bits_of_values() -> Mapping[str, Mapping[str, int]]:
    """By dimension and value, the bits of the kinds that have it."""
    found: dict[str, dict[str, int]] = {}
    bit = 1
    for values in product(*_CLOSED.values()):
        for use in _COMBINED:
            for name, value in zip((*_CLOSED, *_USES, "部门经济"), (*values, *use), strict=True):
                of = found.setdefault(name, {})
                of[value] = of.get(value, 0) | bit
            bit <<= 1
    return found


_CLOSED = {name: row.values for name, row in DIMENSIONS.items() if row.values and name not in _USES}
_COMBINED = [
    *((BASIC, PERSONNEL, "", group) for group in PERSONNEL_GROUPS),
    *((BASIC, OPERATING, "", group) for group in _OPERATING_GROUPS),
    *((PROJECT, "", kind, group) for kind in PROJECT_KINDS for group in _PROJECT_GROUPS),
]
"""What 类别, 经费, 项目类型 and the 类 of 部门经济 can be together."""
EVERYTHING = Extent((1 << prod(map(len, _CLOSED.values())) * len(_COMBINED)) - 1)
NOTHING = Extent(0)
