"""整体绩效目标 as a form prints it, back into performance.yaml."""

from __future__ import annotations

import re

from generator.model.bound import Bound
from generator.model.profile import Profile, ordinal_pattern
from generator.model.tree import Tree

_LEVELS = ("一级指标", "二级指标", "三级指标")


def performance_tree(bound: Bound, profile: Profile) -> dict[str, Tree]:
    """年度履职目标, 年度主要任务 and 指标 of the first form that has them; empty where none has."""
    goals, tasks, targets = list[Tree](), list[Tree](), dict[str, Tree]()
    above = ["", "", ""]
    for table in bound.tables:
        for row, cells in enumerate(table.cells):
            said = {
                cell.value: table.table.rows[row][column].strip()
                for column, cell in enumerate(cells)
                if cell is not None and cell.value
            }
            if said.get("年度履职目标") and not goals:
                goals += [_without_ordinal(line, profile) for line in said["年度履职目标"].split("\n") if line.strip()]
            if said.get("任务名称"):
                task: Tree = {"任务名称": said["任务名称"], "主要内容": said.get("主要内容", "")}
                tasks += [task] if task not in tasks else []
            if said.get("三级指标"):
                above = [said.get(level) or before for level, before in zip(_LEVELS, above, strict=True)]
                _put_target(targets, above, said)
    return {"年度履职目标": goals, "年度主要任务": tasks, "指标": targets} if goals or tasks or targets else {}


def _put_target(targets: dict[str, Tree], names: list[str], said: dict[str, str]) -> None:
    first = targets.setdefault(names[0], {})
    assert isinstance(first, dict)
    second = first.setdefault(names[1], {})
    assert isinstance(second, dict)
    value: dict[str, Tree] = {"指标值": said.get("指标值", "")}
    if said.get("指标值说明"):
        value["说明"] = said["指标值说明"]
    second.setdefault(names[2], value)


def _without_ordinal(line: str, profile: Profile) -> str:
    for pattern in profile.numbering.ordinals:
        hit = re.match(ordinal_pattern(pattern), line.strip())
        if hit is not None and hit.end():
            return line.strip()[hit.end() :].strip()
    return line.strip()
