"""All printed amounts of one document into entries, each side of what is never added up (流向, 口径) for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.document.entries import Chosen, Entry, entries_of
from generator.intake.document.lots import Cell
from generator.intake.document.printed import Amount, FoundProject
from generator.intake.document.solve import Ground, Solved, solved
from generator.intake.document.space import Box, space_of
from generator.model.classification import LISTS, Classification
from generator.model.ledger import Dimension, Filter
from generator.model.meaning import term
from generator.model.money import round_half_up
from generator.model.profile import Profile


class Side(NamedTuple):
    """Entries of one value of each dimension that is never added up; ``own`` are these values, empty for the spending.

    ``crossed`` are cells of two tables that are the same and say otherwise.
    """

    own: Mapping[str, str]
    entries: tuple[Entry, ...]
    chosen: tuple[Chosen, ...]
    solved: Solved
    unit: Decimal
    crossed: tuple[tuple[Cell, Cell], ...] = ()


def sides_of(
    amounts: Sequence[Amount],
    profile: Profile,
    codes: Classification,
    projects: Mapping[str, FoundProject],
    strict: bool = False,
) -> tuple[Side, ...]:
    """The spending first, if there is any, then the others in the order of their values.

    ``strict``: a total that is more than the codes, units or projects below it is wrong, and not of something unsaid.
    """
    own = (*profile.widened.values(), *profile.dimensions)
    apart = [one for one in own if one.apart]
    amounts = [amount for amount in amounts if not amount.grain] or amounts  # a rounded one adds nothing to exact ones
    slack = max((amount.grain for amount in amounts), default=Decimal(0))
    unit = 1 / slack if slack else Decimal(10) ** max((_places(amount) for amount in amounts), default=2)
    names = {(one, code): name for one in LISTS for code, name in codes.names(one).items()}
    names |= {("项目", key): project.name for key, project in projects.items()}
    sorted_: dict[tuple[str, ...], list[Amount]] = {}
    for amount in amounts:
        key = tuple(_value(amount.scope, one) for one in apart)
        if all(key):
            sorted_.setdefault(key, []).append(amount)
    place = _Place(own, names, codes, unit, int(bool(slack)), strict)
    found = []
    for key in sorted(
        sorted_, key=lambda key: [one.values.index(value) for one, value in zip(apart, key, strict=True)]
    ):
        some = [amount._replace(scope=_without(amount.scope, apart)) for amount in sorted_[key]]
        is_spent = all(value == one.usual for one, value in zip(apart, key, strict=True))
        named = {} if is_spent else {one.name: value for one, value in zip(apart, key, strict=True)}
        found.append(_side(some, named, place))
    return tuple(found)


class _Place(NamedTuple):
    """What is the same for all sides; ``unit``: how many of the smallest amounts one of the tables' is."""

    own: tuple[Dimension, ...]
    names: Mapping[tuple[str, str], str]
    codes: Classification
    unit: Decimal
    slack: int
    strict: bool


def _side(amounts: Sequence[Amount], named: Mapping[str, str], place: _Place) -> Side:
    listed = (*LISTS, "单位", "项目")
    space = space_of((amount.scope for amount in amounts), place.own)
    tables: dict[str, list[Cell]] = {}
    for amount in amounts:
        box = space.box(amount.scope)
        if box is not None:
            tables.setdefault(amount.table, []).append(
                Cell(box, int(round_half_up(amount.value * place.unit, 0)), amount.place)
            )
    whole = frozenset(at for at, name in enumerate(space.names) if place.strict and name in listed)
    done = solved(tables, Ground(space, place.names, place.slack, whole))
    entries, chosen = entries_of(done.parts, space, place.unit, place.codes, place.own)
    if named:
        entries = tuple(entry._replace(values={**entry.values, **named}) for entry in entries)
    return Side(named, entries, chosen, done, place.unit, tuple(_crossed(tables)))


def _crossed(tables: Mapping[str, Sequence[Cell]]) -> Iterator[tuple[Cell, Cell]]:
    """The first cell of each box, and one of a later table that should be the same."""
    first: dict[Box, Cell] = {}
    for cells in tables.values():
        before = dict(first)
        for cell in cells:
            first.setdefault(cell.box, cell)
            if cell.box in before and before[cell.box].amount != cell.amount:
                yield before[cell.box], cell


def _places(amount: Amount) -> int:
    exponent = amount.value.normalize().as_tuple().exponent
    return max(2, -exponent) if isinstance(exponent, int) else 2


def _value(scope: Filter, one: Dimension) -> str:
    """The one value that a scope wants of a dimension; empty where it wants several."""
    said = term(scope, one.name)
    return one.usual if said is None else said[0] if len(said) == 1 else ""


def _without(scope: Filter, apart: Sequence[Dimension]) -> Filter:
    names = {one.name for one in apart}
    return Filter(tuple((name, values) for name, values in scope.terms if name not in names))
