"""The national statement inside the package (reference/statement.yaml); read only where a document of others is asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any

import yaml

from generator.model.ledger import Filter
from generator.model.meaning import Sum, Typed, normal
from generator.model.statement import Label, Section, Statement


@cache
def load_statement() -> Statement:
    """Sections, labels and sums."""
    data = get_data("generator.load", "reference/statement.yaml")
    assert data is not None
    read = yaml.load(data, Loader=yaml.CSafeLoader)  # noqa: S506 - a file of our own
    sums = {name: tuple(parts) for kind in read["合计"].values() for name, parts in kind.items()}
    return Statement(tuple(map(_section, read["节"])), sums, frozenset(read["合计"]["数量"]))


def _section(item: Mapping[str, Any]) -> Section:
    none = _filter(item["无"]) if "无" in item else None
    return Section(tuple(item["题"]), tuple(map(_entry, item["数"])), item.get("其余", ""), none, item.get("不写", {}))


def _entry(item: Mapping[str, Any]) -> Label:
    meaning = Typed(item["填"]) if "填" in item else Sum(_filter(item["取"]))
    return Label(tuple(item["称"]), meaning, "可无" not in item)


def _filter(terms: Mapping[str, Any]) -> Filter:
    listed = {name: value if isinstance(value, list) else [value] for name, value in terms.items()}
    return normal(Filter(tuple((name, tuple(map(str, values))) for name, values in listed.items())))
