"""What a paragraph, a cell, a section and a file take from elements and styles that no other test looks at alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from generator.readback.body import Body, Paragraph
from generator.readback.docx import read_docx
from generator.readback.rows import read_body
from generator.readback.wordml import Style, level, number, read_styles

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def styles_of(inside: str) -> dict[str, Style]:
    return read_styles(BytesIO(f"<w:styles {SPACE}>{inside}</w:styles>".encode()))


def body_of(inside: str, styles: dict[str, Style] | None = None) -> Body:
    xml = f"<w:document {SPACE}><w:body>{inside}</w:body></w:document>"
    body = read_body(BytesIO(xml.encode()), styles or {})
    assert body is not None
    return body


def cell(properties: str) -> str:
    paragraph = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    return f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"


def aligned(inside: str, styles: dict[str, Style] | None = None) -> str:
    [table] = body_of(inside, styles).items
    assert not isinstance(table, Paragraph)
    return table.rows[0].aligned


@pytest.mark.parametrize(
    ("word", "letter"),
    [("left", "l"), ("start", "l"), ("both", "l"), ("center", "c"), ("right", "r"), ("end", "r"), ("distribute", "l")],
)
def test_a_cell_is_aligned_as_its_paragraph_says(word: str, letter: str) -> None:
    assert aligned(cell(f'<w:jc w:val="{word}"/>')) == letter


def test_a_cell_is_aligned_by_itself_or_else_by_its_style() -> None:
    styles = {"Right": Style(0, "r"), "None": Style()}
    assert aligned(cell('<w:pStyle w:val="Right"/>'), styles) == "r"
    assert aligned(cell('<w:pStyle w:val="Right"/><w:jc w:val="center"/>'), styles) == "c"
    assert aligned(cell('<w:pStyle w:val="None"/>'), styles) == aligned(cell("")) == "l"


def test_a_cell_is_aligned_as_its_first_paragraph_that_says_how() -> None:
    both = cell('<w:jc w:val="right"/>').replace("</w:p>", '</w:p><w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>')
    assert aligned(both) == "r"


def test_a_style_takes_from_what_it_is_based_on_what_it_does_not_say() -> None:
    found = styles_of(
        '<w:style w:styleId="A"><w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="right"/></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="B"/><w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="left"/></w:pPr></w:style>'
        '<w:style w:styleId="D"><w:basedOn w:val="A"/><w:pPr><w:jc w:val="distribute"/></w:pPr></w:style>'
        '<w:style w:styleId="E"><w:basedOn w:val="F"/></w:style><w:style w:styleId="F"><w:basedOn w:val="E"/></w:style>'
    )
    assert found == {
        "A": Style(2, "r"), "B": Style(2, "r"), "C": Style(1, "l"), "D": Style(2, "r"), "E": Style(), "F": Style(),
    }  # fmt: skip


def test_what_stands_outside_of_a_style_belongs_to_none() -> None:
    defaults = '<w:docDefaults><w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="right"/></w:pPr></w:docDefaults>'
    assert styles_of(f'{defaults}<w:style w:styleId="A"/>{defaults}') == {"A": Style()}


@pytest.mark.parametrize(("text", "meant"), [("0", 1), ("8", 9), ("9", 0), ("", 0), ("-1", 0), ("10", 0), ("１", 0)])
def test_an_outline_level_counts_from_one(text: str, meant: int) -> None:
    assert level(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12", 12), ("-12", -12), ("999999999", 999999999), ("1000000000", 0), ("", 0), ("-", 0), ("--1", 0), ("１", 0)],
)
def test_a_number_is_whole_and_of_a_size_that_files_have(text: str, meant: int) -> None:
    assert number(text) == meant


def test_a_section_is_as_wide_as_its_page_without_its_margins() -> None:
    section = '<w:sectPr><w:pgSz w:w="{}"/><w:pgMar w:left="{}" w:right="{}"/>{}</w:sectPr>'.format
    first = section(1000, 100, 30, '<w:pgNumType w:start="1"/>')
    last = section(2000, 1, 2, "<w:pgNumType/>")
    body = body_of(f"<w:p><w:pPr>{first}</w:pPr></w:p><w:p/>{last}")
    assert body.text_widths == (870, 1997) and body.number_restarts == (1,)
    assert [item.ends_section for item in body.items if isinstance(item, Paragraph)] == [True, False]


def test_every_trace_of_the_making_is_counted() -> None:
    body = body_of(
        '<w:p><w:pPr><w:pPrChange><w:pPr><w:jc w:val="right"/></w:pPr></w:pPrChange></w:pPr>'
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        '<w:r><w:rPr><w:vanish/><w:rFonts w:eastAsia="宋体"/></w:rPr><w:commentReference/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Arial"/><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:r></w:p>'
    )
    assert (body.changes, body.comments, body.hidden) == (3, 1, 1)
    assert body.fonts == ("仿宋", "宋体")


@pytest.mark.parametrize(("size", "spans"), [("0", 1), ("2", 2), ("63", 63), ("64", 63), ("-3", 1)])
def test_a_cell_spans_as_many_columns_as_word_can_have(size: str, spans: int) -> None:
    wide = cell("").replace("<w:tc>", f'<w:tc><w:tcPr><w:gridSpan w:val="{size}"/></w:tcPr>')
    [table] = body_of(wide).items
    assert not isinstance(table, Paragraph)
    assert table.rows[0].texts == ("甲", *[""] * (spans - 1)) and table.rows[0].aligned == "l" * spans
    assert table.rows[0].wide == ({0: spans} if spans > 1 else {})


@pytest.mark.parametrize(("value", "begins"), [(' w:val="restart"', True), (' w:val="continue"', False), ("", False)])
def test_a_merge_downwards_begins_or_goes_on(value: str, begins: bool) -> None:
    merged = cell("").replace("<w:tc>", f"<w:tc><w:tcPr><w:vMerge{value}/></w:tcPr>")
    [table] = body_of(merged).items
    assert not isinstance(table, Paragraph)
    assert table.rows[0].merged == {0: begins}


def test_a_table_says_whether_its_header_comes_again_and_its_rows_stay_whole() -> None:
    def look(*properties: str) -> tuple[bool, bool]:
        rows = "".join(f"<w:tr><w:trPr>{one}</w:trPr><w:tc><w:p/></w:tc></w:tr>" for one in properties)
        xml = f"<w:document {SPACE}><w:body><w:tbl><w:tblGrid/>{rows}</w:tbl></w:body></w:document>"
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml", xml)
        [table] = read_docx(buffer.getvalue()).tables
        assert table.look is not None
        return table.look.repeats_header, table.look.rows_kept_whole

    assert look("", "") == (False, False)
    assert look("<w:tblHeader/>", "<w:cantSplit/>") == (True, False)
    assert look("<w:tblHeader/><w:cantSplit/>", "<w:cantSplit/>") == (True, True)
