"""控制数 of department.yaml: what finance approved, in total and by project, 科目 or unit."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.fields import amount_of, pairs_of
from generator.load.yaml_text import Node, Reader
from generator.model.department import Control
from generator.model.money import Scale
from generator.model.problem import did_you_mean
from generator.model.profile import FactKind, Profile

_LISTED = ("项目", "功能科目", "部门经济", "政府经济", "单位")
"""The dimensions of the ledger that an approval lists amounts by, beside those that a place declares."""


def read_controls(reader: Reader, node: Node | None, profile: Profile, scale: Scale) -> tuple[Control, ...]:
    """All of them in their order, in ``scale``; a total that no profile names is reported.

    A name that is a figure's and a dimension's (项目) is a list when lines stand under it.
    """
    return tuple(_controls(reader, node, profile, scale))


def listed_by(profile: Profile) -> tuple[str, ...]:
    """The dimensions that 控制数 may be listed by."""
    return (*_LISTED, *(dimension.name for dimension in profile.dimensions))


def sums_of_money(profile: Profile) -> Iterator[str]:
    """The profile's sums of typed amounts, which may be controlled as figures are."""
    for name, parts in profile.sums.items():
        if all(profile.facts.get(part) is FactKind.MONEY for part in parts):
            yield name


def _controls(reader: Reader, node: Node | None, profile: Profile, scale: Scale) -> Iterator[Control]:
    listable = listed_by(profile)
    totals = [*(figure.name for figure in profile.figures), *sums_of_money(profile)]
    for key, value in pairs_of(reader, node, "控制数"):
        name = key.value
        listed = name in listable and (isinstance(value, yaml.MappingNode) or name not in totals)
        if not listed and name not in totals:
            hint = did_you_mean(name, [*totals, *listable])
            reader.report("Y007", key, f"控制数没有“{name}”这一项", f"请核对写法。{hint}")
            continue
        lines = pairs_of(reader, value, f"控制数“{name}”") if listed else ((key, value),)
        for line, amount in lines:
            if reader.is_blank(amount):
                continue  # nothing to compare with yet
            money = amount_of(reader, amount, scale, f"控制数“{line.value}”")
            if money is not None:
                yield Control(reader.text(line), money, name if listed else "")
