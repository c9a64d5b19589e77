"""Which columns of a table name its rows, which hold their values, and which are lists beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_AMOUNT = re.compile(r"-?[0-9][0-9,]*\.[0-9]{2}")
_CODE = re.compile(r"[0-9A-Za-z-]+")
Path = tuple[str, ...]


class Panel(NamedTuple):
    """Columns that belong together (收入 | 支出 are two panels): ``lead`` names a row, ``values`` are its cells.

    ``groups`` are lists beside the row, a tuple of columns each. In a panel without amounts the first cell that
    holds something names the row, and ``lead`` is empty.
    """

    lead: tuple[int, ...]
    values: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    form: bool

    @property
    def columns(self) -> tuple[int, ...]:
        """All of them, left to right."""
        return tuple(sorted((*self.lead, *self.values, *(column for group in self.groups for column in group))))

    def label_cells(self, row: Sequence[str]) -> tuple[str, ...]:
        """The cells that name a row."""
        if self.form:
            return tuple(cell for cell in row if cell)[:1]
        return tuple(row[column] for column in self.lead)


def row_code(cells: Sequence[str]) -> str:
    """A row's code: those of its cells that are codes; empty when it goes by its name."""
    return "/".join(cell for cell in cells if _CODE.fullmatch(cell))


def panels_of(paths: Sequence[Path], rows: Sequence[Sequence[str]]) -> tuple[Panel, ...]:
    """The panels of a table. A column is one of amounts when all that stands in it has two decimals."""
    kinds = [_kind([row[column] for row in rows]) for column in range(len(paths))]
    starts = [0, *_starts(paths, kinds), len(paths)]
    return tuple(
        _panel(list(range(first, last)), paths, kinds) for first, last in zip(starts, starts[1:], strict=False)
    )


def _kind(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled:
        return "空"
    return "金额" if all(_AMOUNT.fullmatch(cell) for cell in filled) else "文字"


def _starts(paths: Sequence[Path], kinds: Sequence[str]) -> Iterator[int]:
    """Where a second panel begins: words after amounts, under another title, with amounts of their own."""
    start = 0
    for column in range(1, len(paths)):
        title = paths[column][:1]
        if len(paths[column]) < 2 or kinds[column] != "文字" or paths[column - 1][:1] == title:
            continue
        own = [kinds[i] for i in range(column, len(paths)) if paths[i][:1] == title]
        if "金额" in kinds[start:column] and "金额" in own:
            start = column
            yield column


def _panel(columns: list[int], paths: Sequence[Path], kinds: Sequence[str]) -> Panel:
    amounts = [column for column in columns if kinds[column] == "金额"]
    if not amounts:
        return Panel((), tuple(columns), (), True)
    lead = tuple(column for column in columns if column < amounts[0])
    beside = next((column for column in columns if column > amounts[0] and kinds[column] == "文字"), columns[-1] + 1)
    groups: dict[Path, list[int]] = {}
    for column in range(beside, columns[-1] + 1):
        groups.setdefault(paths[column][:-1], []).append(column)
    lists = tuple(tuple(group) for parent, group in groups.items() if parent)
    single = (column for parent, group in groups.items() if not parent for column in group)
    return Panel(lead, (*range(amounts[0], beside), *single), lists, False)
