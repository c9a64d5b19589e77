"""The header of a table whose file does not say which of its rows are one: as many rows as make its columns the definition's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.model.reading import ReadTable

Paths = tuple[tuple[str, ...], ...]
_DEEPEST = 5


def header_of(table: ReadTable, match: Callable[[Paths], Sequence[int | None]]) -> tuple[Paths, int]:
    """The columns' paths and how many rows of the body are the header; those that the file marks are none of them.

    ``match`` says which columns of the definition such paths are. The fewest rows that name the most columns count.
    """
    if any(table.columns):
        return table.columns, 0
    tries = [_paths(table.rows[:height], len(table.columns)) for height in range(1, min(_DEEPEST, len(table.rows)) + 1)]
    found = [sum(place is not None for place in match(paths)) for paths in tries]
    best = max(found, default=0)
    return (tries[found.index(best)], found.index(best) + 1) if best else (table.columns, 0)


def _paths(rows: Sequence[Sequence[str]], width: int) -> Paths:
    """The words over each column. A blank goes on from its left where the same words stand above both, else from above."""
    above: list[tuple[str, ...]] = [()] * width
    for number, row in enumerate(rows):
        now = [*row[:width], *[""] * (width - len(row))]
        for place in range(1, width):
            if not now[place].strip() and above[place] == above[place - 1] and (above[place] or not number):
                now[place] = now[place - 1]
        above = [(*path, word) if word.strip() else path for path, word in zip(above, now, strict=True)]
    return tuple(above)
