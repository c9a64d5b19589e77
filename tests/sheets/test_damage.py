"""Damaged workbooks come in or are refused in one line: nothing else happens, and not for long."""

from __future__ import annotations

import random
import time
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from generator.model.problem import UsageError
from generator.sheets.read import read_workbook
from tests.conftest import SOAK
from tests.sheets.test_read import workbook

OLD = Path(__file__).with_name("old.xls")
"""An .xls that LibreOffice saved: a few cells of each kind, a formula, a merged head."""


def made() -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("明细")
        sheet.write_row("A1", ["功能科目", "金额", 2080101, 12.5])
        sheet.write_formula("B3", "=SUM(D1,D1)")
        sheet.merge_range("A5:B6", "合计")
    return data.getvalue()


def damaged(data: bytes, lot: random.Random) -> bytes:
    """A few bytes changed, left out or doubled; of a package, as often as not, those of an unpacked part."""
    found = bytearray(data)
    for _ in range(lot.randint(1, 6)):
        place = lot.randrange(len(found))
        match lot.randrange(4):
            case 0:
                found[place] = lot.randrange(256)
            case 1:
                del found[place : place + lot.randint(1, 40)]
            case 2:
                found[place:place] = found[place : place + lot.randint(1, 40)]
            case _:
                found[place : place + 4] = lot.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
    return bytes(found)


SEEDS = range(5000) if SOAK else range(20)


@pytest.mark.parametrize("name", ["甲.xlsx", "甲.xls", "XML"])
def test_a_damaged_workbook_comes_in_or_is_refused(name: str) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>12.5</v></c><c r="B1" t="s"><v>0</v></c><c r="C1"><f>SUM(A1:B1)</f></c></row>'
    start = time.process_time()
    for seed in SEEDS:
        lot = random.Random(seed)
        if name == "XML":
            data = workbook(damaged(rows.encode(), lot).decode("latin-1"), "<si><t>a</t></si>")
        else:
            data = damaged(made() if name == "甲.xlsx" else OLD.read_bytes(), lot)
        try:
            read_workbook(name, data)
        except UsageError as refused:
            assert "\n" not in str(refused)
    assert time.process_time() - start < 0.2 * len(SEEDS)
