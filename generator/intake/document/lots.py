"""A table's cells taken apart: amounts of entries that no cell of it splits further, none of them in two lots.

A cell that others of its table make up is a sum and says nothing of its own. What is left of one (其中：… is less than the
小计) is a lot too: the cell without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from generator.intake.document.space import Box


class Cell(NamedTuple):
    """An amount in its smallest unit, what it adds up, and where it is printed."""

    box: Box
    amount: int
    place: str


class Lot(NamedTuple):
    """Entries that a table tells nothing more of; where they could not be told by one box, it is wider than they are."""

    box: Box
    amount: int
    place: str


class Family(NamedTuple):
    """Pieces of one table that exclude each other, and the cells that they make up exactly (``wholes``)."""

    title: str
    lots: tuple[Lot, ...]
    wholes: tuple[Box, ...]


class Mismatch(NamedTuple):
    """A cell that says less than the cells inside it: both amounts, and the places of these."""

    cell: Cell
    inside: int
    places: tuple[str, ...]


def taken_apart(
    title: str, cells: Sequence[Cell], slack: int = 0, whole: frozenset[int] = frozenset()
) -> tuple[list[Family], list[Mismatch]]:
    """The families of a table's cells. Cells that overlap without one being in the other are of different families.

    A sum may be off by ``slack`` for each of its parts. Along the dimensions in ``whole`` nothing may be left of a sum.
    """
    families, wrong = list[Family](), list[Mismatch]()
    left = _each_once(cells, wrong)
    order = {cell.place: at for at, cell in enumerate(cells)}
    while left:
        lots, wholes, others = list[Lot](), list[Box](), list[Cell]()
        for cell in left:
            near = [lot for lot in lots if all(map(int.__and__, lot.box, cell.box))]
            if not all(_within(lot.box, cell.box) for lot in near):
                others.append(cell)
                continue
            inside = sum(lot.amount for lot in near)
            wholes = [whole for whole in wholes if not _within(whole, cell.box)] + [cell.box]
            if near and abs(inside - cell.amount) <= slack * len(near):
                continue
            if near and (inside > cell.amount > 0 or any(_differs(cell.box, near, at) for at in whole)):
                wrong.append(Mismatch(cell, inside, tuple(lot.place for lot in near)))
                continue
            box = _without(cell.box, [lot.box for lot in near])
            lots.append(Lot(box, cell.amount - inside, cell.place))
        lots.sort(key=lambda lot: order[lot.place])
        families.append(Family(title, tuple(lots), tuple(wholes)))
        left = others if len(others) < len(left) else []
    return families, wrong


def _differs(box: Box, parts: Sequence[Lot], at: int) -> bool:
    return any(part.box[at] != box[at] for part in parts)


def _each_once(cells: Sequence[Cell], wrong: list[Mismatch]) -> list[Cell]:
    found: dict[Box, Cell] = {}
    for cell in cells:
        first = found.setdefault(cell.box, cell)
        if first.amount != cell.amount:
            wrong.append(Mismatch(first, cell.amount, (cell.place,)))
    return sorted(found.values(), key=lambda cell: prod(map(int.bit_count, cell.box)))


def _within(part: Box, whole: Box) -> bool:
    return not any(a & ~b for a, b in zip(part, whole, strict=True))


def _without(whole: Box, parts: Sequence[Box]) -> Box:
    """A box without others in it, where they differ from it in one dimension; else as it is."""
    left = list(whole)
    for at in range(len(whole)):
        if all(part[:at] == whole[:at] and part[at + 1 :] == whole[at + 1 :] for part in parts):
            for part in parts:
                left[at] &= ~part[at]
            return tuple(left) if all(left) else whole
    return whole


def outside(box: Box, wholes: Sequence[Box]) -> Box | None:
    """What of a box none of the wholes holds, None where one holds all of it; at most one dimension is cut."""
    for whole in wholes:
        if _within(box, whole):
            return None
    for whole in wholes:
        beyond = [at for at, (a, b) in enumerate(zip(box, whole, strict=True)) if a & ~b]
        if len(beyond) == 1:
            at = beyond[0]
            box = (*box[:at], box[at] & ~whole[at], *box[at + 1 :])
    return box
