"""Rules over what was typed: the ledger with its department."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules import Finding, Rule
from generator.model.department import Inputs
from generator.model.ledger import FROM_ABOVE, GENERAL, GOVERNMENT_FUNDS, OWN, LedgerLine
from generator.model.problem import Note, Severity
from generator.model.source import Position

_BASIC_GROUPS = ("301", "302", "303", "309", "310", "399")
_FUND_FUNCTIONS = (
    "20610", "20707", "20709", "20710", "20822", "20823", "20829", "21160", "21161", "21208", "21210", "21211", "21213",
    "21214", "21215", "21216", "21217", "21218", "21219", "21366", "21367", "21369", "21462", "21463", "21464", "21468",
    "21469", "21470", "21471", "21472", "21473", "21562", "22904", "22908", "22960", "23204", "23304", "234",
)  # fmt: skip
_USUALLY_BASIC = {"30228": "工会经费", "30229": "福利费", "30239": "其他交通费用"}
_FROM_ABOVE_WORDS = re.compile(r"提前下达|(?:中央|省级|省财政|上级).*(?:补助|资金)")


def administrative_function_of_institution(inputs: Inputs) -> Iterator[Finding]:
    """行政运行 is for 行政 and 参公 units."""
    if inputs.department.nature != "事业":
        return
    for line in _first_of_each_function(inputs):
        if inputs.classification.function.get(line.function) == "行政运行":
            yield Finding(
                f"单位性质为事业，却使用了“行政运行”（{line.function}）",
                "请核对单位性质，或改用“事业运行”等相应的项级科目。",
                line.position,
            )


def administrative_function_with_project(inputs: Inputs) -> Iterator[Finding]:
    """行政运行 reflects 基本支出 only."""
    seen: set[str] = set()
    for line in inputs.ledger.lines:
        if line.project in seen or not line.project:
            continue
        if inputs.classification.function.get(line.function) == "行政运行":
            seen.add(line.project)
            name = inputs.department.projects[line.project].name
            yield Finding(
                f"项目“{name}”列在“行政运行”（{line.function}），该科目只反映基本支出",
                "请确认是否应列“一般行政管理事务”或相应的项级科目。",
                line.position,
            )


def fund_fits_function(inputs: Inputs) -> Iterator[Finding]:
    """政府性基金 has functions of its own, and no other money is spent there."""
    for line in inputs.ledger.lines:
        of_funds = line.function.startswith(_FUND_FUNCTIONS)
        name = inputs.classification.function.get(line.function, "")
        if of_funds and line.fund == GENERAL:
            yield Finding(
                f"{line.function}{name}是政府性基金预算科目，不能列入“{line.fund}”",
                "请把资金来源改为政府性基金预算，或改用一般公共预算的科目。",
                line.position,
            )
        elif not of_funds and line.fund == GOVERNMENT_FUNDS:
            yield Finding(
                f"{line.function}{name}不是政府性基金预算科目，却列入了“{line.fund}”",
                "请核对资金来源和功能科目。",
                line.position,
            )


def no_line_twice(inputs: Inputs) -> Iterator[Finding]:
    """One kind of money is one line."""
    first: dict[tuple[str, ...], LedgerLine] = {}
    for line in inputs.ledger.lines:
        key = (
            line.agency, line.function, line.department_economic, line.government_economic,
            line.fund, line.origin, line.period, line.project,
        )  # fmt: skip
        if key in first:
            other = first[key].position
            yield Finding(
                f"与第{other.line}行完全同一口径，疑似重复录入",
                "如确属两笔请合并成一行。",
                line.position,
                (Note("另一处在这里", other),),
            )
        first.setdefault(key, line)


def basic_has_basic_codes(inputs: Inputs) -> Iterator[Finding]:
    """基本支出 is paid from 301, 302, 303, 309, 310 and 399 only."""
    for line in inputs.ledger.lines:
        if not line.project and not line.department_economic.startswith(_BASIC_GROUPS):
            yield Finding(
                f"{line.department_economic}不能列入基本支出", "请登记为项目支出，或核对科目。", line.position
            )


def basic_codes_in_projects(inputs: Inputs) -> Iterator[Finding]:
    """福利费, 工会经费 and 其他交通费用 normally belong to 基本支出."""
    for line in inputs.ledger.lines:
        if line.project and line.department_economic in _USUALLY_BASIC:
            name = inputs.department.projects[line.project].name
            yield Finding(
                f"项目“{name}”列支了“{_USUALLY_BASIC[line.department_economic]}”，该科目一般属于基本支出公用经费",
                "请核对科目。",
                line.position,
            )


def origin_fits_name(inputs: Inputs) -> Iterator[Finding]:
    """A project named after money from above is money from above."""
    for project in inputs.department.projects.values():
        if project.level == OWN and _FROM_ABOVE_WORDS.search(project.name):
            yield Finding(
                f"项目“{project.name}”看似上级转移支付，层级却是“{OWN}”",
                f"请核对；如是上级资金请改为“层级: {FROM_ABOVE}”，否则“其中：财政拨款”会偏大。",
                project.position,
            )


def project_names_differ(inputs: Inputs) -> Iterator[Finding]:
    """The same name twice is the same project twice."""
    seen: dict[str, Position] = {}
    for project in inputs.department.projects.values():
        key = re.sub(r"\s", "", project.name)
        if key in seen:
            yield Finding(
                f"项目“{project.name}”出现两次",
                "请合并，或把名称写清楚。",
                project.position,
                (Note("另一处在这里", seen[key]),),
            )
        seen.setdefault(key, project.position)


def _first_of_each_function(inputs: Inputs) -> Iterator[LedgerLine]:
    seen: set[str] = set()
    for line in inputs.ledger.lines:
        if line.function not in seen:
            seen.add(line.function)
            yield line


LEDGER_RULES: tuple[Rule[Inputs], ...] = (
    Rule("D007", "行政运行与单位性质", Severity.WARNING, administrative_function_of_institution, "政府收支分类科目"),
    Rule("D008", "行政运行只列基本支出", Severity.WARNING, administrative_function_with_project, "政府收支分类科目"),
    Rule("D009", "资金与功能科目相符", Severity.ERROR, fund_fits_function, "政府收支分类科目"),
    Rule("D014", "台账没有重复行", Severity.WARNING, no_line_twice, "一笔资金一行"),
    Rule("D017", "项目名称不重复", Severity.WARNING, project_names_differ, "一个项目一个名称"),
    Rule("D019", "基本支出的经济科目", Severity.ERROR, basic_has_basic_codes, "部门预算支出经济分类科目"),
    Rule("D022", "上级资金的层级", Severity.WARNING, origin_fits_name, "表2、表4“其中：财政拨款”"),
    Rule("D026", "公用经费科目列入项目", Severity.WARNING, basic_codes_in_projects, "部门预算支出经济分类科目"),
)
