"""What formulas that only add say: cells, numbers, + and −, brackets, and SUM over ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Range, column_of, letters_of

_TOKEN = re.compile(
    r"""\s*(?:(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>[0-9]{1,7})
        (?::\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?(?![\w(])
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![\w%])
      | (?P<sign>SUM\(|[-+(),]))\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"""('[^']*'|"[^"]*")|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(!.])""",
)
_DEEPEST = 20
_LONGEST = 8192  # Excel's own limit


class Operand(NamedTuple):
    """What is added or (``sign`` −1) taken away: a number, or where ``cells`` is given those of a sheet (empty: its own).

    ``summed``: by SUM, which passes over texts.
    """

    sign: int
    number: Decimal
    sheet: str = ""
    cells: Range | None = None
    summed: bool = False


class NotAdding(Exception):
    """The formula does more than add."""


def operands_of(formula: str) -> tuple[Operand, ...]:
    """What a formula adds. Raises NotAdding for one that does more than that."""
    return tuple(_Words(formula).all())


class _Words:
    """A formula being read from its beginning."""

    def __init__(self, formula: str) -> None:
        self._formula, self._place, self._depth = formula, 0, 0
        if len(formula) > _LONGEST:
            raise NotAdding

    def all(self) -> Iterator[Operand]:
        """The whole formula."""
        yield from self._sum(1, False)
        if self._place < len(self._formula):
            raise NotAdding

    def _sum(self, sign: int, summed: bool) -> Iterator[Operand]:
        """Terms with + and − between them."""
        own = sign * self._signs()
        yield from self._term(own, summed)
        while self._next() in ("+", "-"):
            own = sign * self._signs()
            yield from self._term(own, summed)

    def _signs(self) -> int:
        sign = 1
        while (found := self._next()) in ("+", "-"):
            self._take()
            sign = -sign if found == "-" else sign
        return sign

    def _term(self, sign: int, summed: bool) -> Iterator[Operand]:
        found = self._take()
        opening = (found["sign"] or "").upper()
        if not opening:
            yield _operand(found, sign, summed)
        elif opening in ("(", "SUM(") and self._depth < _DEEPEST:
            self._depth += 1
            yield from self._sum(sign, opening != "(")
            while opening != "(" and self._next() == ",":
                self._take()
                yield from self._sum(sign, True)
            if (self._take()["sign"] or "") != ")":
                raise NotAdding
            self._depth -= 1
        else:
            raise NotAdding

    def _next(self) -> str:
        found = _TOKEN.match(self._formula, self._place)
        return (found["sign"] or "") if found else ""

    def _take(self) -> re.Match[str]:
        found = _TOKEN.match(self._formula, self._place)
        if found is None:
            raise NotAdding
        self._place = found.end()
        return found


def _operand(found: re.Match[str], sign: int, summed: bool) -> Operand:
    if found["bottom"] and not summed:
        raise NotAdding
    if found["number"]:
        return Operand(sign, Decimal(found["number"]))
    name = (found["sheet"] or "")[:-1]
    name = name[1:-1].replace("''", "'") if name.startswith("'") else name
    top, left = int(found["top"]), column_of(found["left"])
    bottom, right = (int(found["bottom"]), column_of(found["right"])) if found["bottom"] else (top, left)
    block = Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return Operand(sign, Decimal(0), name.strip(), block, summed)


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads so many rows further down and columns to the right; what $ fixes stays."""

    def shifted(found: re.Match[str]) -> str:
        quoted, fixed_column, letters, fixed_row, row = found.groups()
        if quoted:
            return str(quoted)
        column = column_of(letters) + (0 if fixed_column else columns)
        line = int(row) + (0 if fixed_row else rows)
        if not (0 < column <= MOST_COLUMNS and 0 < line <= MOST_ROWS):
            return "#REF!"
        return f"{fixed_column}{letters_of(column)}{fixed_row}{line}"

    return _REFERENCE.sub(shifted, formula)
