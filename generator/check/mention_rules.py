"""Rules over what a reason mentions: projects that are there, amounts in the right unit; and what last year can't be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.book_rules import Derived
from generator.check.rules import Finding, Rule
from generator.check.words import Hit, of_kinds
from generator.model.ledger import CODED, Filter
from generator.model.money import Money, Scale
from generator.model.problem import Note, Severity

_QUOTED = re.compile("[“《](?P<name>[^“”《》]{4,60})[”》]")
_PROJECT = re.compile("项目|资金|补助|经费|专项|救助|保险")
_NEW = re.compile("(?:新增|增加|新设|新安排|下达)[了]?$")
_UNSAID = re.compile(r"\d|[（）()【】〔〕\[\]\s]")
_AMOUNT = re.compile(r"(?<![\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)")
_UNITS = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}
_RATE = re.compile("[每均][^，。；]{0,8}$|标准[^，。；]{0,12}$")
_LIKE = 0.75


def projects_are_there(derived: Derived) -> Iterator[Finding]:
    """A project a reason names in quotation marks is one of ours, this year's or last year's, letter by letter."""
    department, last_year = derived.inputs.department, derived.inputs.last_year
    names = {project.name for project in department.projects.values()}
    known = names | ({project.name for project in last_year.projects.values()} if last_year else set())
    for passage in of_kinds(department.passages, "原因"):
        for found in _QUOTED.finditer(passage.text.value):
            name = found["name"]
            if any(_same(name, other) for other in known):
                continue
            close = _closest(name, names)
            new = _NEW.search(passage.text.value[: found.start()])
            if close or (new and _PROJECT.search(name)):
                yield Hit(passage, found.start("name"), name).finding(
                    f"原因里的“{name}”不是本部门的项目",
                    f"请核对，是否为“{close}”？" if close else "请核对项目名称，或在projects.yaml补上这个项目。",
                )


def amounts_have_their_unit(derived: Derived) -> Iterator[Finding]:
    """An amount of a reason that is one of the budget's ten thousand times over, or a ten-thousandth, has another's unit."""
    known = _known(derived)
    for passage in of_kinds(derived.inputs.department.passages, "原因"):
        for found in _AMOUNT.finditer(passage.text.value):
            if _RATE.search(passage.text.value[: found.start()]) or passage.text.value[found.end() :].startswith("/"):
                continue
            number = Decimal(found["number"].replace(",", ""))
            meant = [unit for unit, much in _UNITS.items() if number * much in known]
            if meant and found["unit"] not in meant:
                yield Hit(passage, found.start(), found[0]).finding(
                    f"原因里的“{found[0]}”，按“{meant[0]}”才等于预算里的{known[number * _UNITS[meant[0]]]}",
                    f"请核对单位，似应为{number}{meant[0]}。",
                )


def last_years_parts_fit(derived: Derived) -> Iterator[Finding]:
    """No part of last year is larger than what it is a part of; what adds up to a total is D023's."""
    prior = {name: fact for name, fact in derived.inputs.department.prior.items() if fact.position}
    added = {(part, item.whole) for item in derived.profile.compositions for part in item.parts}
    for name, fact in prior.items():
        for other, whole in prior.items():
            if name == other or (name, other) in added or not _is_part(derived.filters[name], derived.filters[other]):
                continue
            assert isinstance(fact.value, Money) and isinstance(whole.value, Money) and fact.position
            if fact.value.amount > whole.value.amount:
                yield Finding(
                    f"上年“{name}”为{fact.value}，大于上年“{other}”{whole.value}，而它是其中的一部分",
                    f"请核对“{name}”和“{other}”的上年数。",
                    fact.position,
                    (Note(f"上年“{other}”在这里", whole.position),),
                )
                break


def _same(name: str, other: str) -> bool:
    one, two = _UNSAID.sub("", name), _UNSAID.sub("", other)
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


def _is_part(part: Filter, whole: Filter) -> bool:
    """Whether every line that ``part`` selects is one that ``whole`` selects."""
    terms = dict(part.terms)
    return all(name in terms and _narrower(name, terms[name], values) for name, values in whole.terms)


def _narrower(name: str, values: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return all(value.startswith(others) if name in CODED else value in others for value in values)


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
