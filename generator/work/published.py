"""A published .docx into a year's folder: entries solved from its tables, words found by setting it beside the place's own.

What a document can't tell is said in remarks, and so is everything in which the document that the folder gives differs
from the one that was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.bind.tables import bind
from generator.compose.titles import titled
from generator.intake.document.asked import (
    DUTIES,
    NARRATIVE,
    OFFICES,
    REASONS,
    SAYINGS,
    STRUCTURE,
    Asked,
    asked_of,
    put,
)
from generator.intake.document.entries import Entry
from generator.intake.document.folder import Codes, basic_tree, head_tree, projects_tree, side_tree
from generator.intake.document.goals import performance_tree
from generator.intake.document.lists import lists_of
from generator.intake.document.money import Side, sides_of
from generator.intake.document.printed import Amount, FoundProject, Printed, amounts_of, projects_of
from generator.intake.document.said import Said, amount_of, before_trees
from generator.intake.document.title import date_in
from generator.intake.document.told import disagreements, remarks_of
from generator.intake.document.whose import settled, whose, without_natures
from generator.load.classification import load_classification
from generator.load.national import load_national
from generator.model.bound import Bound
from generator.model.classification import LISTS, Classification
from generator.model.department import Inputs
from generator.model.extent import learn
from generator.model.money import Scale
from generator.model.profile import FactKind, Profile
from generator.model.reading import Reading, year_of
from generator.model.tree import Tree, Trees
from generator.readback.docx import read_docx
from generator.work.handed import Handed, Taken
from generator.work.overheard import Beside, overheard
from generator.work.reread import Read, differences, lacks_before
from generator.work.workshop import Workshop

_CONTROLS = ("总计", "一般公共预算", "政府性基金", "基本支出", "项目支出")
_ROUNDS = 3
_AS_PRINTED = Printed(Scale.WAN)
_IN_WORDS = "正文里的数"
_NOT_BEFORE = "有的数上年是多少文档没有写，按与本年相同填在上年的文件里，请核对"


def read_published(handed: Handed) -> Taken:
    """What a .docx that was made in the place's format says, as a year's folder. Raises UsageError where it is no .docx."""
    reading = read_docx(handed.files[0].data)
    return published(handed.shop, reading, year_of(reading) or handed.year)


class _Place(NamedTuple):
    shop: Workshop
    profile: Profile
    codes: Classification
    year: int
    how: Printed


class _Money(NamedTuple):
    """The files that tables alone tell, what was assumed for them, what tables say of the year before; whether every table
    is met.
    """

    trees: dict[str, Tree]
    items: dict[str, list[str]]
    remarks: tuple[str, ...]
    compared: tuple[Amount, ...]
    codes: Codes
    met: bool
    sides: tuple[Side, ...]


def published(shop: Workshop, reading: Reading, year: int, how: Printed = _AS_PRINTED) -> Taken:
    """The same of a document that has been read.

    What sentences print besides (机关运行经费) is met too where it can be: the entries are solved again with it.
    """
    profile, problems, _ = shop.profile(year)
    if profile is None:
        return Taken({}, (), problems, year)
    learn(profile.added)
    place = _Place(shop, profile, load_classification(year, profile.extra_codes, profile.editions), year, how)
    bound, said = bind(reading, profile, load_national(), place.codes), Said({}, {}, {}, frozenset(), {})
    money = _money(bound, place, ())
    for attempt in range(_ROUNDS):
        asked = asked_of(profile, money.items)
        beside = Beside(shop, profile, year, asked, reading, money.compared, set())
        said, inputs, problems = overheard(beside, {**money.trees, **_worded(money.trees, asked)}, money.codes)
        if inputs is None:
            return Taken(money.trees, money.remarks, problems, year)
        if profile.has_titles_to_fill and not attempt:
            place = place._replace(profile=titled(profile, inputs, shop.remember)[0])
            bound = bind(reading, place.profile, load_national(), place.codes)
            money = _money(bound, place, ())
            continue
        if how.place is not None and (wrong := disagreements(money.sides)):
            return Taken({}, money.remarks, wrong, year)
        others = _besides(said, inputs) if money.met and attempt < _ROUNDS - 1 else []
        if not others:
            break
        money = _money(bound, place, others)
    told = [*bound.unbound, *(f"{one.table.caption}：{reason}" for one in bound.tables for reason in one.unbound)]
    taken = Taken(money.trees, (*money.remarks, *told), (), year)
    assert inputs is not None
    return _completed(place._replace(profile=profile), taken, money.codes, (said, inputs, reading))


def _completed(place: _Place, taken: Taken, codes: Codes, heard: tuple[Said, Inputs, Reading]) -> Taken:
    """With words and with what amounts were before; and what the document that this gives has otherwise."""
    shop, profile, _, year, how = place
    said, inputs, reading = heard
    theirs = Read(reading, year, how.place is None)
    trees = {**taken.trees, **_with_words(taken.trees, profile, said, inputs)}
    trees |= before_trees(profile, inputs, said, codes, False)
    differing = differences(shop, profile, trees, theirs)
    if any(lacks_before(line) for line in differing):
        trees |= before_trees(profile, inputs, said, codes, True)
        differing = [_NOT_BEFORE, *differences(shop, profile, trees, theirs)]
    return taken._replace(trees=trees, remarks=(*taken.remarks, *differing))


def _money(bound: Bound, place: _Place, beside: Sequence[Amount]) -> _Money:
    """department.yaml's head, basic.yaml, projects.yaml, performance.yaml and the files of sides."""
    profile, codes = place.profile, place.codes
    scale = profile.conventions.table_scale
    printed = [*amounts_of(bound, place.how._replace(scale=scale), projects_of(bound))]
    compared = tuple(one for one in printed if one.aspect)
    amounts = [*(one for one in printed if not one.aspect), *beside]
    known = whose(bound, amounts, profile, codes, place.year)
    by_unit = [one for one in profile.dimensions if one.by_unit]
    amounts = [*without_natures(amounts, known, by_unit)]
    sides = sides_of(amounts, profile, codes, known.projects, place.how.place is not None)
    spent, projects, made_up = settled(
        [one for side in sides if not side.own for one in side.entries], known, place.year
    )
    named = Codes(codes, known.agencies, known.natures, profile.dimensions)
    trees: dict[str, Tree] = {
        "department.yaml": head_tree(
            place.shop.name, place.year, (known.name, known.code, date_in(bound.reading)), scale, named
        ),
        "basic.yaml": basic_tree(spent, named),
        "projects.yaml": projects_tree(spent, named, projects, scale),
    }
    for one in profile.dimensions:
        if one.file:
            others = [side for side in sides if side.own.get(one.name, one.usual) != one.usual]
            some, _, _ = settled([entry for side in others for entry in side.entries], known, place.year)
            trees[one.file] = side_tree(some, named, one)
    of_project = {projects[one.of("项目")].name: one.of("单位") for one in spent if one.of("项目") in projects}
    trees |= lists_of(bound, profile, tuple(known.agencies), of_project) if profile.lists else {}
    goals = performance_tree(bound, profile) if profile.shows_performance else {}
    empty: dict[str, Tree] = {"年度履职目标": list[Tree](), "年度主要任务": list[Tree](), "指标": dict[str, Tree]()}
    trees |= {"performance.yaml": goals or empty} if profile.shows_performance else {}
    remarks = (*remarks_of(sides, made_up), *known.remarks())
    return _Money(
        trees,
        _items(sides, spent, projects),
        remarks,
        compared,
        named,
        not any(side.solved.unmet for side in sides),
        sides,
    )


def _items(sides: Sequence[Side], spent: Sequence[Entry], projects: Mapping[str, FoundProject]) -> dict[str, list[str]]:
    """The codes of each dimension that something may be said of."""
    found: dict[str, list[str]] = {}
    for name in LISTS:
        codes = {entry.of(name) for side in sides for entry in side.entries}
        found[name] = sorted({code[:length] for code in codes for length in (3, 5, 7) if len(code) >= length})
    found["项目"] = [project.code for project in projects.values()]
    found["单位"] = sorted({entry.of("单位") for entry in spent})
    return found


def _besides(said: Said, inputs: Inputs) -> list[Amount]:
    """The sums that sentences print and the entries don't come to."""
    return [
        Amount(scope, value, _IN_WORDS, _IN_WORDS)
        for scope, value in said.sums.items()
        if value and abs(amount_of(inputs, scope) - value) >= Decimal("0.01")
    ]


def _worded(trees: Trees, asked: Asked) -> dict[str, Tree]:
    head = trees["department.yaml"]
    assert isinstance(head, dict)
    return {"department.yaml": {**head, **asked.department}, NARRATIVE: asked.narrative}


def _with_words(trees: Trees, profile: Profile, said: Said, inputs: Inputs) -> dict[str, Tree]:
    """department.yaml and narrative.yaml with their words, and the files of what amounts were before."""
    head, words = trees["department.yaml"], said.words
    assert isinstance(head, dict)
    structure: dict[str, Tree] = {
        key: words.get((*STRUCTURE, key), (usual,))[0]
        for key, usual in (("预算范围", "本级预算"), ("内设机构归属", "本级"))
    }
    structure["内设机构"] = list[Tree](words.get(OFFICES, ()))
    controls = {one.name: f"{amount_of(inputs, one.filter):.2f}" for one in profile.figures if one.name in _CONTROLS}
    head = {
        **head,
        "主要职责": list[Tree](words.get(DUTIES, ())),
        "机构构成": structure,
        "控制数": dict[str, Tree](controls),
    }
    narrative: dict[str, Tree] = {}
    for keys, some in words.items():
        if keys[0] == NARRATIVE and keys[1] in (REASONS, SAYINGS):
            put(narrative, keys[1:], some[0])
    for name, kind in profile.facts.items():
        path = name.split(".", 1)
        if kind is FactKind.WORDS:
            put(narrative, path, list[Tree](words.get((NARRATIVE, *path), ())))
        else:
            put(narrative, path, said.facts.get(name, "0.00" if kind is FactKind.MONEY else "0"))
    return {"department.yaml": head, NARRATIVE: narrative}
