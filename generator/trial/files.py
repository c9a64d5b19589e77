"""A made-up department as the texts of a year's folder, so that the ordinary loader reads it as it reads any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from generator.model.basis import Basis, key_of
from generator.model.classification import LISTS, Classification
from generator.model.ledger import LedgerLine
from generator.model.money import Scale
from generator.model.profile import FactKind, Profile
from generator.model.record import FieldKind, RecordField, RecordList
from generator.trial.lines import AGENCIES, CODE
from generator.trial.typed import list_of, typed

Files = dict[str, str]
_ASIDE = "说明"
SAID = "试编的说明"
"""How all that a made-up department says of itself begins; its 变动原因 begin otherwise."""


class Words(NamedTuple):
    """What a made-up department says: its name, its units', whether it has words where they may be left out.

    ``reasons``: 变动原因 are typed; ``redefined``: 口径变化 are; ``listed``: there are duties, offices and records.
    """

    name: str = "试编局"
    unit: str = "试编中心"
    project: str = "试编项目"
    said: str = SAID
    reason: str = "试编的缘故"
    spoken: bool = True
    reasons: bool = True
    redefined: bool = False
    listed: bool = True


class Made(NamedTuple):
    """A year's money: ``lines`` of the spending, ``sides`` beside it (流向); ``fact`` is what each 填报 comes to."""

    lines: tuple[LedgerLine, ...]
    sides: tuple[LedgerLine, ...]
    scale: Scale
    fact: int = 1
    units: int = 1


def year_folder(year: int, profile: Profile, codes: Classification, made: Made, words: Words) -> Files:
    """The texts of a year's folder by file name, without what is compared with."""
    agencies = {code: f"{words.unit}{number}" for number, (code, _) in enumerate(AGENCIES[: made.units], 1)}
    told = _narrative(profile, codes, made, words, "")
    files = {
        "department.yaml": _head(year, profile, made, words, agencies),
        "basic.yaml": list_of(_funding(line, codes, profile) for line in made.lines if not line.project),
        "projects.yaml": list_of(_projects(made.lines, codes, profile, words)),
        "narrative.yaml": typed(told),
    }
    for dimension in profile.dimensions:
        if dimension.file:
            files[dimension.file] = list_of(_side(line, codes, profile, dimension.name) for line in made.sides)
    for one in profile.lists:
        files[one.file] = list_of(_records(one, made, words, tuple(agencies)))
    if profile.shows_performance:
        files["performance.yaml"] = typed(_performance(words))
    if made.units > 1:
        for code in agencies:
            own = _narrative(profile, codes, made, words, code)
            goals = {"整体绩效": _performance(words)} if profile.shows_performance else {}
            duties = {"主要职责": _some(words, "承担职责")}
            files[f"units/{code}.yaml"] = typed({**duties, "机构构成": _structure(words), **goals, **own})
    return {name: text for name, text in files.items() if text}


def bases_of(profile: Profile, codes: Classification, before: Made, by_line: bool) -> dict[str, Files]:
    """By basis, the files that say what it came to: by figure, and line by line where that is wanted; units' by figure alone."""
    found: dict[str, Files] = {}
    every = (*before.lines, *before.sides)
    for basis in profile.bases:
        told = _by_figure(profile, basis, every)
        lines = [_of_basis(line, codes, profile) for line in before.lines if line.money or not told]
        lines += [
            _side(line, codes, profile, one.name) for one in profile.dimensions if one.file for line in before.sides
        ]
        said = {**told, **({"台账": lines} if by_line else {})}
        found[basis.name] = {basis.file: typed(said)} if said else {}
        for code, _ in AGENCIES[: before.units] if before.units > 1 and told else ():
            its = _by_figure(profile, basis, [line for line in every if line.agency == code])
            found[basis.name][f"units/{code}.yaml"] = typed({key_of(basis): its})
    return found


def _by_figure(profile: Profile, basis: Basis, lines: Sequence[LedgerLine]) -> dict[str, Decimal]:
    """What each figure that is compared with a basis came to in it."""
    compared = (spec for spec in profile.figures if basis.name in spec.bases)
    return {spec.name: _sum(line for line in lines if spec.filter.selects(line)) for spec in compared}


def _sum(lines: Iterable[LedgerLine]) -> Decimal:
    return abs(sum((line.money.amount for line in lines), Decimal("0.00")))


def _head(year: int, profile: Profile, made: Made, words: Words, agencies: Mapping[str, str]) -> str:
    natures = dict(AGENCIES)
    names = {code: {"名称": name, "单位性质": natures[code]} for code, name in agencies.items()}
    first = next(iter(agencies))
    cover = {"封面": {name: words.said for name in profile.cover}} if profile.cover else {}
    return typed(
        {
            "年度": year, "名称": words.name, "代码": CODE, "单位性质": natures[first], "金额单位": made.scale.label,
            "预算单位": names, "日期": f"{year}年1月", "主要职责": _some(words, "承担职责") or ["承担职责。"],
            "机构构成": _structure(words), **cover,
        }
    )  # fmt: skip


def _structure(words: Words) -> dict[str, Any]:
    offices = [f"{number}科" for number in ("综合", "业务", "财务")] if words.listed else []
    return {"预算范围": "本级预算", "内设机构归属": "机关", "内设机构": offices}


def _some(words: Words, said: str) -> list[str]:
    return [f"{said}{number}。" for number in ("甲", "乙")] if words.listed else []


def _name(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names[code]}"


def _funding(line: LedgerLine, codes: Classification, profile: Profile) -> dict[str, Any]:
    """A line beside what all of its funding share, as basic.yaml has it."""
    own = {name: value for name, value in line.own if name not in _not_typed(profile)}
    economic: Any = {_name(line.department_economic, codes.department_economic): line.money.amount}
    return {
        "单位": line.agency, "资金来源": line.fund, "层级": line.origin, "年度": line.period, **own,
        "支出": {_name(line.function, codes.function): economic},
    }  # fmt: skip


def _not_typed(profile: Profile) -> set[str]:
    """The dimensions that nobody types beside a 支出: they have a file of their own, or follow the unit."""
    return {one.name for one in profile.dimensions if one.file or one.by_unit}


def _projects(lines: Sequence[LedgerLine], codes: Classification, profile: Profile, words: Words) -> Iterator[Any]:
    of: dict[str, list[LedgerLine]] = {}
    for line in lines:
        if line.project:
            of.setdefault(line.project, []).append(line)
    for number, some in enumerate(of.values(), 1):
        funding = [
            {name: value for name, value in _funding(line, codes, profile).items() if name != "单位"} for line in some
        ]
        first = some[0]
        yield {
            "名称": f"{words.project}{number}", "编码": f"{CODE}-{number}", "类型": first.project_kind,
            "层级": first.origin, "单位": first.agency, "资金": funding, "绩效指标": _indicators(profile),
        }  # fmt: skip


def _indicators(profile: Profile) -> dict[str, Any]:
    values = {"成本指标": {"预算资金": "≤资金总额"}, "产出指标": {"办结率": "≥95%", "办结数": "≥10件"}}
    return {one: values.get(one, {f"{one[:2]}情况": "明显"}) for one in profile.indicator_categories}


def _side(line: LedgerLine, codes: Classification, profile: Profile, dimension: str) -> dict[str, Any]:
    own = {name: value for name, value in line.own if name in (dimension, *(set(profile.own) - _not_typed(profile)))}
    amount: Any = {_name(line.function, codes.function): line.money.amount} if line.function else line.money.amount
    return {
        **own, "单位": line.agency, "资金来源": line.fund, "层级": line.origin, "年度": line.period, "金额": amount,
    }  # fmt: skip


def _of_basis(line: LedgerLine, codes: Classification, profile: Profile) -> dict[str, Any]:
    return {**_funding(line, codes, profile), "类别": line.kind}


def _narrative(profile: Profile, codes: Classification, made: Made, words: Words, unit: str) -> dict[str, Any]:
    """narrative.yaml, or what a unit's file has of the same."""
    told: dict[str, Any] = {}
    for number, (name, kind) in enumerate(profile.facts.items(), 1):
        value: Any = (
            Decimal(number * made.fact).quantize(Decimal("0.01")) if kind is FactKind.MONEY else number * made.fact
        )
        if kind is FactKind.WORDS:
            value = [f"{words.said}{letter}" for letter in "甲乙"] if words.spoken else []
        group, _, key = name.partition(".")
        if key:
            told.setdefault(group, {})[key] = value
        else:
            told[name] = value
    compared = [spec.name for spec in profile.figures if spec.compared]
    if words.reasons and compared:
        told["变动原因"] = {name: words.reason for name in compared}
    if words.redefined and compared:
        told["口径变化"] = {name: words.said for name in compared}
    if profile.sayings and words.spoken:
        told[_ASIDE] = {
            one: {code: {asked: words.said for asked in profile.sayings[one]} for code in _items(one, made, unit)}
            for one in profile.sayings
        }
    return told


def _items(dimension: str, made: Made, unit: str) -> list[str]:
    """The codes that words may be said of."""
    lines = [line for line in (*made.lines, *made.sides) if unit in ("", line.agency)]
    of = {
        "功能科目": lambda line: line.function, "部门经济": lambda line: line.department_economic,
        "政府经济": lambda line: line.government_economic, "单位": lambda line: line.agency,
    }  # fmt: skip
    if dimension == "项目":
        projects = list(dict.fromkeys(line.project for line in made.lines if line.project))
        of_unit = {line.project for line in lines if line.project}
        return [f"{CODE}-{number}" for number, code in enumerate(projects, 1) if code in of_unit]
    codes = {of[dimension](line) for line in lines} - {""}
    above = {code[:length] for code in codes for length in (3, 5)} if dimension in LISTS else set()
    return sorted(codes | above)


def _records(one: RecordList, made: Made, words: Words, agencies: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    choices = max((len(field.choices) for field in one.fields), default=0)
    for number in range(max(2, choices) * len(agencies) if words.listed else 0):
        record = {field.name: _value(field, number, made, words) for field in one.fields}
        of = {} if one.field("单位") else {"单位": agencies[number % len(agencies)]}
        yield {**record, **of}


def _value(field: RecordField, number: int, made: Made, words: Words) -> Any:
    match field.kind:
        case FieldKind.MONEY:
            return Decimal((number + 1) * made.fact).quantize(Decimal("0.01"))
        case FieldKind.COUNT:
            return (number + 1) * made.fact
        case FieldKind.RATE:
            return "95%"
        case FieldKind.DATE:
            return "2024-03-31"
    return field.choices[number % len(field.choices)] if field.choices else f"{words.project}{field.name}{number}"


def _performance(words: Words) -> dict[str, Any]:
    tasks = [{"任务名称": f"任务{letter}", "主要内容": words.said} for letter in "甲乙"]
    return {
        "年度履职目标": [f"{words.said}。"],
        "年度主要任务": tasks if words.listed else tasks[:1],
        "指标": {"产出指标": {"数量指标": {"办结数": "≥10件"}}, "效益指标": {"社会效益指标": {"满意程度": "明显"}}},
    }
