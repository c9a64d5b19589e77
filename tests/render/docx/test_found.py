"""What a Word file's elements come to: rows and cells, which rows are the header, fields as one piece, outlines."""

from __future__ import annotations

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from generator.render.docx.found import OBJECT, header_of, outlines, rows_of, text_of, units_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def element(tag: str, inside: str) -> Element:
    return etree.fromstring(f"<w:{tag} {W}>{inside}</w:{tag}>")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str, header: bool = False) -> str:
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def header(*rows: str) -> int:
    return header_of(rows_of(element("tbl", "".join(rows))))


WIDE, BEGINS, GOES_ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
PLAIN = row(cell("甲"), cell("乙"), cell("丙"))


def test_rows_that_say_so_are_the_header() -> None:
    assert header(row(cell("甲"), header=True), row(cell("乙"), header=True), row(cell("丙")), row(cell("丁"))) == 2


def test_rows_held_by_merged_cells_to_a_first_row_of_wide_cells_are_the_header() -> None:
    first = row(cell("科目", BEGINS), cell("金额", WIDE))
    second = row(cell("", GOES_ON), cell("本年"), cell("上年"))
    assert header(first, second, PLAIN) == 2
    assert header(first, second, second, PLAIN) == 3
    assert header(first, PLAIN, second) == 0, "what goes on below a row of the body is no header"


def test_a_table_without_wide_or_merged_cells_says_of_no_row_that_it_is_the_header() -> None:
    assert header(PLAIN, PLAIN) == header(row(cell("合计", WIDE), cell("1")), PLAIN) == header() == 0


def test_a_merged_cell_that_begins_again_with_its_words_goes_on() -> None:
    rows = rows_of(
        element(
            "tbl",
            row(cell("甲", BEGINS), cell("一"))
            + row(cell("", GOES_ON), cell("二"))
            + row(cell("甲", BEGINS), cell("三"))
            + row(cell("乙", BEGINS), cell("四")),
        )
    )
    assert [(one.cells[0].joined, one.cells[0].again) for one in rows] == [
        (False, False), (True, False), (True, True), (False, False),
    ]  # fmt: skip


def test_a_merge_to_the_right_of_a_new_one_is_new() -> None:
    both = row(cell("甲", BEGINS), cell("子", BEGINS)) + row(cell("乙", BEGINS), cell("子", BEGINS))
    assert [one.joined for one in rows_of(element("tbl", both))[1].cells] == [False, False]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


SIGN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>".format


def field(result: str, code: str = " REF 甲 ") -> str:
    return SIGN("begin") + CODE(code) + SIGN("separate") + run(result) + SIGN("end")


def test_a_field_is_one_piece_with_what_it_shows() -> None:
    inside = run("见") + field("表2") + f'<w:fldSimple w:instr=" REF ">{run("表3")}</w:fldSimple>' + run("。")
    assert [(unit.text, unit.whole) for unit in units_of(element("p", inside))] == [
        ("见", False), ("表2", True), ("表3", True), ("。", False),
    ]  # fmt: skip


def test_a_field_inside_a_field_is_part_of_it() -> None:
    inside = SIGN("begin") + CODE(" IF ") + field("1") + SIGN("separate") + run("二") + SIGN("end") + run("三")
    assert [(unit.text, unit.whole) for unit in units_of(element("p", inside))] == [("1二", True), ("三", False)]


def test_a_field_that_ends_in_another_paragraph_is_no_piece() -> None:
    assert not any(unit.whole for unit in units_of(element("p", SIGN("begin") + CODE(" TOC ") + run("一"))))
    assert not any(unit.whole for unit in units_of(element("p", run("一") + SIGN("end"))))


@pytest.mark.parametrize("place", ["hdr", "ftr"])
def test_a_page_number_is_no_word_in_a_header_or_footer(place: str) -> None:
    story = element(place, f"<w:p>{run('第')}{field('3', ' PAGE ')}{field('甲')}</w:p>")
    assert text_of(story[0]) == f"第{OBJECT}甲"
    body = element("body", f"<w:p>{field('3', ' PAGE ')}</w:p>")
    assert text_of(body[0]) == "3"


def test_a_heading_is_one_by_its_style_or_by_what_that_is_based_on() -> None:
    styles = element(
        "styles",
        '<w:style w:styleId="A"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="A"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:styleId="D"><w:pPr><w:outlineLvl w:val="8"/></w:pPr></w:style>'
        '<w:style w:styleId="E"><w:basedOn w:val="E"/></w:style>'
        '<w:style w:styleId="F"><w:basedOn w:val="Z"/></w:style>',
    )
    assert outlines(styles) == {"A": 1, "B": 1, "D": 9} and outlines(None) == {}
