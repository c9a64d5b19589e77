"""Rules over what was typed that ask whether it is likely: proportions, 三公 and cars beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.check.lines import about_line
from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.department import Inputs
from generator.model.figure import Fact
from generator.model.ledger import GENERAL, THREE_PUBLIC, LedgerLine, total_of
from generator.model.problem import Note, Severity

_UNION, _WELFARE, _USUAL_RATIO, _TOLERANCE = "30228", "30229", Decimal("0.8"), Decimal("0.1")
_ANNUITY_FUNCTION, _TO_INSURANCE, _TO_ANNUITY = "2080506", "31302", "31304"
_RUNNING_CARS = "30231"


def union_and_welfare(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """工会经费 and 福利费 are drawn at 2 % and 2.5 % of the same wages."""
    basic = [line for line in inputs.ledger.lines if not line.project]
    union, welfare = _of(basic, _UNION), _of(basic, _WELFARE)
    if not union or not welfare:
        yield NotApplicable("没有同时安排工会经费和福利费")
        return
    one, other = total_of(union, inputs.ledger.scale), total_of(welfare, inputs.ledger.scale)
    if not one or not other:
        yield NotApplicable("工会经费或福利费为0")
        return
    if abs(one.amount / other.amount / _USUAL_RATIO - 1) > _TOLERANCE:
        yield about_line(
            union[0],
            f"工会经费{one}与福利费{other}的比例不是2∶2.5",
            "一般按工资的2%和2.5%计提，请核对；本地另有标准的请忽略。",
            (Note("福利费在这里", welfare[0].position),),
        )


def three_public_in_projects(inputs: Inputs) -> Iterator[Finding]:
    """三公 counts projects too."""
    of_projects = [line for line in inputs.ledger.lines if line.project and line.fund == GENERAL]
    for code in THREE_PUBLIC:
        lines = _of(of_projects, code)
        if lines:
            names = [inputs.department.projects[line.project].name for line in lines]
            what = inputs.classification.department_economic.get(code, "")
            yield about_line(
                lines[0],
                f"项目支出中有{what}{total_of(lines, inputs.ledger.scale)}，已计入“三公”经费",
                "请确认；不属于“三公”经费的请改用其他科目。",
                tuple(Note(f"项目“{name}”", line.position) for name, line in list(zip(names, lines, strict=True))[:3]),
            )


def annuity_has_a_code(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """职业年金 has an economic code of its own in the years that know it."""
    if _TO_ANNUITY not in inputs.classification.department_economic:
        yield NotApplicable(f"{inputs.department.year}年科目没有{_TO_ANNUITY}")
        return
    names = inputs.classification.department_economic
    for line in inputs.ledger.lines:
        if line.function == _ANNUITY_FUNCTION and line.department_economic == _TO_INSURANCE:
            yield about_line(
                line,
                f"{line.function}{inputs.classification.function[line.function]}的{line.money}"
                f"列在{_TO_INSURANCE}{names[_TO_INSURANCE]}",
                f"科目表另有{_TO_ANNUITY}“{names[_TO_ANNUITY]}”，请核对。",
            )


def cars_beside_ledger(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """Who has cars runs them, and the other way round."""
    cars = [fact for fact in _facts(inputs, "国有资产.") if fact.key.endswith(("用车", ".车辆"))]
    if not cars:
        yield NotApplicable("没有填报车辆")
        return
    count = sum(fact.value for fact in cars if isinstance(fact.value, int))
    lines = _of(inputs.ledger.lines, _RUNNING_CARS)
    if lines and not count:
        yield about_line(
            lines[0],
            f"车辆为0辆，而公务用车运行维护费有{total_of(lines, inputs.ledger.scale)}",
            "请核对车辆数；租用或借用的请在预算说明中写明。",
        )
    elif count and not lines:
        position = next(fact.position for fact in cars if fact.value)
        assert position is not None
        yield Finding(f"有车辆{count}辆，而没有安排公务用车运行维护费", "请核对车辆数，或说明费用由谁负担。", position)


def _of(lines: Iterable[LedgerLine], *codes: str) -> list[LedgerLine]:
    """Those that spend something under these codes: a typed 0 spends nothing."""
    return [line for line in lines if line.money and line.department_economic in codes]


def _facts(inputs: Inputs, group: str) -> list[Fact]:
    return [fact for name, fact in inputs.department.facts.items() if name.startswith(group)]


PLAUSIBILITY_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D025", "工会经费与福利费的比例", Severity.ADVICE, union_and_welfare, "工会经费2%、福利费2.5%的计提标准",
        "30228 工会经费: 3.00\n30229 福利费: 2.00", "30228 工会经费: 2.00\n30229 福利费: 2.50",
    ),
    Rule(
        "D027", "项目里的“三公”经费", Severity.ADVICE, three_public_in_projects, "“三公”经费按全部一般公共预算支出计算",
        "30217 公务接待费: 1.00（在projects.yaml里）", "30217 公务接待费: 1.00（在basic.yaml里）",
    ),
    Rule(
        "D030", "职业年金的经济科目", Severity.ADVICE, annuity_has_a_code, "部门预算支出经济分类科目",
        "2080506 机关事业单位职业年金缴费支出:\n  31302 对社会保险基金补助: 9.00",
        "2080506 机关事业单位职业年金缴费支出:\n  31304 对机关事业单位职业年金的补助: 9.00",
    ),
    Rule(
        "T224", "车辆与运行维护费相称", Severity.WARNING, cars_beside_ledger, "国有资产占用情况与“三公”经费一致",
        "一般公务用车: 0（台账有30231公务用车运行维护费）", "一般公务用车: 1",
    ),
)  # fmt: skip
