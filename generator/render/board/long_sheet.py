"""A sheet of many rows of words, which are written as they are: tens of thousands of problems took four fifths of a workbook's time, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_SIGNS = re.compile("[&<>\0-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class LongSheet(Worksheet):  # type: ignore[misc] # it comes without types
    """A worksheet to which rows of words can be added below what is written cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[Sequence[Sequence[str]], Any] = ((), None)

    def write_words(self, rows: Sequence[Sequence[str]], look: Any) -> None:
        """All the rows of the sheet below its first, in this format; an empty text is no cell."""
        self._words = rows, look
        if rows:
            self._check_dimensions(len(rows), len(rows[0]) - 1)

    def _write_rows(self) -> None:
        """The last step of xlsxwriter: first what it has itself."""
        super()._write_rows()
        rows, look = self._words
        if rows:
            letters = [xl_col_to_name(at) for at in range(len(rows[0]))]
            self.fh.write(
                "".join(_row(number, row, letters, look._get_xf_index()) for number, row in enumerate(rows, 2))
            )


def _row(number: int, row: Iterable[str], letters: Iterable[str], look: int) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{_SIGNS.sub(_sign, text)}</t></is></c>'
        for letter, text in zip(letters, row, strict=True)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _sign(found: re.Match[str]) -> str:
    """As Excel writes it: a control sign by its number, and what looks like one so that it is none."""
    sign = found[0]
    if sign in _ENTITIES:
        return _ENTITIES[sign]
    return f"_x{ord(sign):04X}_" if len(sign) == 1 else f"_x005F{sign}"
