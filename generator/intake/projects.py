"""basic.yaml and projects.yaml as an export has them: what agencies and parts it does not speak of is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.ground import Ground, Line, wrong
from generator.intake.merging import (
    Branch,
    Funding,
    Means,
    Undivided,
    Writing,
    agency_of,
    funded,
    grouped,
    items_of,
    total_of,
)
from generator.model.doubts import is_blank
from generator.model.ledger import BASIC, PROJECT_KINDS
from generator.model.problem import Problem
from generator.model.tree import Tree

BASICS, PROJECTS = "basic.yaml", "projects.yaml"
_OWN = ("名称", "编码", "类型", "层级", "单位", "绩效指标", "资金")
"""What belongs to a project and not to one of its 资金."""


class Part(NamedTuple):
    """A file's list as it is to be, and what is to be told."""

    items: list[Branch]
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def basics(lines: Sequence[Line], writing: Writing) -> Part:
    """基本支出 (and what a place has beside it) of the agencies that the lines are of."""
    ground = writing.ground
    problems: list[Problem] = []
    before = items_of(ground, BASICS)
    whose = [(agency_of(item, ground), str(item.get("类别", BASIC))) for item in before]
    spoken = {line.agency for line in lines}
    places = [[item] if agency not in spoken else [] for item, (agency, _) in zip(before, whose, strict=True)]
    new: list[Branch] = []
    for agency, kind in dict.fromkeys((line.agency, line.kind) for line in lines):
        own = [line for line in lines if (line.agency, line.kind) == (agency, kind)]
        old = [index for index, one in enumerate(whose) if one == (agency, kind)]
        begins: Branch = {"单位": agency} if len(ground.agencies) > 1 else {}
        begins |= {} if kind == BASIC else {"类别": kind}
        try:
            *kept, added = funded([before[index] for index in old], grouped(own), Funding(agency, (), begins), writing)
        except Undivided as undivided:
            problems.append(_undivided(own[0], "basic.yaml", undivided))
            continue
        for index, items in zip(old, kept, strict=True):
            places[index] = items
        if old:
            places[old[-1]] += added
        else:
            new += added
    return Part([*(item for items in places for item in items), *new], (), tuple(problems))


def projects(lines: Sequence[Line], writing: Writing) -> Part:
    """项目支出, by code; those of the lines' agencies that no line names are gone."""
    ground = writing.ground
    before = {str(item.get("编码", "")): item for item in items_of(ground, PROJECTS)}
    spoken = {line.agency for line in lines}
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.project, []).append(line)
    items: list[Branch] = []
    remarks: list[str] = []
    problems: list[Problem] = []
    for code, item in before.items():
        if code not in by_code and agency_of(item, ground) not in spoken:
            items.append(item)
        elif code not in by_code and not is_blank(code):
            remarks.append(_gone(code, item, ground))
    for code in (*(code for code in before if code in by_code), *(code for code in by_code if code not in before)):
        own = by_code[code]
        try:
            made = _project(before.get(code), own, writing)
        except Undivided as undivided:
            problems.append(_undivided(own[0], f"项目“{code}”", undivided))
            continue
        items.append(made)
        remarks += _told(before.get(code), made, ground)
    order = {code: index for index, code in enumerate(before)}
    items.sort(key=lambda item: order.get(str(item.get("编码", "")), len(order)))
    return Part(items, tuple(remarks), tuple(problems))


def _project(before: Branch | None, lines: Sequence[Line], writing: Writing) -> Branch:
    """A project with the amounts of its lines; what is there beside amounts stays."""
    first, ground = lines[0], writing.ground
    groups = grouped(lines)
    origins = {dict(means).get("来源", "") for means in groups}
    level = origins.pop() if len(origins) == 1 else ""
    made: Branch = dict(before) if before is not None else {"名称": first.project_name, "编码": first.project}
    if before is None and len(ground.agencies) > 1:
        made["单位"] = first.agency
    if before is None or str(made.get("类型", "")) != first.kind:
        made["类型"] = first.kind
    if first.project_name and _bare(str(made.get("名称", ""))) != _bare(first.project_name):
        made["名称"] = first.project_name
    if level and level != (str(made.get("层级", "")) or ground.usual.get("来源", "")):
        made["层级"] = level
    inherited: Means = (("来源", str(made.get("层级", "")) or ground.usual.get("来源", "")),)
    inner = made.get("资金")
    listed = isinstance(inner, list)
    old = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else [_funding_of(made)]
    if before is None:
        old = []
    fundings = [one for some in funded(old, groups, Funding(first.agency, inherited, {}), writing) for one in some]
    return _with_fundings(made, fundings, listed)


def _funding_of(item: Branch) -> Branch:
    return {key: value for key, value in item.items() if key not in _OWN}


def _with_fundings(item: Branch, fundings: Sequence[Branch], listed: bool) -> Branch:
    """A project with its 资金: beside its name where it is one, in a list where there are several."""
    if len(fundings) == 1 and not listed:
        rest = {key: value for key, value in item.items() if key in _OWN or key in fundings[0]}
        added = {key: value for key, value in fundings[0].items() if key not in rest}
        return _before_indicators({**rest, **{key: value for key, value in fundings[0].items() if key in rest}}, added)
    rest = {key: value for key, value in item.items() if key in _OWN}
    inner: list[Tree] = [dict(one) for one in fundings]
    return {**rest, "资金": inner} if "资金" in rest else _before_indicators(rest, {"资金": inner})


def _before_indicators(item: Branch, added: Branch) -> Branch:
    """New keys stand before 绩效指标, which are long."""
    after = {key: item[key] for key in ("绩效指标",) if key in item}
    return {**{key: value for key, value in item.items() if key not in after}, **added, **after}


def _bare(name: str) -> str:
    return re.sub(r"\s", "", name)


def mixed(lines: Sequence[Line]) -> Iterator[Problem]:
    """Projects that are said to be two things."""
    firsts: dict[str, Line] = {}
    told: set[tuple[str, str]] = set()
    for line in lines:
        first = firsts.setdefault(line.project, line) if line.project else line
        for what, field in (("单位", "agency"), ("类型", "kind"), ("名称", "project_name")):
            one, other = getattr(first, field), getattr(line, field)
            if _bare(one) != _bare(other) and (line.project, what) not in told:
                told.add((line.project, what))
                message = f"项目{line.project}的{what}前后不一：“{one}”（{first.cell.address}这一行），“{other}”"
                yield wrong(line.sheet, line.cell, message, "一个项目编码只能是一个项目，请核对编码。")


def without_name(lines: Sequence[Line], ground: Ground) -> Iterator[Problem]:
    """New projects of which no line says the name."""
    known = {str(item.get("编码", "")) for item in items_of(ground, PROJECTS)}
    named = known | {line.project for line in lines if line.project_name}
    for line in {line.project: line for line in reversed(lines) if line.project and line.project not in named}.values():
        yield wrong(line.sheet, line.cell, f"新项目{line.project}没有名称", "请在表里加上项目名称。")


def _undivided(line: Line, where: str, undivided: Undivided) -> Problem:
    message = f"{where}里的{undivided}，分不清各是多少"
    return wrong(line.sheet, line.cell, message, "请在数据文件里改好这几处的金额，使合计与明细相同，再导入。")


def _gone(code: str, item: Branch, ground: Ground) -> str:
    kept = "，连同绩效指标" if item.get("绩效指标") else ""
    return f"不再有的项目：{item.get('名称', '')}（{code}，{total_of(item):.2f}{ground.scale}），将从projects.yaml删去{kept}。"


def _told(before: Branch | None, made: Branch, ground: Ground) -> Iterator[str]:
    code, name = made.get("编码", ""), made.get("名称", "")
    if before is None:
        yield f"新增项目：{name}（{code}，{total_of(made):.2f}{ground.scale}）；绩效指标导出的明细里没有，请补上。"
        return
    for key in ("名称", "类型", "层级"):
        if made.get(key) != before.get(key):
            yield f"项目{code}的{key}：{before.get(key, '（没有写）')} → {made.get(key)}。"


def summary(parts: Sequence[tuple[str, Decimal, Decimal]], ground: Ground) -> Iterator[str]:
    """What the files came to before, and come to now."""
    for what, before, after in parts:
        change = "不变" if before == after else f"{after - before:+,.2f}"
        yield f"{what}合计：{before:,.2f} → {after:,.2f}{ground.scale}（{change}）。"


def is_for_projects(line: Line) -> bool:
    """Whether a line goes to projects.yaml."""
    return line.kind in PROJECT_KINDS
