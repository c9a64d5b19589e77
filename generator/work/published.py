"""A published .docx into a year's folder: entries solved from its tables, words found by setting it beside the place's own.

What a document can't tell is said in remarks, and so is everything in which the document that the folder gives differs
from the one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.bind.tables import bind
from generator.intake.asked import DUTIES, NARRATIVE, OFFICES, REASONS, SAYINGS, Asked, asked_of, put
from generator.intake.entries import Entry, natures_of
from generator.intake.folder import Codes, basic_tree, projects_tree, side_tree
from generator.intake.goals import performance_tree
from generator.intake.money import Side, sides_of
from generator.intake.phrases import split_items
from generator.intake.printed import FoundProject, agencies_of, amounts_of, projects_of
from generator.intake.title import name_in
from generator.load.classification import load_classification
from generator.load.national import load_national
from generator.model.bound import Bound
from generator.model.classification import Classification
from generator.model.department import INSTITUTION, NATURES, Inputs
from generator.model.extent import learn
from generator.model.ledger import PROJECT
from generator.model.problem import Problems
from generator.model.profile import FactKind, Profile
from generator.model.reading import year_of
from generator.model.tree import Tree, Trees
from generator.readback.docx import read_docx
from generator.work.overheard import Said, before_of, inputs_of, overheard
from generator.work.reread import differences
from generator.work.workshop import Workshop

_NO_PROJECT, _NO_CODE = "文档没有列出的项目", "001"
_CONTROLS = ("总计", "一般公共预算", "政府性基金", "基本支出", "项目支出")


class Published(NamedTuple):
    """The files of a year's folder, remarks on what was assumed and what can't be told, and what stands in the way."""

    trees: Trees
    remarks: tuple[str, ...]
    problems: Problems
    year: int


class _Whose(NamedTuple):
    """Who a document is of, as far as it says so; ``made_up`` codes are not printed."""

    name: str
    code: str
    agencies: Mapping[str, str]
    made_up: bool
    projects: Mapping[str, FoundProject]


def published(shop: Workshop, data: bytes, year: int = 0) -> Published:
    """What a .docx that was made in the shop's format says, as a folder. Raises UsageError where it is no .docx."""
    reading = read_docx(data)
    year = year or year_of(reading) or 0
    profile, problems, _ = shop.profile(year)
    if profile is None:
        return Published({}, (), problems, year)
    learn(profile.added)
    codes = load_classification(year, profile.extra_codes, profile.editions)
    bound = bind(reading, profile, load_national(), codes)
    whose = _whose(bound, profile, year)
    now = [one for one in amounts_of(bound) if not one.aspect]
    sides = sides_of(now, profile, codes, whose.projects)
    trees, remarks = _money_trees(sides, profile, codes, whose, year)
    goals = performance_tree(bound, profile) if profile.shows_performance else {}
    trees |= {"performance.yaml": goals} if goals else {}
    asked = asked_of(profile, _items(sides))
    probe = {**trees, **_worded(trees, asked)}
    inputs, problems = inputs_of(shop, profile, year, probe)
    if inputs is None:
        return Published(trees, tuple(remarks), problems, year)
    said = overheard(shop, profile, inputs, asked, reading)
    trees |= _with_words(trees, profile, said, inputs)
    remarks += [
        *bound.unbound,
        *(reason for table in bound.tables for reason in _reasons(table.table.caption, table.unbound)),
    ]
    remarks += differences(shop, profile, year, trees, reading)
    return Published(trees, tuple(remarks), (), year)


def _reasons(caption: str, unbound: Sequence[str]) -> Iterator[str]:
    return (f"{caption}：{reason}" for reason in unbound)


def _whose(bound: Bound, profile: Profile, year: int) -> _Whose:
    code, agencies = agencies_of(bound)
    name = name_in(bound.reading, profile, year) or next(iter(agencies.values()), "")
    made_up = not agencies or not all(re.fullmatch("[0-9A-Za-z-]+", unit) for unit in agencies)
    if made_up:
        code = _NO_CODE
        agencies = {f"{code}{at:03}": unit for at, unit in enumerate(agencies, 1)} or {f"{code}001": name}
    elif not code:
        code = min(agencies, key=len)[:-3] or min(agencies, key=len)
    return _Whose(name, code, agencies, made_up, projects_of(bound))


def _money_trees(
    sides: Sequence[Side], profile: Profile, codes: Classification, whose: _Whose, year: int
) -> tuple[dict[str, Tree], list[str]]:
    """department.yaml's head, basic.yaml, projects.yaml and the files of sides; what was assumed for them."""
    entries = [_of_agency(entry, whose) for side in sides if not side.own for entry in side.entries]
    told = natures_of(entries, codes)
    natures = {
        unit: told.get(unit, ("", 0))[0] if told.get(unit, ("", 0))[1] else _likely(name)
        for unit, name in whose.agencies.items()
    }
    first = next(iter(natures.values()))
    named = Codes(codes, whose.agencies, natures, profile.dimensions)
    projects = _every_project(whose, entries, year)
    entries = [_of_project(entry, projects) for entry in entries]
    scale = profile.conventions.table_scale
    trees: dict[str, Tree] = {
        "department.yaml": {
            "年度": str(year),
            "格式": profile.title.position.file.split("/")[-2],
            "名称": whose.name,
            "代码": whose.code,
            "单位性质": first,
            "金额单位": scale.label,
            "预算单位": {
                unit: name if natures[unit] == first else {"名称": name, "单位性质": natures[unit]}
                for unit, name in whose.agencies.items()
            },
        },
        "basic.yaml": basic_tree(entries, named),
        "projects.yaml": projects_tree(entries, named, projects, scale),
    }
    for one in profile.dimensions:
        if one.file:
            some = [
                _of_agency(entry, whose)
                for side in sides
                for entry in side.entries
                if side.own.get(one.name, one.usual) != one.usual
            ]
            trees[one.file] = side_tree(some, named, one)
    return trees, [*_assumed(sides), *_of_whom(whose, told, natures, projects)]


def _of_agency(entry: Entry, whose: _Whose) -> Entry:
    """An entry with its unit's code: printed units without codes have names, and one unit alone is not printed."""
    unit = entry.of("单位")
    codes = {name: code for code, name in whose.agencies.items()}
    code = unit if unit in whose.agencies else codes.get(unit, next(iter(whose.agencies)))
    return entry._replace(values={**entry.values, "单位": code})


def _of_project(entry: Entry, projects: Mapping[str, FoundProject]) -> Entry:
    key = entry.of("项目")
    if entry.of("类别") != PROJECT or key in projects:
        return entry
    return entry._replace(values={**entry.values, "项目": f"{_NO_PROJECT}{entry.of('单位')}{entry.of('项目类型')}"})


def _every_project(whose: _Whose, entries: Sequence[Entry], year: int) -> dict[str, FoundProject]:
    """The projects with a code each, also those of money that no table says the project of."""
    found: dict[str, FoundProject] = {}
    for number, (key, project) in enumerate(whose.projects.items(), 1):
        found[key] = project if project.code else project._replace(code=f"{whose.code}-{year}-{number:03}")
    kinds = dict.fromkeys(
        f"{_NO_PROJECT}{entry.of('单位')}{entry.of('项目类型')}"
        for entry in entries
        if entry.of("类别") == PROJECT and entry.of("项目") not in found
    )
    for number, key in enumerate(kinds, len(found) + 1):
        name = _NO_PROJECT if len(kinds) == 1 else f"{_NO_PROJECT}（{number}）"
        found[key] = FoundProject(f"{whose.code}-{year}-{number:03}", name, {})
    return found


def _likely(name: str) -> str:
    """The 单位性质 that a name makes likely."""
    return INSTITUTION if re.search(r"(?:中心|学校|医院|院|所|站|馆|队|学院|大学)$", name) else NATURES[0]


def _items(sides: Sequence[Side]) -> dict[str, list[str]]:
    """The codes of each dimension that something may be said of."""
    found: dict[str, dict[str, None]] = {}
    for side in sides:
        for entry in side.entries:
            for name in ("功能科目", "部门经济", "政府经济"):
                code = entry.of(name)
                found.setdefault(name, {}).update(
                    dict.fromkeys(code[:length] for length in (3, 5, 7) if len(code) >= length)
                )
    return {name: sorted(codes) for name, codes in found.items()}


def _worded(trees: Trees, asked: Asked) -> dict[str, Tree]:
    head = trees["department.yaml"]
    assert isinstance(head, dict)
    return {"department.yaml": {**head, **asked.department}, NARRATIVE: asked.narrative}


def _with_words(trees: Trees, profile: Profile, said: Said, inputs: Inputs) -> dict[str, Tree]:
    """department.yaml and narrative.yaml with their words, and the files of what amounts were before."""
    head = dict(trees["department.yaml"]) if isinstance(trees["department.yaml"], dict) else {}
    words = said.words
    head["主要职责"] = list[Tree](words.get(DUTIES, ()))
    head["机构构成"] = {
        "预算范围": _one(words, ("department.yaml", "机构构成", "预算范围")) or "本级预算",
        "内设机构归属": _one(words, ("department.yaml", "机构构成", "内设机构归属")) or "本级",
        "内设机构": list[Tree](_listed(words.get(OFFICES, ()))),
    }
    controls: dict[str, Tree] = {
        spec.name: f"{sum((line.money.amount for line in inputs.ledger.selected(spec.filter)), inputs.department.scale.value * 0):.2f}"
        for spec in profile.figures
        if spec.name in _CONTROLS
    }
    head["控制数"] = controls
    narrative: dict[str, Tree] = {}
    for keys, some in words.items():
        if keys[0] == NARRATIVE and keys[1] in (REASONS, SAYINGS):
            put(narrative, keys[1:], some[0])
    for name, kind in profile.facts.items():
        path = name.split(".", 1)
        if kind is FactKind.WORDS:
            put(narrative, path, list[Tree](_listed(words.get((NARRATIVE, *path), ()))))
        else:
            put(narrative, path, said.facts.get(name, "0.00" if kind is FactKind.MONEY else "0"))
    found: dict[str, Tree] = {"department.yaml": head, NARRATIVE: narrative}
    for basis in profile.bases:
        amounts = {
            spec.name: f"{value:.2f}"
            for spec in profile.figures
            if basis.name in spec.bases and (value := before_of(said, inputs, basis.name, spec.filter)) is not None
        }
        if amounts:
            found[basis.file] = dict[str, Tree](amounts)
    return found


def _one(words: Mapping[tuple[str, ...], tuple[str, ...]], keys: tuple[str, ...]) -> str:
    return words.get(keys, ("",))[0]


def _listed(said: Sequence[str]) -> list[str]:
    return split_items(said[0]) if len(said) == 1 else list(said)


def _assumed(sides: Sequence[Side]) -> Iterator[str]:
    for side in sides:
        for one in side.solved.assumed:
            yield (
                f"“{one.title}”与前面各表之间的对应没有印出来（{one.places}处，如{'、'.join(one.examples)}）："
                "按金额相等、整行凑得上、名称相近、先后顺序分，各表的合计都对得上，请核对明细"
            )
        for wrong in side.solved.wrong[:20]:
            yield f"{wrong.cell.place}是{wrong.cell.amount / side.unit}，它的各项合计是{wrong.inside / side.unit}，没有用它"
        for title, missing in side.solved.unmet:
            yield f"“{title}”与其他表对不上，差{missing / side.unit}，没有用它"
        for chosen in side.chosen:
            yield f"文档没有写明{chosen.dimension}，{chosen.times}处填“{chosen.value}”，请核对"


def _of_whom(
    whose: _Whose, told: Mapping[str, tuple[str, int]], natures: Mapping[str, str], projects: Mapping[str, FoundProject]
) -> Iterator[str]:
    if whose.made_up:
        yield f"文档没有印单位代码，编了{'、'.join(whose.agencies)}，请改成财政系统里的代码"
    for unit, name in whose.agencies.items():
        if told.get(unit, ("", 0))[1]:
            yield (
                f"“{name}”的单位性质文档没有写，按经济分类的对应推断是{natures[unit]}（行政和参公分不出来）"
                if natures[unit] != INSTITUTION
                else f"“{name}”的单位性质文档没有写，按经济分类的对应推断是{natures[unit]}"
            )
        else:
            yield f"“{name}”的单位性质文档没有写，按名称填{natures[unit]}，请核对"
    coded = [
        project.name for key, project in projects.items() if key not in whose.projects or not whose.projects[key].code
    ]
    if coded:
        yield f"{len(coded)}个项目文档没有印编码或没有列出（{coded[0]}等），编码是编的，请改成财政系统里的编码"
