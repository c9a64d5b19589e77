"""Everything derived, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.derive.changes import compare
from generator.derive.cube import Lines, build_cube, lines_of
from generator.derive.rescale import rescale
from generator.derive.tables import tabulate
from generator.model.basis import Basis, key_of
from generator.model.book import Book
from generator.model.department import UNIT, Department, Inputs
from generator.model.extent import learn
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.ledger import Ledger
from generator.model.money import Money, Scale, share, shares
from generator.model.prior import Prior
from generator.model.problem import Problem, Problems, Severity
from generator.model.profile import Composition, Conventions, FigureSpec, Profile
from generator.model.table_spec import ComparedColumn, TableSpec

if TYPE_CHECKING:
    from generator.derive.amounts import Amounts


def derive(inputs: Inputs, profile: Profile) -> tuple[Book, Problems]:
    """The book in the profile's table unit; a comparison without last year's number is a problem."""
    if profile.added:
        learn(profile.added)
    scale = profile.conventions.table_scale
    ledger = rescale(inputs.ledger, scale, profile.dimensions)
    lines = lines_of(ledger)
    figures = _figures(lines, profile.figures)
    facts = _facts(inputs, profile, scale)
    problems: list[Problem] = []
    comparisons: dict[str, dict[str, Change]] = {}
    ledgers = dict(_ledgers(inputs, profile, scale))
    for basis in profile.bases:
        asked = [spec for spec in profile.figures if basis.name in spec.bases]
        priors = _priors(inputs, profile, basis, ledgers.get(basis.name), scale) if asked else {}
        problems += [_missing(spec, inputs.department, basis) for spec in asked if spec.name not in priors]
        comparisons[basis.name] = {
            spec.name: compare(figures[spec.name], priors[spec.name], inputs, basis)
            for spec in asked
            if spec.name in priors
        }
    amounts = _amounts(inputs, profile, ledgers, scale)
    grids = {
        spec.key: tabulate(spec, lines, inputs.department, inputs.classification, amounts) for spec in profile.tables
    }
    for spec in profile.tables if amounts else ():
        problems += _untold(spec, inputs.department, profile, grids[spec.key].untold)
    shares_ = _shares(figures, profile.compositions, profile.conventions)
    return Book(scale, figures, facts, shares_, comparisons, grids, ledgers, ledger), tuple(problems)


def _figures(lines: Lines, specs: tuple[FigureSpec, ...]) -> dict[str, Figure]:
    cube = build_cube(lines, [spec.filter for spec in specs])
    return {spec.name: cube.figure(spec.filter, spec.name) for spec in specs}


def _facts(inputs: Inputs, profile: Profile, scale: Scale) -> dict[str, Fact]:
    facts = {name: fact.in_cents(scale) for name, fact in inputs.department.facts.items()}
    if profile.record_sums:
        from generator.derive.records import record_facts  # few places have lists

        facts |= record_facts(inputs.department, profile, scale)
    for name, parts in profile.sums.items():
        known = [facts[part] for part in parts if part in facts]
        facts[name] = _total(name, known, scale)
    return facts


def _ledgers(inputs: Inputs, profile: Profile, scale: Scale) -> Iterator[tuple[str, Ledger]]:
    """The ledgers of bases, of a year's folder or typed, in the unit of the tables."""
    for basis in profile.bases:
        ledger = inputs.ledger_of(basis) or inputs.typed_ledger_of(basis)
        if ledger is not None:
            yield basis.name, rescale(ledger, scale, profile.dimensions)


def _priors(
    inputs: Inputs, profile: Profile, basis: Basis, ledger: Ledger | None, scale: Scale
) -> dict[str, Fact | Figure]:
    """The amounts of a basis by figure: summed where a ledger tells, else as typed, or the sum of what was typed.

    Of a figure that is no longer what it was (口径变化), what was typed: this year's filter finds another thing there.
    """
    typed = {name: fact.in_cents(scale) for name, fact in inputs.typed_of(basis).items()}
    summed: dict[str, Fact | Figure] = {}
    if ledger is not None:
        specs = tuple(spec for spec in profile.figures if ledger.tells(spec.filter))
        redefined = inputs.department.redefined
        summed.update(_figures(lines_of(ledger), specs))
        summed.update((name, fact) for name, fact in typed.items() if name in redefined)
        if inputs.ledger_of(basis) is not None:
            return summed
    prior = Prior(typed, profile.compositions)
    return summed | {spec.name: fact for spec in profile.figures if (fact := prior.of(spec.name)) is not None}


def _total(name: str, parts: list[Fact], scale: Scale) -> Fact:
    values = [part.value for part in parts]
    if values and all(isinstance(value, int) for value in values):
        return Fact(name, sum(value for value in values if isinstance(value, int)), None, tuple(parts))
    money = Money.total((value for value in values if isinstance(value, Money)), scale)
    return Fact(name, money, None, tuple(parts))


def _shares(
    figures: Mapping[str, Figure], compositions: tuple[Composition, ...], conventions: Conventions
) -> dict[tuple[str, str], Share]:
    """Shares by part and whole; where two compositions name a pair, by the one whose parts make up the whole."""
    found: dict[tuple[str, str], Share] = {}
    made_up: set[tuple[str, str]] = set()
    for composition in compositions:
        whole = figures[composition.whole]
        parts = [figures[name] for name in composition.parts]
        complete = Money.total((part.money for part in parts), whole.money.scale) == whole.money
        monies, all_of = [part.money for part in parts], whole.money
        if conventions.printed_shares:
            all_of, *monies = map(conventions.prose_way.printed, (all_of, *monies))
        forced = shares(monies, all_of, conventions.shares_on_largest) if conventions.shares_to_hundred else None
        percents: tuple[Decimal | None, ...] = forced or tuple(share(money, all_of) for money in monies)
        for part, percent in zip(parts, percents, strict=True):
            pair = (part.key, whole.key)
            if complete or pair not in made_up:
                found[pair] = Share(part, whole, percent)
            if complete:
                made_up.add(pair)
    return found


def _amounts(inputs: Inputs, profile: Profile, ledgers: Mapping[str, Ledger], scale: Scale) -> Amounts | None:
    """What tables are compared with, where any is."""
    if not any(isinstance(leaf, ComparedColumn) for spec in profile.tables for leaf in spec.leaves):
        return None
    from generator.derive.amounts import Amounts  # few places compare in tables

    return Amounts(inputs, profile, ledgers, scale)


def _untold(
    spec: TableSpec, department: Department, profile: Profile, columns: tuple[ComparedColumn, ...]
) -> Iterator[Problem]:
    if not columns:
        return
    from generator.model.meaning import normal  # only a mistake needs it

    named = {normal(figure.filter): figure.name for figure in profile.figures}
    year, of_each = department.year, "，各条写上单位" if department.edition == UNIT else ""
    for column in columns:
        basis = next(basis for basis in profile.bases if basis.name == column.basis)
        known = key_of(basis)
        name = named.get(normal(spec.filter.narrowed(*column.filter.terms)))
        by_name = f"在 {department.place_of(basis)}补上“{name}: 金额”，或" if name else ""
        yield Problem(
            "T210",
            Severity.ERROR,
            f"缺少{year - basis.years}年各科目的金额，表“{spec.key}”的列“{column.label}”无法与{known}比较",
            f"请{by_name}在 {basis.file} 的“台账”里补上{of_each}，或把 {year - basis.years} 年的数据放到相邻目录。",
            column.position,
        )


def _missing(spec: FigureSpec, department: Department, basis: Basis) -> Problem:
    year = department.year
    known = key_of(basis)
    folder = f"，或把 {year - basis.years} 年的数据放到相邻目录" if basis.has_folder else ""
    return Problem(
        "T210",
        Severity.ERROR,
        f"缺少{year - basis.years}年的“{spec.name}”，无法与{known}比较",
        f"请在 {department.place_of(basis)}补上“{spec.name}: 金额”{folder}。",
        spec.position,
    )
