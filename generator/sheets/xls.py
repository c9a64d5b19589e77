"""An .xls (Excel 97–2003) as sheets. It stores formulas in a language of its own: their stored results are taken."""

from __future__ import annotations

from io import StringIO
from struct import error as StructError

from xlrd import error_text_from_code, open_workbook
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as OldSheet

from generator.model.problem import UsageError
from generator.sheets.formats import BUILT_IN
from generator.sheets.sheet import Cell, Range, Sheet
from generator.sheets.stored import Stored, value_cell
from generator.sheets.xlsx import MOST_CELLS

_ERROR, _TRUTH, _NUMBERS, _NOTHING = 5, 4, (2, 3), (0, 6)  # as xlrd numbers kinds of cells
LARGEST_XLS = 16 * 1024 * 1024
_BAD = "这个文件读不出来（已损坏，或不是 .xls），请用Excel或WPS打开，另存为 .xlsx 后重试。"
_SECTORS = b"\x09\0\x06\0"
"""How large the pieces of any such file are; of others xlrd would copy the whole file again and again."""
_PASSWORD = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_BROKEN = (
    StructError, LookupError, AssertionError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError,
)  # fmt: skip
"""What xlrd raises for a damaged file, beside its own."""


def read_xls(file: str, data: bytes) -> list[Sheet]:
    """The sheets in their order. Raises UsageError when it is no sound .xls, has a password, or is too large."""
    if any(word in data for word in _PASSWORD):
        raise UsageError("这个Excel文件有密码，没有读取；请在Excel或WPS里去掉密码，另存一份。")
    if len(data) > LARGEST_XLS:
        raise UsageError(f"这个 .xls 过大（最多{LARGEST_XLS >> 20} MB），请用Excel或WPS另存为 .xlsx 后重试。")
    if data[30:34] != _SECTORS:
        raise UsageError(_BAD)
    try:
        book = open_workbook(
            logfile=StringIO(), file_contents=data, formatting_info=True, ragged_rows=True, on_demand=False
        )
        found = [_sheet(file, book, sheet) for sheet in book.sheets()]
    except (XLRDError, CompDocError, *_BROKEN) as error:
        if "encrypted" in str(error):
            raise UsageError("这个Excel文件有密码，没有读取；请在Excel或WPS里去掉密码，另存一份。") from error
        raise UsageError(_BAD) from error
    if sum(len(sheet.cells) for sheet in found) > MOST_CELLS:
        raise UsageError(f"单元格过多（最多{MOST_CELLS}个有内容的），没有读取；请删去不要的表和行。")
    return found


def _sheet(file: str, book: Book, sheet: OldSheet) -> Sheet:
    cells = {
        (row + 1, column + 1): cell
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind not in _NOTHING and (cell := _cell(book, sheet, row, column)) is not None
    }
    hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    merged = tuple(Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    return Sheet(
        file,
        sheet.name.strip(),
        cells,
        sheet.visibility != 0,
        merged,
        frozenset(hidden_rows & {row for row, _ in cells}),
        frozenset(hidden_columns & {column for _, column in cells}),
    )


def _cell(book: Book, sheet: OldSheet, row: int, column: int) -> Cell | None:
    return value_cell(stored, row + 1, column + 1) if (stored := _stored(book, sheet, row, column)) else None


def _stored(book: Book, sheet: OldSheet, row: int, column: int) -> Stored | None:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == _ERROR:
        return Stored("e", error_text_from_code.get(int(value), "#N/A"))
    if kind == _TRUTH:
        return Stored("b", str(int(value)))
    text = repr(float(value)) if kind in _NUMBERS else str(value).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None
    style = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    named = book.format_map.get(style)
    code = BUILT_IN.get(style) or (named.format_str if named else "")
    code = "" if code.lower() in ("general", "@") else code
    return Stored("n" if kind in _NUMBERS else "str", text, code, book.datemode == 1)
