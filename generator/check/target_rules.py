"""Rules over the department's 整体绩效 and its numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.indicators import COUNTED, about_value
from generator.check.rules import Finding, NotApplicable, Rule
from generator.check.words import hits, of_kinds
from generator.model.department import Inputs
from generator.model.ledger import GENERAL, THREE_PUBLIC
from generator.model.money import Money
from generator.model.patterns import any_of
from generator.model.problem import Severity

_TYPED_NUMBER = rf"^(\d{{1,2}})(?:{any_of(*'、．')}|\.)(?!\d)"


def targets_can_be_computed(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """No target of the whole divides by something this budget has none of."""
    targets = inputs.department.performance.targets
    if not targets:
        yield NotApplicable("没有整体绩效指标")
    nothing = dict(_nothing_of(inputs))
    for target in targets:
        for words, what in nothing.items():
            if re.search(words, target.name):
                yield about_value(
                    target,
                    f"指标“{target.name}”的分母（{what}）为0，无法计算",
                    "请删去，或把指标值改为“不适用”。",
                )


def targets_fit_formulas(inputs: Inputs) -> Iterator[Finding]:
    """控制率 = 实际 ÷ 预算 is held below 100%, not below 5%."""
    for target in inputs.department.performance.targets:
        counted = COUNTED.match(target.value)
        formula = re.search(r"实际[^。；]*[/÷][^。；]*预算", target.explanation)
        if counted and formula and target.name.endswith("控制率") and Decimal(counted["number"]) < 50:
            yield about_value(
                target, f"指标“{target.name}”按说明的公式应≤100%，现填“{target.value}”", "请核对指标值和公式。"
            )


def goals_are_numbered_by_program(inputs: Inputs) -> Iterator[Finding]:
    """Numbers typed before goals or duties would be printed beside the program's own; gaps mean one is missing."""
    for kind in ("职责", "目标"):
        typed = list(hits(of_kinds(inputs.department.passages, kind), _TYPED_NUMBER))
        if not typed:
            continue
        numbers = [int(re.sub(r"\D", "", hit.text)) for hit in typed]
        shown, first = "、".join(map(str, numbers)), typed[0]._replace(more=0)
        if numbers != list(range(1, len(numbers) + 1)):
            gap = next(at for at, number in enumerate(numbers) if number != at + 1)
            yield typed[gap].finding(f"{kind}的编号为{shown}，不连续", "请核对是否漏了一项；编号由程序生成，请删去。")
        else:
            yield first.finding(f"{kind}的前面填了编号（{shown}）", "编号由程序生成，请删去，否则会印两遍。")


def _nothing_of(inputs: Inputs) -> Iterator[tuple[str, str]]:
    department = inputs.department
    if not any(line.fund == GENERAL and line.department_economic in THREE_PUBLIC for line in inputs.ledger.lines):
        yield "三公.*控制率", "“三公”经费"
    purchases = [fact.value for name, fact in department.facts.items() if name.startswith("政府采购")]
    if purchases and not any(value.amount if isinstance(value, Money) else value for value in purchases):
        yield "采购执行率", "政府采购预算"
    if department.words.get("专项转移支付项目") == ():
        yield "专项资金细化率", "本部门管理的专项转移支付"


TARGET_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "J313", "指标的分母不为零", Severity.WARNING, targets_can_be_computed, "整体绩效目标表",
        "“三公经费”控制率: ≤100%（没有安排“三公”经费）", "“三公经费”控制率: 不适用",
    ),
    Rule(
        "J314", "指标值与公式相符", Severity.WARNING, targets_fit_formulas, "整体绩效目标表",
        "“三公经费”控制率: ≤5%（说明：实际支出数/预算数）", "“三公经费”控制率: ≤100%",
    ),
    Rule(
        "J316", "职责和目标由程序编号", Severity.WARNING, goals_are_numbered_by_program, "整体绩效目标表",
        "- 1、完善制度\n- 2、加强管理\n- 4、优化服务", "- 完善制度\n- 加强管理\n- 优化服务",
    ),
)  # fmt: skip
