"""performance.yaml: 部门（单位）整体绩效目标."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.fields import fields_of, items_of, pairs_of, text_of, texts_of
from generator.load.yaml_text import Node, Reader
from generator.model.department import Performance, Target, Task
from generator.model.source import Position


def read_performance(reader: Reader, node: Node | None, what: str = "performance.yaml") -> Performance:
    """Goals, tasks and the three-level tree of targets; empty without ``what`` holds them."""
    if node is None:
        return Performance((), (), ())
    fields = fields_of(reader, node, what)
    goals = texts_of(reader, fields.take("年度履职目标"), "年度履职目标")
    tasks = tuple(_task(reader, item) for item in items_of(reader, fields.take("年度主要任务"), "年度主要任务"))
    targets = tuple(_targets(reader, fields.take("指标")))
    fields.finish()
    return Performance(goals, tasks, targets)


def _task(reader: Reader, node: Node) -> Task:
    fields = fields_of(reader, node, "年度主要任务")
    task = Task(fields.text("任务名称"), fields.text("主要内容"))
    fields.finish()
    return task


def _targets(reader: Reader, node: Node | None) -> Iterator[Target]:
    for first, seconds in pairs_of(reader, node, "指标"):
        for second, names in pairs_of(reader, seconds, f"“{first.value}”"):
            for name, value in pairs_of(reader, names, f"“{second.value}”"):
                yield _target(reader, (first.value, second.value, name.value), value, reader.inside(name))


def _target(reader: Reader, names: tuple[str, str, str], node: Node, place: Position) -> Target:
    if isinstance(node, yaml.ScalarNode):
        return Target(*names, text_of(reader, node, f"指标“{names[2]}”"), "", place, reader.inside(node))
    fields = fields_of(reader, node, f"指标“{names[2]}”")
    value = fields.take("指标值")
    at = reader.inside(value) if value is not None else place
    target = Target(*names, fields.text("指标值"), fields.text("说明", ""), place, at)
    fields.finish()
    return target
