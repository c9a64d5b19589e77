"""Columns beside a table's amounts: what they are compared with, and shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.derive.amounts import Amounts
from generator.derive.cube import Bucket, Cube, build_cube, combine, lines_of
from generator.model.book import Cell
from generator.model.figure import Change, Figure, Share, change_of
from generator.model.ledger import Filter
from generator.model.money import Money, share
from generator.model.table_spec import ComparedColumn, Leaf, ShareColumn, TableSpec


class Beside(NamedTuple):
    """What the further columns of one table need; ``untold`` gathers the columns whose basis could not answer.

    ``cube`` also holds, empty, what only a basis has: its rows are printed too.
    """

    scope: Filter
    cube: Cube
    amounts: Amounts | None
    untold: list[ComparedColumn]

    def cells(
        self, columns: Sequence[Leaf], figures: Sequence[Figure | None], buckets: Sequence[Bucket], selects: Filter
    ) -> tuple[Cell, ...]:
        """A row's numbers, with those of the further columns worked out."""
        row = self.scope.narrowed(*selects.terms)
        return tuple(
            self._compared(column, figure, row)
            if isinstance(column, ComparedColumn)
            else self._share(column, figure, buckets, row)
            if isinstance(column, ShareColumn)
            else figure
            for column, figure in zip(columns, figures, strict=True)
        )

    def _compared(self, column: ComparedColumn, figure: Figure | None, row: Filter) -> Change | None:
        scope = row.narrowed(*column.filter.terms)
        prior = self.amounts.amount_in(column.basis, scope) if self.amounts else None
        current = self._now(figure, scope)
        if prior is None and current.money and column not in self.untold:
            self.untold.append(column)
        if prior is None or self.amounts is None or not (current.money or prior.money):
            return None
        return change_of(current, prior, self.amounts.basis(column.basis))

    def _share(
        self, column: ShareColumn, figure: Figure | None, buckets: Sequence[Bucket], row: Filter
    ) -> Share | None:
        among, within = (self.cube.buckets, self.scope) if column.whole is None else (buckets, row)
        wanted = column.filter if column.whole is None else column.whole
        whole = combine([bucket for bucket in among if wanted.accepts(bucket.values)], self.cube.scale)
        part = self._now(figure, row.narrowed(*column.filter.terms))
        if not part.money:
            return None
        return Share(part, whole._replace(scope=within.narrowed(*wanted.terms)), share(part.money, whole.money))

    def _now(self, figure: Figure | None, scope: Filter) -> Figure:
        return figure._replace(scope=scope) if figure else Figure(Money.total((), self.cube.scale), (), "", scope)


def beside_of(
    spec: TableSpec, cube: Cube, filters: list[Filter], groups: Iterable[str], amounts: Amounts | None
) -> Beside:
    """The further columns of a table over its cube."""
    known = {tuple(bucket.values.values()) for bucket in cube.buckets}
    only_before: list[Bucket] = []
    bases = dict.fromkeys(column.basis for column in spec.leaves if isinstance(column, ComparedColumn))
    for ledger in [amounts.ledger(name) for name in bases] if amounts else ():
        for bucket in build_cube(lines_of(ledger).selected(spec.filter), filters, groups).buckets if ledger else ():
            signature = tuple(bucket.values.values())
            if signature not in known:
                known.add(signature)
                only_before.append(Bucket(bucket.values, bucket.rank))
    return Beside(spec.filter, Cube(cube.scale, (*cube.buckets, *only_before)), amounts, [])
