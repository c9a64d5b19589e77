"""Parts of all money into entries as a person types them: one value of each dimension, and a remark where none was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.document.solve import Bundle
from generator.intake.document.space import Box, Space
from generator.model.classification import ITEMS, Classification
from generator.model.ledger import BASIC, DIMENSIONS, PROJECT, Dimension

_ANY_ECONOMIC = "30299"
_LISTS = ("功能科目", "部门经济", "政府经济")


class Entry(NamedTuple):
    """An amount with one value of every dimension that was printed; in the unit of the tables."""

    values: Mapping[str, str]
    amount: Decimal

    def of(self, name: str) -> str:
        """Its value of a dimension, empty where none was printed."""
        return self.values.get(name, "")


class Chosen(NamedTuple):
    """A value that no table tells: of which dimension, which one was taken, how often."""

    dimension: str
    value: str
    times: int


def entries_of(
    parts: Sequence[Bundle], space: Space, unit: Decimal, codes: Classification, own: Iterable[Dimension]
) -> tuple[tuple[Entry, ...], tuple[Chosen, ...]]:
    """The entries that parts are, in an order that gives the tables' rows back, and what was chosen for them.

    ``unit``: how many of a part's amounts are one of the tables'. Amounts alike in everything are one entry.
    """
    rows = {**DIMENSIONS, **{one.name: one for one in own}}
    chosen = Counter[tuple[str, str]]()
    found: dict[tuple[tuple[str, str], ...], int] = {}
    for part in parts:
        values = _values(part.box, space, codes, rows, chosen)
        key = tuple(values.items())
        found[key] = found.get(key, 0) + part.amount
    entries = [Entry(dict(key), Decimal(amount) / unit) for key, amount in found.items()]
    place = {
        (name, value): at
        for name, values in zip(space.names, space.values, strict=True)
        for at, value in enumerate(values)
    }
    entries.sort(
        key=lambda entry: (
            entry.of("类别") == PROJECT,
            *(place.get((name, entry.of(name)), 0) for name in ("项目", "单位", "资金", "年度")),
            entry.of("功能科目"),
            place.get(("部门经济", entry.of("部门经济")), 0),
        )
    )
    return tuple(entries), tuple(Chosen(*what, count) for what, count in chosen.items())


def _values(
    box: Box, space: Space, codes: Classification, rows: Mapping[str, Dimension], chosen: Counter[tuple[str, str]]
) -> dict[str, str]:
    values: dict[str, str] = {}
    for name in space.names:
        allowed = space.of(box, name)
        value = allowed[0]
        usual = rows[name].usual if name in rows else ""
        if len(allowed) > 1:
            value = usual if usual in allowed else _likeliest(name, allowed)
            chosen[name, value] += name not in ("政府经济", "项目", "项目类型")
        if name in _LISTS and value and len(value) != ITEMS[name]:
            value = _below(name, value, codes)
            chosen[name, value] += name != "政府经济"
        values[name] = value
    if values.get("类别", BASIC) != PROJECT:
        values["项目"] = values["项目类型"] = ""
    return values


def _likeliest(name: str, allowed: Sequence[str]) -> str:
    """Of a list of codes the widest meaning (其他), else the first whole one; of others the first."""
    if name == "部门经济":
        groups = {code[:3] for code in allowed}
        return f"{min(groups)}99" if len(groups) == 1 else _ANY_ECONOMIC
    return next((value for value in allowed if name in ITEMS and len(value) == ITEMS[name]), allowed[0])


def _below(name: str, code: str, codes: Classification) -> str:
    """A finest code for one that no table prints finer: 其他 of it, else the first."""
    names = codes.names(name)
    if code == "?":
        return (
            _ANY_ECONOMIC if name == "部门经济" else "" if name == "政府经济" else min(c for c in names if len(c) == 7)
        )
    finest = [one for one in names if len(one) == ITEMS[name] and one.startswith(code)]
    return next((one for one in reversed(finest) if one.endswith("99")), finest[0] if finest else code)
