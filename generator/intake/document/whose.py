"""Whose document it is: department, units with their 单位性质, projects; and what of it is not printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.intake.document.entries import Entry
from generator.intake.document.printed import Amount, FoundProject, agencies_of, projects_of
from generator.intake.document.title import name_in
from generator.model.bound import Bound
from generator.model.classification import Classification
from generator.model.department import INSTITUTION, NATURES
from generator.model.ledger import PROJECT, Dimension, Filter
from generator.model.meaning import term
from generator.model.profile import Profile

NO_PROJECT, _NO_CODE = "文档没有列出的项目", "001"
_CODE = "[0-9A-Za-z-]+"
_INSTITUTIONS = r"(?:中心|学校|学院|大学|中学|小学|幼儿园|医院|院|所|站|馆|队)$"


class Whose(NamedTuple):
    """``agencies`` by code, ``printed`` what tables call each; ``made_up``: their codes are not printed.

    ``natures`` by code; ``guessed`` are the units whose nature nothing but their name tells. ``projects`` by what tables
    call them.
    """

    name: str
    code: str
    agencies: Mapping[str, str]
    printed: Mapping[str, str]
    made_up: bool
    natures: Mapping[str, str]
    guessed: frozenset[str]
    projects: Mapping[str, FoundProject]

    def unit_of(self, printed: str) -> str:
        """A unit's code by what tables call it; the first one's where they call none."""
        return self.printed.get(printed, next(iter(self.agencies)))

    def remarks(self) -> Iterator[str]:
        """What is not printed."""
        if self.made_up:
            yield f"文档没有印单位代码，编了{'、'.join(self.agencies)}，请改成财政系统里的代码"
        for unit, name in self.agencies.items():
            how = "按名称填" if unit in self.guessed else "从经济分类看是"
            if self.natures[unit] == NATURES[0]:
                how = f"{how}行政（参公的请改）" if unit in self.guessed else f"{how}行政或参公，填行政"
            else:
                how += self.natures[unit]
            yield f"“{name}”的单位性质，文档没有写，{how}，请核对"


def whose(bound: Bound, amounts: Sequence[Amount], profile: Profile, codes: Classification, year: int) -> Whose:
    """All that the tables and the cover tell."""
    code, found = agencies_of(bound)
    name = name_in(bound.reading, profile, year) or next(iter(found.values()), "")
    made_up = not found or not all(re.fullmatch(_CODE, unit) for unit in found)
    printed = {unit: f"{_NO_CODE}{at:03}" if made_up else unit for at, unit in enumerate(found, 1)}
    agencies = {printed[unit]: called for unit, called in found.items()} or {f"{_NO_CODE}001": name}
    if made_up:
        code = _NO_CODE
    elif not code:
        code = min(agencies, key=len)[:-3] or min(agencies, key=len)
    told = _told(amounts, printed, profile, codes, tuple(agencies))
    natures = {unit: told.get(unit) or _likely(called) for unit, called in agencies.items()}
    guessed = frozenset(unit for unit in agencies if unit not in told)
    return Whose(name, code, agencies, printed, made_up, natures, guessed, projects_of(bound))


def _told(
    amounts: Sequence[Amount],
    printed: Mapping[str, str],
    profile: Profile,
    codes: Classification,
    units: tuple[str, ...],
) -> dict[str, str]:
    """By unit the 单位性质 with which most of its 政府经济 follow from its 部门经济, or that a column of amounts is of."""
    found: dict[str, Counter[str]] = {}
    by_unit = [one.name for one in profile.dimensions if one.by_unit]
    for amount in amounts:
        unit = _only(amount.scope, "单位")
        whom = printed.get(unit, "") if unit else units[0] if len(units) == 1 else ""
        if not whom:
            continue
        economic, government = _only(amount.scope, "部门经济"), _only(amount.scope, "政府经济")
        counts = found.setdefault(whom, Counter())
        if len(economic) == len(government) == 5:
            counts.update(one for one in NATURES if codes.government_code(economic, one) == government)
        counts.update(value for name in by_unit for value in (term(amount.scope, name) or ())[:1])
    return {unit: max(NATURES, key=lambda one: counts[one]) for unit, counts in found.items() if counts}


def _only(scope: Filter, name: str) -> str:
    said = term(scope, name)
    return said[0] if said is not None and len(said) == 1 else ""


def _likely(name: str) -> str:
    """The 单位性质 that a name makes likely."""
    return INSTITUTION if re.search(_INSTITUTIONS, name) else NATURES[0]


def without_natures(amounts: Sequence[Amount], known: Whose, by_unit: Sequence[Dimension]) -> Iterator[Amount]:
    """The amounts by unit where their scopes want units of some 单位性质; those of units that there are not are left out."""
    names = {one.name for one in by_unit}
    calls = {code: printed for printed, code in known.printed.items()}
    for amount in amounts:
        wanted = [values for name, values in amount.scope.terms if name in names]
        if not wanted:
            yield amount
            continue
        units = [unit for unit, nature in known.natures.items() if all(nature in values for values in wanted)]
        scope = Filter(tuple(one for one in amount.scope.terms if one[0] not in names))
        if len(units) == len(known.agencies):
            yield amount._replace(scope=scope)
        elif units and calls:
            yield amount._replace(scope=scope.narrowed(("单位", tuple(calls[unit] for unit in units))))


def settled(entries: Sequence[Entry], known: Whose, year: int) -> tuple[list[Entry], dict[str, FoundProject], int]:
    """Entries of units by their codes and of projects with a code each, also those of money that no table says the project of.

    The number is how many codes of projects are made up.
    """
    projects: dict[str, FoundProject] = {}
    for key, project in known.projects.items():
        code = project.code or f"{known.code}-{year}-{len(projects) + 1:03}"
        projects[key] = project._replace(code=code)
    made_up = sum(not project.code for project in known.projects.values())
    found: dict[tuple[tuple[str, str], ...], Entry] = {}
    for entry in entries:
        unit, key = known.unit_of(entry.of("单位")), entry.of("项目")
        if entry.of("类别") == PROJECT and key not in projects:
            key = f"{unit}{entry.of('项目类型')}{entry.of('来源')}"
            if key not in projects:
                code = f"{known.code}-{year}-{len(projects) + 1:03}"
                made_up += 1
                projects[key] = FoundProject(code, f"{NO_PROJECT}{made_up}", {})
        values = {**entry.values, "单位": unit, "项目": key}
        alike = found.get(tuple(values.items()), Entry(values, entry.amount * 0))
        found[tuple(values.items())] = alike._replace(amount=alike.amount + entry.amount)
    return [*found.values()], projects, made_up
