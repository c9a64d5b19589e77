"""shuoming workbook never writes over what somebody filled in; its sheets are called what docs/改什么到哪里改.md says."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.tutorial import typed

BOOK = Path("output/2027/档案馆2027年填报表.xlsx")
DUTY = ("部门情况", [["分类", "项目", "填写"], ["职责机构", "预算范围", "本级预算"]])
WRONG = ("控制数", [["项目", "控制数"], ["总计", "一百"]])


@pytest.fixture(autouse=True)
def _begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "档案馆", "--folder", ".", "--year=2027", "--code=126"]) == 0
    assert main(["workbook", "2027"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("filled", [DUTY, WRONG], ids=["right", "wrong"])
def test_what_was_filled_in_stays(filled: tuple[str, list[list[str]]], capsys: pytest.CaptureFixture[str]) -> None:
    typed(BOOK, [filled])
    before = BOOK.read_bytes()
    assert main(["workbook", "2027"]) == 2
    assert f"里面填的还没有收回来，没有动它。先收回来：shuoming import {BOOK.as_posix()}" in capsys.readouterr().err
    assert BOOK.read_bytes() == before
    assert main(["workbook", "2027", "-o", "另一份.xlsx"]) == 0


def test_once_it_is_imported_a_new_one_is_written() -> None:
    typed(BOOK, [DUTY])
    assert main(["import", str(BOOK), "--yes"]) == 0
    assert main(["workbook", "2027"]) == 0


@pytest.mark.parametrize("data", [b"x", b""])
def test_another_file_stays(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    BOOK.write_bytes(data)
    assert main(["workbook", "2027"]) == 2
    assert BOOK.read_bytes() == data
    assert "填报表，没有动它。不要了，删去它再来" in capsys.readouterr().err


def test_where_to_edit_what_names_its_sheets() -> None:
    page = (ROOT / "docs" / "改什么到哪里改.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| [^|]+ \| (?:`data/2022/|同上)[^|]* \| ([^|]+) \|", page)
    assert main(["workbook", "2022", "--data", str(ROOT / "data"), "-o", "2022.xlsx"]) == 0
    sheets = openpyxl.load_workbook("2022.xlsx").sheetnames
    named = {name for row in rows for name in row.split("、")}
    assert len(rows) == 7 and named == {name for name in sheets if name not in ("说明", "填报下拉", "填报标记")}
