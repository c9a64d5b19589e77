"""What LibreOffice makes of a workbook comes in as the same cells.

An .xls keeps the stored results of its formulas: LibreOffice computes no sum again when it opens another program's file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from generator.model.problem import UsageError
from generator.sheets.read import read_workbook, workbook_at
from generator.sheets.sheet import Workbook
from tests.libreoffice import saved_as

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


def _made(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        money, code = book.add_format({"num_format": '#,##0.00"万元"'}), book.add_format({"num_format": "0000000"})
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet("明细")
        sheet.merge_range("A1:C1", "单位：万元")
        rows = (
            ("027001", text),
            ("行政运行\n（本级）", None),
            (2080101, code),
            (1234.567, money),
            (46023, day),
            (0.1 + 0.2, None),
        )
        for column, (value, form) in enumerate(rows):
            sheet.write(2, column, value, form)
        sheet.write_formula("D4", "=SUM(D3,F3)", money, 1234.867)
        sheet.write_formula("E4", "=D3-F3", None, 1234.267)
        sheet.write("IV9", "尾")
        sheet.set_row(2, None, None, {"hidden": True})
        book.add_worksheet("藏").hide()


def _seen(book: Workbook) -> list[object]:
    return [
        (sheet.name, sheet.hidden, [(cell.address, cell.text, cell.kind, cell.number) for cell in sheet.cells.values()],
         list(map(str, sheet.merged)), sheet.hidden_rows)
        for sheet in book.sheets
    ]  # fmt: skip


def test_xlsx_and_xls_say_the_same_and_ods_is_refused(tmp_path: Path) -> None:
    made = tmp_path / "明细.xlsx"
    _made(made)
    before = _seen(workbook_at(made))
    assert _seen(read_workbook("明细.xlsx", saved_as(made, "xlsx", tmp_path))) == before
    assert _seen(read_workbook("明细.xls", saved_as(made, "xls", tmp_path))) == before
    with pytest.raises(UsageError, match=r"是 \.ods 文件，没有读取；请用Excel或WPS打开，另存为"):
        read_workbook("明细.ods", saved_as(made, "ods", tmp_path))
