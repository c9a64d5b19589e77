"""部门版 and 单位版: what one folder's data is for the department as a whole, and for one of its units.

Source: 财预〔2021〕29号, by which units publish their own budgets beside the department's. A unit's document has nothing
of the department's own: an amount that its unit did not type is missing, and is asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from generator.model.basis import LAST_YEAR
from generator.model.department import UNIT, Control, Department, Inputs, LastYear, Performance, Sayings, Unit
from generator.model.ledger import Ledger
from generator.model.money import Money
from generator.model.problem import Problem, Problems, Severity, UsageError, did_you_mean
from generator.model.profile import FactKind, Profile
from generator.model.record import Record
from generator.model.source import Passage, Position
from generator.model.transfers import counted_once, has_transfers, is_inside, received_by, unequal

_REASON = "原因"
"""What a saying's name has in it that says why an amount moved: it is true of whose amount that is, and of nobody else's."""


def edition_of(inputs: Inputs, profile: Profile, unit: str = "") -> tuple[Inputs, Problems]:
    """The inputs of the department's own document, or of one unit's by its code.

    The department's has no money twice: what one unit pays another is left out at who pays, and is of the 资金来源 it
    was paid from at who spends it. A unit's has its own lines, projects, words and 上年数. Raises UsageError for a code
    that is no unit's.
    """
    agencies, received = inputs.department.agencies, received_by(profile.dimensions)
    if not unit:
        if len(agencies) < 2:
            return inputs, ()
        found = (*unequal(inputs, received), *_partly(inputs, profile), *_other_sums(inputs, profile))
        if any(map(has_transfers, _ledgers(inputs))):
            inputs = _with_projects_left(_each_ledger(inputs, lambda ledger: counted_once(ledger, received)))
        return _accepting(inputs, ""), found
    if unit not in agencies:
        hint = did_you_mean(unit, list(agencies))
        raise UsageError(f"没有代码为“{unit}”的预算单位。{hint or '现有：' + '、'.join(agencies) + '。'}")
    own = _each_ledger(_without_sums_of_units(inputs), lambda ledger: _of_unit(ledger, unit))
    department, found = _as_unit(inputs, own, profile, unit)
    last_year = _last_year(inputs.last_year, unit) if inputs.last_year and len(agencies) > 1 else inputs.last_year
    return _accepting(own._replace(department=department, last_year=last_year), unit), (
        *unequal(inputs, received, unit),
        *found,
    )


def _accepting(inputs: Inputs, unit: str) -> Inputs:
    """What a person accepted of this edition; what says of no unit may be of another, and is none the less for it."""
    department = inputs.department
    found = tuple(
        one._replace(elsewhere=bool(unit) and not one.unit) for one in department.acceptances if one.unit in ("", unit)
    )
    return inputs._replace(department=department._replace(acceptances=found))


def _ledgers(inputs: Inputs) -> Iterator[Ledger | None]:
    yield from (inputs.ledger, inputs.prior_ledger, *inputs.earlier.values(), *inputs.department.typed_ledgers.values())


def _each_ledger(inputs: Inputs, change: Callable[[Ledger], Ledger]) -> Inputs:
    prior, typed = inputs.prior_ledger, inputs.department.typed_ledgers
    return inputs._replace(
        department=inputs.department._replace(typed_ledgers={name: change(ledger) for name, ledger in typed.items()}),
        ledger=change(inputs.ledger),
        prior_ledger=change(prior) if prior is not None else None,
        earlier={name: change(ledger) for name, ledger in inputs.earlier.items()},
    )


def _with_projects_left(inputs: Inputs) -> Inputs:
    """Without the projects that only pay another unit: that unit's have the money."""
    paid = {line.project for line in inputs.ledger.inside} - {line.project for line in inputs.ledger.all_lines}
    projects = {code: project for code, project in inputs.department.projects.items() if code not in paid}
    return inputs._replace(department=inputs.department._replace(projects=projects))


def _without_sums_of_units(inputs: Inputs) -> Inputs:
    """Without what was typed of a basis for all units together: what a single one had of it is not known."""
    department = inputs.department
    told = {name: ledger for name, ledger in department.typed_ledgers.items() if "单位" not in ledger.unknown}
    return inputs._replace(department=department._replace(typed_ledgers=told))


def _of_unit(ledger: Ledger, unit: str) -> Ledger:
    lines, others = (tuple(line for line in every if line.agency == unit) for every in (ledger.lines, ledger.others))
    return ledger._replace(lines=lines, others=others)


def _last_year(last: LastYear, code: str) -> LastYear:
    """What last year's folder says of the unit; its reasons are the department's."""
    name = last.agencies.get(code, "")
    projects = {key: project for key, project in last.projects.items() if project.agency == code}
    return last._replace(code=code if name else "", projects=projects, reasons={}, name=name, agencies={code: name})


def _partly(inputs: Inputs, profile: Profile) -> Iterator[Problem]:
    """D028: numbers that the department left to its units and that not each of them typed: the sum of some is none."""
    department = inputs.department
    for name, kind in profile.facts.items():
        typed = [unit for unit in department.units.values() if name in unit.facts]
        if typed and kind is not FactKind.WORDS and name not in department.facts:
            lacking = "、".join(code for code in department.agencies if not _typed(department, code, name))
            yield Problem(
                "D028", Severity.ERROR, f"部门版缺少“{name}”：{lacking}没有填，narrative.yaml 也没有填",
                f"请在 units/ 下补上{lacking}的，部门版用各单位的合计（没有发生的填0）；或在 narrative.yaml 填部门的数。",
                typed[0].facts[name].position or typed[0].position,
            )  # fmt: skip


def _typed(department: Department, code: str, name: str) -> bool:
    return code in department.units and name in department.units[code].facts


def _other_sums(inputs: Inputs, profile: Profile) -> Iterator[Problem]:
    """D063: a number typed of the department and of each unit is what the units' come to: both are published."""
    department = inputs.department
    for name in profile.facts:
        fact = department.facts.get(name)
        if fact is None or not all(_typed(department, code, name) for code in department.agencies):
            continue
        total = added([department.units[code].facts[name].value for code in department.agencies])
        if total != fact.value and fact.position is not None:
            yield Problem(
                "D063", Severity.WARNING, f"“{name}”部门填的是{fact.value}，各单位填的合计是{total}",
                "请核对；不另填部门的，部门版就用各单位的合计。", fact.position,
            )  # fmt: skip


def added(values: Sequence[Money | int]) -> Money | int:
    """What units typed of one number comes to: all of it amounts, or all of it counts."""
    monies = [value for value in values if isinstance(value, Money)]
    return Money.total(monies, monies[0].scale) if monies else sum(value for value in values if isinstance(value, int))


def _as_unit(inputs: Inputs, own: Inputs, profile: Profile, code: str) -> tuple[Department, Problems]:
    whole = inputs.department
    alone = len(whole.agencies) == 1
    unit = whole.units.get(code) or _SILENT._replace(position=Position(f"{inputs.folder}/units/{code}.yaml"))
    facts = {**(whole.facts if alone else {}), **unit.facts}
    records, unowned = _records(whole, profile, code)
    performance = unit.performance or (whole.performance if alone else Performance((), (), ()))
    problems = (*_missing(whole, unit, profile, code), *unowned)
    return own.department._replace(
        name=whole.agencies[code] or whole.name,
        code=whole.code if alone else code,
        nature=whole.nature_of(code),
        agencies={code: whole.agencies[code]},
        duties=whole.duties if unit.duties is None else unit.duties,
        structure=whole.structure if unit.structure is None else unit.structure,
        controls=(*(unit.controls or ()), *_controls(whole, code)) if unit.controls or not alone else whole.controls,
        projects={name: project for name, project in whole.projects.items() if project.agency == code},
        performance=performance,
        facts=facts,
        words={**(whole.words if alone else {}), **unit.words},
        reasons={**(whole.reasons if alone else {}), **unit.reasons},
        redefined={**(whole.redefined if alone else {}), **unit.redefined},
        sayings=_sayings(inputs, own, unit, code) if whole.sayings or unit.sayings else {},
        records=records,
        prior={**(whole.prior if alone else {}), **unit.prior},
        typed_bases={
            basis.name: {
                **(whole.typed_bases.get(basis.name, {}) if alone else {}),
                **unit.typed_bases.get(basis.name, {}),
            }
            for basis in profile.bases
            if basis != LAST_YEAR
        },
        passages=(*_passages(whole, unit, code), *unit.passages),
        edition=UNIT,
    ), problems


def _missing(whole: Department, unit: Unit, profile: Profile, code: str) -> Iterator[Problem]:
    """D028: what a unit has to say itself, since the department's is of all units."""
    alone = len(whole.agencies) == 1
    known = {**(whole.facts if alone else {}), **unit.facts}
    missing = [name for name, kind in profile.facts.items() if kind is not FactKind.WORDS and name not in known]
    what = {}
    if missing:
        one = f"没有发生的填0（{profile.facts[missing[0]].value}）"
        what[_listed(missing)] = one if len(missing) == 1 else "写法与 narrative.yaml 相同，没有发生的填0"
    if profile.shows_performance and unit.performance is None and not alone:
        what["“整体绩效”"] = "写法与 performance.yaml 相同，是这个单位自己的"
    for names, how in what.items():
        yield Problem(
            "D028", Severity.ERROR, f"{whole.agencies[code] or code}的单位版缺少{names}",
            f"请在 units/{code}.yaml 补上，{how}。", unit.position,
        )  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    """Facts by their dotted names, in one breath: “政府采购.货物”, or 4项：出国（团组、人次）、政府采购（货物、工程）."""
    groups = defaultdict[str, list[str]](list)
    for name in names:
        group, _, item = name.partition(".")
        groups[group] += [item] if item else []
    listed = "、".join(f"{group}（{'、'.join(items)}）" if items else group for group, items in groups.items())
    return f"“{names[0]}”" if len(names) == 1 else f"{len(names)}项：{listed}"


def _controls(whole: Department, code: str) -> Iterator[Control]:
    """Of the department's 控制数 those that are this unit's alone: its own under 单位, and those of its projects."""
    own = {(key, project.name) for key, project in whole.projects.items() if project.agency == code}
    for control in whole.controls:
        said = control.figure.value
        names = [(code, whole.agencies[code])] if control.dimension == "单位" else own
        if control.dimension in ("单位", "项目") and any(
            said in (key, name) or said.startswith(f"{key} ") for key, name in names
        ):
            yield control


def _records(
    whole: Department, profile: Profile, code: str
) -> tuple[dict[str, tuple[Record, ...]], tuple[Problem, ...]]:
    """The unit's records of each list, and D028 where some don't say whose they are."""
    owners = {name: key for key, name in whole.agencies.items()} | {key: key for key in whole.agencies}
    found, problems, alone = dict[str, tuple[Record, ...]](), list[Problem](), len(whole.agencies) == 1
    for name, records in whole.records.items():
        of = [(one.agency or owners.get(one.text("单位"), code if alone else ""), one) for one in records]
        found[name] = tuple(one for owner, one in of if owner == code)
        nobodys = [one for owner, one in of if not owner]
        if nobodys:
            file = next(one.file for one in profile.lists if one.name == name)
            problems.append(
                Problem(
                    "D028",
                    Severity.ERROR,
                    f"“{name}”有{len(nobodys)}条没有写单位，单位版不知道是谁的",
                    f'请在 {file} 每条写上单位：单位: "{code}"。',
                    nobodys[0].position,
                )  # fmt: skip
            )
    return found, tuple(problems)


def _sayings(inputs: Inputs, own: Inputs, unit: Unit, code: str) -> Sayings:
    """What is said of each of the unit's 功能科目, projects …: its own words, else the department's.

    Why an amount moved is taken from the department only where it is the same amount: no other unit has any of it, and
    none of it came from one.
    """
    whole = inputs.department.sayings
    shared = _each_ledger(inputs, lambda ledger: _of_others(ledger, code)).with_lines(whole)
    theirs = {
        item: {word: text for word, text in words.items() if _REASON not in word or item not in shared}
        for item, words in whole.items()
    }
    said = {item: {**theirs.get(item, {}), **words} for item, words in unit.sayings.items()}
    return {**{item: words for item, words in own.with_lines(theirs).items() if words}, **said}


def _of_others(ledger: Ledger, unit: str) -> Ledger:
    return ledger._replace(lines=tuple(line for line in ledger.lines if line.agency != unit or is_inside(line)))


def _passages(whole: Department, unit: Unit, code: str) -> Iterator[Passage]:
    """Of the department's own words those that its unit's document has: none that the unit says itself, or that are of another unit."""
    others = tuple(f"项目“{project.name}”" for project in whole.projects.values() if project.agency != code)
    said = {"职责": unit.duties is not None, "机构": unit.structure is not None}
    several = len(whole.agencies) > 1
    again = {passage.place for passage in unit.passages}
    for passage in whole.passages:
        goal = passage.text.position.file.endswith("/performance.yaml")
        of_all = (several and (goal or passage.kind in ("原因", "事项"))) or (goal and unit.performance is not None)
        if not (of_all or said.get(passage.kind) or passage.place.startswith(others) or passage.place in again):
            yield passage


_SILENT = Unit(None, None, None, {}, {}, {}, {}, Position(""))
