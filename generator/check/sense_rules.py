"""Rules over whether an indicator says what it means: its sign against its name, its category, zeros before its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.indicators import Named, about_value, everything
from generator.check.rules import Finding, Rule
from generator.check.words import has_any
from generator.model.department import PROJECT_TOTAL, Inputs
from generator.model.problem import Severity

_AT_LEAST = ("≥", ">=", "＞", ">", "不低于", "不少于", "不小于")
_AT_MOST = ("≤", "<=", "＜", "<", "不高于", "不超过", "不大于", "不多于")
_GOOD_RATES = (
    "覆盖", "完成", "合格", "及时", "到位", "参保", "达标", "实现", "应用", "准确", "正确", "发放", "就业", "通过", "达成", "细化", "化解",
    "结案", "受理", "兑现", "普及", "优良", "优秀", "合规", "足额", "参与", "办结", "回复", "响应", "公开", "成活", "治愈", "入学", "巩固",
    "验收", "满意", "知晓",
)  # fmt: skip
_THE_MORE = (*(f"{what}率" for what in _GOOD_RATES), "满意度", "知晓度")
_PEOPLE = ("人数", "人次", "户数")
_SERVED = ("享受", "受益", "惠及", "参训", "培训", "参保", "救助", "资助", "就业")
_BAD_RATES = (
    "投诉", "差错", "出错", "错误", "失误", "死亡", "病死", "发病", "事故", "违规", "违纪", "违法", "流失", "辍学", "超支", "空置", "返工",
    "故障", "误差", "漏报", "误报", "逾期", "失业", "复发", "感染", "负债", "不合格", "未完成", "结余", "预算调整",
)  # fmt: skip
_THE_LESS = (
    *(f"{what}率" for what in _BAD_RATES),
    *(f"{what}发生率" for what in _BAD_RATES),
    "成本控制率",
    "经费控制率",
    "经费”控制率",
)
_OPPOSITE = ("不", "未", "非", "无", "超", "下降", "降低", "减少", "压减")
_SAVED = ("节约", "节省", "降低", "下降", "压减", "减少", "效益", "收益")
_SATISFACTION = ("满意度", "满意率")


def signs_make_sense(inputs: Inputs) -> Iterator[Finding]:
    """A coverage or a 满意度 is at least so much, an error rate or a cost at most."""
    for item in everything(inputs):
        if item.value.startswith(_AT_MOST) and _is_good(item.name):
            yield _wrong_sign(item, _AT_MOST, "越高越好", "≥")
        elif item.value.startswith(_AT_LEAST) and item.name.endswith(_THE_LESS):
            yield _wrong_sign(item, _AT_LEAST, "越低越好", "≤")
    for project in inputs.department.projects.values():
        for cost in project.indicators.get("成本指标", ()):
            if cost.value.startswith(_AT_LEAST) and not has_any(cost.name, _SAVED):
                yield _wrong_sign(cost, _AT_LEAST, "是成本", "≤")


def rates_have_signs(inputs: Inputs) -> Iterator[Finding]:
    """A 满意度 or a coverage below 100% is what must be reached, so it has a sign; beside others that have one."""
    items = [item for item in everything(inputs) if item.name.endswith(_THE_MORE)]
    if any(item.value.startswith(_AT_LEAST) for item in items):
        for item in items:
            number = item.value.rstrip("%％")
            bare = number != item.value and number.replace(".", "", 1).isdigit()
            if bare and Decimal(number) < 100 and _is_good(item.name):
                message = f"指标“{item.name}”的值“{item.value}”没有比较符号，别的比率有"
                yield about_value(item, message, f"请核对，一般写“≥{item.value}”。")


def _is_good(name: str) -> bool:
    """Whether more of it is better."""
    served = name.endswith(_PEOPLE) and has_any(name[-8:], _SERVED)
    return (served or name.endswith(_THE_MORE)) and not has_any(name, _OPPOSITE)


def _wrong_sign(item: Named, signs: tuple[str, ...], why: str, right: str) -> Finding:
    sign = next(sign for sign in signs if item.value.startswith(sign))
    return about_value(item, f"指标“{item.name}”的值“{item.value}”用“{sign}”，而它{why}", f"请核对，一般用“{right}”。")


def no_zeros_before(inputs: Inputs) -> Iterator[Finding]:
    """A value has no zero before its number: a digit may have slipped. Days and times are none."""
    for item in everything(inputs):
        number = item.value.lstrip("≥≤＞＜>=<")
        if number[:1] == "0" and re.match(r"0\d+(?:\.\d+)?(?![\d.:：\-/年月日号时分])", number):
            yield about_value(
                item, f"指标“{item.name}”的值“{item.value}”前面多了0", "请核对是否多打、错打了数字，再删去前面的0。"
            )


def categories_fit(inputs: Inputs) -> Iterator[Finding]:
    """满意度 stands under 满意度指标, the project's amount under 成本指标."""
    for project in inputs.department.projects.values():
        for category, indicators in project.indicators.items():
            for one in indicators:
                wanted = "满意度指标" if one.name.endswith(_SATISFACTION) else ""
                wanted = "成本指标" if PROJECT_TOTAL in one.value else wanted
                if wanted and wanted != category and wanted in project.indicators:
                    yield Finding(
                        f"项目“{project.name}”的“{one.name}”列在“{category}”下", f"请核对是否应列在“{wanted}”下。",
                        one.position, length=len(one.name),
                    )  # fmt: skip


SENSE_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "J318", "比较符号与指标的含义一致", Severity.WARNING, signs_make_sense, "绩效指标应清晰、可衡量",
        "群众满意度: ≤90%", "群众满意度: ≥90%",
    ),
    Rule(
        "J321", "比率写明至少多少", Severity.ADVICE, rates_have_signs, "绩效指标应清晰、可衡量",
        "群众满意度: 90%", "群众满意度: ≥90%",
    ),
    Rule(
        "J319", "指标值前面不多写0", Severity.WARNING, no_zeros_before, "绩效指标应清晰、可衡量",
        "参保人数: ≥050000人", "参保人数: ≥50000人",
    ),
    Rule(
        "J320", "指标列在相应的类别下", Severity.WARNING, categories_fit, "项目绩效目标表",
        "产出指标: {群众满意度: ≥90%}", "满意度指标: {群众满意度: ≥90%}",
    ),
)  # fmt: skip
