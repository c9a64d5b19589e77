"""Workbooks as another program recalculates them: every total comes to what we wrote."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from generator.work.report import Wanted, every_edition
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.libreoffice import resaved
from tests.render.test_formats import EXAMPLES

Values = dict[tuple[str, str], object]


def values_of(data: bytes) -> Values:
    book = load_workbook(BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def without_values(data: bytes) -> bytes:
    """The workbook with no formula's value kept: who shows one has worked it out."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(found, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if "worksheets/sheet" in info.filename:
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            new.writestr(info.filename, content)
    return found.getvalue()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_every_total_comes_out_again(tmp_path: Path) -> None:
    """Of all places, the department's and each unit's, where LibreOffice adds up alone."""
    ours: dict[str, Values] = {}
    for folder, profile, year in EXAMPLES:
        shop = Workshop(ROOT / "templates", profile)
        for made in every_edition(shop, ROOT / folder, year, Wanted("xlsx")):
            assert made.files or made.unit  # not every example types what a 单位版 asks
            for file in made.files.values():
                name = f"{profile}{made.unit}.xlsx"
                ours[name] = values_of(file.data)
                emptied = without_values(file.data)
                assert values_of(emptied) != ours[name]
                (tmp_path / name).write_bytes(emptied)
    assert len(ours) > len(EXAMPLES)
    for name, data in resaved(sorted(tmp_path.glob("*.xlsx")), tmp_path, "xlsx").items():
        theirs = values_of(data)
        assert theirs.keys() == ours[name].keys()
        for place, value in ours[name].items():
            assert same(theirs[place], value), (name, place, theirs[place], value)


def same(one: object, other: object) -> bool:
    """Words alike; numbers alike in cents: a sum of binary fractions has a tail."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(Decimal(repr(one)) - Decimal(repr(other))) < Decimal("0.000001")
