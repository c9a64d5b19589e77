"""Sheets of what is no part of the year's spending: income and balances (流向), and 台账 of an earlier year."""

from __future__ import annotations

from collections.abc import Sequence

from generator.filling.entries import Entries
from generator.filling.heads import ECONOMIC, FUNCTION, GOVERNMENT, MONEY, Head, ledger_heads, side_heads, unit_column
from generator.filling.keys import LINES
from generator.filling.nouns import UNIT, Column, Desk, Form, Ground, Kind, Row, Said
from generator.filling.shapes import assigned, at, items, mapping, text
from generator.model.basis import Basis
from generator.model.ledger import Dimension
from generator.model.tree import Trees


def side_form(ground: Ground, dimension: Dimension) -> Form:
    """What a place has typed beside the spending (income.yaml)."""
    whole = items(ground.trees.get(dimension.file, []))
    several = not ground.lone or any("单位" in mapping(one) for one in whole)
    unit = (Head(unit_column(ground)._replace(needed=True), (UNIT,), ground.usual_unit),) if several else ()
    heads = (*unit, *side_heads(ground, dimension))
    entries = Entries(
        ground, heads, side=True, below_zero=dimension.below_zero,
        mine=lambda one: ground.unit in ("", text(mapping(one).get("单位")) or ground.lone),
    )  # fmt: skip
    columns = (
        *(head.column for head in heads),
        Column(FUNCTION, Kind.CODED, 34, "单位财务", "没有科目的空着。", list=FUNCTION),
        Column(MONEY, Kind.MONEY, 16, "单位财务", f"单位：{ground.scale}，最多两位小数。", needed=True),
    )

    def told(trees: Trees) -> list[Said]:
        return [Said(line.texts) for line in entries.lines(items(trees.get(dimension.file, [])))]

    def put(trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        old = items(trees.get(dimension.file, []))
        new = entries.put(old, rows, desk)
        return trees if new == old else {**trees, dimension.file: new}

    title = "收入和结转" if any("收入" in one for one in dimension.values) else dimension.name
    return Form(title, f"与支出不相加的一边（{dimension.name}），一笔一行。", columns, told, put, 60)


def basis_form(ground: Ground, basis: Basis) -> Form:
    """台账 of an earlier year, where its file has one."""
    unit = Head(unit_column(ground, hint="不填就不知道各单位多少。"), (UNIT,))
    heads = (unit, *ledger_heads(ground))
    entries = Entries(ground, heads, coarse=True)
    columns = (
        *(head.column for head in heads),
        Column(FUNCTION, Kind.CODED, 34, "单位财务", "项级（7位）。", list=FUNCTION, needed=True),
        Column(ECONOMIC, Kind.CODED, 26, "单位财务", "不知道的空着。", list=ECONOMIC),
        Column(GOVERNMENT, Kind.CODED, 18, "单位财务", "一般空着。", list=GOVERNMENT),
        Column(MONEY, Kind.MONEY, 14, "单位财务", f"单位：{ground.scale}。", needed=True),
    )

    def told(trees: Trees) -> list[Said]:
        return [Said(line.texts) for line in entries.lines(items(at(trees.get(basis.file, ""), (LINES,)) or []))]

    def put(trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        old = items(at(trees.get(basis.file, ""), (LINES,)) or [])
        new = entries.put(old, rows, desk)
        if new == old:
            return trees
        return {**trees, basis.file: assigned(trees.get(basis.file, ""), {(LINES,): new or None}, [(LINES,)])}

    return Form(f"{basis.printed}台账", "逐笔的，没有说的就是不知道。", columns, told, put, 60, True)
