"""Made-up departments in every format: from one that has nothing to one that has everything, and words that mean something to a format."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

from generator.load.classification import NEWEST
from generator.model.document import Document, Heading, Paragraph, Run, TableBlock, TableRow
from generator.model.problem import UsageError
from generator.model.table_spec import FormCell
from generator.render.markdown import markdown
from generator.render.open_data.tables import resources_of
from generator.render.plain import plain_text
from generator.render.xlsx.render import render_xlsx
from generator.trial.departments import trials
from generator.work.check import make
from generator.work.formats import FORMATS
from generator.work.profile_check import codes_of
from generator.work.stages import Unread
from generator.work.workshop import Workshop
from tests.conftest import LATER, ROOT, SOAK
from tests.render.test_formats import check_markdown, check_plain_text, check_workbook, words
from tests.render.test_open_data import PACKAGE

WORDS = (
    "甲&乙<丙>\"丁\"'戊'", '=HYPERLINK("http://example.invalid")', "表情😀与𠮷", "A" * 400, "~下划线_与*星号*", "a|b\\|c", "1. 一",
    "_x0041_与\t制表", "+1", "-2", "@x", "第一行\n第二行", "027001", "1E5", "TRUE",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ["yibin", "上海", "江苏", "湖南", "北京", "四川", "上海决算", "通用"])
def test_every_made_up_department(name: str, tmp_path: Path) -> None:
    shop = Workshop(ROOT / "templates", name)
    profile = shop.profile(NEWEST, "")[0]
    assert profile is not None
    documents = 0
    some = tuple(trials(profile, NEWEST, codes_of(profile, NEWEST)))[:: 1 if SOAK else 15]
    for number, trial in enumerate(some):
        for file, text in trial.files.items():
            path = tmp_path / str(number) / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = make(shop, tmp_path / str(number), NEWEST)
        if isinstance(done, Unread):
            documents += 1
            check_markdown(done)
            check_plain_text(done)
            check_workbook(done)
            jsonschema.Draft202012Validator(PACKAGE).validate(json.loads(FORMATS["csv"].write(done).data))
    assert documents > 1


def odd(text: str) -> Document:
    """A document that says it everywhere."""
    cell = FormCell(text=text)
    rows = (TableRow((text, text), (None, None), (1, 1), (), "ll", cells=(cell, cell)),)
    form = TableBlock("form", text, "t1", (text, text), (), 0, "ll", rows, (text,), False, (1, 1))
    return Document(text, text, "目录", (), (), (Heading(2, "一、", text, "h1"), Paragraph((Run(text),)), form))


@pytest.mark.parametrize("text", WORDS)
def test_words_arrive_as_typed(text: str) -> None:
    document = odd(text)
    book = load_workbook(BytesIO(render_xlsx(document, ({},))))
    shown = [cell.value for row in book["表1"].iter_rows() for cell in row if cell.value is not None]
    assert shown == [text] * 6
    assert all(cell.data_type == "s" for row in book["表1"].iter_rows() for cell in row if cell.value is not None)
    cells = next(one for one in resources_of(document, {"form": ("", "")}, None) if one.name == "cells")
    assert [row[5] for row in cells.rows] == [text, text]
    assert words(plain_text(document)).count(words(text)) >= 7
    assert "\n\n" in markdown(document)


def test_a_document_without_tables() -> None:
    book = load_workbook(BytesIO(render_xlsx(Document("标题", "", "目录", (), (), ()), ())))
    assert book.sheetnames == ["目录"]


@pytest.mark.parametrize("number", [2, *(pytest.param(one, marks=LATER) for one in (40, 200))])
def test_a_wide_table_and_a_long_one(number: int) -> None:
    """More columns than letters, and more lines in a cell than a row may be high."""
    long = "很长的说明。" * number
    row = TableRow((long, *["1"] * number), (None,) * (number + 1))
    block = TableBlock("t", "表", "t1", None, (), 0, "l" * (number + 1), (row,) * number, (), True)
    document = Document("标题", "", "目录", (), (), (block,))
    sheet = load_workbook(BytesIO(render_xlsx(document, ({},))))["表1"]
    assert (sheet.max_row, sheet.max_column) == (number + 1, number + 1)
    assert all(height.height <= 409 for height in sheet.row_dimensions.values() if height.height)


def test_words_that_no_cell_holds_are_not_cut() -> None:
    with pytest.raises(UsageError, match="32767"):
        render_xlsx(odd("长" * 32768), ({},))
