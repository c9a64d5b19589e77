"""Where a sheet's heads are, and which column is which field. Heads may take several rows and be merged; titles stand above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.intake.mapping import AMOUNT, FIELDS, LEVELS, FundColumn, Heads, flattened, matches
from generator.sheets.sheet import Cell, Kind, Sheet, letters_of

_LOOKED_AT, _MOST_HEADS, _FEWEST = 60, 5, 3
_SCALE = re.compile(r"(?:^|[^制])单位[:：]?(?:人民币)?(元|万元|千元)|金额单位[:：]?(元|万元|千元)")
_SCALE_BEHIND = re.compile(r"[(（](?:单位[:：])?(元|万元|千元)[)）]$")
_ORDINAL = re.compile("^[一二三四五六七八九十]+[、.]|^[(][一二三四五六七八九十]+[)]")
_DIGITS = re.compile(r"[-+]?[0-9][0-9,.]*%?|[0-9]{3,}[\s_\-—:：]*\D+")


class Column(NamedTuple):
    """A column that is read: its heads from top to bottom as one text, and what it is."""

    number: int
    head: str
    field: str
    fund: FundColumn | None = None

    @property
    def letters(self) -> str:
        """As Excel names it."""
        return letters_of(self.number)


class Table(NamedTuple):
    """A table of details: which columns are read, which are not, the rows of its heads, its 金额单位 and where that is said."""

    sheet: Sheet
    columns: tuple[Column, ...]
    unread: tuple[tuple[str, str], ...]
    first: int
    below: int
    scale: str = ""
    scale_at: str = ""

    def of(self, field: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == field and column.fund is None), None)

    @property
    def funds(self) -> tuple[Column, ...]:
        """The columns that hold amounts of one kind of money each."""
        return tuple(column for column in self.columns if column.fund is not None)

    @property
    def amounts(self) -> tuple[Column, ...]:
        """All columns that hold amounts."""
        return (*(column for column in (self.of(AMOUNT),) if column), *self.funds)

    def coded(self, name: str) -> bool:
        """Whether a code stands here, in one column or in several."""
        return self.of(name) is not None or all(self.of(level) for level in LEVELS[name][:2])


class Twice(NamedTuple):
    """Two columns that may be the same field."""

    field: str
    one: str
    other: str


Grid = Mapping[int, Mapping[int, Cell]]
"""Cells by row and column; of a merged block its corner's cell stands in each place."""


def grid_of(sheet: Sheet) -> Grid:
    """The cells of a sheet whose merged cells are spread."""
    grid: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        grid.setdefault(row, {})[column] = cell
    return grid


def table_of(sheet: Sheet, grid: Grid, heads: Heads) -> tuple[Table | None, tuple[Twice, ...]]:
    """The table of a sheet; None where no row has heads that are known. And which field two columns may be."""
    row = _fullest(grid, heads)
    if row is None:
        return None, ()
    first, below = _above(row, grid), _below(row, grid, heads)
    labels = _labels(grid, first, below)
    found: list[tuple[tuple[int, ...], Column]] = []
    for number, texts in labels.items():
        best = _best(texts, heads)
        if best is not None:
            rank, field, fund = best
            found.append((rank, Column(number, "/".join(texts), field, fund)))
    columns, twice = _once(found)
    taken = {column.number for column in columns}
    unread = tuple((letters_of(number), "/".join(texts)) for number, texts in labels.items() if number not in taken)
    scale, place = _scale(grid, below, columns)
    return Table(sheet, columns, unread, first, below, scale, place), twice


def _fullest(grid: Grid, heads: Heads) -> int | None:
    """The row that has most heads, if it has a few; of several the first."""
    counts = {
        number: len({field for cell in cells.values() for field in _fields([_head(cell)], heads)})
        for number, cells in list(grid.items())[:_LOOKED_AT]
        if sum(cell.kind is Kind.TEXT for cell in cells.values()) >= _FEWEST
    }
    best = max(counts.values(), default=0)
    return next((number for number, count in counts.items() if count == best), None) if best >= _FEWEST else None


def _above(row: int, grid: Grid) -> int:
    """Where the heads of a row begin: what is merged into it, or stands over it, in more cells than a title has."""
    first = min(cell.row for cell in grid[row].values())
    while first - 1 in grid and row - first < _MOST_HEADS:
        over = {cell.address: cell for cell in grid[first - 1].values()}
        flat = [flattened(cell.text) for cell in over.values()]
        if len(over) < _FEWEST or any(_DIGITS.fullmatch(text) or _SCALE.search(text) for text in flat):
            break
        first = min(cell.row for cell in over.values())
    return first


def _fields(texts: Sequence[str], heads: Heads) -> Iterator[str]:
    best = _best(texts, heads)
    if best is not None:
        yield best[1] + (str(best[2].heads) if best[2] else "")


def _below(fullest: int, grid: Grid, heads: Heads) -> int:
    """The first row below the heads. A row of heads has texts alone, each of them a deeper head or one from above."""
    row = fullest + 1
    while row < fullest + _MOST_HEADS and row in grid:
        own = [cell for cell in grid[row].values() if cell.row >= row]
        if any(cell.kind is not Kind.TEXT or _DIGITS.fullmatch(flattened(cell.text)) for cell in own):
            break
        known = [any(matches(pattern, _head(cell)) for pattern in _deeper(heads)) for cell in own]
        if sum(known) * 2 < len(known) or (not own and len(grid[row]) < len(grid[fullest]) / 2):
            break
        row += 1
    return row


def _deeper(heads: Heads) -> Iterator[str]:
    yield from ("类", "款", "项", "*编码", "*代码", "*名称", "合计", "小计", "其中*", "*_*")
    for fund in heads.funds:
        yield from fund.heads


def _labels(grid: Grid, first: int, below: int) -> dict[int, tuple[str, ...]]:
    """The heads of each column from top to bottom, each once."""
    labels: dict[int, dict[str, None]] = {}
    for number in range(first, below):
        for column, cell in grid.get(number, {}).items():
            labels.setdefault(column, {})[_head(cell)] = None
    return {column: tuple(texts) for column, texts in sorted(labels.items())}


def _head(cell: Cell) -> str:
    return _ORDINAL.sub("", _SCALE_BEHIND.sub("", flattened(cell.text)))


def _best(texts: Sequence[str], heads: Heads) -> tuple[tuple[int, ...], str, FundColumn | None] | None:
    """What a column is by its heads, and how good that is: the more of its heads say so and the plainer, the better."""
    found: list[tuple[tuple[int, ...], str, FundColumn | None]] = []
    for start in range(len(texts)):
        label = "/".join(texts[start:])
        for order, (field, patterns) in enumerate(heads.heads.items()):
            for index, pattern in enumerate(patterns):
                if matches(pattern, label):
                    rank = FIELDS.index(field) if field in FIELDS else len(FIELDS) + order
                    wild = len(pattern) if "*" in pattern else 0
                    found.append(((start, int(wild > 0), -wild, rank, index), field, None))
        for index, fund in enumerate(heads.funds):
            if any(matches(pattern, label) for pattern in fund.heads):
                found.append(((start, 0, 0, -1, index), AMOUNT, fund))
    return min(found, key=lambda one: one[0]) if found else None


def _once(found: Sequence[tuple[tuple[int, ...], Column]]) -> tuple[tuple[Column, ...], tuple[Twice, ...]]:
    """Of columns that may be one field the one that is it best; two that are as good are told."""
    kept: list[Column] = []
    twice: list[Twice] = []
    for field in dict.fromkeys(column.field for _, column in found if column.fund is None):
        own = sorted(
            ((rank[1:], column) for rank, column in found if column.field == field and column.fund is None),
            key=lambda pair: (pair[0], pair[1].number),
        )
        kept.append(own[0][1])
        if len(own) > 1 and own[1][0] == own[0][0]:
            twice.append(
                Twice(field, f"{own[0][1].letters}列“{own[0][1].head}”", f"{own[1][1].letters}列“{own[1][1].head}”")
            )
    kept += [column for _, column in found if column.fund is not None]
    return tuple(sorted(kept, key=lambda column: column.number)), tuple(twice)


def _scale(grid: Grid, below: int, columns: Sequence[Column]) -> tuple[str, str]:
    """The 金额单位 that is said in the heads or above them, or by the number format of the amounts; and where.

    Where two are said there is none, and “where” says both.
    """
    said: dict[str, str] = {}
    for number, cells in grid.items():
        for cell in cells.values() if number < below else ():
            flat = flattened(cell.text)
            found = _SCALE.search(flat) or _SCALE_BEHIND.search(flat)
            if found:
                said.setdefault(next(word for word in found.groups() if word), cell.address)
    amounts = {column.number for column in columns if column.field == AMOUNT}
    for number, cells in grid.items():
        for column, cell in cells.items() if number >= below else ():
            shown = re.search("万元|千元|元", cell.format) if column in amounts else None
            if shown:
                said.setdefault(shown[0], cell.address)
    if len(said) > 1:
        return "", "、".join(f"{place}写的是{scale}" for scale, place in said.items())
    return next(iter(said.items()), ("", ""))
