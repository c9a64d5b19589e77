"""What a reader of exports is told of the department that they go into, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from generator.model.classification import Classification
from generator.model.problem import Problem, Problems, Severity
from generator.model.tree import Trees
from generator.sheets.sheet import Cell, Sheet

CODE = "D070"
IN_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000)}


class Ground(NamedTuple):
    """A department as an export needs to know it.

    ``agencies``: code → name; ``natures``: code → 单位性质; ``scale``: its 金额单位; ``values``: by dimension (资金, 来源, 年度, 类别,
    a place's own) what it may be, and ``usual`` what it is where nothing is typed; ``trees``: what its files say now;
    ``agency``: whose an export is that does not say so itself.
    """

    agencies: Mapping[str, str]
    natures: Mapping[str, str]
    scale: str
    codes: Classification
    values: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, str]
    trees: Trees
    agency: str = ""


class Line(NamedTuple):
    """An amount of an export, in the department's 金额单位.

    ``kind``: 基本支出, a kind of project, or another 类别 of the place; ``means``: 资金, 来源, 年度 and a place's own dimensions,
    of which an export may leave some unsaid.
    """

    agency: str
    kind: str
    project: str
    project_name: str
    function: str
    economic: str
    government: str
    means: tuple[tuple[str, str], ...]
    amount: Decimal
    sheet: Sheet
    cell: Cell


class Flat(NamedTuple):
    """What exports come to: the files as they are to be, lines for a person to read, and what is wrong."""

    trees: Trees
    remarks: tuple[str, ...]
    problems: Problems


def wrong(sheet: Sheet, cell: Cell, message: str, remedy: str) -> Problem:
    """An error at a cell."""
    return Problem(CODE, Severity.ERROR, message, remedy, sheet.position(cell))


def said(number: Decimal) -> str:
    """A number as a message says it: 1,234.50."""
    return f"{number:,f}" if number != number.to_integral_value() else f"{number.to_integral_value():,f}"
