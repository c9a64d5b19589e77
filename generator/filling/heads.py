"""What all lines of a 资金 share (单位, 资金来源, 层级 …), and codes as cells have them: columns, and how they are read."""

from __future__ import annotations

from typing import NamedTuple

from generator.filling.nouns import UNIT, Column, Ground, Kind, Row
from generator.filling.shapes import at, text
from generator.filling.values import comparable, says
from generator.model.ledger import (
    BASIC,
    DIMENSIONS,
    ORIGINALLY,
    OUT_BY,
    OUT_FUND,
    OUT_TO,
    OUTSIDE,
    PAID_BY,
    PAID_TO,
    PROJECT,
    TRANSFER,
    Dimension,
)
from generator.model.tree import Tree

FUNCTION, ECONOMIC, GOVERNMENT, MONEY = "功能科目", "部门经济科目", "政府经济科目", "金额"
LIST_OF = {FUNCTION: "功能科目", ECONOMIC: "部门经济", GOVERNMENT: "政府经济"}
_ASKED = {"资金来源": "单位财务", "层级": "单位财务", "年度": "单位财务"}


class Head(NamedTuple):
    """One of them: its column, where its value stands in an entry, and the value that stands for none."""

    column: Column
    path: tuple[str, ...]
    usual: str = ""

    @property
    def title(self) -> str:
        """Its column's title."""
        return self.column.title

    def told(self, entry: Tree, ground: Ground) -> str:
        """What an entry says of it, as the cell shows it."""
        said = text(at(entry, self.path))
        return unit_shown(said, ground) if said and self.column.list == UNIT else said

    def key(self, said: str) -> str:
        """A value for comparing: the usual one where none is said."""
        return comparable(self.column.kind, said or self.usual)

    def key_in(self, row: Row) -> str:
        """A row's value for comparing."""
        return says(row.cells.get(self.title), self.column.kind) or comparable(self.column.kind, self.usual)


def unit_shown(code: str, ground: Ground) -> str:
    """A unit's code and its name."""
    return f"{code} {ground.agencies.get(code, '')}".strip()


def unit_column(ground: Ground, title: str = UNIT, hint: str = "") -> Column:
    """A column of units."""
    return Column(title, Kind.CODED, 30, "", hint or "从下拉里选预算单位。", list=UNIT, spared=True)


def spent_heads(ground: Ground) -> tuple[Head, ...]:
    """Of 支出: what a place tells them apart by, and who pays whom."""
    return (*_dimensions(ground, usual=True), *_transfers(ground), *_outside(ground))


def side_heads(ground: Ground, dimension: Dimension) -> tuple[Head, ...]:
    """Of what stands beside the spending (流向)."""
    which = Column(dimension.name, Kind.WORDS, 14, "单位财务", "从下拉里选。", dimension.values[1:], needed=True)
    return (
        Head(which, (dimension.name,)),
        *_dimensions(ground, usual=True),
        *_transfers(ground)[1:],
        *_outside(ground)[1:],
    )


def ledger_heads(ground: Ground) -> tuple[Head, ...]:
    """Of 台账 of an earlier year, where what is not said is not known."""
    kinds = tuple((ground.profile.widened.get("类别") or DIMENSIONS["类别"]).values) or (BASIC, PROJECT)
    kind = Head(Column("类别", Kind.WORDS, 12, "", "不填就不知道基本支出、项目支出各多少。", kinds), ("类别",))
    sides = [one for one in ground.profile.dimensions if one.file]
    which = [Head(Column(one.name, Kind.WORDS, 14, "", "是支出的空着。", one.values[1:]), (one.name,)) for one in sides]
    heads = (*which, kind, *_dimensions(ground, usual=False), *_transfers(ground), *_outside(ground))
    return tuple(head._replace(column=head.column._replace(needed=False), usual="") for head in heads)


def _dimensions(ground: Ground, usual: bool) -> tuple[Head, ...]:
    known = {**DIMENSIONS, **ground.profile.widened}
    rows = [one for one in (*known.values(), *ground.profile.dimensions) if one.typed and not one.file]
    return tuple(
        Head(
            Column(one.typed, Kind.WORDS, 16 if one.name == "资金" else 11, _ASKED.get(one.typed, "单位财务"),
                   one.hint or (f"不填为{one.usual}。" if one.usual else "从下拉里选。"), one.values, needed=not one.usual),
            (one.typed,),
            one.usual if usual else "",
        )
        for one in rows
        if one.name != "类别"
    )  # fmt: skip


def _transfers(ground: Ground) -> tuple[Head, ...]:
    """内部往来, where there are several units."""
    if len(ground.agencies) < 2:
        return ()
    fund = (ground.profile.widened.get("资金") or DIMENSIONS["资金"]).values
    paid = Column(
        PAID_TO,
        Kind.CODED,
        14,
        "单位财务",
        "付给本部门另一个单位的钱，选收款单位；没有的空着。",
        list=UNIT,
        spared=True,
    )
    got = Column(
        PAID_BY,
        Kind.CODED,
        14,
        "单位财务",
        "本部门另一个单位付来的钱，选付款单位；没有的空着。",
        list=UNIT,
        spared=True,
    )
    first = Column(
        ORIGINALLY, Kind.WORDS, 14, "单位财务", "填了“来自”的，付款单位那笔钱的资金来源。", fund, spared=True
    )
    return (
        Head(paid, (TRANSFER, PAID_TO)),
        Head(got, (TRANSFER, PAID_BY)),
        Head(first, (TRANSFER, "资金来源")),
    )


def _outside(ground: Ground) -> tuple[Head, ...]:
    """部门间往来: columns that only a workbook of data with such a line has; who needs them first adds them by their titles."""
    seldom = not _says(list(ground.trees.values()), OUTSIDE)
    fund = (ground.profile.widened.get("资金") or DIMENSIONS["资金"]).values
    to = "付给别的部门的单位的钱，写它的单位代码；没有的空着。"
    by = "别的部门的单位付来的钱，写它的单位代码；没有的空着。"
    of = f"填了“{OUT_BY}”的，付款单位那笔钱的资金来源。"
    return (
        Head(Column(OUT_TO, Kind.CODE, 14, "单位财务", to, seldom=seldom), (OUTSIDE, PAID_TO)),
        Head(Column(OUT_BY, Kind.CODE, 14, "单位财务", by, seldom=seldom), (OUTSIDE, PAID_BY)),
        Head(Column(OUT_FUND, Kind.WORDS, 16, "单位财务", of, fund, seldom=seldom), (OUTSIDE, "资金来源")),
    )


def _says(tree: Tree, key: str) -> bool:
    """Whether a key stands anywhere in a tree."""
    if isinstance(tree, dict):
        return key in tree or any(_says(value, key) for value in tree.values())
    return isinstance(tree, list) and any(_says(value, key) for value in tree)
