"""Rules over what names and codes of projects say of their level and origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import commonprefix

from generator.check.rules import Finding, Rule
from generator.model.department import Inputs
from generator.model.ledger import FROM_ABOVE, OWN
from generator.model.problem import Severity

_SHARES = tuple(
    f"{level}{what}" for level in ("区级", "县级", "地方", "本地", "区", "县") for what in ("配套", "财政配套")
)
_OWN_MONEY = tuple(
    f"{level}{what}" for level in ("区级", "县级") for what in ("资金", "补助", "补贴", "经费", "财政资金")
)
_ABOVE, _TOWNSHIP = ("提前下达", "中央", "省", "上级"), ("镇", "乡", "街道")
_COST_FROM_ABOVE = tuple(
    f"{level}{what}"
    for level in ("上级", "上级财政", "中央", "中央财政", "省级", "省级财政", "省", "省财政")
    for what in ("资金", "补助", "转移支付", "专项")
)
_COST_OF_OWN = tuple(
    f"{level}{what}"
    for level in ("本级", "本级财政", "区级", "区级财政", "县级", "县级财政", "自筹", "地方", "地方财政")
    for what in ("资金", "补助", "配套", "预算")
)
_REGION, _YEAR, _SLACK, _LONG, _FEW = 6, 2, 2, 12, 2
"""A project's code of the 一体化 system: six digits of the region, two of the year, then a number with zeros before it."""


def own_names_are_own_money(inputs: Inputs) -> Iterator[Finding]:
    """A project that calls itself 本级, or the district's own share, is not money from above."""
    for project in inputs.department.projects.values():
        found = _own_word(project.name, inputs.department.name) if project.level == FROM_ABOVE else ""
        if found:
            yield Finding(
                f"项目“{project.name}”写“{found}”，层级却是“{FROM_ABOVE}”",
                f"请核对；是本级安排的请改为“层级: {OWN}”，否则“其中：财政拨款”会偏小。",
                project.position,
            )


def _own_word(name: str, department: str) -> str:
    """The words by which a project calls itself the district's own; a township gets the district's from above."""
    own = re.search("(?<![市省央])本级(?!以上|及以上)", name) if "本级" in name else None
    if own:
        return own[0]
    if _first_of(department, _TOWNSHIP) or _first_of(name, _ABOVE):
        return ""
    return _first_of(name, _SHARES) or _first_of(name, _OWN_MONEY)


def costs_are_of_the_level(inputs: Inputs) -> Iterator[Finding]:
    """A cost called 上级资金 belongs to a project with money from above, one called 本级资金 to one with its own."""
    origins: dict[str, set[str]] = {}
    for line in inputs.ledger.lines:
        origins.setdefault(line.project, set()).add(line.origin)
    for project in inputs.department.projects.values():
        for cost in project.indicators.get("成本指标", ()):
            above, own = _first_of(cost.name, _COST_FROM_ABOVE), _first_of(cost.name, _COST_OF_OWN)
            wanted = FROM_ABOVE if above and not own else OWN if own and not above else ""
            if wanted and wanted not in origins.get(project.code, ()):
                yield Finding(
                    f"项目“{project.name}”是{project.level}资金，成本指标却写“{cost.name}”",
                    "请核对成本指标的名称和项目的层级。",
                    cost.position,
                    length=len(cost.name),
                )


def codes_begin_alike(inputs: Inputs) -> Iterator[Finding]:
    """The region in a project's code, and the zeros before its number, are those of all others of its level."""
    alike: dict[tuple[str, int], list[str]] = {}
    projects = [one for one in inputs.department.projects.values() if one.code.isdigit() and len(one.code) >= _LONG]
    for project in projects:
        alike.setdefault((project.level, len(project.code)), []).append(project.code)
    for codes in alike.values():
        codes.sort()
    for project in projects:
        codes = alike[project.level, len(project.code)]
        found = _differs(project.code, codes)
        if found is not None:
            place, others = found
            yield Finding(
                f"项目“{project.name}”的编码{project.code}第{place + 1}位是{project.code[place]}，"
                f"其他{len(codes) - 1}个项目都是{others[place]}",
                "请核对编码是否录错；如从Excel复制请先设为文本格式。",
                project.position,
            )


def _differs(code: str, codes: list[str]) -> tuple[int, str] | None:
    """The first place where all others have one region, or zeros before their numbers, and this code has not; and theirs.

    ``codes`` are sorted, this one among them: what the first and the last of the others share, all share. A number may
    be a hundred times another's.
    """
    if len(codes) <= _FEW:
        return None
    first, last = codes[code == codes[0]], codes[-1 - (code == codes[-1])]
    alike, number = commonprefix((first, last)), _REGION + _YEAR
    zeros = len(alike[number:]) - len(alike[number:].lstrip("0"))
    places = (*range(min(_REGION, len(alike))), *range(number, number + zeros - _SLACK))
    return next(((place, alike) for place in places if code[place] != alike[place]), None)


def _first_of(text: str, words: tuple[str, ...]) -> str:
    """The first of the words that is in the text; empty for none."""
    return next((word for word in words if word in text), "")


LEVEL_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D047", "写明本级的项目，层级是本级", Severity.WARNING, own_names_are_own_money, "表2、表4“其中：财政拨款”",
        "名称: 医疗救助区级配套资金\n层级: 上级", "名称: 医疗救助区级配套资金\n层级: 本级",
    ),
    Rule(
        "D048", "项目编码开头一致", Severity.WARNING, codes_begin_alike, "项目库编码",
        "其他项目都以410395开头，一个以410396开头", "都以410395开头",
    ),
    Rule(
        "J317", "成本指标的名称与资金层级相符", Severity.WARNING, costs_are_of_the_level, "项目绩效目标表",
        "层级: 本级\n成本指标: {上级资金: ≤资金总额}", "层级: 本级\n成本指标: {预算资金: ≤资金总额}",
    ),
)  # fmt: skip
