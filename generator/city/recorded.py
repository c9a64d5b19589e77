"""The record of a city as rules across departments see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generator.city.across import Across, Department, Lines
from generator.city.controls import Controls
from generator.city.record import earlier
from generator.city.store import Store
from generator.model.city import Amount, ProjectLine, Transfer, UnitLine

_BEFORE = """
SELECT 部门.标识, 部门.代码, 数据代码, 口径, 金额.代码, 金额.名称, 本年, 上年 FROM 金额 JOIN 部门 USING (标识) ORDER BY 序号, 金额.rowid
"""


def across(store: Store, controls: Controls | None, last_year: Path) -> Across:
    """All that is waited for and what is known of their numbers, in the order of the record; ``last_year`` is the folder of last year's."""
    rows = store.rows("SELECT 标识, 代码, 名称, 数据代码, 数据名称, 数据文件 FROM 部门 ORDER BY 序号")

    def lines(table: str, noun: Callable[..., Any]) -> Sequence[Any]:
        found = store.rows(
            f"SELECT {table}.* FROM {table} JOIN 部门 USING (标识) ORDER BY 序号, {table}.rowid"  # noqa: S608 - a name of ours
        )
        return [(key, noun(*rest)) for key, *rest in found]

    departments, before = [Department(*row) for row in rows], earlier(last_year, _BEFORE)
    # the most lines of all, for what is seldom there
    amounts = lines("金额", Amount) if controls is not None or before else ()
    known = Lines(amounts, lines("项目", ProjectLine), lines("单位", UnitLine), lines("往来", Transfer))
    totals = None if controls is None else controls.totals
    return Across(departments, known, totals, _of_this_years(departments, before))


def _of_this_years(
    departments: Sequence[Department], before: Sequence[tuple[Any, ...]]
) -> Sequence[tuple[str, Amount]] | None:
    """Last year's amounts with this year's keys: of the folder of the same name, else of the same code."""
    if not before:
        return None
    keys = {one.key for one in departments}
    by_code = {code: one.key for one in reversed(departments) for code in one.codes}
    found = ((key if key in keys else by_code.get(own or code), Amount(*rest)) for key, code, own, *rest in before)
    return [(key, amount) for key, amount in found if key is not None]
