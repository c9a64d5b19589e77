"""Rules over what names and codes of projects say of their level and origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import commonprefix

from generator.check.rules import Finding, Rule
from generator.model.department import Inputs, Project
from generator.model.ledger import FROM_ABOVE, OWN
from generator.model.problem import Severity

_OWN_WORDS = re.compile("(?<![市省央])本级(?!以上|及以上)")
_OWN_SHARE = re.compile("(?:区|县|地方|本地)(?:级)?(?:财政)?配套|(?:区|县)级(?:财政)?(?:资金|补助|补贴|经费)")
_ABOVE_WORDS = re.compile("提前下达|中央|省|上级")
_TOWNSHIP = re.compile("镇|乡|街道")
_COST_FROM_ABOVE = re.compile("(?:上级|中央|省级?|省市)(?:财政)?(?:资金|补助|转移支付|专项)")
_COST_OF_OWN = re.compile("(?:本级|区级|县级|自筹|地方)(?:财政)?(?:资金|补助|配套|预算)")
_REGION, _YEAR, _SLACK, _LONG = 6, 2, 2, 12
"""A project's code of the 一体化 system: six digits of the region, two of the year, then a number with zeros before it."""


def own_names_are_own_money(inputs: Inputs) -> Iterator[Finding]:
    """A project that calls itself 本级, or the district's own share, is not money from above."""
    township = _TOWNSHIP.search(inputs.department.name)
    for project in inputs.department.projects.values():
        found = _OWN_WORDS.search(project.name) or (
            None if township or _ABOVE_WORDS.search(project.name) else _OWN_SHARE.search(project.name)
        )
        if found and project.level == FROM_ABOVE:
            yield Finding(
                f"项目“{project.name}”写“{found[0]}”，层级却是“{FROM_ABOVE}”",
                f"请核对；是本级安排的请改为“层级: {OWN}”，否则“其中：财政拨款”会偏小。",
                project.position,
            )


def costs_are_of_the_level(inputs: Inputs) -> Iterator[Finding]:
    """A cost called 上级资金 belongs to a project with money from above, one called 本级资金 to one with its own."""
    origins: dict[str, set[str]] = {}
    for line in inputs.ledger.lines:
        origins.setdefault(line.project, set()).add(line.origin)
    for project in inputs.department.projects.values():
        for cost in project.indicators.get("成本指标", ()):
            above, own = _COST_FROM_ABOVE.search(cost.name), _COST_OF_OWN.search(cost.name)
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
    projects = [one for one in inputs.department.projects.values() if one.code.isdigit() and len(one.code) >= _LONG]
    for project in projects:
        others = [
            other.code
            for other in projects
            if other is not project and other.level == project.level and len(other.code) == len(project.code)
        ]
        place = _differs(project, others)
        if place is not None:
            yield Finding(
                f"项目“{project.name}”的编码{project.code}第{place + 1}位是{project.code[place]}，"
                f"其他{len(others)}个项目都是{others[0][place]}",
                "请核对编码是否录错；如从Excel复制请先设为文本格式。",
                project.position,
            )


def _differs(project: Project, others: list[str]) -> int | None:
    """The first place where all others have one region, or zeros before their numbers, and this code has not.

    A number may be a hundred times another's.
    """
    if len(others) < 2:
        return None
    alike, number = commonprefix(others), _REGION + _YEAR
    zeros = len(alike[number:]) - len(alike[number:].lstrip("0"))
    places = (*range(min(_REGION, len(alike))), *range(number, number + zeros - _SLACK))
    return next((place for place in places if project.code[place] != alike[place]), None)


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
