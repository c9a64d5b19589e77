"""A workbook that another program saved comes back the same; and what we keep for formulas is what that program works out."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from generator.filling.mark import mark_in, mark_of
from generator.filling.write import workbook_of
from generator.sheets.read import read_workbook
from generator.sheets.sheet import Workbook
from generator.work.filling import is_filled
from generator.work.handed import Given
from tests.filling.departments import ground, returned
from tests.libreoffice import resaved

_SOME = ("data/2022", "examples/jiangsu/2019", "examples/shanghai-final/2024", "examples/sichuan/2025")


@pytest.mark.slow
@pytest.mark.libreoffice
def test_what_libreoffice_saves_comes_back(tmp_path: Path) -> None:
    files = {f"{number}.xlsx": folder for number, folder in enumerate(_SOME)}
    for name, folder in files.items():
        (tmp_path / name).write_bytes(workbook_of(ground(folder), mark_of(ground(folder), "x")))
    paths = [tmp_path / name for name in files]
    for ending in ("xlsx", "xls"):
        for name, data in resaved(paths, tmp_path, ending).items():
            its = ground(files[name])
            back, desk = returned(its, data)
            assert [*desk.problems, *desk.remarks] == [], (ending, files[name])
            assert back == its.trees, (ending, files[name])
            assert mark_in(read_workbook(name, data)) == mark_of(its, "x")
            assert is_filled([Given(tmp_path / name, data)])


@pytest.mark.slow
@pytest.mark.libreoffice
def test_live_sums_are_what_libreoffice_works_out(tmp_path: Path) -> None:
    """Without the kept values, so that it can't but compute them."""
    for number, folder in enumerate(_SOME):
        data = workbook_of(ground(folder), mark_of(ground(folder), "x"))
        (tmp_path / f"{number}.xlsx").write_bytes(_without_values(data))
    worked = resaved(sorted(tmp_path.glob("*.xlsx")), tmp_path, "xlsx")
    for number, folder in enumerate(_SOME):
        ours = _sums(read_workbook("x.xlsx", workbook_of(ground(folder), mark_of(ground(folder), "x"))))
        theirs = _sums(read_workbook("x.xlsx", worked[f"{number}.xlsx"]))
        assert ours == theirs, folder
        assert len(ours) > 20 and any(ours.values())


def _without_values(data: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", part) if "worksheets/" in name else part)
    return out.getvalue()


def _sums(book: Workbook) -> dict[str, Decimal]:
    """The cells of formulas, by sheet and address."""
    return {
        f"{sheet.name}!{cell.address}": cell.number or Decimal(0)
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.formula and sheet.name in ("支出明细", "控制数")
    }
