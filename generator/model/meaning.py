"""What a printed number means: which entries of the ledger it adds up, or how it follows from such sums.

A cell's scope is its table's ∩ its row's ∩ its column's, a number's in prose its figure's. Scopes are Filters: two
numbers of one normal scope are the same number. What is part of what, extents tell (model/extent.py).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.ledger import (
    BASIC,
    CODED,
    DIMENSIONS,
    OPERATING,
    PERSONNEL,
    PERSONNEL_GROUPS,
    Filter,
    nested,
)

EVERYTHING = Filter()


class Sum(NamedTuple):
    """An amount: all entries that the scope selects."""

    scope: Filter


class Portion(NamedTuple):
    """占比: how much of one sum another is."""

    part: Filter
    whole: Filter


class Moved(NamedTuple):
    """A sum against ``basis`` (上年预算); ``aspect`` is 差额, 上年数, 增幅 or 完成率."""

    scope: Filter
    aspect: str
    basis: str


class Typed(NamedTuple):
    """A number that no ledger holds, by the name a place asks for it (政府采购.货物), or a sum of such numbers."""

    name: str


Meaning = Sum | Portion | Moved | Typed


def meaning_of(numeric: Numeric | None, aspect: str = "") -> Meaning | None:
    """What a figure of prose means; None for words, and for a Mover, which stands only in a drafted reason."""
    match numeric:
        case Figure(scope=Filter() as scope):
            return Sum(normal(scope))
        case Share(part=Figure(scope=Filter() as part), whole=Figure(scope=Filter() as whole)):
            return Portion(normal(part), normal(whole))
        case Change(current=Figure(scope=Filter() as scope), basis=basis):
            return Moved(normal(scope), aspect, basis.name)
        case Fact(key=name):
            return Typed(name)
        case Mover() | None | _:
            return None


@lru_cache(maxsize=1 << 10)
def normal(scope: Filter) -> Filter:
    """The scope in the one way that equal ones share: each dimension once, in order, with what its terms imply.

    A scope that selects nothing, because two of its terms exclude each other, has a dimension without values.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    for name, values in scope.terms:
        groups = DIMENSIONS[name].groups if name in DIMENSIONS else {}
        _narrow(wanted, name, [one for value in values for one in groups.get(value, (value,))])
    _imply(wanted)
    return Filter(tuple((name, wanted[name]) for name in sorted(wanted) if not _is_all(name, wanted[name])))


def term(scope: Filter, name: str) -> tuple[str, ...] | None:
    """The values that a scope wants of a dimension; None where it does not look at it."""
    return next((values for dimension, values in scope.terms if dimension == name), None)


def _narrow(wanted: dict[str, tuple[str, ...]], name: str, values: Sequence[str]) -> None:
    if name not in wanted:
        wanted[name] = _least(name, values)
    else:
        wanted[name] = _least(name, nested(name, wanted[name], tuple(values)))


def _imply(wanted: dict[str, tuple[str, ...]]) -> None:
    """What follows from a term: only 项目支出 has projects, only 基本支出 is 人员经费 (301 and 303) or 公用经费."""
    for name in tuple(wanted):
        for other, value in DIMENSIONS[name].implies if name in DIMENSIONS else ():
            _narrow(wanted, other, (value,))
    if wanted.get("类别") == (BASIC,) and "部门经济" in wanted:
        uses = {PERSONNEL if code.startswith(PERSONNEL_GROUPS) else OPERATING for code in wanted["部门经济"]}
        if len(uses) == 1:
            _narrow(wanted, "经费", tuple(uses))


def _least(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values sorted, each once; of codes only those that no shorter one begins."""
    kept = sorted(set(values))
    if name in CODED:
        kept = [code for code in kept if not any(code != other and code.startswith(other) for other in kept)]
    return tuple(kept)


def _is_all(name: str, values: tuple[str, ...]) -> bool:
    """Whether the values are no term: of a dimension in which every line has a value, all of them."""
    if name in CODED:
        return "" in values
    known = DIMENSIONS.get(name)
    return known is not None and bool(known.values) and not known.implies and set(values) == set(known.values)
