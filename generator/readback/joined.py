"""Two tables of a body that are one form: our files set a form's columns anew so that their heading stands on each page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from generator.readback.body import BodyRow, Table

_NEAR = 10
"""By how many twips a column's edge may have moved when another program saved the file."""


def continued(above: Table, below: Table) -> Table | None:
    """Both as one table, on all the edges that either has; None where the tables are not as wide as each other.

    LibreOffice leaves out the edges that a table's rows don't use.
    """
    edges = sorted({0, *accumulate(above.grid), *accumulate(below.grid)})
    kept = [edge for before, edge in pairwise([-_NEAR - 1, *edges]) if edge - before > _NEAR]
    if abs(sum(above.grid) - sum(below.grid)) > _NEAR:
        return None
    places = [(table, _places(table.grid, kept)) for table in (above, below)]
    rows = [_on(row, where) for table, where in places for row in table.rows]
    unmarked = [row._replace(header=False) for row in rows[len(above.rows) :]]
    return Table(tuple(edge - before for before, edge in pairwise(kept)), (*rows[: len(above.rows)], *unmarked))


def _places(grid: Sequence[int], edges: Sequence[int]) -> list[int]:
    """For each edge of a grid the number of the edge that it is among ``edges``."""
    found = accumulate(grid, initial=0)
    return [min(range(len(edges)), key=lambda number: abs(edges[number] - edge)) for edge in found]


def _on(row: BodyRow, places: Sequence[int]) -> BodyRow:
    """A row on more columns: a cell goes over all those that its own columns became."""
    texts, aligned = [""] * places[-1], ""
    wide: dict[int, int] = {}
    covered = 0
    for column, text in enumerate(row.texts[: len(places) - 1]):
        texts[places[column]] = text
        aligned += row.aligned[column : column + 1] * (places[column + 1] - places[column])
        if column < covered:
            continue
        covered = end = min(column + row.wide.get(column, 1), len(places) - 1)
        if places[end] - places[column] > 1:
            wide[places[column]] = places[end] - places[column]
    merged = {places[column]: begins for column, begins in row.merged.items() if column < len(places)}
    filled = texts if len(row.texts) >= len(places) - 1 else texts[: places[len(row.texts)]]
    return row._replace(texts=tuple(filled), aligned=aligned, wide=wide, merged=merged)
