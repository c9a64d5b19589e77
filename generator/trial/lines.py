"""Ledger lines for a made-up department: every 资金, 年度, 层级 and 类别, every code that the profile's filters name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from generator.model.classification import ITEMS, LISTS, Classification
from generator.model.department import NATURES
from generator.model.ledger import (
    APPROPRIATIONS,
    BASIC,
    DIMENSIONS,
    FROM_ABOVE,
    GENERAL,
    OWN,
    PROJECT,
    PROJECT_KINDS,
    THIS_YEAR,
    Dimension,
    Filter,
    LedgerLine,
)
from generator.model.money import Money, Scale
from generator.model.profile import Profile
from generator.model.source import Position
from generator.model.table_spec import (
    AmountColumn,
    BlockRows,
    ComparedColumn,
    FixedRow,
    GroupRows,
    RowSpec,
    ShareColumn,
)

CODE = "900"
AGENCIES = tuple((f"{CODE}00{number}", NATURES[(number - 1) * 2 % len(NATURES)]) for number in (1, 2, 3))
"""The units' codes, each with its 单位性质; the first is 行政, the second 事业."""
_NOWHERE = Position("")
_BASIC_GROUPS = ("301", "302", "303", "310", "399")
_APART = 3
"""Units share the codes that only projects use: each has one of so many."""


class Place(NamedTuple):
    """What lines are made of: the codes in force, and of a profile its dimensions and the codes that its filters name."""

    codes: Classification
    funds: tuple[str, ...]
    kinds: tuple[str, ...]
    own: tuple[Dimension, ...]
    named: Mapping[str, tuple[str, ...]]


def place_of(profile: Profile, codes: Classification) -> Place:
    """The place of a profile."""
    wide = {**DIMENSIONS, **profile.widened}
    return Place(codes, wide["资金"].values, wide["类别"].values, profile.dimensions, dict(_named(profile, codes)))


def _named(profile: Profile, codes: Classification) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By list, the finest codes that some filter of the profile names alone: one below each of its codes."""
    filters = [spec.filter for spec in profile.figures]
    for table in profile.tables:
        filters += [table.filter, *(cell.filter for row in table.form for cell in row.cells if cell.filter is not None)]
        filters += [
            leaf.filter for leaf in table.leaves if isinstance(leaf, (AmountColumn, ComparedColumn, ShareColumn))
        ]
        filters += [one for panel in table.panels for one in _of_rows(panel.rows)]
    for key in LISTS:
        wanted = dict.fromkeys(code for one in filters for name, values in one.terms if name == key for code in values)
        finest = [code for code in codes.names(key) if len(code) == ITEMS[key]]
        yield key, tuple(dict.fromkeys(one for code in wanted for one in finest if one.startswith(code)))


def _of_rows(rows: Iterable[RowSpec]) -> Iterator[Filter]:
    for row in rows:
        if isinstance(row, FixedRow) and row.filter is not None:
            yield row.filter
        elif isinstance(row, BlockRows):
            yield row.filter
            yield from _of_rows(row.rows)
        elif isinstance(row, GroupRows):
            yield from _of_rows(row.below)


def amount(number: int) -> Decimal:
    """The amount of the line of this number, always the same, and no sum of some others."""
    return Decimal((number * number * 7919 + number * 104_729 + 1_234) % 900_000 + 1_000).scaleb(-2)


def lines_of(place: Place, scale: Scale, units: int = len(AGENCIES)) -> tuple[LedgerLine, ...]:
    """The spending of a department that has everything: each economic code, each fund, each value of a dimension."""
    made: list[LedgerLine] = []
    add = _Adder(place, scale, made).add
    for order, (agency, nature) in enumerate(AGENCIES[:units]):
        economics, functions = _economics(place, nature), _functions(place, GENERAL)
        basic = [code for code in economics if code.startswith(_BASIC_GROUPS)]
        usual = _Source(agency, nature, GENERAL, OWN, THIS_YEAR, BASIC)
        for number, code in enumerate(basic[:: 1 if order == 0 else 3]):
            add(usual, functions[(number + order) % len(functions)], code)
        number = 0
        for fund, origin, period in _sources(place):
            of_fund = _functions(place, fund)
            for kind in place.kinds:
                number += 1
                source = _Source(agency, nature, fund, origin, period, kind)
                add(source, of_fund[number % len(of_fund)], basic[number % 40])
        for number, code in enumerate(economics[order::_APART]):
            add(usual._replace(kind=PROJECT), functions[number % len(functions)], code, "全部科目")
    return tuple(made)


class _Source(NamedTuple):
    """What lines of one funding share; ``nature`` is the unit's 单位性质."""

    agency: str
    nature: str
    fund: str
    origin: str
    period: str
    kind: str


class _Adder(NamedTuple):
    """Puts a line into ``made`` for each value of the dimensions that are not added up; those that are take turns."""

    place: Place
    scale: Scale
    made: list[LedgerLine]

    def add(self, source: _Source, function: str, economic: str, of: str = "") -> None:
        """Add it, as of one project for each source where ``of`` names none."""
        agency, nature, fund, origin, period, kind = source
        number = len(self.made)
        project = f"{agency}-{of or f'{fund}{origin}{period}'}" if kind == PROJECT else ""
        project_kind = PROJECT_KINDS[1 if of else number % 2] if project else ""
        government = self.place.codes.government_code(economic, nature) or ""
        said = (("类别", kind),) if kind not in (BASIC, PROJECT) else ()
        for own in product(*(_turn(dimension, number, turn) for turn, dimension in enumerate(self.place.own, 1))):
            money = Money(amount(len(self.made)), self.scale)
            names = [dimension.name for dimension in self.place.own]
            self.made.append(
                LedgerLine(
                    agency, function, economic, government, fund, origin, period, project, project_kind, money,
                    _NOWHERE, None, (*zip(names, own, strict=True), *said),
                )
            )  # fmt: skip


def _turn(dimension: Dimension, number: int, turn: int) -> tuple[str, ...]:
    """The values of a place's own dimension that a line is made for."""
    if dimension.file:
        return (dimension.usual,)
    return dimension.values if dimension.apart else (dimension.values[(number // turn) % len(dimension.values)],)


def _sources(place: Place) -> Iterator[tuple[str, str, str]]:
    """资金, 层级 and 年度 that a budget may have money of; only appropriations come from above."""
    for fund, period in product(place.funds, DIMENSIONS["年度"].values):
        yield fund, OWN, period
        if fund in APPROPRIATIONS:
            yield fund, FROM_ABOVE, period


def _functions(place: Place, fund: str) -> tuple[str, ...]:
    """项 of a fund: one of each 类, and those the profile names; of money of its own, 一般公共预算's."""
    whose = fund if fund in APPROPRIATIONS else GENERAL
    names = place.codes.function
    codes = [code for code in names if len(code) == ITEMS["功能科目"] and code[:3] in names and code[:5] in names]
    own = [code for code in codes if place.codes.fund_of(code) == whose] or codes
    firsts = {code[:3]: code for code in reversed(own)}
    return tuple(dict.fromkeys([*sorted(firsts.values()), *(code for code in place.named["功能科目"] if code in own)]))


def _economics(place: Place, nature: str) -> tuple[str, ...]:
    """款 of 部门经济 that a unit of this 单位性质 may use."""
    names = place.codes.department_economic
    codes = sorted(code for code in names if len(code) == ITEMS["部门经济"] and code[:3] in names)
    return tuple(code for code in codes if place.codes.government_code(code, nature))


def sides_of(place: Place, spending: Sequence[LedgerLine], scale: Scale) -> tuple[LedgerLine, ...]:
    """What a place has typed in a file of its own (流向): income as the spending, balances that are equal on both sides."""
    found: list[LedgerLine] = []
    for dimension in place.own:
        if not dimension.file:
            continue
        main, *others = _sides(dimension)
        found += [_of(line, dimension, main) for line in spending]
        for agency in dict.fromkeys(line.agency for line in spending):
            of_unit = [line for line in spending if line.agency == agency][:2]
            found += [
                _of(line, dimension, value)._replace(money=Money(amount(9_000), scale))
                for line in of_unit
                for value in others
            ]
    return tuple(found)


def _sides(dimension: Dimension) -> tuple[str, ...]:
    """The value that stands against the spending, then of each side as many others as both have."""
    if not dimension.balance:
        return dimension.values[1:]
    with_usual, against = sorted(dimension.balance, key=lambda side: dimension.usual not in side)
    rest = [value for value in with_usual if value != dimension.usual]
    both = min(len(rest), len(against) - 1)
    return (*against[: both + 1], *rest[:both])


def _of(line: LedgerLine, dimension: Dimension, value: str) -> LedgerLine:
    own = tuple((name, value if name == dimension.name else said) for name, said in line.own)
    return line._replace(own=own, department_economic="", government_economic="", project="", project_kind="")


def with_amounts(lines: Iterable[LedgerLine], change: Callable[[Decimal], Decimal]) -> tuple[LedgerLine, ...]:
    """The lines with other amounts."""
    return tuple(
        line._replace(money=Money(change(line.money.amount).quantize(Decimal("0.01")), line.money.scale))
        for line in lines
    )
