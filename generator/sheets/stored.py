"""A stored value into a cell as a person sees it: the same for every kind of file."""

from __future__ import annotations

from typing import NamedTuple

from generator.sheets.formats import AFTER_1900, is_date, shown
from generator.sheets.numbers import LOST_DIGITS, looks_lost, lost_digits, stored_number
from generator.sheets.sheet import Cell, Kind


class Stored(NamedTuple):
    """A stored value; ``kind`` as .xlsx names it: n, e, b, d, anything else is a text."""

    kind: str
    text: str
    format: str = ""
    from_1904: bool = False


def value_cell(stored: Stored, row: int, column: int) -> Cell:
    """A cell of a stored value."""
    kind, text, code = stored.kind, stored.text, stored.format
    if kind == "e":
        return Cell(row, column, text, Kind.ERROR, None, code, "", f"单元格是错误值{text}")
    if kind == "b":
        return Cell(row, column, "TRUE" if text.strip() in ("1", "true") else "FALSE", Kind.TEXT, None, code)
    if kind == "d":
        return Cell(row, column, text.partition("T")[0], Kind.DATE, None, code)
    number = stored_number(text) if kind == "n" else None
    if number is None:
        problem = LOST_DIGITS if looks_lost(text) else ""
        return Cell(row, column, text, Kind.TEXT, None, code, "", problem)
    lost = LOST_DIGITS if lost_digits(number) else ""
    found = Kind.DATE if code and is_date(code) else Kind.NUMBER
    serial = number + AFTER_1900 if stored.from_1904 and found is Kind.DATE else number
    return Cell(row, column, shown(number, code, stored.from_1904), found, serial, code, "", lost)
