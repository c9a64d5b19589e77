"""一图读懂 in a browser: no line is cut on a phone, one sheet on paper, dots in the size that is promised."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from generator.model.picture import Picture
from generator.render.picture.browser import picture_pdf, picture_png
from generator.render.picture.page import picture_html
from tests.pictures import picture_of
from tests.render.picture.test_picture import _FEW, _FULL
from tests.runs import Run

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("drawn", [_FEW, _FULL], ids=["nothing", "everything"])
@pytest.mark.parametrize("wide", [360, 768, 1200])
def test_nothing_is_wider_than_the_window(opened: Page, drawn: Picture, wide: int, tmp_path: Path) -> None:
    page = tmp_path / "picture.html"
    page.write_text(picture_html(drawn), encoding="utf-8")
    opened.set_viewport_size({"width": wide, "height": 800})
    opened.goto(page.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= wide
    cut = (
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert opened.evaluate(cut) == 0


@pytest.mark.parametrize("full", [False, True])
def test_it_is_printed_on_one_sheet(run_2022: Run, full: bool) -> None:
    drawn = _FULL if full else picture_of(run_2022)
    data = picture_pdf(drawn)
    reader = PdfReader(BytesIO(data))
    assert len(reader.pages) == 1
    assert reader.metadata and reader.metadata.title == drawn.whole_title
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True and catalog["/Lang"] == "zh-CN"
    assert full or picture_pdf(drawn) == data


def test_dots_are_as_many_as_is_promised(run_2022: Run) -> None:
    drawn = picture_of(run_2022)
    data = picture_png(drawn)
    assert struct.unpack(">II", data[16:24]) == (1588, 2246)
    assert picture_png(drawn) == data
