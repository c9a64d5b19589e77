"""Live sums: which lines of 支出明细 a figure is the sum of, as a formula for the sheet and as an amount worked out by us.

A figure that 支出明细 alone can't tell (政府经济, 项目类型, what stands beside the spending) has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from generator.filling.words import code_of
from generator.model.ledger import BASIC, DIMENSIONS, OPERATING, PERSONNEL, PERSONNEL_GROUPS, Dimension, Filter
from generator.model.profile import Profile
from generator.sheets.numbers import typed_number

_MOST, _LONGEST = 24, 120
"""Terms of a formula; signs of a word it asks for."""
_COLUMN = {"单位": "单位", "功能科目": "功能科目", "部门经济": "部门经济科目", "类别": "类别", "项目": "项目"}
Terms = tuple[tuple[str, str], ...]


class Sum(NamedTuple):
    """Terms that are added, each a list of (column, criterion): “301*” is a beginning, “” nothing, “<>301*” anything else."""

    terms: tuple[Terms, ...]
    by: str = ""
    names: Mapping[str, str] = MappingProxyType({})

    def of(self, name: str) -> Sum | None:
        """For a list of 控制数: the sum of one of its items; projects are in ``names`` by code, as 支出明细 names them."""
        code = code_of(name)
        if self.by == "项目":
            said = self.names.get(code, name)
            return Sum(((("项目", said),),)) if len(said) < _LONGEST else None
        return Sum((((_COLUMN[self.by], f"{code}*"),),)) if self.by in _COLUMN and code.isalnum() else None

    def amount(self, rows: Sequence[Mapping[str, str]], money: str = "金额") -> Decimal:
        """What it comes to over rows of texts, as the formula does."""
        found = Decimal(0)
        for row in rows:
            number = typed_number(row.get(money, ""))
            if number is not None:
                times = sum(all(_meets(row.get(one, ""), wanted) for one, wanted in term) for term in self.terms)
                found += number * times
        return found

    def formula(self, ranges: Mapping[str, str], money: str = "金额") -> str:
        """As Excel adds it."""
        return "=" + "+".join(_sumifs(term, ranges, money) for term in self.terms)


def _sumifs(term: Terms, ranges: Mapping[str, str], money: str) -> str:
    if not term:
        return f"SUM({ranges[money]})"
    asked = ",".join(f'{ranges[column]},"{_criterion(wanted)}"' for column, wanted in term)
    return f"SUMIFS({ranges[money]},{asked})"


def _criterion(wanted: str) -> str:
    """A criterion of SUMIFS in quotes; signs that mean something in it are taken as they are."""
    if wanted.startswith("<>") or wanted.endswith("*"):
        return wanted  # of codes
    escaped = wanted.replace("~", "~~").replace("*", "~*").replace("?", "~?")
    return escaped.replace('"', '""') or "="


def _meets(said: str, wanted: str) -> bool:
    if wanted == "?*":
        return bool(said)
    if wanted.startswith("<>"):
        return not _meets(said, wanted[2:])
    return said.startswith(wanted[:-1]) if wanted.endswith("*") else said == wanted


def summed_by(dimension: str) -> str:
    """The column of 支出明细 that tells a dimension which 控制数 are listed by; empty where none does."""
    return _COLUMN.get(dimension, "")


def sum_of(filter_: Filter, profile: Profile, columns: Sequence[str]) -> Sum | None:
    """A figure's sum; None where the columns of 支出明细 don't tell it."""
    rows = {**DIMENSIONS, **profile.widened, **{one.name: one for one in profile.dimensions}}
    ways: list[list[Terms]] = []
    for name, values in filter_.terms:
        found = _ways(rows[name], values, columns) if name in rows else None
        if found is None:
            return None
        ways += [found] if found else []
    terms = tuple(tuple(one for part in way for one in part) for way in product(*ways))
    fits = len(terms) <= _MOST and all(len(wanted) < _LONGEST for term in terms for _, wanted in term)
    return Sum(terms) if fits else None


def _ways(row: Dimension, values: tuple[str, ...], columns: Sequence[str]) -> list[Terms] | None:
    """The terms any of which a line may meet; none where every line does, None where the columns don't tell."""
    column = _COLUMN.get(row.name, row.typed)
    if row.name == "经费" and len(values) == 1:
        return _of_use(values[0])
    if row.apart and row.file:
        return [] if values == (row.usual,) else None
    if row.values and set(row.values) <= set(values):
        return []
    if not column or column not in columns:
        return None
    if row.coded:
        return [((column, f"{value}*"),) for value in values]
    blank = row.typed and row.usual in values and row.name != "类别"
    return [((column, value),) for value in (*values, *([""] if blank else []))]


def _of_use(use: str) -> list[Terms]:
    basic, column = ("类别", BASIC), _COLUMN["部门经济"]
    if use == PERSONNEL:
        return [(basic, (column, f"{group}*")) for group in PERSONNEL_GROUPS]
    if use == OPERATING:
        return [(basic, (column, "?*"), *((column, f"<>{group}*") for group in PERSONNEL_GROUPS))]
    return [(basic,)]
