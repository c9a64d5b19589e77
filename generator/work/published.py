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
from generator.intake.document.asked import HEAD, NARRATIVE, asked_of
from generator.intake.document.entries import Entry
from generator.intake.document.folder import Codes, basic_tree, head_tree, projects_tree, side_tree
from generator.intake.document.goals import performance_tree
from generator.intake.document.lists import lists_of
from generator.intake.document.money import Side, sides_of
from generator.intake.document.printed import Amount, FoundProject, Printed, amounts_of, projects_of
from generator.intake.document.said import Said, amount_of, before_trees
from generator.intake.document.title import date_in
from generator.intake.document.told import disagreements, not_ours, remarks_of
from generator.intake.document.whose import settled, whose, without_natures
from generator.intake.document.words import worded
from generator.load.classification import load_classification
from generator.load.national import load_national
from generator.model.bound import Bound
from generator.model.classification import LISTS, Classification
from generator.model.department import Inputs
from generator.model.extent import learn
from generator.model.money import Scale
from generator.model.problem import UsageError
from generator.model.profile import Profile
from generator.model.reading import Reading, year_of
from generator.model.tree import Tree
from generator.readback.docx import read_docx
from generator.work.handed import Handed, Taken
from generator.work.overheard import Beside, overheard
from generator.work.reread import Read, differences, lacks_before
from generator.work.workshop import Workshop

_ROUNDS = 3
_AS_PRINTED = Printed(Scale.WAN)
_IN_WORDS = "正文里的数"
_NOT_BEFORE = "有的数上年是多少文档没有写，按与本年相同填在上年的文件里，请核对"


def read_published(handed: Handed) -> Taken:
    """What a .docx that was made in the place's format says, as a year's folder. Raises UsageError where it is no .docx."""
    reading = read_docx(handed.files[0].data)
    year = year_of(reading) or handed.year
    if not year:
        raise UsageError("封面上没有写是哪一年的，请加上 --year，如 --year 2028。")
    return published(handed.shop, reading, year)


class _Place(NamedTuple):
    shop: Workshop
    profile: Profile
    codes: Classification
    year: int
    how: Printed


class _Money(NamedTuple):
    """What tables alone tell: ``head`` of department.yaml, and whole files; what was assumed for them, and what tables say
    of the year before; whether every table is met.
    """

    head: dict[str, Tree]
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
    bound = bind(reading, profile, load_national(), place.codes)
    money, rounds = _money(bound, place, ()), 1
    while True:
        asked = asked_of(profile, money.items)
        probe = {**money.trees, HEAD: {**money.head, **asked.department}, NARRATIVE: asked.narrative}
        beside = Beside(shop, profile, year, asked, reading, money.compared, set())
        said, inputs, problems = overheard(beside, probe, money.codes)
        if inputs is None:
            return Taken({}, money.remarks, (not_ours(shop.name, problems),), year)
        if profile.has_titles_to_fill and rounds == 1:
            place = place._replace(profile=titled(profile, inputs, shop.remember)[0])
            bound, rounds = bind(reading, place.profile, load_national(), place.codes), 2
            money = _money(bound, place, ())
            continue
        if how.place is not None and (wrong := disagreements(money.sides)):
            return Taken({}, money.remarks, wrong, year)
        others = _besides(said, inputs) if money.met and rounds < _ROUNDS else []
        if not others:
            told = [*bound.unbound, *(f"{one.table.caption}：{why}" for one in bound.tables for why in one.unbound)]
            money = money._replace(remarks=(*money.remarks, *told))
            return _completed(place._replace(profile=profile), money, (said, inputs, reading))
        money, rounds = _money(bound, place, others), rounds + 1


def _completed(place: _Place, money: _Money, heard: tuple[Said, Inputs, Reading]) -> Taken:
    """With words and with what amounts were before; and what the document that this gives has otherwise."""
    shop, profile, _, year, how = place
    said, inputs, reading = heard
    theirs = Read(reading, year, how.place is None)
    trees = {**worded(money.head, profile, said, inputs), **money.trees}
    trees |= before_trees(profile, inputs, said, money.codes, False)
    differing = differences(shop, profile, trees, theirs)
    if any(lacks_before(line) for line in differing):
        trees |= before_trees(profile, inputs, said, money.codes, True)
        differing = [_NOT_BEFORE, *differences(shop, profile, trees, theirs)]
    return Taken(trees, (*money.remarks, *differing), (), year)


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
    head = head_tree(place.shop.name, place.year, (known.name, known.code, date_in(bound.reading)), scale, named)
    trees: dict[str, Tree] = {
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
        head,
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
