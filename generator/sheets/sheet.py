"""A workbook as a person sees it: sheets of cells, each with its address; cells that hold nothing are not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from generator.model.source import Position, in_document
from generator.sheets.numbers import in_digits, typed_number

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of any sheet of Excel's."""


class Kind(StrEnum):
    """What a cell holds. FORMULA: one of which nobody knows the result."""

    EMPTY = "空"
    TEXT = "文字"
    NUMBER = "数"
    DATE = "日期"
    FORMULA = "公式"
    ERROR = "错误值"


class Cell(NamedTuple):
    """A cell; ``row`` and ``column`` count from 1.

    ``text``: what a person sees, as the number format shows it. ``number``: the exact value of a number (a date's is its
    serial number, counted from 1900), without the tail of a binary fraction. ``format``: the number format (``#,##0.00"万元"``), empty for 常规.
    ``formula``: without “=”. ``problem``: why its value can't be relied on, in Chinese; ``note``: what one should know of it
    (a stored result that is not what its formula comes to).
    """

    row: int
    column: int
    text: str = ""
    kind: Kind = Kind.EMPTY
    number: Decimal | None = None
    format: str = ""
    formula: str = ""
    problem: str = ""
    note: str = ""

    @property
    def address(self) -> str:
        """Where it stands, as Excel says it: C7."""
        return f"{letters_of(self.column)}{self.row}"

    @property
    def amount(self) -> Decimal | None:
        """Its number, also where it was typed as a text (“1,234.50”); None where it holds none."""
        return self.number if self.kind is Kind.NUMBER else typed_number(self.text)

    @property
    def code(self) -> str:
        """What it says where a code is expected: a number without commas and “.00”, other cells as shown."""
        return in_digits(self.text) if self.kind is Kind.NUMBER else self.text.strip()


class Range(NamedTuple):
    """A block of cells, its corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """As Excel says it: A1:C7."""
        return f"{letters_of(self.left)}{self.top}:{letters_of(self.right)}{self.bottom}"


class Sheet(NamedTuple):
    """A sheet. ``name`` without blanks around it, empty for a text file; ``file``: the workbook's name.

    ``cells``: those that hold anything, by row and column, in reading order. ``hidden_rows`` and ``hidden_columns``: of those
    that hold anything.
    """

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Cell:
        """The cell there; an empty one where nothing stands."""
        return self.cells.get((row, column)) or Cell(row, column)

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The rows that hold anything: their numbers, and their cells that do."""
        found: dict[int, list[Cell]] = {}
        for (row, _), cell in self.cells.items():
            found.setdefault(row, []).append(cell)
        for row in sorted(found):
            yield row, tuple(sorted(found[row], key=lambda cell: cell.column))

    def position(self, cell: Cell) -> Position:
        """Where a cell of it stands, as a problem says it: “明细.xlsx 支出明细!C7”."""
        sheet = f"{self.name}!" if self.name else ""
        return in_document(f"{self.file} {sheet}{cell.address}")


class Workbook(NamedTuple):
    """A file's sheets in their order."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """Those that a person sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)

    def named(self, name: str) -> Sheet | None:
        """The sheet of a name, blanks around it aside."""
        return next((sheet for sheet in self.sheets if sheet.name == name.strip()), None)


EMPTY_CELLS: Mapping[tuple[int, int], Cell] = MappingProxyType({})


def spread(sheet: Sheet, most: int = 500_000) -> Sheet:
    """The sheet with each merged block filled by the cell of its corner, which keeps its own address.

    Only within the rows and columns that hold anything, and no more than ``most`` cells: a block may be as large as a sheet.
    """
    if not sheet.merged or not sheet.cells:
        return sheet
    last_row, last_column = (max(places) for places in zip(*sheet.cells, strict=True))
    filled: dict[tuple[int, int], Cell] = {}
    for block in sheet.merged:
        corner = sheet.cells.get((block.top, block.left))
        if corner is None:
            continue
        for row in range(block.top, min(block.bottom, last_row) + 1):
            for column in range(block.left, min(block.right, last_column) + 1):
                filled[row, column] = corner
            if len(filled) > most:
                return sheet
    return sheet._replace(cells=dict(sorted({**filled, **sheet.cells}.items())))


def letters_of(column: int) -> str:
    """A column's letters: 1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(address: str) -> tuple[int, int] | None:
    """Row and column of an address such as C7; None where it is none."""
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", address)
    if found is None:
        return None
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if row <= MOST_ROWS and column <= MOST_COLUMNS else None


def column_of(letters: str) -> int:
    """A column's number: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
