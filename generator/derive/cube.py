"""One pass over the ledger: lines that no filter of a table can tell apart lie in one bucket."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from itertools import chain, compress
from operator import itemgetter
from typing import NamedTuple

from generator.model.figure import Figure
from generator.model.ledger import Filter, Ledger, LedgerLine, value_of
from generator.model.money import ZERO, Money, Scale


class Bucket:
    """Lines alike in every dimension asked for, and their sum. ``rank`` orders buckets by 录入."""

    __slots__ = ("amount", "lines", "rank", "values")

    def __init__(
        self,
        values: dict[str, str],
        rank: tuple[str, int],
        lines: tuple[LedgerLine, ...] = (),
        amount: Decimal = ZERO,
    ) -> None:
        self.values, self.rank, self.lines, self.amount = values, rank, lines, amount


class Cube(NamedTuple):
    """All buckets of one table, by first appearance."""

    scale: Scale
    buckets: tuple[Bucket, ...]

    def figure(self, wanted: Filter, key: str = "") -> Figure:
        """The sum of what the filter selects."""
        chosen = combine([bucket for bucket in self.buckets if wanted.accepts(bucket.values)], self.scale, key)
        return chosen._replace(scope=wanted) if key else chosen


class Lines:
    """Lines of a ledger, all or some, with what they have of each dimension: told once for all tables that look at it."""

    def __init__(self, ledger: Ledger, lines: tuple[LedgerLine, ...]) -> None:
        self.ledger, self.lines = ledger, lines
        self.amounts = [line.money.amount for line in self.lines]
        self._values: dict[str, list[str]] = {}
        self._selected: dict[Filter, Lines] = {}

    def of(self, dimension: str) -> list[str]:
        """What each line has of a dimension."""
        if dimension not in self._values:
            self._values[dimension] = list(map(value_of(dimension), self.lines))
        return self._values[dimension]

    def selected(self, wanted: Filter) -> Lines:
        """The lines a filter selects, in their order."""
        if not wanted.terms:
            return self
        if wanted not in self._selected:
            chosen = [True] * len(self.lines)
            for term in wanted.terms:
                has, one = self.of(term[0]), Filter((term,))
                taken = {value: one.accepts({term[0]: value}) for value in {*has}}
                chosen = [already and taken[value] for already, value in zip(chosen, has, strict=True)]
            self._selected[wanted] = Lines(self.ledger, tuple(compress(self.lines, chosen)))
        return self._selected[wanted]


def lines_of(ledger: Ledger) -> Lines:
    """All of a ledger."""
    return Lines(ledger, ledger.all_lines)


def build_cube(lines: Lines, filters: Iterable[Filter], extra: Iterable[str] = ()) -> Cube:
    """Sort lines into buckets by every dimension that the filters or ``extra`` look at."""
    names = sorted({name for item in filters for name in item.dimensions} | set(extra))
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, signature in enumerate(zip(*map(lines.of, names), strict=True) if names else [()] * len(lines.lines)):
        places = alike.get(signature)
        if places is None:
            alike[signature] = [index]
        else:
            places.append(index)
    return Cube(
        lines.ledger.scale, tuple([_bucket(lines, dict(zip(names, one, strict=True)), at) for one, at in alike.items()])
    )


def _bucket(lines: Lines, values: dict[str, str], places: Sequence[int]) -> Bucket:
    functions, first = lines.of("功能科目"), places[0]
    if len(places) == 1:
        return Bucket(values, (functions[first], first), (lines.lines[first],), ZERO + lines.amounts[first])
    if "功能科目" not in values:
        first = min(places, key=functions.__getitem__)
    return Bucket(
        values, (functions[first], first), tuple([lines.lines[at] for at in places]),
        sum([lines.amounts[at] for at in places], ZERO),
    )  # fmt: skip


def combine(buckets: Sequence[Bucket], scale: Scale, key: str = "") -> Figure:
    """One figure over all lines of some buckets."""
    if len(buckets) == 1:  # of most cells; made without a call of each name's own
        new, bucket = tuple.__new__, buckets[0]
        return new(Figure, (new(Money, (bucket.amount, scale)), bucket.lines, key, None))
    amount = sum([bucket.amount for bucket in buckets], ZERO)
    return Figure(Money(amount, scale), tuple(chain.from_iterable([bucket.lines for bucket in buckets])), key)


class ColumnSums:
    """Figures of a row of columns; which columns a bucket belongs to is found once for each kind of bucket."""

    def __init__(self, columns: Sequence[Filter | None], scale: Scale) -> None:
        self._scale, self._nothing = scale, (None,) * len(columns)
        self._members = _Members(columns)

    def row(self, buckets: Sequence[Bucket]) -> tuple[Figure | None, ...]:
        """A figure for each column; None where no line is. Columns over the same lines share one figure."""
        cells: list[Figure | None] = [*self._nothing]
        members = list(map(self._members.__getitem__, buckets))
        kinds = dict.fromkeys(members)
        if len(kinds) == 1:
            figure = combine(buckets, self._scale) if members[0] else None
            for index in members[0]:
                cells[index] = figure
            return tuple(cells)
        held: dict[int, list[tuple[int, ...]]] = {}
        for kind in kinds:
            for index in kind:
                held.setdefault(index, []).append(kind)
        shared: dict[tuple[tuple[int, ...], ...], Figure] = {}
        for index, own in held.items():
            identity = tuple(own)
            if identity not in shared:
                wanted = {*own}
                chosen = [bucket for bucket, kind in zip(buckets, members, strict=True) if kind in wanted]
                shared[identity] = combine(chosen, self._scale)
            cells[index] = shared[identity]
        return tuple(cells)


class _Members(dict[Bucket, tuple[int, ...]]):
    """The columns of each bucket that was asked for."""

    def __init__(self, columns: Sequence[Filter | None]) -> None:
        super().__init__()
        self._columns = columns
        names = sorted({name for column in columns if column for name in column.dimensions})
        self._kind: Callable[[dict[str, str]], Hashable] = itemgetter(*names) if names else lambda _: ()
        self._of_kinds: dict[Hashable, tuple[int, ...]] = {}

    def __missing__(self, bucket: Bucket) -> tuple[int, ...]:
        kind = self._kind(bucket.values)
        members = self._of_kinds.get(kind)
        if members is None:
            members = self._of_kinds[kind] = tuple(
                index for index, column in enumerate(self._columns) if column and column.accepts(bucket.values)
            )
        self[bucket] = members
        return members
