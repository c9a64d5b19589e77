"""Tables as text files: CSV as Excel saves it, or columns between tabs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from generator.model.problem import UsageError
from generator.sheets.numbers import LOST_DIGITS, looks_lost
from generator.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Kind, Sheet

_SAMPLE = 50
_SIGNS = ",\t;"
_KEPT_AS_TEXT = r'^="([^"]*)"$'
"""How programs keep Excel from taking a code for a number."""


def decoded(data: bytes) -> str:
    """A text file in UTF-8, or as Excel saves it: GBK, or UTF-16 with its mark. Raises UsageError for others."""
    codings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for coding in codings:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UsageError("这不是Excel文件，也不是文本（.csv）；请用Excel或WPS打开，另存为 .xlsx 后重试。")


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The lines of a CSV file, or of a table with tabs or semicolons, by the number of the line they end on.

    Raises UsageError for what is none of these.
    """
    import csv
    from io import StringIO

    reader = csv.reader(StringIO(text), delimiter=_sign(text))
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UsageError("这个文件不是表格：有一格太长，或引号没有成对。") from error


def sheet_of(file: str, text: str) -> Sheet:
    """A text file as a sheet without a name; every cell is a text, as typed, or as ="045001" means to be."""
    cells: dict[tuple[int, int], Cell] = {}
    for row, (_, texts) in enumerate(rows_of(text)[:MOST_ROWS], 1):
        for column, typed in enumerate(texts[:MOST_COLUMNS], 1):
            words = re.sub(_KEPT_AS_TEXT, r"\1", typed)
            if words.strip():
                problem = LOST_DIGITS if looks_lost(words) else ""
                cells[row, column] = Cell(row, column, words, Kind.TEXT, problem=problem)
    return Sheet(file, "", cells)


def _sign(text: str) -> str:
    """What stands between columns: the sign that cuts most of the first lines into as many pieces (more than one)."""
    import csv

    lines = list(islice((line for line in text.split("\n") if line.strip()), _SAMPLE))

    def cut(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return times, width

    try:
        return max(_SIGNS, key=cut)
    except csv.Error:
        return ","
