"""The Word file itself is one that everybody can read: heads of tables, words for drawings, language, title, real headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from generator.model.document import ChartBlock, Document, Heading, TableBlock
from generator.render.docx.render import Rendered, render_docx
from tests.conftest import ROOT
from tests.runs import Run, run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EXAMPLES = sorted((ROOT / "examples").glob("*/[0-9]*"))


def _part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(data)).read(name))


def flaws(document: Document, data: bytes) -> Iterator[str]:
    """What in the file keeps somebody from reading it."""
    body, styles = _part(data, "word/document.xml"), _part(data, "word/styles.xml")
    blocks = [block for block in document.blocks if isinstance(block, TableBlock) and block.header]
    heads = [table for table in body.iter(f"{_W}tbl") if table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None]
    if len(heads) < len(blocks):
        yield f"{len(blocks)} tables have heads, {len(heads)} are marked"
    for table in heads:
        marked = [row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in table.iter(f"{_W}tr")]
        if sorted(marked, reverse=True) != marked:
            yield "a head that is not at the top is marked"
    drawn = list(body.iter(_DRAWING))
    if len(drawn) != len([block for block in document.blocks if isinstance(block, ChartBlock)]):
        yield "a drawing of nobody's"
    yield from ("a drawing without words" for element in drawn if not element.get("descr"))
    language = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if language is None or language.get(f"{_W}eastAsia") != "zh-CN":
        yield "the language is not said"
    if document.title not in "".join(_part(data, "docProps/core.xml").itertext()):
        yield "the title is not said"
    yield from _headings(document, body, styles)
    yield from _gaps(body)


def _headings(document: Document, body: etree._Element, styles: etree._Element) -> Iterator[str]:
    """Every heading is one to Word, and none skips a level."""
    lines = {
        style.get(f"{_W}styleId"): int(line.get(f"{_W}val"))
        for style in styles.iter(f"{_W}style")
        for line in style.iter(f"{_W}outlineLvl")
    }
    used = [lines[style.get(f"{_W}val")] for style in body.iter(f"{_W}pStyle") if style.get(f"{_W}val") in lines]
    if len(used) < len([block for block in document.blocks if isinstance(block, Heading)]):
        yield "a heading that is none to Word"
    yield from (f"level {one + 1} after {before + 1}" for before, one in pairwise([-1, *used]) if one > before + 1)


def _gaps(body: etree._Element) -> Iterator[str]:
    """No layout by empty lines: an empty paragraph ends a section or a table, or is a line of the master's cover."""
    [whole] = body.iter(f"{_W}body")
    for paragraph in whole.iterchildren(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else ""
        if not "".join(paragraph.itertext()).strip() and not re.match("SectionEnd|Cover", name or ""):
            yield f"an empty paragraph of style {name}" if paragraph.find(f".//{_DRAWING}") is None else ""


def _flaws_of(made: Run) -> list[str]:
    assert made.document is not None and made.profile is not None
    return list(filter(None, flaws(made.document, render_docx(made.document, made.profile.master).data)))


def test_the_real_document(run_2022: Run, rendered_2022: Rendered) -> None:
    assert run_2022.document is not None
    assert list(flaws(run_2022.document, rendered_2022.data)) == []


def test_one_with_charts(charted: Run) -> None:
    assert _flaws_of(charted) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "flaw"),
    [
        ("document", "<w:tblHeader/>", "", "tables have heads, 0 are marked"),
        ("document", ' descr="', ' title="', "a drawing without words"),
        ("document", 'w:val="Heading2"', 'w:val="Heading3"', "level 3 after 1"),
        ("document", '<w:p><w:pPr><w:pStyle w:val="BodyGW"/></w:pPr>', "<w:p/>", "an empty paragraph of style "),
        ("styles", 'w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"', "the language is not said"),
        ("styles", '<w:outlineLvl w:val="1"/>', "", "a heading that is none to Word"),
    ],
)
def test_what_is_not_accessible_is_found(part: str, old: str, new: str, flaw: str, charted: Run) -> None:
    assert charted.document is not None and charted.profile is not None
    made = ZipFile(BytesIO(render_docx(charted.document, charted.profile.master).data))
    spoilt = BytesIO()
    with ZipFile(spoilt, "w") as package:
        for name in made.namelist():
            text = made.read(name)
            if name == f"word/{part}.xml":
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode() + (old.encode() if "<w:p/>" in new else b""))
            package.writestr(name, text)
    assert any(flaw in found for found in flaws(charted.document, spoilt.getvalue()))


@pytest.mark.slow
@pytest.mark.parametrize("year", _EXAMPLES, ids=lambda year: f"{year.parent.name}-{year.name}")
def test_every_example(year: Path) -> None:
    named = re.search(r"^格式: (\S+)", (year / "department.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    profile = named[1] if named else "yibin"
    assert _flaws_of(run(year.parent, ROOT / "templates", profile, int(year.name))) == []
