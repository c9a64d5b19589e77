"""The board's workbook, read by a program that shares nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from generator.model.board import Board
from generator.render.board import workbook
from generator.render.board.tables import TABLES
from generator.render.board.workbook import board_workbook
from tests.boards import odd_board
from tests.conftest import ROOT, Golden


def read(board: Board) -> Workbook:
    return load_workbook(BytesIO(board_workbook(board)))


def test_the_workbook_as_text(golden: Golden) -> None:
    golden(ROOT / "tests" / "golden" / "board-workbook.txt", "".join(f"{line}\n" for line in lines(read(odd_board()))))


def test_a_sheet_says_how_far_it_goes() -> None:
    """Programs that read row by row believe it."""
    book = load_workbook(BytesIO(board_workbook(odd_board())), read_only=True)
    assert [book[name].calculate_dimension() for name in ("应收清单", "问题明细")] == ["A1:T7", "A1:H4"]


def lines(book: Workbook) -> Iterator[str]:
    for sheet in book:
        yield f"# {sheet.title} {sheet.auto_filter.ref or ''} {sheet.freeze_panes or ''}".rstrip()
        for row in sheet.iter_rows():
            yield " | ".join(map(_shown, row)).rstrip(" |")


def _shown(cell: Cell) -> str:
    """A number as it is kept and how it is written, words in quotes, where a link leads."""
    if cell.value is None:
        return ""
    if cell.data_type == "n":
        return f"{cell.value!r}{'%' if '%' in cell.number_format else ''}"
    link = cell.hyperlink and (cell.hyperlink.target or cell.hyperlink.location)
    return f"“{cell.value}”" + (f" → {link}" if link else "") + (" 公式" if cell.data_type == "f" else "")


def test_the_same_bytes_each_time_and_a_sheet_of_nothing() -> None:
    board = Board("空", 2027, "2027-03-02 18:00:05", "2027-03-02 18:00:06", False)
    assert board_workbook(board) == board_workbook(board)
    book = read(board)
    assert book.sheetnames == ["总览", *(table.name for table in TABLES)]
    assert [sheet.max_row for sheet in book][1:] == [1] * len(TABLES)


def test_a_sheet_holds_only_so_many_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_LINKS", 4)
    sheet = read(odd_board())["应收清单"]
    assert [sheet[f"{column}3"].value for column in "QR"] == ["文档", "乙.html"] and not sheet["R3"].hyperlink
