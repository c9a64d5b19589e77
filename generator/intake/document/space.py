"""All entries that a document could be of, by the values it prints: a scope is then a box, a bit for each value.

A box says of every dimension which values an entry in it may have. Boxes meet by bits; the same words select the same
box, however they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.ledger import (
    BASIC,
    CODED,
    DIMENSIONS,
    PERSONNEL,
    PERSONNEL_GROUPS,
    PROJECT,
    PROJECT_KINDS,
    Dimension,
    Filter,
)

Box = tuple[int, ...]
"""By dimension of a Space, the values that are allowed: bits."""
_OPERATING_GROUPS = ("302", "309", "310", "399")
_ALWAYS = ("类别", "项目类型", "项目", "部门经济")
_OF_PROJECTS = ("项目类型", "项目")


class Space(NamedTuple):
    """The dimensions that scopes name, each with the values there are: of codes the longest that are printed."""

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    groups: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def everything(self) -> Box:
        """All entries."""
        return tuple((1 << len(values)) - 1 for values in self.values)

    def box(self, scope: Filter) -> Box | None:
        """What a scope selects; None where its terms exclude each other."""
        allowed = dict(zip(self.names, self.everything, strict=True))
        for name, wanted in scope.terms:
            for one, values in self._spelled(name, wanted):
                allowed[one] &= self._bits(one, values)
        self._tie(allowed)
        box = tuple(allowed.values())
        return box if all(box) else None

    def of(self, box: Box, name: str) -> tuple[str, ...]:
        """The values a box allows of a dimension; none where no scope looks at it."""
        if name not in self.names:
            return ()
        at = self.names.index(name)
        return tuple(value for place, value in enumerate(self.values[at]) if box[at] >> place & 1)

    def meet(self, one: Box, other: Box) -> Box | None:
        """What is in both."""
        both = tuple(map(int.__and__, one, other))
        if not all(both):
            return None
        if both in (one, other):
            return both
        allowed = dict(zip(self.names, both, strict=True))
        self._tie(allowed)
        box = tuple(allowed.values())
        return box if all(box) else None

    def _spelled(self, name: str, wanted: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
        """A term by the dimensions of the space: 经费 is what 类别 and 部门经济 say, a group its values."""
        if name == "经费":
            return [("类别", (BASIC,)), ("部门经济", _groups(wanted))]
        known = self.groups.get(name, {})
        return [(name, [one for value in wanted for one in known.get(value, (value,))])]

    def _bits(self, name: str, wanted: Sequence[str]) -> int:
        values = self.values[self.names.index(name)]
        if name in CODED:
            return sum(1 << at for at, value in enumerate(values) if value.startswith(tuple(wanted)))
        return sum(1 << at for at, value in enumerate(values) if value in wanted)

    def _tie(self, allowed: dict[str, int]) -> None:
        """What follows from each other: only 项目支出 has projects and a 项目类型, and it has them always."""
        project = self._bits("类别", (PROJECT,))
        if any(not allowed[name] & self._bits(name, ("",)) for name in _OF_PROJECTS):
            allowed["类别"] &= project
        if not allowed["类别"] & ~project:
            for name in _OF_PROJECTS:
                allowed[name] &= ~self._bits(name, ("",))
        if not allowed["类别"] & project:
            for name in _OF_PROJECTS:
                allowed[name] &= self._bits(name, ("",))


def space_of(scopes: Iterable[Filter], own: Iterable[Dimension]) -> Space:
    """The space that scopes are boxes of; ``own`` are the place's dimensions, and the usual ones it has widened."""
    known = {**DIMENSIONS, **{one.name: one for one in own}}
    named: dict[str, dict[str, None]] = {name: {} for name in _ALWAYS}
    for scope in scopes:
        for name, wanted in scope.terms:
            if name == "经费":
                named["部门经济"].update(dict.fromkeys(_groups(wanted)))
            else:
                named.setdefault(name, {}).update(dict.fromkeys(wanted))
    values = {name: _values(name, tuple(said), known.get(name)) for name, said in named.items()}
    return Space(tuple(values), tuple(values.values()), {name: known[name].groups for name in values if name in known})


def _groups(uses: Sequence[str]) -> tuple[str, ...]:
    """The 类 of 部门经济 that 人员经费 or 公用经费 has."""
    return tuple(group for use in uses for group in (PERSONNEL_GROUPS if use == PERSONNEL else _OPERATING_GROUPS))


def _values(name: str, said: tuple[str, ...], row: Dimension | None) -> tuple[str, ...]:
    if name == "项目类型":
        return ("", *PROJECT_KINDS)
    if name == "项目":
        return ("", *said) if said else ("", "?")
    if name in CODED:
        return tuple(code for code in said if not any(o != code and o.startswith(code) for o in said)) or ("?",)
    return row.values if row is not None and row.values else said or ("?",)
