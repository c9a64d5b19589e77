"""A Board into the bytes of a workbook: 总览 in words, and a sheet a table, whose numbers are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from generator.model.board import Board
from generator.render.board.long_sheet import LongSheet
from generator.render.board.tables import TABLES, Column, Link, Rate, Row, Table, Value
from generator.render.board.words import headline, ran, title
from generator.render.xlsx.looks import Look, Looks
from generator.render.xlsx.sizes import height

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - written as it is: the same bytes each time
_MOST_LINKS, _LONGEST = 60_000, 2000
"""A sheet holds 65,530 links, and a cell 32,767 letters."""
_LOOKS = {
    "text": Look(framed=False), "count": Look("r", framed=False, pattern="#,##0"), "money": Look("r", framed=False, pattern="#,##0.00"),
    "rate": Look("r", framed=False, pattern="0.00%"), "link": Look("c", framed=False, link=True),
}  # fmt: skip
_ODD = frozenset(' "#%<>?[\\]^`{|}')


def board_workbook(board: Board) -> bytes:
    """The workbook; the same bytes from the same board."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title(board), "created": _MADE})
    looks = Looks(book)
    _front(book.add_worksheet("总览"), looks, board)
    for table in TABLES:
        _Sheet(book.add_worksheet(table.name, LongSheet), looks, table).write(board)
    book.close()
    return file.getvalue()


def _front(sheet: Any, looks: Looks, board: Board) -> None:
    """The sentences, how many departments stand where, and what each sheet is called."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, title(board), looks.of(Look("l", 16, heavy=True, framed=False, pattern="General")))
    sheet.set_row(0, 30)
    words = looks.of(Look(framed=False, pattern="General"))
    row = 1
    for said in (*headline(board), ran(board)):
        sheet.write_string(row, 0, said, words)
        row += 1
    row = _pairs(sheet, looks, row + 1, ("状态", "部门"), board.states.items())
    notes = [(one.name, one.note) for one in board.departments if one.note]
    row = _pairs(sheet, looks, row + 1, ("没有做成的部门", "原因"), notes) if notes else row
    for at, table in enumerate(TABLES, row + 1):
        sheet.write_url(at, 0, f"internal:'{table.name}'!A1", looks.of(Look(link=True, framed=False)), table.name)
    _paper(sheet)


def _pairs(sheet: Any, looks: Looks, row: int, heads: tuple[str, str], rows: Iterable[tuple[str, str | int]]) -> int:
    """A table of two columns; the row below it."""
    for column, head in enumerate(heads):
        sheet.write_string(row, column, head, looks.of(Look(bold=True, filled=True)))
    for row, (name, value) in enumerate(rows, row + 1):  # noqa: B020, PLR1704 - the row goes on
        sheet.write_string(row, 0, name, looks.of(_LOOKS["text"]))
        if isinstance(value, int):
            sheet.write_number(row, 1, value, looks.of(Look(framed=False, pattern="#,##0")))
        else:
            sheet.write_string(row, 1, value, looks.of(_LOOKS["text"]))
    return row + 1


class _Sheet:
    """A sheet being written."""

    def __init__(self, sheet: Any, looks: Looks, table: Table) -> None:
        self.sheet, self.looks, self.table = sheet, looks, table
        self.formats = [looks.of(_LOOKS[column.kind]) for column in table.columns]
        self.links = 0

    def write(self, board: Board) -> None:
        """Heads, rows, and sums below."""
        sheet, columns = self.sheet, self.table.columns
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, self.looks.of(Look("c", bold=True, filled=True)))
        sheet.set_row(0, height(1))
        rows = list(self.table.rows(board))
        if all(column.kind == "text" for column in columns):
            sheet.write_words([[str(value)[:_LONGEST] for value in row] for row in rows], self.formats[0])
        else:
            self._cells(rows)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
            self._sums(columns, rows)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})
        _paper(sheet)

    def _cells(self, rows: Sequence[Row]) -> None:
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if value is not None and value != "":
                    self._cell(number, at, value)

    def _cell(self, row: int, at: int, value: Value) -> None:
        look = self.formats[at]
        if isinstance(value, str):
            self.sheet.write_string(row, at, value[:_LONGEST], look)
        elif isinstance(value, Link):
            self._link(row, at, value)
        elif isinstance(value, Rate):
            self.sheet.write_number(row, at, value.part / value.whole, look)
        elif value is not None:
            self.sheet.write_number(row, at, _shown(self.table.columns[at], value), look)

    def _link(self, row: int, at: int, link: Link) -> None:
        self.links += 1
        if self.links > _MOST_LINKS:
            self.sheet.write_string(row, at, link.name, self.looks.of(_LOOKS["text"]))
            return
        path = "/".join((link.key, link.name))
        address = "".join(
            quote(sign) if sign in _ODD else sign for sign in path
        )  # as Excel writes it: only what is odd in an address
        self.sheet.write_url(row, at, f"external:{address}", self.formats[at], link.words)

    def _sums(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Of the rows that a filter shows."""
        last = len(rows)
        if not any(column.summed for column in columns):
            return
        self.sheet.write_string(last + 1, 0, "合计", self.looks.of(Look(bold=True, framed=False)))
        money = next((at for at, column in enumerate(columns) if column.summed and column.kind == "money"), None)
        unknown = 0 if money is None else sum(row[money] is None for row in rows)
        if unknown:
            self.sheet.write_string(last + 1, 1, f"{unknown}个没有数，没有算进去", self.looks.of(_LOOKS["text"]))
        for at, column in enumerate(columns):
            if column.summed and any(isinstance(row[at], int) for row in rows):  # what nobody knows does not come to 0
                total = sum(value for row in rows if isinstance(value := row[at], int))
                formula = f"=SUBTOTAL(9,{xl_range(1, at, last, at)})"
                self.sheet.write_formula(last + 1, at, formula, self.formats[at], _shown(column, total))


def _shown(column: Column, value: int) -> float:
    """A count as it is, 分 as 万元."""
    return value / 1_000_000 if column.kind == "money" else value


def _paper(sheet: Any) -> None:
    sheet.hide_gridlines(0)  # they are printed, too: cells have no frames, so that empty ones need not be written
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&L&A&R第&P页，共&N页")
