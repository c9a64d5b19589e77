"""Indicators of projects and targets of the whole as one list, for the rules that ask both."""

import re
from collections.abc import Iterator

from generator.check.rules import Finding
from generator.model.department import Indicator, Inputs, Target

# Sets of two runs of letters compile at once, of more they take longer than ten patterns; “{1}” keeps them apart.
COUNTED = re.compile(r"^(?:[≥≤]{1}|[＞＜]|[>=<])?(?P<number>\d+(?:\.\d+)?)(?P<unit>\D*)$")


Named = Indicator | Target
"""What has a name and a value, and where each stands."""


def everything(inputs: Inputs) -> Iterator[Named]:
    """All of them but costs, which have rules of their own."""
    for project in inputs.department.projects.values():
        for category, indicators in project.indicators.items():
            if category != "成本指标":
                yield from indicators
    yield from inputs.department.performance.targets


def about_value(item: Named, message: str, remedy: str) -> Finding:
    """A finding whose caret stands under the value."""
    return Finding(message, remedy, item.value_position, length=len(item.value))
