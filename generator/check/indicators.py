"""Indicators of projects and targets of the whole as one list, for the rules that ask both."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.check.rules import Finding
from generator.model.department import Inputs, Target
from generator.model.source import Position

# Sets of two runs of letters compile at once, of more they take longer than ten patterns; “{1}” keeps them apart.
COUNTED = re.compile(r"^(?:[≥≤]{1}|[＞＜]|[>=<])?(?P<number>\d+(?:\.\d+)?)(?P<unit>\D*)$")


class Named(NamedTuple):
    """An indicator of a project or a target of the whole: its name and value, and where they stand."""

    name: str
    value: str
    position: Position
    value_position: Position


def everything(inputs: Inputs) -> Iterator[Named]:
    """All of them but costs, which have rules of their own."""
    for project in inputs.department.projects.values():
        for category, indicators in project.indicators.items():
            if category != "成本指标":
                for one in indicators:
                    yield Named(one.name, one.value, one.position, one.value_position)
    for target in inputs.department.performance.targets:
        yield named(target)


def named(target: Target) -> Named:
    """A target of the whole as one of the list."""
    return Named(target.name, target.value, target.position, target.value_position)


def about_value(item: Named, message: str, remedy: str) -> Finding:
    """A finding whose caret stands under the value."""
    return Finding(message, remedy, item.value_position, length=len(item.value))
