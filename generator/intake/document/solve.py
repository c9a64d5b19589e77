"""The entries behind a document's tables: amounts that agree with every cell, as finely as all tables together tell.

Each table takes the same money apart in its own way (``lots``). They are joined one after the other (``sharing``):
what was taken apart before is taken apart once more, and all that the earlier tables print stays as it is. In which order
matters only where several ways are right; if a table can't be joined any more, it goes first and all begins again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.intake.document.lots import Cell, Family, Mismatch, outside, taken_apart
from generator.intake.document.sharing import shared
from generator.intake.document.space import Box, Space

_TRIES = 12
_FIRST = ("项目", "功能科目", "部门经济")
"""What is told first where it can be: tables with projects, then those with 功能科目, then those with 部门经济."""


class Bundle(NamedTuple):
    """An amount of entries that are alike as far as anybody can tell."""

    box: Box
    amount: int


class Assumed(NamedTuple):
    """A table whose cells could be shared out in other ways too: which, and how many amounts this is about."""

    title: str
    places: int
    amount: int
    examples: tuple[str, ...]


class Solved(NamedTuple):
    """The parts, what was assumed on the way, cells that disagree, and tables that could not be met, with what is missing."""

    parts: tuple[Bundle, ...]
    assumed: tuple[Assumed, ...]
    wrong: tuple[Mismatch, ...]
    unmet: tuple[tuple[str, int], ...]


class Ground(NamedTuple):
    """What tables are solved in: their space, and what values of a dimension are called, so that likeness tells what belongs
    together. ``slack`` is by how much each cell may be off, where a place rounds them one by one; along the dimensions in
    ``whole`` a table prints all or nothing.
    """

    space: Space
    names: Mapping[tuple[str, str], str]
    slack: int = 0
    whole: frozenset[int] = frozenset()

    def of(self, box: Box) -> frozenset[str]:
        """The pairs of letters of all that a box names."""
        found = set[str]()
        for name, values, bits in zip(self.space.names, self.space.values, box, strict=True):
            if bits.bit_count() == 1:
                text = self.names.get((name, values[bits.bit_length() - 1]), "")
                found |= {text[at : at + 2] for at in range(len(text) - 1)}
        return frozenset(found - _COMMON)


_COMMON = {"支出", "其他", "补助", "资金", "项目", "经费", "事业", "单位", "行政"}


def solved(tables: Mapping[str, Sequence[Cell]], ground: Ground) -> Solved:
    """The parts of all money that the tables' cells are of; ``tables`` by title, each with its cells but the blank ones."""
    families, wrong = list[Family](), list[Mismatch]()
    for title, cells in tables.items():
        found, disagree = taken_apart(title, cells, ground.slack, ground.whole)
        families += found
        wrong += disagree
    families.sort(key=lambda family: _rank(family, ground.space))
    total = max((sum(lot.amount for lot in family.lots) for family in families), default=0)
    best: Solved | None = None
    for _ in range(_TRIES):
        one, failed = _joined(families, total, ground)
        if best is None or sum(missing for _, missing in one.unmet) < sum(missing for _, missing in best.unmet):
            best = one
        if failed is None or families[0] is failed:
            break
        families = [failed, *(family for family in families if family is not failed)]
    assert best is not None
    return best._replace(wrong=tuple(wrong))


def _rank(family: Family, space: Space) -> tuple[int, int]:
    """Tables with projects first, and of those with the same the coarser."""
    said = {
        name
        for lot in family.lots
        for name, values, bits in zip(space.names, space.values, lot.box, strict=True)
        if bits.bit_count() == 1 and len(values) > 2
    }
    first = next((at for at, name in enumerate(_FIRST) if name in said), len(_FIRST))
    return first, len(family.lots)


def _joined(families: Sequence[Family], total: int, ground: Ground) -> tuple[Solved, Family | None]:
    parts, assumed, unmet = [Bundle(ground.space.everything, total)], list[Assumed](), list[tuple[str, int]]()
    failed: Family | None = None
    for family in families:
        parts, told, missing = _with(parts, family, ground)
        if told is not None:
            assumed.append(told)
        if missing:
            unmet.append((family.title, missing))
            failed = failed or family
    return Solved(tuple(parts), tuple(assumed), (), tuple(unmet)), failed


def _with(parts: Sequence[Bundle], family: Family, ground: Ground) -> tuple[list[Bundle], Assumed | None, int]:
    """Parts taken apart as a family's lots are too; as they were where that can't be, with how much is missing."""
    space, slack = ground.space, ground.slack
    rest = sum(part.amount for part in parts) - sum(lot.amount for lot in family.lots)
    meets = [[space.meet(part.box, lot.box) for lot in family.lots] for part in parts]
    beyond = [outside(part.box, family.wholes) for part in parts]
    of_parts = [ground.of(part.box) for part in parts]
    of_pieces = [ground.of(lot.box) for lot in family.lots]
    likeness = [
        [
            *(None if met is None else _like(said, of_pieces[j]) for j, met in enumerate(row)),
            None if out is None else 0.0,
        ]
        for part, row, said, out in zip(parts, meets, of_parts, beyond, strict=True)
    ]
    given = shared([part.amount for part in parts], [*(lot.amount for lot in family.lots), max(rest, 0)], likeness)
    missing = sum(given.left)
    lost = [i for i, left in enumerate(given.left) if left and all(like is None for like in likeness[i])]
    if missing > slack * len(family.lots) or lost:
        return list(parts), None, missing
    for i, left in enumerate(given.left):  # tables that round each cell for itself
        if left:
            j = next(j for j, like in enumerate(likeness[i]) if like is not None)
            given.flows[i, j] = given.flows.get((i, j), 0) + left
    found = list[Bundle]()
    for (i, j), amount in sorted(given.flows.items()):
        box = meets[i][j] if j < len(family.lots) else beyond[i]
        assert box is not None
        found.append(Bundle(box, amount))
    told = Assumed(
        family.title,
        len(given.open),
        sum(parts[i].amount for i in given.open),
        tuple(dict.fromkeys(_examples(given.open, parts, ground))),
    )
    return found, told if given.open else None, 0


def _like(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter name is in the longer."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def _examples(open_: frozenset[int], parts: Sequence[Bundle], ground: Ground) -> Iterator[str]:
    """What the first of them are, by name."""
    space = ground.space
    for at in sorted(open_)[:3]:
        keys = [
            (name, values[bits.bit_length() - 1])
            for name, values, bits in zip(space.names, space.values, parts[at].box, strict=True)
            if bits.bit_count() == 1 and name in _FIRST
        ]
        yield "·".join(ground.names.get(key, key[1]) for key in keys if key[1] not in ("", "?")) or "合计"
