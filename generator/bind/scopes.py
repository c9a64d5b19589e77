"""What recognised rows select: their own words, and those of the rows that they stand under."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.bind.known import Term
from generator.bind.order import NONE, UNSURE
from generator.bind.signs import DEPARTMENT, Node
from generator.model.ledger import Filter, grouping
from generator.model.table_spec import FixedRow, GroupRows

Terms = tuple[Term, ...]
_REASONS = {NONE: "不是格式方案里的行", UNSURE: "可以是格式方案里的几行，分不清是哪一行"}
_SEVERAL = "与别的行同名，又没有编码，分不清"
_TWICE = "在本表里不止一行"
_MANY = 4
_ADRIFT = "上面有认不出来的行，它属于哪里不能确定"


class Rows(NamedTuple):
    """What each row of a panel selects, None where it has no amounts or is not known; and why some are not known."""

    scopes: tuple[Filter | None, ...]
    reasons: tuple[str, ...]


def context_of(nodes: Sequence[Node], place: int) -> tuple[int, ...]:
    """The groups around a row that say what it selects besides its own words; of one list a code says all that is above."""
    own = _dimensions(nodes[place])
    return tuple(above for above in nodes[place].above if (around := _dimensions(nodes[above])) and not around <= own)


def _dimensions(node: Node) -> set[str]:
    by = node.spec.by if isinstance(node.spec, GroupRows) else ()
    return {grouping(name)[0] for name in by if name != DEPARTMENT}


def scopes_of(
    nodes: Sequence[Node],
    places: Mapping[int, int],
    terms: Mapping[int, Terms | None],
    count: int,
    called: Callable[[int], str],
) -> Rows:
    """What each of ``count`` rows selects; ``places`` has those with words and where in the definition they are.

    ``terms`` is what a grouped row says itself, None where that can't be told. A row below one that is not known
    may belong to something else than the definition makes it, until a row says again what follows.
    """
    walk = _Walk(nodes, frozenset(places.values()))
    rows = {number: walk.row(place, terms.get(number, ())) for number, place in places.items()}
    twice = _twice(nodes, places, rows)
    scopes: list[Filter | None] = [None] * count
    lost: dict[int, str] = {}
    for number, (said, reason) in rows.items():
        if why := _TWICE if number in twice else reason:
            lost[number] = why
            continue
        spec = nodes[places[number]].spec
        if isinstance(spec, GroupRows) or spec.filter is not None:
            scopes[number] = Filter(said)
    return Rows(tuple(scopes), tuple(_told(lost, called)))


def _told(lost: Mapping[int, str], called: Callable[[int], str]) -> Iterator[str]:
    """The reasons in words; many rows one below the other with the same reason in one line."""
    for why, run in groupby(lost, key=lost.__getitem__):
        numbers = list(run)
        if len(numbers) < _MANY:
            yield from (f"{called(number)}{why}" for number in numbers)
        else:
            yield f"{called(numbers[0])}等{len(numbers)}行（到第{numbers[-1] + 1}行）{why}"


def _twice(nodes: Sequence[Node], places: Mapping[int, int], rows: Mapping[int, tuple[Terms, str]]) -> set[int]:
    """Rows of groups that select the same: each code has one row, so that one of them belongs to something else."""
    first: dict[tuple[int, Terms], int] = {}
    found = set()
    for number, (said, reason) in rows.items():
        if not reason and isinstance(nodes[places[number]].spec, GroupRows) and not _is_coded(said):
            other = first.setdefault((places[number], said), number)
            found |= {number, other} if other != number else set()
    return found


def _is_coded(said: Terms) -> bool:
    """Whether a row says its codes: the same ones again are the same thing again, while two may share a name."""
    return all(value.isdigit() for _, values in said for value in values)


class _Walk:
    """From row to row, with what the rows above have opened: a unit, a block."""

    def __init__(self, nodes: Sequence[Node], used: frozenset[int]) -> None:
        self.nodes, self.used = nodes, used
        self.contexts = [context_of(nodes, place) for place in range(len(nodes))]
        self.opened: dict[int, Terms] = {}
        self.blocks: set[int] = set()
        self.adrift = False

    def row(self, place: int, own: Terms | None) -> tuple[Terms, str]:
        """What a row at this place selects, and why it is not known."""
        if place < 0:
            self.opened, self.blocks, self.adrift = {}, set(), True
            return (), _REASONS[place]
        node, context = self.nodes[place], self.contexts[place]
        if not self._is_held(node, context):
            return (), _ADRIFT
        self.opened = {above: said for above, said in self.opened.items() if above in node.above}
        self.blocks = set(node.blocks)
        if own is None:
            return (), _SEVERAL
        around = [term for above in context for term in self.opened.get(above, ())]
        spec = node.spec
        if isinstance(spec, FixedRow):
            own = spec.filter.terms if spec.filter is not None else ()
        else:
            self.opened[place] = own
        return (*node.within.terms, *around, *own), ""

    def _is_held(self, node: Node, context: Sequence[int]) -> bool:
        """Whether what is around a row was said, and since the last row that is not known.

        Groups that this table has no rows of (a place that prints no units) need not be said.
        """
        if any(above not in self.opened and (self.adrift or above in self.used) for above in context):
            return False
        return not self.adrift or isinstance(node.spec, FixedRow) or self.blocks.issuperset(node.blocks)
