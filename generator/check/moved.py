"""Relations of the columns beside amounts: 增减 is the difference of two columns, rates and shares follow from others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.amounts import Printed
from generator.check.in_tables import each_row
from generator.check.relations import MEND, Asked, Relation, Tie
from generator.check.rules import PASS, Answer, Finding
from generator.check.sheets import Sheet, amount_in
from generator.model.ledger import Filter
from generator.model.meaning import normal
from generator.model.money import ZERO, round_half_up
from generator.model.table_spec import AmountColumn, ComparedColumn, Leaf, ShareColumn


def moved(sheet: Sheet) -> Iterator[Asked]:
    """What is asked of the columns that compare, row by row."""
    leaves = sheet.bound.columns
    for place in () if sheet.is_form else sheet.columns:
        leaf = leaves[place] if place < len(leaves) else None
        if isinstance(leaf, ComparedColumn) and leaf.aspect != "上年数":
            now, before = _amounts(sheet, leaf.filter), _of_basis(sheet, leaf)
            if now is not None and before is not None:
                yield _relation(sheet), _compared(sheet, place, leaf, (now, before))
        elif isinstance(leaf, ShareColumn) and leaf.whole is not None:
            part, whole = _amounts(sheet, leaf.filter), _amounts(sheet, leaf.whole)
            if part is not None and whole is not None:
                yield _relation(sheet), _rates(sheet, place, (part, whole), "占比")


def _relation(sheet: Sheet) -> Relation:
    return Relation(Tie.MOVED, sheet, sheet, sheet.whole)


def _amounts(sheet: Sheet, wanted: Filter) -> int | None:
    """The column that holds these amounts."""
    return next((place for place in sheet.amounts if _selects(sheet.bound.columns[place], wanted)), None)


def _selects(leaf: Leaf | None, wanted: Filter) -> bool:
    return isinstance(leaf, AmountColumn) and normal(leaf.filter) == normal(wanted)


def _of_basis(sheet: Sheet, leaf: ComparedColumn) -> int | None:
    """The column that holds what a column compares with."""
    leaves = sheet.bound.columns
    return next((place for place in sheet.columns if _is_basis(leaves[place], leaf)), None)


def _is_basis(other: Leaf | None, leaf: ComparedColumn) -> bool:
    if not isinstance(other, ComparedColumn) or other.aspect != "上年数":
        return False
    return other.basis == leaf.basis and normal(other.filter) == normal(leaf.filter)


def _compared(sheet: Sheet, place: int, leaf: ComparedColumn, pair: tuple[int, int]) -> Iterator[Answer]:
    now, before = pair
    if leaf.aspect == "差额":
        said = f"“{{row}}”：{sheet.head(now)}{{a}}≠{sheet.head(before)}＋{sheet.head(place)}{{b}}"
        return each_row(sheet, now, [before, place], said)
    return _rates(sheet, place, pair, leaf.aspect)


def _rates(sheet: Sheet, place: int, pair: tuple[int, int], aspect: str) -> Iterator[Answer]:
    """Whether a rate follows from two amounts of its row, as exactly as it is printed."""
    for row in sheet.rows:
        text = sheet.text(row, place).removesuffix("%")
        printed, one, base = amount_in(text), sheet.amount(row, pair[0]), sheet.amount(row, pair[1])
        if not text or printed is None or one is None or not base:
            continue
        places = len(text.partition(".")[2])
        exact, way = _rate(one, base, aspect), sheet.way(place)
        right = way.rounded(exact) if way is not None else round_half_up(exact, places)
        if printed == right or any(Printed(sheet, row, column).off for column in pair):
            yield PASS  # amounts printed coarsely don't tell a rate
            continue
        cell = Printed(sheet, row, place)
        yield Finding(
            f"{cell.words}为{text}%，按{sheet.head(pair[0])}、{sheet.head(pair[1])}计算应为{right}%", MEND, cell.place
        )


def _rate(one: Decimal, base: Decimal, aspect: str) -> Decimal:
    return (one - base if aspect == "增幅" else one) * 100 / base if base else ZERO
