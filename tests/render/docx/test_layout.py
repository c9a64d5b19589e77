"""Headings: no single character on a line of its own where a little less would hold it."""

from __future__ import annotations

import pytest

from generator.model.document import Document, Heading, Paragraph, TableBlock
from generator.model.document import Run as Words
from generator.render.docx.flow import around
from generator.render.docx.laid import LaidText
from generator.render.docx.layout import lay_out
from generator.render.docx.master import open_master
from generator.render.docx.render import Rendered
from tests import docx_reading
from tests.runs import Run

EMPTY = Document("说明", "说明", "目录", (), (), ())


@pytest.mark.parametrize(
    ("text", "spacing"),
    [("一" * 25, None), ("一" * 26, -5), ("一" * 27, None), ("一" * 53, -5), ("一" * 52, None), ("（2022）" + "一" * 21, None)],
    ids=["one line", "a character alone", "two alone", "a third line", "two lines", "fits"],
)  # fmt: skip
def test_a_heading_gives_up_a_quarter_of_a_point(run_2022: Run, text: str, spacing: int | None) -> None:
    """Indented by two, its first line holds twenty-five characters, the others twenty-seven."""
    assert run_2022.profile is not None
    master = open_master(run_2022.profile.master)
    document = EMPTY._replace(blocks=(Heading(2, "", text, "a"),))
    [section] = lay_out(document, master, master.styles).sections
    [item] = section.items
    assert isinstance(item, LaidText)
    assert (item.letters.extra if item.letters else None) == spacing


def test_the_heading_is_written_so(rendered_2022: Rendered) -> None:
    headings = [item for item in docx_reading.body_of(rendered_2022.data) if docx_reading.style_of(item) == "Heading2"]
    spaced = {docx_reading.text_of(item) for item in headings if any("spacing" in part.tag for part in item.iter())}
    assert spaced == {"一、伊滨经开区（示范区）社会保障事务服务中心主要职责"}


def test_words_of_the_body_stand_as_they_are(run_2022: Run) -> None:
    assert run_2022.profile is not None
    master = open_master(run_2022.profile.master)
    document = EMPTY._replace(blocks=(Paragraph((Words("一" * 26),)),))
    [section] = lay_out(document, master, master.styles).sections
    assert isinstance(section.items[0], LaidText) and section.items[0].letters is None


@pytest.mark.parametrize(
    ("name", "lines"), [("财政局", 1), ("农业农村" * 7, 1), ("农业农村" * 9, 2), ("农业农村" * 20, 3)]
)
def test_a_long_name_above_a_table_is_counted(run_2022: Run, name: str, lines: int) -> None:
    """Forty-two characters of 五号 stand above a table, the unit of its amounts among them."""
    assert run_2022.profile is not None and run_2022.document is not None
    master = open_master(run_2022.profile.master)
    block = next(block for block in run_2022.document.blocks if isinstance(block, TableBlock) and not block.landscape)
    table = block._replace(headline=(f"部门名称：{name}", "单位：万元"))
    caption, headline = around(table, master.styles, master.portrait.width, True)[0]
    assert (caption.lines, headline.lines) == (1, lines)
