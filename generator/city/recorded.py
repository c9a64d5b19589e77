"""The record of a city as rules across departments see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.city.across import Across, Department, Lines
from generator.city.controls import Controls
from generator.city.store import Store
from generator.model.city import Amount, ProjectLine, Transfer, UnitLine


def across(store: Store, controls: Controls | None) -> Across:
    """All that is waited for and what is known of their numbers, in the order of the record."""
    rows = store.rows("SELECT 标识, 代码, 名称, 数据代码, 数据名称, 数据文件 FROM 部门 ORDER BY 序号")

    def lines(table: str, noun: Callable[..., Any]) -> Sequence[Any]:
        found = store.rows(
            f"SELECT {table}.* FROM {table} JOIN 部门 USING (标识) ORDER BY 序号, {table}.rowid"  # noqa: S608 - a name of ours
        )
        return [(key, noun(*rest)) for key, *rest in found]

    known = Lines(lines("金额", Amount), lines("项目", ProjectLine), lines("单位", UnitLine), lines("往来", Transfer))
    return Across([Department(*row) for row in rows], known, None if controls is None else controls.totals)
