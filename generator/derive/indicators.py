"""A project's 绩效指标 as tables print them: of one category or all in turn, a target whole or taken apart."""

from __future__ import annotations

import re

from generator.model.department import PROJECT_TOTAL, Indicator, Project
from generator.model.source import Position
from generator.model.table_spec import ANY_INDICATOR, INDICATOR_CATEGORIES

_TARGET = rf"(?P<性质>[≥≤＞＜><=＝≈]*)(?P<数值>{PROJECT_TOTAL}|\d[\d.,]*)(?P<度量单位>.*)"
Listed = tuple[str, Indicator]
"""An indicator behind its category."""


def indicators_of(project: Project | None, category: str) -> tuple[Listed, ...]:
    """A project's indicators of a category, of all of them where it is ANY_INDICATOR, in the order that the forms have."""
    if project is None:
        return ()
    named = (*INDICATOR_CATEGORIES, *project.indicators) if category == ANY_INDICATOR else (category,)
    return tuple((name, one) for name in dict.fromkeys(named) for one in project.indicators.get(name, ()))


def said_of(listed: Listed, field: str) -> tuple[str, Position]:
    """What a column of this field (INDICATOR_FIELDS) prints of an indicator, and where that was typed.

    A target without a number (明显改善) is a 数值 as it stands.
    """
    category, one = listed
    if field == "指标":
        return one.name, one.position
    if field == "类别":
        return category, one.position
    if field == "指标值":
        return one.value, one.value_position
    parts = re.fullmatch(_TARGET, one.value)
    if parts is None:
        return one.value if field == "数值" else "", one.value_position
    return parts[field], one.value_position
