"""The rules that only who has all departments can ask (跨部门): the rows, how they are asked, and their part of the catalogue."""

from __future__ import annotations

from typing import NamedTuple

from generator.check.rules import NotApplicable, Unable
from generator.city import control_rules, duplicate_rules, transfer_rules, year_rules
from generator.city.across import Across, AcrossRule
from generator.model.city import Finding
from generator.model.entry import Checker, Entry
from generator.model.problem import Severity

_CODES, _LAW, _TABLES = "财政系统的项目、单位登记", "部门预算编制要求", "财政部门的控制数"

RULES: tuple[AcrossRule, ...] = (
    AcrossRule("K201", "一个项目编码只有一个部门用", Severity.ERROR, duplicate_rules.project_in_two, _CODES, "文化局、体育局都有项目P-01", "体育局: P-02"),
    AcrossRule("K202", "一个预算单位只在一个部门里", Severity.ERROR, duplicate_rules.unit_in_two, _CODES, "文化局、体育局都有单位105001", "体育局: 106001"),
    AcrossRule("K203", "部门间往来两边都写了", Severity.ERROR, transfer_rules.said_by_one, _LAW, '文化局: 部门间往来: {付给: "106001"}；体育局没有写', '体育局: 部门间往来: {来自: "105001", 资金来源: …}'),
    AcrossRule("K204", "部门间往来两边相等", Severity.ERROR, transfer_rules.unequal, _LAW, "文化局付给106001的5.00；体育局来自105001的4.00", "两边都是5.00"),
    AcrossRule("K205", "部门间往来的对方是某个部门的单位", Severity.WARNING, transfer_rules.with_nobody, _LAW, '部门间往来: {付给: "106"}', '部门间往来: {付给: "106001"}'),
    AcrossRule("K206", "一个单位名称只有一个代码", Severity.WARNING, duplicate_rules.name_of_two_codes, _CODES, "文化局: 105002 美术馆；教育局: 201003 美术馆", "只留在一个部门里，或写出全称"),
    AcrossRule("K207", "应收清单与部门的数据说的是同一个部门", Severity.WARNING, duplicate_rules.other_than_listed, _CODES, "清单: 105 文化局；department.yaml: 代码106，体育局", "文件夹里换成文化局的数据"),
    AcrossRule("K208", "一个部门只交一份", Severity.ERROR, duplicate_rules.department_twice, _CODES, "两个文件夹的department.yaml都是代码105", "删去一个"),
    AcrossRule("K209", "部门的数等于控制总额", Severity.ERROR, control_rules.of_department, _TABLES, "控制总额表: 105 总计 120.00；文化局的总计123.46", "两处都是123.46"),
    AcrossRule("K210", "全市合计等于控制总额", Severity.ERROR, control_rules.of_city, _TABLES, "控制总额表: 全市 总计 500.00；各部门合计503.46", "两处都是503.46"),
    AcrossRule("K211", "控制总额表的部门、项都认得出，部门不缺", Severity.WARNING, control_rules.unknown, _TABLES, "控制总额表: 999 总计 120.00；没有这个部门", "改正代码，或补到应收清单里"),
    AcrossRule("K212", "填的上年数是上年公开的数", Severity.WARNING, year_rules.other_than_last_year, "财预〔2016〕143号", "上年的汇总: 总计120.00；今年填的上年数: 102.00", "120.00"),
)  # fmt: skip
TABLES: tuple[Entry, ...] = (
    Entry("K101", "应收清单填得对，每一格都读得出", Severity.ERROR, Checker.CITY, _TABLES, "版本: 全部", "版本: 部门版、单位版"),
    Entry("K102", "控制总额表填得对，每一格都读得出", Severity.ERROR, Checker.CITY, _TABLES, "总计: 约三万", "总计: 30000.00"),
)  # fmt: skip
"""What is found while a bureau's own tables are read."""


class Judged(NamedTuple):
    """What the rules found, and those that lack what they need, with why: (code, why)."""

    findings: tuple[Finding, ...]
    not_asked: tuple[tuple[str, str], ...]

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(one.severity == Severity.ERROR.label for one in self.findings)


NOT_JUDGED = Judged((), ())


def entries() -> tuple[Entry, ...]:
    """Their part of the catalogue."""
    return TABLES + tuple(
        Entry(one.code, one.title, one.severity, Checker.CITY, one.source, one.wrong, one.right) for one in RULES
    )


def judged(city: Across) -> Judged:
    """Every finding of every rule, in the rules' order."""
    findings: list[Finding] = []
    not_asked: list[tuple[str, str]] = []
    for rule in RULES:
        try:
            found = list(rule.find(city))
        except (NotApplicable, Unable) as silence:
            not_asked.append((rule.code, str(silence)))
            continue
        findings += [
            Finding(rule.code, (one.severity or rule.severity).label, one.keys, one.message, one.remedy)
            for one in found
        ]
    return Judged(tuple(findings), tuple(not_asked))
