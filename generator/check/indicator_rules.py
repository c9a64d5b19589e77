"""Rules over 绩效指标: of the projects, and of the department as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from generator.check.rules import Finding, NotApplicable, Rule
from generator.check.words import Hit, hits, of_kinds, unpaired
from generator.model.department import PROJECT_TOTAL, Indicator, Inputs, Project, Target
from generator.model.ledger import GENERAL
from generator.model.money import Money, Scale
from generator.model.problem import Note, Severity
from generator.model.source import Position

_CATEGORIES = ("成本指标", "产出指标", "效益指标", "满意度指标")
_TYPED_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|万|元)?$")
_UNIT_COST = re.compile("人均|户均|平均|次均|单位|单价|标准|每")
_AFTER_SIGN = re.compile(r"(?<=[≥≤＞＜>=<])\s+|(?<=\d)\s+(?=[%％\u4e00-\u9fffA-Za-z])")
_TWO_NUMBERS = re.compile(r"[≥≤＞＜><=]?\d+(?:\.\d+)?[%％][，、,；;]?[≥≤＞＜><=]?\d+(?:\.\d+)?[%％]")
_NEAR = re.compile(r"提升|提高|(?<!效)率|度|\s")
_OTHER = re.compile("[不未非无内外上下]")
_CUT = re.compile(
    r"的$|达$|满$|满意$|(?<![开研出沙批突频转印颁])发$|(?<!全)覆盖$|(?:待遇|人员|职工|群众|居民|对象)人$"
    r"|开展.*(?:待遇|资金|人员|群众|对象)$"
)
_PEOPLE, _PERCENT, _NUMBER = re.compile(r"\d万?人$"), re.compile("[%％]"), re.compile(r"\d|不低于|不少于")
_RATE = re.compile(r"(?<![效频功汇利税])率$|满意度$|知晓度$")
_COUNTED = re.compile(r"^[≥≤＞＜>=<]?(?P<number>\d+(?:\.\d+)?)(?P<unit>\D*)$")
_MAY_EXCEED = re.compile("增长|增幅|增加|提高|提升|同比|增值|负债|汇|利率|密度|倍")
_THREE_PUBLIC = ("30212", "30217", "30231", "30913", "31013")
_LOOSE_SIGN, _STRICT_SIGN = re.compile("[≥≤]"), re.compile("[＞＜><](?!=)")
_TYPED_NUMBER = re.compile(r"^(\d{1,2})[、.．](?!\d)")


class _Named(NamedTuple):
    """An indicator of a project or a target of the whole: whose it is, its name and value, and where they stand."""

    owner: str
    name: str
    value: str
    position: Position
    value_position: Position


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
    for project in inputs.department.projects.values():
        total = _amount_of(inputs, project)
        costs = [cost for cost in project.indicators.get("成本指标", ()) if PROJECT_TOTAL not in cost.value]
        for cost in costs:
            if not _UNIT_COST.search(cost.name):
                yield from _wrong_cost(project, cost, total, alone=len(costs) == 1)


def one_value_a_cell(inputs: Inputs) -> Iterator[Finding]:
    """A target is one number or one word."""
    for passage in of_kinds(inputs.department.passages, "指标值"):
        value = _AFTER_SIGN.sub("", passage.text.value.strip())
        if len(value.split()) > 1 or _TWO_NUMBERS.search(value):
            yield Hit(passage, 0, passage.text.value).finding(
                f"指标值“{passage.text.value}”含有两个值", "请只保留一个，或拆成两条指标。"
            )


def indicators_differ(inputs: Inputs) -> Iterator[Finding]:
    """No two indicators of a project say the same: one is the other with a few characters more."""
    for project in inputs.department.projects.values():
        for indicators in project.indicators.values():
            for one, other in combinations(indicators, 2):
                if _near(_NEAR.sub("", one.name), _NEAR.sub("", other.name)):
                    yield Finding(
                        f"指标“{other.name}”与“{one.name}”疑似重复",
                        "请删去一条，或改成不同的内容。",
                        other.position,
                        (Note(f"“{one.name}”在这里", one.position),),
                        len(other.name),
                    )


def names_are_whole(inputs: Inputs) -> Iterator[Finding]:
    """The name of an indicator was not cut off where a cell ended. The same name is told once."""
    found: dict[str, list[_Named]] = {}
    for item in _everything(inputs):
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
    for item in _everything(inputs):
        counted = _COUNTED.match(item.value)
        unit = counted["unit"] if counted else ""
        wanted = _unit_of(item.name, unit) if counted else ""
        if wanted:
            what = f"“{unit}”与名称不符" if unit else "没有填"
            yield _about_value(item, f"指标“{item.name}”的计量单位{what}", f"建议写“{wanted}”。")


def rates_within_hundred(inputs: Inputs) -> Iterator[Finding]:
    """A rate or 满意度 is not above 100%, unless it measures growth."""
    for item in _everything(inputs):
        counted = _COUNTED.match(item.value)
        if counted is None or counted["unit"] not in ("%", "％") or _MAY_EXCEED.search(item.name):
            continue
        if _RATE.search(item.name) and Decimal(counted["number"]) > 100:
            yield _about_value(item, f"指标“{item.name}”的目标值{item.value}超过100%", "请核对。")


def targets_can_be_computed(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """No target of the whole divides by something this budget has none of."""
    targets = inputs.department.performance.targets
    if not targets:
        yield NotApplicable("没有整体绩效指标")
    nothing = dict(_nothing_of(inputs))
    for target in targets:
        for words, what in nothing.items():
            if re.search(words, target.name):
                yield _about_value(
                    _named(target),
                    f"指标“{target.name}”的分母（{what}）为0，无法计算",
                    "请删去，或把指标值改为“不适用”。",
                )


def targets_fit_formulas(inputs: Inputs) -> Iterator[Finding]:
    """控制率 = 实际 ÷ 预算 is held below 100%, not below 5%."""
    for target in inputs.department.performance.targets:
        counted = _COUNTED.match(target.value)
        formula = re.search(r"实际[^。；]*[/÷][^。；]*预算", target.explanation)
        if counted and formula and target.name.endswith("控制率") and Decimal(counted["number"]) < 50:
            yield _about_value(
                _named(target), f"指标“{target.name}”按说明的公式应≤100%，现填“{target.value}”", "请核对指标值和公式。"
            )


def one_style_of_signs(inputs: Inputs) -> Iterator[Finding]:
    """≥ and ≤ are not mixed with > and <."""
    passages = of_kinds(inputs.department.passages, "指标值")
    if any(_LOOSE_SIGN.search(passage.text.value) for passage in passages):
        for hit in hits(passages, _STRICT_SIGN):
            sign = "≥" if hit.text in ">＞" else "≤"
            yield hit.finding(f"指标值“{hit.passage.text.value}”用“{hit.text}”，其余用“{sign}”", f"请统一用“{sign}”。")


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


def _wrong_cost(project: Project, cost: Indicator, total: Money, alone: bool) -> Iterator[Finding]:
    typed = _TYPED_AMOUNT.search(cost.value)
    if typed is None:
        return
    item = _Named(project.name, cost.name, cost.value, cost.position, cost.value_position)
    unit, number = typed["unit"] or "", Decimal(typed["number"].replace(",", ""))
    if unit != "万元":
        yield _about_value(
            item, f"成本指标“{cost.value}”的单位不是“万元”", f"请改为“≤{PROJECT_TOTAL}”，单位由程序印出。"
        )._replace(severity=Severity.WARNING)
    scale = Scale.YUAN if unit == "元" else Scale.WAN
    amount, whole = Money(number, scale).convert(Scale.WAN), total.convert(Scale.WAN)
    if amount.amount > whole.amount or (alone and amount != whole):
        word, severity = ("大于", None) if amount.amount > whole.amount else ("小于", Severity.WARNING)
        yield _about_value(
            item,
            f"项目“{project.name}”的成本指标“{cost.value}”{word}项目金额{whole.amount:.2f}万元",
            f"请改为“≤{PROJECT_TOTAL}”，金额由台账得出。",
        )._replace(severity=severity)


def _amount_of(inputs: Inputs, project: Project) -> Money:
    lines = (line.money for line in inputs.ledger.lines if line.project == project.code)
    return Money.total(lines, inputs.ledger.scale)


def _everything(inputs: Inputs) -> Iterator[_Named]:
    for project in inputs.department.projects.values():
        for category, indicators in project.indicators.items():
            if category != "成本指标":
                for one in indicators:
                    yield _Named(project.name, one.name, one.value, one.position, one.value_position)
    for target in inputs.department.performance.targets:
        yield _named(target)


def _named(target: Target) -> _Named:
    return _Named("", target.name, target.value, target.position, target.value_position)


def _about_value(item: _Named, message: str, remedy: str) -> Finding:
    return Finding(message, remedy, item.value_position, length=len(item.value))


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
    return place == len(short) and not _OTHER.search(added)


def _is_cut(name: str, value: str) -> bool:
    if _CUT.search(name) or unpaired(name) is not None:
        return True
    if name.endswith("待遇"):
        return _PEOPLE.search(value) is not None
    if name.endswith(("限额", "金额")):
        return _PERCENT.search(value) is not None
    return name.endswith(("覆盖地区", "覆盖人群")) and _NUMBER.search(value) is not None


def _unit_of(name: str, unit: str) -> str:
    """The unit a name asks for, where ``unit`` is another; empty where it fits."""
    if name.endswith("人次"):
        return "" if unit.endswith("人次") else f"{unit[:-1] if unit.endswith('人') else ''}人次"
    if name.endswith("人数"):
        return "人" if unit in ("", "%", "％", "人次") else ""
    return "%" if _RATE.search(name) and unit not in ("%", "％", "分", "‰") else ""


def _nothing_of(inputs: Inputs) -> Iterator[tuple[str, str]]:
    department = inputs.department
    if not any(line.fund == GENERAL and line.department_economic in _THREE_PUBLIC for line in inputs.ledger.lines):
        yield "三公.*控制率", "“三公”经费"
    purchases = [fact.value for name, fact in department.facts.items() if name.startswith("政府采购")]
    if purchases and not any(value.amount if isinstance(value, Money) else value for value in purchases):
        yield "采购执行率", "政府采购预算"
    if department.words.get("专项转移支付项目") == ():
        yield "专项资金细化率", "本部门管理的专项转移支付"


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
        "J313", "指标的分母不为零", Severity.WARNING, targets_can_be_computed, "整体绩效目标表",
        "“三公经费”控制率: ≤100%（没有安排“三公”经费）", "“三公经费”控制率: 不适用",
    ),
    Rule(
        "J314", "指标值与公式相符", Severity.WARNING, targets_fit_formulas, "整体绩效目标表",
        "“三公经费”控制率: ≤5%（说明：实际支出数/预算数）", "“三公经费”控制率: ≤100%",
    ),
    Rule(
        "J315", "大于等于号写法统一", Severity.ADVICE, one_style_of_signs, "绩效指标写法统一",
        '群众满意度: ">90%"', "群众满意度: ≥90%",
    ),
    Rule(
        "J316", "职责和目标由程序编号", Severity.WARNING, goals_are_numbered_by_program, "整体绩效目标表",
        "- 1、完善制度\n- 2、加强管理\n- 4、优化服务", "- 完善制度\n- 加强管理\n- 优化服务",
    ),
)  # fmt: skip
