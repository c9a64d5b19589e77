"""部门版 and 单位版: what one folder's data is for the department as a whole, and for one of its units.

Source: 财预〔2021〕29号, by which units publish their own budgets beside the department's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from generator.model.department import UNIT, Department, Inputs, Sayings, Unit
from generator.model.ledger import ORIGINALLY, PAID_BY, PAID_TO, Ledger, LedgerLine
from generator.model.problem import Problem, Problems, Severity, UsageError, did_you_mean
from generator.model.profile import FactKind, Profile
from generator.model.source import Passage, Position


def edition_of(inputs: Inputs, profile: Profile, unit: str = "") -> tuple[Inputs, Problems]:
    """The inputs of the department's own document, or of one unit's by its code.

    The department's has no money twice: what one unit pays another is left out at who pays, and is of the 资金来源 it
    was paid from at who spends it. A unit's has its own lines, projects, words and 上年数. Raises UsageError for a code
    that is no unit's.
    """
    agencies = inputs.department.agencies
    if not unit:
        if len(agencies) < 2 or not any(line.own for line in inputs.ledger.lines):
            return inputs, ()
        found = tuple(_unequal(inputs))
        return _each_ledger(inputs, _counted_once), found
    if unit not in agencies:
        hint = did_you_mean(unit, list(agencies))
        raise UsageError(f"没有代码为“{unit}”的预算单位。{hint or '现有：' + '、'.join(agencies) + '。'}")
    own = _each_ledger(_without_sums_of_units(inputs), lambda ledger: _of_unit(ledger, unit))
    department, found = _as_unit(own, profile, unit)
    return own._replace(department=department), found


def _each_ledger(inputs: Inputs, change: Callable[[Ledger], Ledger]) -> Inputs:
    prior, typed = inputs.prior_ledger, inputs.department.typed_ledgers
    return inputs._replace(
        department=inputs.department._replace(typed_ledgers={name: change(ledger) for name, ledger in typed.items()}),
        ledger=change(inputs.ledger),
        prior_ledger=change(prior) if prior is not None else None,
        earlier={name: change(ledger) for name, ledger in inputs.earlier.items()},
    )


def _without_sums_of_units(inputs: Inputs) -> Inputs:
    """Without what was typed of a basis for all units together: what a single one had of it is not known."""
    department = inputs.department
    told = {name: ledger for name, ledger in department.typed_ledgers.items() if "单位" not in ledger.unknown}
    return inputs._replace(department=department._replace(typed_ledgers=told))


def _of_unit(ledger: Ledger, unit: str) -> Ledger:
    lines, others = (tuple(line for line in every if line.agency == unit) for every in (ledger.lines, ledger.others))
    return ledger._replace(lines=lines, others=others)


def _counted_once(ledger: Ledger) -> Ledger:
    return ledger._replace(lines=tuple(_once(line) for line in ledger.lines if PAID_TO not in dict(line.own)))


def _once(line: LedgerLine) -> LedgerLine:
    return line._replace(fund=dict(line.own).get(ORIGINALLY, line.fund)) if line.own else line


def _unequal(inputs: Inputs) -> Iterator[Problem]:
    """D055: what a unit says it pays another is what the other says it got."""
    paid, got = defaultdict[tuple[str, str], Decimal](Decimal), defaultdict[tuple[str, str], Decimal](Decimal)
    places: dict[tuple[str, str], Position] = {}
    for line in inputs.ledger.lines:
        own = dict(line.own)
        if PAID_TO in own:
            pair = line.agency, own[PAID_TO]
            paid[pair] += line.money.amount
        elif PAID_BY in own:
            pair = own[PAID_BY], line.agency
            got[pair] += line.money.amount
        else:
            continue
        places.setdefault(pair, line.position)
    names, unit = inputs.department.agencies, inputs.ledger.scale.label
    for pair, position in places.items():
        if paid[pair] != got[pair]:
            payer, payee = (names[code] or code for code in pair)
            yield Problem(
                "D055", Severity.ERROR,
                f"{payer}付给{payee}的是{paid[pair]}{unit}，{payee}列的来自{payer}的是{got[pair]}{unit}",
                "两边的“内部往来”应相等，部门版才能只算一次，请核对。", position,
            )  # fmt: skip


def _as_unit(inputs: Inputs, profile: Profile, code: str) -> tuple[Department, Problems]:
    whole = inputs.department
    alone = len(whole.agencies) == 1
    unit = whole.units.get(code) or _SILENT._replace(position=Position(f"{inputs.folder}/units/{code}.yaml"))
    facts = {**(whole.facts if alone else {}), **unit.facts}
    missing = [name for name, kind in profile.facts.items() if kind is not FactKind.WORDS and name not in facts]
    problems = tuple(
        Problem(
            "D028", Severity.ERROR, f"{whole.agencies[code] or code}的单位版缺少“{name}”",
            f"请在 units/{code}.yaml 补上，没有发生的填0（{profile.facts[name].value}）。", unit.position,
        )
        for name in missing
    )  # fmt: skip
    projects = {name: project for name, project in whole.projects.items() if project.agency == code}
    return whole._replace(
        name=whole.agencies[code] or whole.name,
        nature=whole.nature_of(code),
        agencies={code: whole.agencies[code]},
        duties=whole.duties if unit.duties is None else unit.duties,
        structure=whole.structure if unit.structure is None else unit.structure,
        controls=unit.controls if unit.controls is not None else whole.controls if alone else (),
        projects=projects,
        facts=facts,
        words={**(whole.words if alone else {}), **unit.words},
        reasons={**(whole.reasons if alone else {}), **unit.reasons},
        sayings=_sayings(inputs, unit) if whole.sayings or unit.sayings else {},
        records={
            name: tuple(one for one in records if one.agency in ("", code)) for name, records in whole.records.items()
        },
        redefined={**whole.redefined, **unit.redefined},
        prior={**(whole.prior if alone else {}), **unit.prior},
        typed_bases={
            basis.name: {
                **(whole.typed_bases.get(basis.name, {}) if alone else {}),
                **unit.typed_bases.get(basis.name, {}),
            }
            for basis in profile.bases
        },
        passages=(*_passages(whole, unit, code), *unit.passages),
        edition=UNIT,
    ), problems


def _sayings(own: Inputs, unit: Unit) -> Sayings:
    """What is said of each of the unit's 功能科目, projects …: its own words, else the department's."""
    whole = own.department.sayings
    said = {item: {**whole.get(item, {}), **words} for item, words in unit.sayings.items()}
    return {**own.with_lines(whole), **said}


def _passages(whole: Department, unit: Unit, code: str) -> Iterator[Passage]:
    """Of the department's own words those that its unit's document has: none that the unit says itself, or that are of another unit."""
    others = tuple(f"项目“{project.name}”" for project in whole.projects.values() if project.agency != code)
    said = {"职责": unit.duties is not None, "机构": unit.structure is not None}
    replaced = {"原因", "事项"} if len(whole.agencies) > 1 else set()
    again = {passage.place for passage in unit.passages}
    for passage in whole.passages:
        if not (
            said.get(passage.kind)
            or passage.kind in replaced
            or passage.place.startswith(others)
            or passage.place in again
        ):
            yield passage


_SILENT = Unit(None, None, None, {}, {}, {}, {}, Position(""))
