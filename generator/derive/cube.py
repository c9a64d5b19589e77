"""One pass over the ledger: lines that no filter of a table can tell apart lie in one bucket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from generator.model.figure import Figure
from generator.model.ledger import Filter, LedgerLine, value_of
from generator.model.money import ZERO, Money, Scale


class Bucket:
    """Lines alike in every dimension asked for, and their sum. ``rank`` orders buckets by 录入."""

    __slots__ = ("amount", "lines", "rank", "values")

    def __init__(self, values: dict[str, str], rank: tuple[str, int]) -> None:
        self.values, self.rank = values, rank
        self.lines: list[LedgerLine] = []
        self.amount = ZERO


class Cube(NamedTuple):
    """All buckets of one table, by first appearance."""

    scale: Scale
    buckets: tuple[Bucket, ...]

    def figure(self, wanted: Filter, key: str = "") -> Figure:
        """The sum of what the filter selects."""
        chosen = combine([bucket for bucket in self.buckets if wanted.accepts(bucket.values)], self.scale, key)
        return chosen._replace(scope=wanted) if key else chosen


def build_cube(lines: Iterable[LedgerLine], filters: Iterable[Filter], extra: Iterable[str], scale: Scale) -> Cube:
    """Sort lines into buckets by every dimension that the filters or ``extra`` look at."""
    names = sorted({name for item in filters for name in item.dimensions} | set(extra))
    getters = [value_of(name) for name in names]
    buckets: dict[tuple[str, ...], Bucket] = {}
    for index, line in enumerate(lines):
        signature = tuple([get(line) for get in getters])
        bucket = buckets.get(signature)
        rank = (line.function, index)
        if bucket is None:
            bucket = buckets[signature] = Bucket(dict(zip(names, signature, strict=True)), rank)
        elif rank < bucket.rank:
            bucket.rank = rank
        bucket.lines.append(line)
    for bucket in buckets.values():
        bucket.amount = sum([line.money.amount for line in bucket.lines], ZERO)
    return Cube(scale, tuple(buckets.values()))


def combine(buckets: Sequence[Bucket], scale: Scale, key: str = "") -> Figure:
    """One figure over all lines of some buckets."""
    if len(buckets) == 1:
        return Figure(Money(buckets[0].amount, scale), tuple(buckets[0].lines), key)
    amount = sum([bucket.amount for bucket in buckets], ZERO)
    return Figure(Money(amount, scale), tuple(chain.from_iterable([bucket.lines for bucket in buckets])), key)


class ColumnSums:
    """Figures of a row of columns; which columns a bucket belongs to is found once for each kind of bucket."""

    def __init__(self, columns: Sequence[Filter | None], scale: Scale) -> None:
        self._columns = columns
        self._scale = scale
        self._names = sorted({name for column in columns if column for name in column.dimensions})
        self._members: dict[tuple[str, ...], tuple[int, ...]] = {}

    def row(self, buckets: Sequence[Bucket]) -> tuple[Figure | None, ...]:
        """A figure for each column; None where no line is. Columns over the same lines share one figure."""
        chosen: dict[int, list[Bucket]] = {}
        for bucket in buckets:
            for index in self._of(bucket):
                chosen.setdefault(index, []).append(bucket)
        shared: dict[tuple[int, ...], Figure] = {}
        cells: list[Figure | None] = [None] * len(self._columns)
        for index, found in chosen.items():
            identity = tuple(map(id, found))
            if identity not in shared:
                shared[identity] = combine(found, self._scale)
            cells[index] = shared[identity]
        return tuple(cells)

    def _of(self, bucket: Bucket) -> tuple[int, ...]:
        kind = tuple(map(bucket.values.__getitem__, self._names))
        if kind not in self._members:
            self._members[kind] = tuple(
                index for index, column in enumerate(self._columns) if column and column.accepts(bucket.values)
            )
        return self._members[kind]
