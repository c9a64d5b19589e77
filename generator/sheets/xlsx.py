"""An .xlsx as sheets: each part read once, in a stream, through the door for packages of others.

Written on the standard library: a cell's stored text is needed to the digit and beside its formula, and files that
programs write (不规范的样式、没有目录) must come in all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.problem import UsageError
from generator.opc import Package
from generator.sheets.adding import moved
from generator.sheets.formats import BUILT_IN
from generator.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Kind, Range, Sheet, place_of
from generator.sheets.stored import Stored, value_cell

MOST_CELLS = 500_000
"""That hold anything, in a whole workbook."""
MOST_SHEETS = 200
NO_RESULT = "公式没有存下结果"
_LONGEST = 32_767
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class _Styles(NamedTuple):
    """What cells refer to: texts by their number, number formats by style, whether days count from 1904."""

    texts: list[str]
    formats: list[str]
    from_1904: bool


class _Raw(NamedTuple):
    """A cell as stored."""

    kind: str
    text: str | None
    formula: str
    style: int


def read_xlsx(file: str, data: bytes) -> list[Sheet]:
    """The sheets in their order, formulas with the results stored for them.

    Raises UsageError when it is no sound .xlsx, has no sheets, or holds more than anybody types.
    """
    try:
        package = Package(data)
        found = list(islice(_sheets(file, package), MOST_SHEETS + 1))
    except (UsageError, ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, _TooLarge):
            raise UsageError(str(error)) from error
        remedy = "请用Excel或WPS打开，另存为 .xlsx 后重试"
        raise UsageError(f"这个Excel文件读不出来（已损坏、有密码、过大，或不是 .xlsx），{remedy}。") from error
    if len(found) > MOST_SHEETS:
        raise UsageError(f"工作表过多（最多{MOST_SHEETS}个），没有读取。")
    return found


class _TooLarge(UsageError):
    """More than anybody types."""


def _sheets(file: str, package: Package) -> Iterator[Sheet]:
    links = {link.name: link for link in package.links(package.main)}
    styles, sheets = None, []
    from_1904 = False
    for element in _root(package, package.main).iter():
        if _tag(element) == "sheet":
            sheets.append(element)
        elif _tag(element) == "workbookPr":
            from_1904 = element.get("date1904", "0") in ("1", "true")
    if not sheets:
        raise ValueError("no sheets")
    left = MOST_CELLS
    for sheet in sheets:
        link = links[next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")]
        if link.kind != "worksheet":
            continue  # a chart, a macro's dialog
        styles = styles or _Styles(_texts(package), _formats(package), from_1904)
        name, hidden = sheet.get("name", "").strip(), sheet.get("state", "visible") != "visible"
        read = _Reading(styles, left).sheet(file, name, package.xml(link.part))
        left -= len(read.cells)
        yield read._replace(hidden=hidden)


def _root(package: Package, name: str) -> Element:
    return ElementTree.fromstring(package.xml(name))  # noqa: S314 - no entities: refused at the door


def _texts(package: Package) -> list[str]:
    return [
        _words(item)
        for part in package.linked(package.main, "sharedStrings")[:1]
        for item in _root(package, part)
        if _tag(item) == "si"
    ]


def _formats(package: Package) -> list[str]:
    """The number format of each style of cells."""
    named: dict[int, str] = {}
    formats: list[str] = []
    for part in package.linked(package.main, "styles")[:1]:
        for element in _root(package, part):
            for item in element:
                if _tag(element) == "numFmts":
                    named[_whole(item.get("numFmtId"))] = item.get("formatCode", "")
                elif _tag(element) == "cellXfs":
                    number = _whole(item.get("numFmtId"))
                    formats.append(named.get(number, BUILT_IN.get(number, "")))
    return ["" if code.lower() in ("general", "@") else code for code in formats]


class _Reading:
    """A sheet being read, row by row."""

    def __init__(self, styles: _Styles, most: int) -> None:
        self._styles, self._most = styles, most
        self._cells: dict[tuple[int, int], Cell] = {}
        self._shared: dict[str, tuple[int, int, str]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[Range] = []
        self._row = 0

    def sheet(self, file: str, name: str, data: bytes) -> Sheet:
        """The whole sheet."""
        holder: Element | None = None
        for event, element in ElementTree.iterparse(BytesIO(data), ("start", "end")):  # noqa: S314 - as above
            tag = _tag(element)
            if event == "start":
                holder = element if tag == "sheetData" else holder
            elif tag == "row":
                self._take_row(element)
                if holder is not None:
                    holder.clear()
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                self._hidden_columns.append((_whole(element.get("min")), _whole(element.get("max"))))
            elif tag == "mergeCell":
                self._merged += [block] if (block := range_of(element.get("ref", ""))) else []
        columns = {column for _, column in self._cells}
        hidden = {column for column in columns if any(low <= column <= high for low, high in self._hidden_columns)}
        cells = dict(sorted(self._cells.items()))
        return Sheet(file, name, cells, False, tuple(self._merged), frozenset(self._hidden_rows), frozenset(hidden))

    def _take_row(self, row: Element) -> None:
        self._row = int(row.get("r", self._row + 1))
        column, before = 0, len(self._cells)
        if not 0 < self._row <= MOST_ROWS:
            raise ValueError("row")
        for cell in row:
            if _tag(cell) != "c":
                continue
            place = place_of(cell.get("r", ""))
            column = place[1] if place else column + 1
            taken = self._cell(self._row, column, _raw(cell, self._formula(cell, column))) if len(cell) else None
            if taken is not None and column <= MOST_COLUMNS:
                self._cells[self._row, column] = taken
        if len(self._cells) > self._most:
            raise _TooLarge(f"单元格过多（最多{MOST_CELLS}个有内容的），没有读取；请删去不要的表和行。")
        if len(self._cells) > before and row.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._row)

    def _formula(self, cell: Element, column: int) -> str:
        """A cell's formula; one that is shared between cells is written once, for the first of them."""
        element = next((item for item in cell if _tag(item) == "f"), None)
        if element is None:
            return ""
        text, name = (element.text or "").strip(), element.get("si", "")
        if element.get("t") != "shared" or not name:
            return text or ("{}" if element.get("t") else "")
        if text:
            self._shared[name] = (self._row, column, text)
        row, start, text = self._shared.get(name, (self._row, column, "{}"))
        return moved(text, self._row - row, column - start)

    def _cell(self, row: int, column: int, raw: _Raw) -> Cell | None:
        """A stored cell as a person sees it; None for one that holds nothing."""
        text = raw.text or ""
        if raw.kind == "s":
            text = self._styles.texts[int(text)] if text.strip() else ""
        if not text.strip() and not raw.formula:
            return None
        code = self._styles.formats[raw.style] if 0 <= raw.style < len(self._styles.formats) else ""
        if raw.formula and (raw.text is None or (not text and raw.kind != "str")):
            return Cell(row, column, "", Kind.FORMULA, None, code, raw.formula, NO_RESULT)
        stored = Stored(raw.kind, text[:_LONGEST], code, self._styles.from_1904)
        return value_cell(stored, row, column)._replace(formula=raw.formula)


def range_of(reference: str) -> Range | None:
    """The block of “A1:C7”; None where it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return Range(*start, *end) if start and end and start <= end else None


def _raw(cell: Element, formula: str) -> _Raw:
    kind, style = cell.get("t", "n"), _whole(cell.get("s"))
    if kind == "inlineStr":
        return _Raw("str", "".join(_words(item) for item in cell if _tag(item) == "is"), formula, style)
    value = next((item for item in cell if _tag(item) == "v"), None)
    text = None if value is None else value.text or ""
    return _Raw(kind, _unescaped(text) if text and kind == "str" else text, formula, style)


def _words(item: Element) -> str:
    """A text without the reading aids that stand above it."""
    if _tag(item) == "rPh":
        return ""
    own = _unescaped(item.text or "") if _tag(item) == "t" else ""
    return own + "".join(_words(child) for child in item)


def _unescaped(text: str) -> str:
    """Signs that XML can't hold, as Excel writes them (_x000D_), and one kind of line ends."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
