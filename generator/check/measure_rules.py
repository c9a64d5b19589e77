"""Rules over whether a 绩效指标 can be measured: a count or a rate has a number, and a project promises one that can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.indicators import Named, about_value, everything
from generator.check.rules import Finding, Rule
from generator.check.words import has_any
from generator.model.department import PROJECT_TOTAL, Inputs
from generator.model.problem import Note, Severity

_COUNTED = ("人次", "批次", "场次", "数量", "面积", "里程", "率", "数")
_NOT_COUNTED = (*(f"{what}率" for what in "效频功汇利税概"), *(f"{what}数" for what in "多少无"))
_NUMERALS = frozenset("零一二两三四五六七八九十百千万")
_NUMBER = r"[零一二两三四五六七八九十百千万]+(?:[个人名位户次批场件项套台辆份篇条类家所间处期月日天年倍成]|以上|平方)"
_AGAINST = (
    "上年", "去年", "往年", "同期", "基期", "基数", "平均", "规定", "要求", "标准", "计划", "目标值", "全部", "全覆", "全员", "全体", "全额",
    "不适用", "零",
)  # fmt: skip
"""What a value without a number may be measured against."""
_ALL_OF_IT = "应[^，。]{0,2}尽"
_NO_NUMBER = ("参数", "指数", "系数", "分数", "基数", "函数", "岁数", "多数", "少数")
_OUTPUT = "产出指标"


def counts_have_numbers(inputs: Inputs) -> Iterator[Finding]:
    """人数, 人次, 批次, …率 is a number, or measured against one: “显著提高” can't be checked. The same name is told once."""
    found: dict[tuple[str, str], list[Named]] = {}
    for item in everything(inputs):
        if _can_be_counted(item.name) and not _is_measured(item.value):
            found.setdefault((item.name, item.value), []).append(item)
    for (name, value), (first, *others) in found.items():
        yield about_value(
            first, f"指标“{name}”是可以数的，指标值却是“{value}”", "建议写出数和单位，如“≥500人”“≥95%”。"
        )._replace(notes=tuple(Note("同名指标在这里", other.value_position) for other in others))


def outputs_can_be_counted(inputs: Inputs) -> Iterator[Finding]:
    """Of a project's 产出指标 one at least is a number: what is to be done, how much, by when.

    Where a name could be counted, ``counts_have_numbers`` asks for the number.
    """
    for project in inputs.department.projects.values():
        outputs = project.indicators.get(_OUTPUT, ())
        if outputs and not any(_can_be_counted(one.name) or _is_measured(one.value) for one in outputs):
            yield Finding(
                f"项目“{project.name}”的产出指标没有一个写了数",
                "建议至少有一个数量、质量或时效指标写出数，如“≥500人次”“100%”“12月底前”。",
                outputs[0].value_position,
                length=len(outputs[0].value),
            )


def _can_be_counted(name: str) -> bool:
    return name.endswith(_COUNTED) and not name.endswith(_NOT_COUNTED) and not has_any(name, _NO_NUMBER)


def _is_measured(value: str) -> bool:
    if any(map(str.isdigit, value)) or PROJECT_TOTAL in value or value.endswith("无") or has_any(value, _AGAINST):
        return True
    in_words = not _NUMERALS.isdisjoint(value) and re.search(_NUMBER, value) is not None
    return in_words or ("应" in value and re.search(_ALL_OF_IT, value) is not None)


MEASURE_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "J340", "可以数的指标写出数", Severity.ADVICE, counts_have_numbers, "绩效指标应清晰、可衡量",
        "住院救助人次: 显著提高", "住院救助人次: ≥2000人次",
    ),
    Rule(
        "J341", "产出指标有可以衡量的", Severity.ADVICE, outputs_can_be_counted, "绩效指标应清晰、可衡量",
        "产出指标: {工作质量: 显著提高, 拨付及时性: 及时}", "产出指标: {救助人次: ≥2000人次, 拨付及时性: 及时}",
    ),
)  # fmt: skip
