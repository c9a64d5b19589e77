"""Charts that Word can edit: only when a profile asks, valid, with the Book's amounts, on the page that was counted."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openxml_audit import OpenXmlValidator

from generator.check.rules import check
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.compose.charts import SHOWN, charts_of
from generator.model.basis import LAST_YEAR
from generator.model.document import ChartBlock, Document
from generator.model.profile import CHART_WORDS, Profile
from generator.readback.document import reading_of
from generator.readback.docx import read_docx
from generator.render.docx.render import Rendered, render_docx
from generator.render.review import review
from generator.render.text import reading_text
from tests import libreoffice, tracked
from tests.conftest import ROOT, templates_with
from tests.docx_reading import W, body_of, text_of
from tests.render.docx.test_pages import printed_pages
from tests.render.docx.test_redline import marked, plain, prove, redline, replaced, valid
from tests.runs import Run, make, run

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FLOW, CHANGES = 1, 2
"""The numbers of the two charts."""


def made(done: Run) -> tuple[Document, Profile]:
    assert done.document is not None and done.profile is not None, [str(problem) for problem in done.problems]
    return done.document, done.profile


@pytest.fixture(scope="module")
def rendered(charted: Run) -> Rendered:
    document, profile = made(charted)
    return render_docx(document, profile.master)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


Series = Mapping[str, Mapping[str, Decimal]]


def cached(parts: Mapping[str, bytes], number: int) -> dict[str, dict[str, Decimal]]:
    """What a chart shows without its workbook: amounts by series and category."""
    found = {}
    for series in ElementTree.fromstring(parts[f"word/charts/chart{number}.xml"]).iter(f"{C}ser"):
        names = {point.get("idx"): point.findtext(f"{C}v", "") for point in series.iterfind(f"{C}cat//{C}pt")}
        values = {point.get("idx"): point.findtext(f"{C}v", "") for point in series.iterfind(f"{C}val//{C}pt")}
        found[series.findtext(f"{C}tx//{C}v", "")] = {names[at] or "": Decimal(text) for at, text in values.items()}
    return found


def in_workbook(parts: Mapping[str, bytes], number: int) -> dict[str, dict[str, Decimal]]:
    """The same from the workbook behind it."""
    book = parts_of(parts[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"])
    texts = [item.findtext(f"{S}t", "") for item in ElementTree.fromstring(book["xl/sharedStrings.xml"])]
    words, amounts = {}, {}
    for cell in ElementTree.fromstring(book["xl/worksheets/sheet1.xml"]).iter(f"{S}c"):
        at = re.fullmatch(r"([A-Z])(\d+)", cell.get("r", ""))
        assert at
        if cell.get("t") == "s":
            words[at[1], at[2]] = texts[int(cell.findtext(f"{S}v", ""))]
        else:
            assert cell.get("t") is None and cell.get("s") == "1"
            amounts[at[1], at[2]] = Decimal(cell.findtext(f"{S}v", ""))
    found: dict[str, dict[str, Decimal]] = {}
    for (column, row), amount in amounts.items():
        found.setdefault(words[column, "1"], {})[words["A", row]] = amount
    return found


def test_without_the_option_there_is_nothing_new(run_2022: Run, report_2022: bytes) -> None:
    document, _ = made(run_2022)
    assert not any(isinstance(block, ChartBlock) for block in document.blocks)
    assert not [name for name in parts_of(report_2022) if "chart" in name or "embedding" in name]


def test_everything_else_is_as_before(charted: Run, run_2022: Run) -> None:
    (ours, _), (plain, _) = made(charted), made(run_2022)
    titles = [entry.text for entry in ours.entries]
    assert [text for text in titles if text != "预算图示"] == [entry.text for entry in plain.entries]
    assert titles[titles.index("预算图示") + 1].startswith("附件：")
    assert charted.problems == run_2022.problems


def test_every_chart_part_has_its_relation_and_type(rendered: Rendered) -> None:
    parts = parts_of(rendered.data)
    for number in (FLOW, CHANGES):
        assert f'Target="charts/chart{number}.xml"' in parts["word/_rels/document.xml.rels"].decode()
        relations = parts[f"word/charts/_rels/chart{number}.xml.rels"].decode()
        assert f'Target="../embeddings/Microsoft_Excel_Sheet{number}.xlsx"' in relations
        assert f'PartName="/word/charts/chart{number}.xml"' in parts["[Content_Types].xml"].decode()
    assert 'Extension="xlsx"' in parts["[Content_Types].xml"].decode()


def test_a_document_with_charts_is_valid(rendered: Rendered, tmp_path: Path) -> None:
    file = tmp_path / "charts.docx"
    file.write_bytes(rendered.data)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_the_amounts_are_the_books(charted: Run, rendered: Rendered) -> None:
    book, parts = charted.book, parts_of(rendered.data)
    assert book is not None
    flow, [changes] = cached(parts, FLOW), cached(parts, CHANGES).values()
    total = book.figures["总计"].money.amount
    assert {name: sum(amounts.values()) for name, amounts in flow.items()} == {"收入来源": total, "支出去向": total}
    named = {"政府性基金预算": "政府性基金"}
    assert flow["收入来源"] == {name: book.figures[named.get(name, name)].money.amount for name in flow["收入来源"]}
    assert changes == {
        name: change.delta.amount for name, change in book.changes.items() if change.current.money or change.prior_money
    }


def test_the_workbook_holds_what_is_drawn(rendered: Rendered) -> None:
    parts = parts_of(rendered.data)
    for number in (FLOW, CHANGES):
        assert in_workbook(parts, number) == cached(parts, number) != {}


def test_the_workbook_is_one_that_excel_opens(rendered: Rendered, tmp_path: Path) -> None:
    """Shared strings, styles and a theme: what Excel would otherwise put in at the first save."""
    for number, pattern in ((FLOW, "0.00"), (CHANGES, "+0.00;-0.00;0.00")):
        data = parts_of(rendered.data)[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"]
        file = tmp_path / f"{number}.xlsx"
        file.write_bytes(data)
        assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []
        sheet = ElementTree.fromstring(parts_of(data)["xl/worksheets/sheet1.xml"])
        assert not any(item.tail for item in sheet.iter()), "no words between the rows"
        styles = ElementTree.fromstring(parts_of(data)["xl/styles.xml"])
        [used] = [item.get("formatCode") for item in styles.iter(f"{S}numFmt")]
        assert used == pattern == cached_patterns(rendered, number)
        amounts = styles.find(f"{S}cellXfs")
        assert amounts is not None and amounts[1].get("numFmtId") == styles.find(f"{S}numFmts")[0].get("numFmtId")  # type: ignore[index]


def cached_patterns(rendered: Rendered, number: int) -> str:
    """The one number format of a chart's labels and of its amounts."""
    chart = ElementTree.fromstring(parts_of(rendered.data)[f"word/charts/chart{number}.xml"])
    labels = {item.get("formatCode") for item in chart.iterfind(f".//{C}dLbls/{C}numFmt")}
    [found] = labels | {item.text for item in chart.iter(f"{C}formatCode")}
    return found or ""


def test_a_chart_says_its_amounts_in_words_too(charted: Run, rendered: Rendered) -> None:
    said = [item.get("descr", "") for item in body_of(rendered.data).iter() if item.tag.endswith("}docPr")]
    parts = parts_of(rendered.data)
    assert len(said) == 2
    for number, text in enumerate(said, 1):
        for amounts in cached(parts, number).values():
            assert all(
                f"{name}" in text and (f"{abs(amount)}" in text or not amount) for name, amount in amounts.items()
            )


def test_a_document_with_charts_reads_back_as_meant(charted: Run, rendered: Rendered) -> None:
    document, _ = made(charted)
    assert charted.book is not None
    written = Written(read_docx(rendered.data), reading_of(document), charted.book)
    assert check(written, WRITTEN_RULES).problems == ()


@pytest.fixture(scope="module")
def other(charted_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The department with charts and another amount."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(ROOT / "data" / "2022", folder / "2022")
    replaced("basic.yaml", "30107 绩效工资: 3.99", "30107 绩效工资: 4.99")(folder / "2022")
    return make(folder, charted_templates, "yibin", 2022)


@pytest.mark.slow
def test_redline_has_the_drawings_of_either_side(charted: Run, other: Run, run_2022: Run) -> None:
    document, _ = made(charted)
    drawn = {id(done): tracked.drawings(plain(done)) for done in (charted, other, run_2022)}
    pairs = ((run_2022, charted), (charted, run_2022), (charted, other))
    redlines = [prove(*pair) for pair in pairs]
    for pair, count, data in zip(pairs, (2, 2, 4), redlines, strict=True):
        assert len(tracked.drawings(data)) == count
        for whole, done in zip((tracked.rejected(data), tracked.accepted(data)), pair, strict=True):
            assert tracked.drawings(whole) == drawn[id(done)]
    captions = [block.caption for block in document.blocks if isinstance(block, ChartBlock)]
    words = [text for text in marked(redlines[0], "ins") if not text.isdigit()]  # later pages move
    assert words == ["预算图示9", "预算图示", *captions]


@pytest.mark.slow
def test_drawings_of_a_redline_are_valid(charted: Run, other: Run, run_2022: Run, tmp_path: Path) -> None:
    for pair in ((run_2022, charted), (charted, run_2022), (charted, other)):
        data = redline(*pair)
        valid(data, tmp_path / "redline.docx")
    for settled in (tracked.rejected(data), tracked.accepted(data)):
        valid(settled, tmp_path / "settled.docx")


def test_a_drawing_that_is_the_same_stands_unmarked(charted: Run) -> None:
    data = redline(charted, charted)
    assert not [item for item in body_of(data).iter() if item.tag in (tracked.INS, tracked.DEL)]
    assert tracked.drawings(data) == tracked.drawings(plain(charted)) and len(tracked.drawings(data)) == 2


def test_a_renamed_caption_leaves_the_drawing(charted: Run, tmp_path: Path) -> None:
    templates = templates_with(tmp_path, "{收支: 收支情况图}")
    data = redline(charted, run(ROOT / "data", templates, "yibin", 2022))
    assert marked(data, "ins") == ["收支情况图"] and marked(data, "del") == ["2022年收入来源与支出去向（单位：万元）"]
    assert len(tracked.drawings(data)) == 2


def test_charts_are_the_same_bytes_every_time(charted: Run, rendered: Rendered) -> None:
    document, profile = made(charted)
    assert render_docx(document, profile.master).data == rendered.data


def test_many_names_are_put_together(charted: Run) -> None:
    assert charted.book is not None and charted.inputs is not None
    total = charted.book.figures["总计"]
    codes = [f"{201 + number}0101" for number in range(SHOWN + 3)]
    lines = tuple(total.lines[0]._replace(function=code) for code in codes)
    amount = total.lines[0].money.amount
    whole = total._replace(lines=(*lines, *lines[:2], *lines[2:3]) * 10)
    chart = charts_of(charted.book._replace(figures={"总计": whole}), charted.inputs, CHART_WORDS)[0]
    assert len(chart.categories) == 1 + SHOWN
    assert chart.categories[-1] == "其余各项"
    shown = [Decimal(text) for text in chart.series[1].texts if text]
    assert sum(shown) == amount * len(whole.lines), "no line is lost in the rest, and none counted twice"


def test_nothing_to_show_is_no_chart(charted: Run) -> None:
    assert charted.book is not None and charted.inputs is not None
    assert (
        charts_of(
            charted.book._replace(figures={}, grids={}, comparisons={LAST_YEAR.name: {}}), charted.inputs, CHART_WORDS
        )
        == ()
    )


def test_every_renderer_passes_over(charted: Run, rendered: Rendered) -> None:
    document, profile = made(charted)
    captions = [block.caption for block in document.blocks if isinstance(block, ChartBlock)]
    text = reading_text(reading_of(document))
    assert all(caption in text for caption in captions)
    comments = review(document, charted.problems, charted.sources)
    assert "word/charts/chart1.xml" in parts_of(render_docx(document, profile.master, comments=comments).data)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_pages_with_charts_are_those_libreoffice_counts(charted: Run, rendered: Rendered, tmp_path: Path) -> None:
    document, _ = made(charted)
    file = tmp_path / "charts.docx"
    file.write_bytes(rendered.data)
    [pdf] = libreoffice.convert([file], tmp_path)
    pages = libreoffice.bookmark_pages(pdf)
    printed = printed_pages(document, rendered.data)
    assert printed == {anchor: pages[anchor] for anchor in printed}
    assert libreoffice.page_count(pdf) == rendered.pages + 3


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_keeps_the_words_and_loses_no_drawing(charted: Run, other: Run, tmp_path: Path) -> None:
    """It tracks no drawing: after either of its commands both stand, each where it was, the kept one over its caption."""
    file = tmp_path / "redline.docx"
    file.write_bytes(redline(charted, other))
    libreoffice.convert([file], tmp_path)
    [settled] = libreoffice.settled([file], tmp_path)
    for data, done in zip(settled, (other, charted), strict=True):
        document, _ = made(done)
        body = body_of(data)
        captions = [block.caption for block in document.blocks if isinstance(block, ChartBlock)]
        assert [text for text in map(text_of, body.iter(f"{W}p")) if text in captions] == captions
        drawn = list(body.iter(f"{C}chart"))
        assert len(drawn) == 4, "LibreOffice tracks drawings now: say so in docs/design.md and README.md"
