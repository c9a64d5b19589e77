"""What a department is asked for fact by fact: the rows of 部门情况, 控制数, 上年数, 变动原因 and 其他事项, from what its profile declares."""

from __future__ import annotations

from collections.abc import Iterator

from generator.filling.facts import Fact
from generator.filling.keys import (
    CONTROLS,
    DEPARTMENT,
    NARRATIVE,
    PROJECTS,
    REASONS,
    REDEFINED,
    SCALES,
    unit_file,
)
from generator.filling.nouns import Ground, Kind
from generator.filling.projects import Projects
from generator.filling.shapes import Path, at, items, mapping, text
from generator.filling.sums import Sum, sum_of, summed_by
from generator.model.basis import key_of
from generator.model.department import NATURES
from generator.model.ledger import Filter
from generator.model.profile import FactKind, FigureSpec

LISTED = ("项目", "功能科目", "部门经济", "政府经济", "单位")
"""What 控制数 may be listed by, beside the dimensions that a place declares."""
TOTALS = "合计数"
_KINDS = {FactKind.MONEY: Kind.MONEY, FactKind.COUNT: Kind.COUNT, FactKind.WORDS: Kind.WORDS}
_WHO = (
    (("采购",), "采购经办人"),
    (("资产", "车辆", "用车", "设备", "房屋"), "资产管理员"),
    (("编制", "人员", "人数", "在职"), "人事"),
    (("绩效", "项目"), "业务科室"),
    (("接待", "出国", "会议", "培训"), "办公室"),
)
FINANCE = "单位财务"


def knows(words: str, otherwise: str = FINANCE) -> str:
    """Who usually knows a fact, by the words of its name."""
    return next((who for signs, who in _WHO if any(sign in words for sign in signs)), otherwise)


def _places(ground: Ground) -> list[tuple[str, str]]:
    """Whose facts, and the file they stand in: the department's (empty), then each unit's that tells its own."""
    units = [(code, unit_file(code)) for code in ground.apart]
    return [*([] if ground.unit else [("", NARRATIVE)]), *units]


def about_department(ground: Ground) -> Iterator[Fact]:
    """部门情况."""
    own = DEPARTMENT
    if not ground.unit:
        basic = "基本信息"
        yield Fact((basic, "部门名称"), own, ("名称",), needed=True, about="全称，印在封面和各处。", who="办公室")
        yield Fact((basic, "部门代码"), own, ("代码",), Kind.CODE, needed=True, about="前面的0不要丢。", who=FINANCE)
        yield Fact((basic, "单位性质"), own, ("单位性质",), needed=True, choices=NATURES, about="行政、参公或事业，决定政府经济科目。", who="人事")  # fmt: skip
        yield Fact((basic, "金额单位"), own, ("金额单位",), needed=True, choices=SCALES, about="这个填报表里的金额都用它；改了这一格，各表的数要一起改。", who=FINANCE)  # fmt: skip
        yield Fact((basic, "日期"), own, ("日期",), about="印在封面，如“2022年5月”；可以不填。", who="办公室")
        for name in ground.profile.cover:
            yield Fact(("封面", name), own, ("封面", name), about="印在封面；可以不填。", who="办公室")
    for unit, file in _places(ground):
        file, asked = (file, False) if unit else (DEPARTMENT, True)
        yield Fact(("职责机构", "主要职责"), file, ("主要职责",), several=True, needed=asked, about="一条一行，不写序号；行不够的，插入行，把左边照抄一遍。", who="办公室", unit=unit)  # fmt: skip
        inside = "机构构成"
        yield Fact(("职责机构", "预算范围"), file, (inside, "预算范围"), needed=asked, about="如“本级预算”“本级及所属单位预算”。", who="办公室", unit=unit)  # fmt: skip
        yield Fact(("职责机构", "内设机构归属"), file, (inside, "内设机构归属"), needed=asked, about="内设机构是谁的，如“机关本级”。", who="办公室", unit=unit)  # fmt: skip
        yield Fact(("职责机构", "内设机构"), file, (inside, "内设机构"), several=True, needed=asked, about="一个一行；没有的填“无”。", who="人事", unit=unit)  # fmt: skip


def controls(ground: Ground, columns: tuple[str, ...]) -> Iterator[Fact]:
    """控制数: totals by figure, then lists by project, 科目 or unit."""
    profile = ground.profile
    projects = list(zip(items(ground.trees.get(PROJECTS, [])), Projects(ground).names(ground.trees), strict=True))
    sums = [
        name for name, parts in profile.sums.items() if all(profile.facts.get(one) is FactKind.MONEY for one in parts)
    ]
    for unit, file in _places(ground):
        file = file if unit else DEPARTMENT
        told = mapping(at(ground.trees.get(file, ""), (CONTROLS,)) or "")
        for figure in profile.figures:
            if not isinstance(told.get(figure.name), dict):
                live = sum_of(figure.filter, profile, columns)
                live = _of_unit(live, unit) if unit and "单位" in columns else live
                yield Fact((TOTALS, figure.name), file, (CONTROLS, figure.name), Kind.MONEY, about=meant(figure.filter), who="财政局批复", unit=unit, sum=live)  # fmt: skip
        for name in sums:
            yield Fact((TOTALS, name), file, (CONTROLS, name), Kind.MONEY, about=f"{'、'.join(profile.sums[name])}之和。", who="财政局批复", unit=unit)  # fmt: skip
        figures = {figure.name for figure in profile.figures}
        names = {text(mapping(one).get("编码")): name for one, name in projects}
        for name in (*LISTED, *(one.name for one in profile.dimensions)):
            if name not in figures or isinstance(told.get(name), dict):
                yield Fact((name, ""), file, (CONTROLS, name), Kind.MONEY, open=True, about="按批复逐项填。", who="财政局批复", unit=unit, sum=Sum((), name, names) if summed_by(name) in columns else None)  # fmt: skip


def _of_unit(live: Sum | None, unit: str) -> Sum | None:
    return live and Sum(tuple((*term, ("单位", f"{unit}*")) for term in live.terms))


def meant(filter_: Filter) -> str:
    """What a figure is the sum of, in words."""
    terms = "；".join(f"{name}：{'、'.join(values)}" for name, values in filter_.terms)
    return f"{terms or '全部支出'}。"


def bases(ground: Ground) -> Iterator[Fact]:
    """上年数, and those of other bases."""
    for unit, file in _places(ground):
        for basis in ground.profile.bases:
            path: Path = (key_of(basis),) if unit else ()
            for figure in _of_basis(ground, basis.name):
                asked = basis.name in figure.bases
                yield Fact((basis.printed, figure.name), file if unit else basis.file, (*path, figure.name), Kind.MONEY, needed=asked, about=meant(figure.filter), who=FINANCE, unit=unit)  # fmt: skip


def _of_basis(ground: Ground, name: str) -> list[FigureSpec]:
    """Figures that are compared with a basis, then those that may be typed of it besides."""
    figures = ground.profile.figures
    compared = [figure for figure in figures if name in figure.bases]
    return [*compared, *(figure for figure in figures if figure not in compared)]


def reasons(ground: Ground) -> Iterator[Fact]:
    """变动原因 of what is compared with last year; 口径变化 where somebody says there was one."""
    compared = [figure.name for figure in ground.profile.figures if figure.compared]
    for unit, file in _places(ground):
        for name in compared:
            yield Fact((REASONS, name), file, (REASONS, name), about="只写原因，金额和增减由程序写；没有变动的不填。", who="业务科室", unit=unit)  # fmt: skip
        yield Fact((REDEFINED, ""), file, (REDEFINED,), open=True, names=tuple(compared), about="与上年口径不同、不能比较时才填。", who=FINANCE, unit=unit)  # fmt: skip


def others(ground: Ground) -> Iterator[Fact]:
    """其他事项: what a place asks for beside the ledger (填报)."""
    told_by_units = {
        key
        for name, tree in ground.trees.items()
        if name.startswith("units/")
        for key, below in mapping(tree).items()
        for key in (key, *(f"{key}.{one}" for one in mapping(below)))  # noqa: B020
    }
    for unit, file in _places(ground):
        for name, kind in ground.profile.facts.items():
            group, _, item = name.partition(".")
            path: Path = (group, item) if item else (group,)
            asked = kind is not FactKind.WORDS and not unit and name not in told_by_units
            hint = {FactKind.MONEY: f"金额（{ground.scale}），没有填0。", FactKind.COUNT: "整数，没有填0。"}.get(kind, "一段一行；没有的填“无”或空着。")  # fmt: skip
            yield Fact((group if item else "", item or group), file, path, _KINDS[kind], several=kind is FactKind.WORDS, lone=True, needed=asked, about=hint, who=knows(name), unit=unit)  # fmt: skip
