"""Rules over 绩效指标, one by one: of the projects, and of the department as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from generator.check.indicators import COUNTED, Named, about_value, everything
from generator.check.rules import Finding, Rule
from generator.check.words import Hit, has_any, hits, of_kinds, unpaired
from generator.model.department import PROJECT_TOTAL, Indicator, Inputs, Project
from generator.model.money import Money, Scale
from generator.model.patterns import any_of
from generator.model.problem import Note, Severity

_CATEGORIES = ("成本指标", "产出指标", "效益指标", "满意度指标")
_TYPED_AMOUNT = r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|万|元)?$"
_UNIT_COST = "人均|户均|平均|次均|单位|单价|标准|每"
_AFTER_SIGN = r"(?<=[≥≤]|[＞＜]{1}|[>=<])\s+|(?<=\d)\s+(?=[^\W\d_]|[%％])"
_TWO_NUMBERS = r"[≥≤＞＜><=]?\d+(?:\.\d+)?[%％][，、,；;]?[≥＞>=]?\d+(?:\.\d+)?[%％]"
_NEAR = re.compile(rf"{any_of('提升', '提高')}|(?<!效)率|度|\s")
_OTHER = frozenset("不未非无内外上下")
_WHOLE_AFTER = {
    "的": "目", "达": "送到传发表下抵", "满": "圆饱充", "发": "开研出沙批突频转印颁下签核收补分派启激触", "率": "效频功汇利税",
}  # fmt: skip
"""What a name may end with after one of these letters only: 目的, 送达; after those of 率 it is no rate."""
_CUT_ENDS = ("满意", *(f"{who}人" for who in ("待遇", "人员", "职工", "群众", "居民", "对象")))
_CUT_AFTER_BEGINNING = ("待遇", "资金", "人员", "群众", "对象")
_PEOPLE, _NUMBER = r"\d万?人$", r"\d|不低于|不少于"
_OF_ALL = ("覆盖", "发放", "落实", "到位", "兑现", "满意")
_MAY_EXCEED = ("增长", "增幅", "增加", "提高", "提升", "同比", "增值", "负债", "汇", "利率", "密度", "倍")
_STRICT_SIGN = "(?:[＞＜]{1}|[><])(?!=)"


def projects_have_goals(inputs: Inputs) -> Iterator[Finding]:
    """Every project has indicators of each category."""
    for project in inputs.department.projects.values():
        missing = [category for category in _CATEGORIES if not project.indicators.get(category)]
        if not any(project.indicators.values()):
            yield Finding(f"项目“{project.name}”没有绩效指标", "请补上“绩效指标”。", project.position)
        elif missing:
            yield Finding(
                f"项目“{project.name}”缺少{'、'.join(missing)}",
                f"请在“绩效指标”下补上{'、'.join(f'“{category}”' for category in missing)}。",
                project.position,
                severity=Severity.WARNING,
            )


def costs_fit_amounts(inputs: Inputs) -> Iterator[Finding]:
    """A typed cost is the project's amount, in 万元; costs of one unit of output are something else."""
    amounts = _amounts(inputs)
    for project in inputs.department.projects.values():
        costs = [cost for cost in project.indicators.get("成本指标", ()) if PROJECT_TOTAL not in cost.value]
        for cost in costs:
            if not re.search(_UNIT_COST, cost.name):
                yield from _wrong_cost(project, cost, amounts[project.code], alone=len(costs) == 1)


def one_value_a_cell(inputs: Inputs) -> Iterator[Finding]:
    """A target is one number or one word."""
    for passage in of_kinds(inputs.department.passages, "指标值"):
        value = passage.text.value.strip()
        value = re.sub(_AFTER_SIGN, "", value) if len(value.split()) > 1 else value
        percents = value.count("%") + value.count("％")
        if len(value.split()) > 1 or (percents > 1 and re.search(_TWO_NUMBERS, value)):
            yield Hit(passage, 0, passage.text.value).finding(
                f"指标值“{passage.text.value}”含有两个值", "请只保留一个，或拆成两条指标。"
            )


def indicators_differ(inputs: Inputs) -> Iterator[Finding]:
    """No two indicators of a project say the same: one is the other with a few characters more."""
    for project in inputs.department.projects.values():
        for indicators in project.indicators.values():
            plain = [(_NEAR.sub("", one.name), one) for one in indicators]
            for (name, one), (other_name, other) in combinations(plain, 2):
                if _near(name, other_name):
                    yield Finding(
                        f"指标“{other.name}”与“{one.name}”疑似重复",
                        "请删去一条，或改成不同的内容。",
                        other.position,
                        (Note(f"“{one.name}”在这里", one.position),),
                        len(other.name),
                    )


def names_are_whole(inputs: Inputs) -> Iterator[Finding]:
    """The name of an indicator was not cut off where a cell ended. The same name is told once."""
    found: dict[str, list[Named]] = {}
    for item in everything(inputs):
        if _is_cut(item.name, item.value):
            found.setdefault(item.name, []).append(item)
    for name, (first, *others) in found.items():
        yield Finding(
            f"指标“{name}”似被截断",
            "请补全名称。",
            first.position,
            tuple(Note("同名指标在这里", other.position) for other in others),
            len(name),
        )


def units_fit_names(inputs: Inputs) -> Iterator[Finding]:
    """人次 is counted in 人次, 人数 in 人, a rate in %."""
    for item in everything(inputs):
        counted = COUNTED.match(item.value)
        unit = counted["unit"] if counted else ""
        wanted = _unit_of(item.name, unit) if counted else ""
        if wanted and (unit or item.value.strip("=≤<0.")):  # “事故发生率: 0” needs no unit
            what = f"“{unit}”与名称不符" if unit else "没有填"
            yield about_value(item, f"指标“{item.name}”的计量单位{what}", f"建议写“{wanted}”。")


def rates_within_hundred(inputs: Inputs) -> Iterator[Finding]:
    """A rate or 满意度 is not above 100%, unless it measures growth."""
    for item in everything(inputs):
        counted = COUNTED.match(item.value)
        if counted is None or counted["unit"] not in ("%", "％") or has_any(item.name, _MAY_EXCEED):
            continue
        if (_is_rate(item.name) or has_any(item.name, _OF_ALL)) and Decimal(counted["number"]) > 100:
            yield about_value(item, f"指标“{item.name}”的目标值{item.value}超过100%", "请核对。")


def one_style_of_signs(inputs: Inputs) -> Iterator[Finding]:
    """≥ and ≤ are not mixed with > and <."""
    passages = of_kinds(inputs.department.passages, "指标值")
    if any(has_any(passage.text.value, "≥≤") for passage in passages):
        for hit in hits(passages, _STRICT_SIGN, *"＞＜><"):
            sign = "≥" if hit.text in ">＞" else "≤"
            yield hit.finding(f"指标值“{hit.passage.text.value}”用“{hit.text}”，其余用“{sign}”", f"请统一用“{sign}”。")


def _wrong_cost(project: Project, cost: Indicator, total: Money, alone: bool) -> Iterator[Finding]:
    typed = re.search(_TYPED_AMOUNT, cost.value)
    if typed is None:
        return
    unit, number = typed["unit"] or "", Decimal(typed["number"].replace(",", ""))
    if unit != "万元":
        yield about_value(
            cost, f"成本指标“{cost.value}”的单位不是“万元”", f"请改为“≤{PROJECT_TOTAL}”，单位由程序印出。"
        )._replace(severity=Severity.WARNING)
    scale = Scale.YUAN if unit == "元" else Scale.WAN
    amount, whole = Money(number, scale).convert(Scale.WAN), total.convert(Scale.WAN)
    if amount.amount > whole.amount or (alone and amount != whole):
        word, severity = ("大于", None) if amount.amount > whole.amount else ("小于", Severity.WARNING)
        yield about_value(
            cost,
            f"项目“{project.name}”的成本指标“{cost.value}”{word}项目金额{whole.amount:.2f}万元",
            f"请改为“≤{PROJECT_TOTAL}”，金额由台账得出。",
        )._replace(severity=severity)


def _amounts(inputs: Inputs) -> dict[str, Money]:
    nothing = Money(Decimal(0), inputs.ledger.scale)
    found: dict[str, Money] = {}
    for line in inputs.ledger.lines:
        found[line.project] = found.get(line.project, nothing) + line.money
    return found


def _near(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if not short or len(short) * 10 < (len(short) + len(long)) * 4:  # 2·short/(short+long) ≥ 0.8
        return False
    added, place = "", 0
    for char in long:
        if place < len(short) and char == short[place]:
            place += 1
        else:
            added += char
    return place == len(short) and _OTHER.isdisjoint(added)


def _is_cut(name: str, value: str) -> bool:
    if _ends_early(name) or unpaired(name) is not None:
        return True
    if name.endswith("待遇"):
        return re.search(_PEOPLE, value) is not None
    if name.endswith(("限额", "金额")):
        return has_any(value, "%％")
    return name.endswith(("覆盖地区", "覆盖人群")) and re.search(_NUMBER, value) is not None


def _ends_early(name: str) -> bool:
    """Whether it ends as no name does."""
    if name.endswith(_CUT_ENDS) or (name.endswith("覆盖") and not name.endswith("全覆盖")):
        return True
    if "开展" in name and name.endswith(_CUT_AFTER_BEGINNING):
        return True
    return name.endswith(("的", "达", "满", "发")) and not _is_whole(name)


def _is_whole(name: str) -> bool:
    """Whether the letter before its last, one of ``_WHOLE_AFTER``, makes a word of it."""
    return name[-2:-1] in tuple(_WHOLE_AFTER[name[-1]])


def _is_rate(name: str) -> bool:
    return name.endswith(("满意度", "知晓度")) or (name.endswith("率") and not _is_whole(name))


def _unit_of(name: str, unit: str) -> str:
    """The unit a name asks for, where ``unit`` is another; empty where it fits."""
    if name.endswith("人次"):
        return "" if unit.endswith("人次") else f"{unit[:-1] if unit.endswith('人') else ''}人次"
    if name.endswith("人数"):
        return "人" if unit in ("", "%", "％", "人次") else ""
    return "%" if _is_rate(name) and unit not in ("%", "％", "分", "‰") else ""


INDICATOR_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "J306", "每个项目有各类绩效指标", Severity.ERROR, projects_have_goals, "项目绩效目标表",
        "绩效指标: {产出指标: {演出场次: ≥60场}}", "绩效指标: {成本指标: …, 产出指标: …, 效益指标: …, 满意度指标: …}",
    ),
    Rule(
        "J307", "成本指标与项目金额一致", Severity.ERROR, costs_fit_amounts, "项目绩效目标表",
        "预算资金: ≤12万", "预算资金: ≤资金总额",
    ),
    Rule(
        "J308", "一个指标一个值", Severity.WARNING, one_value_a_cell, "绩效指标应清晰、可衡量",
        "群众满意度: ≥95% 100%", "群众满意度: ≥95%",
    ),
    Rule(
        "J309", "指标不重复", Severity.WARNING, indicators_differ, "绩效指标应清晰、可衡量",
        "群众满意度: ≥90%\n提升群众满意度: ≥90%", "群众满意度: ≥90%",
    ),
    Rule(
        "J310", "指标名称完整", Severity.WARNING, names_are_whole, "绩效指标应清晰、可衡量",
        "符合条件的居民按时发: 100%", "符合条件的居民按时发放率: 100%",
    ),
    Rule(
        "J311", "计量单位与名称相符", Severity.WARNING, units_fit_names, "绩效指标应清晰、可衡量",
        "住院救助人次: ≥2000人", "住院救助人次: ≥2000人次",
    ),
    Rule(
        "J312", "比率不超过100%", Severity.WARNING, rates_within_hundred, "绩效指标应清晰、可衡量",
        "任务完成率: ≥120%", "任务完成率: 100%",
    ),
    Rule(
        "J315", "大于等于号写法统一", Severity.ADVICE, one_style_of_signs, "绩效指标写法统一",
        '群众满意度: ">90%"', "群众满意度: ≥90%",
    ),
)  # fmt: skip
