"""Rules over what a reason mentions: projects that are there, amounts in the right unit; and what last year can't be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from generator.check.book_rules import Derived
from generator.check.reason_rules import AMOUNT, UNITS
from generator.check.rules import Finding, Rule
from generator.check.words import Hit, is_a_rate, of_kinds
from generator.model.extent import extent_of, within
from generator.model.money import Money, Scale
from generator.model.problem import Note, Severity

_QUOTES = (("“", "”"), ("《", "》"))
_PROJECT = ("项目", "资金", "补助", "经费", "专项", "救助", "保险")
_NEW = ("新增", "增加", "新设", "新安排", "下达", "新增了", "增加了")
_LIKE, _SHORT = 0.75, 3


def projects_are_there(derived: Derived) -> Iterator[Finding]:
    """A project a reason names in quotation marks is one of ours, this year's or last year's, letter by letter."""
    department, last_year = derived.inputs.department, derived.inputs.last_year
    names = {project.name for project in department.projects.values()}
    known = names | ({project.name for project in last_year.projects.values()} if last_year else set())
    for passage in of_kinds(department.passages, "原因"):
        for start, name in _quoted(passage.text.value):
            if any(name in other for other in known) or any(_same(name, other) for other in known):
                continue
            close = _closest(name, names)
            new = passage.text.value[: start - 1].endswith(_NEW) and any(word in name for word in _PROJECT)
            if close or new:
                yield Hit(passage, start, name).finding(
                    f"原因里的“{name}”不是本部门的项目",
                    f"请核对，是否为“{close}”？" if close else "请核对项目名称，或在projects.yaml补上这个项目。",
                )


def _quoted(text: str) -> Iterator[tuple[int, str]]:
    """What stands in quotation marks, and where: no shorter than a project's name."""
    for opening, closing in _QUOTES:
        start = text.find(opening) + 1
        while start:
            name = text[start:].partition(closing)[0]
            if len(name) > _SHORT:
                yield start, name
            start = text.find(opening, start) + 1


def amounts_have_their_unit(derived: Derived) -> Iterator[Finding]:
    """An amount of a reason that is one of the budget's ten thousand times over, or a ten-thousandth, has another's unit."""
    known = _known(derived)
    for passage in of_kinds(derived.inputs.department.passages, "原因"):
        for found in AMOUNT.finditer(passage.text.value):
            number = Decimal(found[1].replace(",", ""))
            meant = [unit for unit, much in UNITS.items() if number * much in known]
            if meant and found[2] not in meant and not is_a_rate(passage.text.value, *found.span()):
                yield Hit(passage, found.start(), found[0]).finding(
                    f"原因里的“{found[0]}”，按“{meant[0]}”才等于预算里的{known[number * UNITS[meant[0]]]}",
                    f"请核对单位，似应为{number}{meant[0]}。",
                )


def last_years_parts_fit(derived: Derived) -> Iterator[Finding]:
    """No part of last year is larger than what it is a part of; what adds up to a total is D023's."""
    prior = {name: fact for name, fact in derived.inputs.department.prior.items() if fact.position}
    added = {(part, item.whole) for item in derived.profile.compositions for part in item.parts}
    extents = {name: extent_of(derived.filters[name]) for name in prior}
    for (name, fact), (other, whole) in product(
        ((name, fact) for name, fact in prior.items() if fact.value), prior.items()
    ):
        assert fact.position
        larger = fact.money.amount > whole.money.amount
        if larger and (name, other) not in added and within(extents[name], extents[other]):
            yield Finding(
                f"上年“{name}”为{fact.value}，大于上年“{other}”{whole.value}，而它是其中的一部分",
                f"请核对“{name}”和“{other}”的上年数。",
                fact.position,
                (Note(f"上年“{other}”在这里", whole.position),),
            )


def _same(name: str, other: str) -> bool:
    """Whether one name is in the other, whatever the numbers, brackets and blanks in them."""
    one, two = (re.sub(r"\d|[（）()【】〔〕\[\]\s]", "", words) for words in (name, other))
    return one in two or two in one


def _closest(name: str, names: set[str]) -> str:
    from difflib import SequenceMatcher, get_close_matches  # only a name that is nowhere needs it

    close = get_close_matches(name, names, 1, _LIKE)
    if close:
        return close[0]
    for other in names:  # a part of a long name
        block = SequenceMatcher(None, name, other, autojunk=False).get_matching_blocks()
        if sum(found.size for found in block if found.size > 1) >= len(name) * _LIKE:
            return other
    return ""


def _known(derived: Derived) -> dict[Decimal, str]:
    """Amounts a reason may speak of, in 万元, and how each is told: changes, both years' figures, projects."""
    found: dict[Decimal, str] = {}
    for name, change in derived.book.changes.items():
        for money, what in ((change.delta, "变动"), (change.current.money, ""), (change.prior_money, "上年数")):
            found.setdefault(abs(money).convert(Scale.WAN).amount, f"“{name}”{what}{abs(money)}")
    totals: dict[str, Money] = {}
    projects = derived.inputs.department.projects
    for line in derived.inputs.ledger.lines:
        if line.project:
            totals[line.project] = line.money + totals.get(line.project, Money(Decimal(0), line.money.scale))
    for code, money in totals.items():
        found.setdefault(money.convert(Scale.WAN).amount, f"项目“{projects[code].name}”{money}")
    found.pop(Decimal(0), None)
    return found


MENTION_RULES: tuple[Rule[Derived], ...] = (
    Rule(
        "D051", "原因里的项目是本部门的项目", Severity.WARNING, projects_are_there, "文字与数一致",
        "总计: 新增“残疾人就业补助”项目（没有这个项目）", "总计: 新增“城乡医疗救助”项目",
    ),
    Rule(
        "D052", "原因里的金额单位与预算一致", Severity.WARNING, amounts_have_their_unit, "金额单位为万元",
        "政府性基金: 新增8.00元（预算是8.00万元）", "政府性基金: 新增8.00万元",
    ),
    Rule(
        "D053", "上年的部分不大于整体", Severity.WARNING, last_years_parts_fit, "上年公开文件",
        "一般公共预算: 100.00\n机构运行经费: 236.20", "一般公共预算: 100.00\n机构运行经费: 23.62",
    ),
)  # fmt: skip
