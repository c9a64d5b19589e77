"""The files of a made-up department's year, written as a clerk would."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bench.city_money import CODES, Entry, Money, Task
from bench.measure import ROOT
from bench.workload import YEAR
from generator.model.ledger import APPROPRIATIONS, FISCAL_ACCOUNT, FROM_ABOVE, GENERAL, OWN, THIS_YEAR

_ABROAD, _GUESTS, _CAR, _CARS = "30212", "30217", "30231", "31013"
_PUBLIC_EXPENSES = {"因公出国费": _ABROAD, "公务接待费": _GUESTS, "公务用车购置费": _CARS, "公务用车运行维护费": _CAR}
_OTHERS = {"财政专户管理资金": FISCAL_ACCOUNT, "单位资金": "事业收入"}
_BUDGETS = dict(zip(("一般公共预算", "政府性基金", "国有资本经营预算"), APPROPRIATIONS, strict=True))
_OFFICES = ("办公室", "人事科", "财务科", "业务一科", "业务二科", "法规科", "督查科", "规划科", "信息科", "安全科")
_DUTIES = (
    "贯彻执行国家、省、市关于{}工作的方针政策和法律法规，拟订全县{}工作规划并组织实施。",
    "负责全县{}的日常管理和监督检查，受理群众的咨询、投诉和举报。",
    "组织实施{}重点项目，负责项目资金的管理和绩效评价。",
    "负责{}的统计、信息发布和宣传教育，推进{}信息化建设。",
    "指导各乡镇和所属单位开展{}工作，组织业务培训。",
    "负责{}的安全管理和应急处置。",
    "承担{}的对外交流与合作。",
    "完成县委、县政府交办的其他任务。",
)
_MORE = ("人员增加和工资标准提高", "年度工作任务增加", "上级补助资金增加", "新增项目")
_LESS = ("人员减少", "上年一次性项目已完成", "上级补助资金减少", "按照过紧日子的要求压减支出")


def year_files(money: Money, rng: random.Random) -> dict[str, str]:
    """By name, the texts of a year's folder."""
    before = {name: _before(amount, rng) for name, amount in _figures(money).items()}
    most = sum(entry.total for entry in money.entries) // 20
    procurement = [rng.randrange(1, most) if rng.random() < 0.7 else 0 for _ in range(3)]
    return {
        "department.yaml": _head(money, rng, sum(procurement)),
        "basic.yaml": "".join(map(_basic, money.basic)),
        "projects.yaml": "\n".join(_project(project, rng) for project in money.projects) or "[]\n",
        "narrative.yaml": _narrative(money, before, procurement, rng),
        "performance.yaml": _performance(money),
        "prior.yaml": _prior(before),
    }


def written(amount: int) -> str:
    """0.01万元 as a clerk writes it, in 万元."""
    return f"{amount // 100}.{amount % 100:02d}"


def money_told(money: Money) -> dict[str, int]:
    """What the department comes to by 口径, in 0.01万元."""
    total, basic = sum(entry.total for entry in money.entries), sum(entry.total for entry in money.basic)
    return {**_figures(money), "总计": total, "基本支出": basic, "项目支出": total - basic}


def _figures(money: Money) -> dict[str, int]:
    """What this year's figures come to that last year's are typed of, in 0.01万元."""
    general = [entry for entry in money.entries if entry.fund == GENERAL]
    found = {
        name: sum(entry.total for entry in money.entries if entry.fund == fund)
        for name, fund in {**_BUDGETS, **_OTHERS}.items()
    }
    for name, code in _PUBLIC_EXPENSES.items():
        found[name] = sum(amounts.get(code, 0) for entry in general for amounts in entry.spent.values())
    found["机构运行经费"] = sum(
        amount
        for entry in money.basic
        for amounts in entry.spent.values()
        for code, amount in amounts.items()
        if code.startswith("302")
    )
    return found


def _summed(figures: dict[str, int]) -> dict[str, int]:
    """The figures with the sums that are compared too."""
    cars = figures["公务用车购置费"] + figures["公务用车运行维护费"]
    public = figures["因公出国费"] + figures["公务接待费"] + cars
    total = sum(figures[name] for name in (*_BUDGETS, *_OTHERS))
    return {"总计": total, **figures, "三公经费": public, "公务用车": cars}


def _before(amount: int, rng: random.Random) -> int:
    return amount * rng.choice((70, 85, 95, 98, 100, 103, 110, 125)) // 100


def _head(money: Money, rng: random.Random, procured: int) -> str:
    about = money.who.kind.about
    told = money_told(money)
    controls = "".join(
        f"  {name}: {written(told[name])}\n" for name in ("总计", "一般公共预算", "政府性基金", "基本支出", "项目支出")
    )
    units = "".join(
        f'  "{unit.code}": {unit.name}\n' if unit.nature == money.units[0].nature
        else f'  "{unit.code}": {{名称: {unit.name}, 单位性质: {unit.nature}}}\n'
        for unit in money.units
    )  # fmt: skip
    duties = "".join(f"  - {duty.replace('{}', about)}\n" for duty in (*_DUTIES[: rng.randint(3, 7)], _DUTIES[-1]))
    offices = "、".join(_OFFICES[: rng.randint(3, 10)]).replace("、", ", ")
    return (
        f'年度: {YEAR}\n名称: {money.who.name}\n代码: "{money.who.code}"\n单位性质: {money.units[0].nature}\n金额单位: 万元\n\n'
        f"预算单位:\n{units}\n主要职责:\n{duties}\n"
        f"机构构成:\n  预算范围: {'机关本级预算' if len(money.units) == 1 else f'机关本级预算和{len(money.units) - 1}个所属单位预算'}\n"
        f"  内设机构归属: 机关本级预算\n  内设机构: [{offices}]\n\n"
        f"控制数:\n{controls}  政府采购.合计: {written(procured)}\n"
    )


def _spent(entry: Entry, indent: str) -> str:
    return f"{indent}支出:\n" + "".join(
        f"{indent}  {function} {CODES.function[function]}:\n"
        + "".join(
            f"{indent}    {code} {CODES.department_economic[code]}: {written(amount)}\n"
            for code, amount in amounts.items()
        )
        for function, amounts in entry.spent.items()
    )


def _basic(entry: Entry) -> str:
    return f'- 单位: "{entry.unit.code}"\n  资金来源: {entry.fund}\n{_spent(entry, "  ")}'


def _project(project: Task, rng: random.Random) -> str:
    entry = project.entry
    period = "" if entry.period == THIS_YEAR else f"  年度: {entry.period}\n"
    money = "预算资金" if entry.origin == OWN else "上级资金"
    goals = rng.sample(_GOALS, rng.randint(2, 5))
    results = "".join(f"      {name}: {value}\n" for name, value in ((name, make(rng)) for name, make in goals))
    return (
        f'- 名称: {project.name}\n  编码: "{project.code}"\n  类型: {project.kind}\n  层级: {entry.origin}\n'
        f'  单位: "{entry.unit.code}"\n  资金来源: {entry.fund}\n{period}{_spent(entry, "  ")}'
        f"  绩效指标:\n    成本指标:\n      {money}: ≤资金总额\n    产出指标:\n{results}"
        f"    效益指标:\n      {rng.choice(_EFFECTS)}: {rng.choice(('明显', '持续改善', '有效保障', '逐步提高'))}\n"
        f"    满意度指标:\n      服务对象满意度: ≥{rng.choice((85, 90, 95))}%\n"
    )


_GOALS: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    ("完成项目数量", lambda rng: f"≥{rng.randint(1, 40)}个"),
    ("服务人次", lambda rng: f"≥{rng.randint(1, 90) * 100}人次"),
    ("开展培训次数", lambda rng: f"≥{rng.randint(1, 12)}次"),
    ("购置设备数量", lambda rng: f"≥{rng.randint(1, 60)}台"),
    ("项目验收合格率", lambda rng: f"≥{rng.choice((90, 95, 98))}%"),
    ("补助发放准确率", lambda rng: "100%"),
    ("按时完成率", lambda rng: f"≥{rng.choice((90, 95, 98))}%"),
    ("资金拨付及时性", lambda rng: "及时"),
    ("覆盖乡镇数量", lambda rng: f"≥{rng.randint(3, 20)}个"),
)
_EFFECTS = ("工作效率提高程度", "群众生活改善程度", "行业发展水平提升程度", "公共服务能力提升程度", "安全隐患减少程度")


def _narrative(money: Money, before: dict[str, int], procurement: list[int], rng: random.Random) -> str:
    now, then = _summed(_figures(money)), _summed(before)
    reasons = "".join(
        f"  {name}: {rng.choice(_MORE if amount > then[name] else _LESS)}\n"
        for name, amount in now.items() if name not in _OTHERS and amount != then[name]
    )  # fmt: skip
    cars = "".join(f"  {kind}: {rng.randint(0, 3 * len(money.units))}\n" for kind in _CARS_OWNED)
    goods = "".join(
        f"  {kind}: {written(amount)}\n" for kind, amount in zip(("货物", "工程", "服务"), procurement, strict=True)
    )
    above = [project for project in money.projects if project.entry.origin == FROM_ABOVE]
    managed = "[" + ", ".join(project.name for project in above[:3]) + "]"
    return f"变动原因:\n{reasons}\n政府采购:\n{goods}\n国有资产:\n{cars}\n专项转移支付项目: {managed}\n"


_CARS_OWNED = ("一般公务用车", "一般执法执勤用车", "特种专业技术用车", "其他用车", "通用设备", "专用设备")


def _prior(before: dict[str, int]) -> str:
    return "".join(f"{name}: {written(amount)}\n" for name, amount in _summed(before).items() if name != "公务用车")


@cache
def _indicators() -> str:
    """The real department's 指标 of its 整体绩效: a form that all departments of a place fill alike."""
    text = Path(ROOT, "data", str(YEAR), "performance.yaml").read_text(encoding="utf-8")
    return text[text.index("\n指标:") + 1 :].replace("社保", "本行业").replace("≤5%", "≤100%")


def _performance(money: Money) -> str:
    about = money.who.kind.about
    tasks = "".join(
        f"  - 任务名称: {name}\n    主要内容: {what}\n"
        for name, what in (
            ("基本支出类", "主要用于保障人员的各项经费和单位的正常运转经费。"),
            (f"{about}日常工作", f"主要用于{about}的监督检查和宣传培训。"),
            (f"{about}项目", f"主要用于实施{about}重点项目，改善服务条件。"),
        )
    )
    return (
        f"年度履职目标:\n  - 完成年度{about}工作任务\n  - 提高{about}服务水平\n  - 做好{about}政策宣传工作\n\n"
        f"年度主要任务:\n{tasks}\n{_indicators()}"
    )
