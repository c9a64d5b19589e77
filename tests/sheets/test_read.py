"""Workbooks as different programs write them come out as the cells a person sees; others are refused in one line."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from generator.model.problem import UsageError
from generator.sheets.read import read_workbook
from generator.sheets.sheet import Cell, Kind, Range, Workbook, spread

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONSHIPS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
STYLES = """<numFmts><numFmt numFmtId="170" formatCode="#,##0.00&quot;万元&quot;"/><numFmt numFmtId="171" formatCode="0000"/>
    </numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs>"""


def workbook(
    sheet: str, shared: str = "", state: str = "visible", kinds: str = _OFFICE, folder: str = "xl/", before: str = ""
) -> bytes:
    """A workbook of one sheet and a hidden or visible second one, its parts where the relationships say."""
    link = f'<Relationship Id="{{}}" Type="{kinds}/{{}}" Target="{{}}"/>'
    parts = {
        "_rels/.rels": [link.format("a", "officeDocument", f"{folder}book.xml")],
        f"{folder}_rels/book.xml.rels": [
            link.format("s1", "worksheet", "sheets/one.xml"),
            link.format("s2", "worksheet", f"/{folder}sheets/two.xml"),
            link.format("t", "sharedStrings", "strings.xml"),
            link.format("u", "styles", "styles.xml"),
        ],
    }
    book = f"""<workbook {_MAIN} xmlns:r="{kinds}"><sheets>
        <sheet name="功能 " sheetId="1" r:id="s1"/><sheet name="二" sheetId="2" r:id="s2" state="{state}"/></sheets></workbook>"""
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        for name, links in parts.items():
            archive.writestr(name, f"<Relationships {_RELATIONSHIPS}>{''.join(links)}</Relationships>")
        archive.writestr(f"{folder}book.xml", book)
        archive.writestr(f"{folder}strings.xml", f"{before}<sst {_MAIN}>{shared}</sst>")
        archive.writestr(f"{folder}styles.xml", f"<styleSheet {_MAIN}>{STYLES}</styleSheet>")
        archive.writestr(f"{folder}sheets/one.xml", f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>")
        archive.writestr(f"{folder}sheets/two.xml", f"<worksheet {_MAIN}><sheetData/></worksheet>")
    return found.getvalue()


def written(**sheets: dict[str, Any]) -> Workbook:
    """A workbook as xlsxwriter makes it: cells by address, a formula with its stored result as a pair."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for address, value in cells.items():
                sheet.write(address, *value) if isinstance(value, tuple) else sheet.write(address, value)
    return read_workbook("甲.xlsx", data.getvalue())


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with other bytes in its parts."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return made.getvalue()


def cell_of(cell: str) -> Cell:
    """The one cell of a workbook."""
    [found] = read_workbook("甲.xlsx", workbook(f'<row r="1">{cell}</row>', SHARED)).sheets[0].cells.values()
    return found


SHARED = "<si><t>行政运行</t></si><si><r><t>一般</t></r><r><t>公共服务</t></r><rPh><t>yiban</t></rPh></si>"
CELLS = (
    ('<c r="A1"><v>2080101</v></c>', "2080101", "2080101", Kind.NUMBER),
    ('<c r="A1"><v>2080101.0</v></c>', "2080101", "2080101", Kind.NUMBER),
    ('<c r="A1"><v>2.080101E6</v></c>', "2080101", "2080101", Kind.NUMBER),
    ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3", "0.3", Kind.NUMBER),
    ('<c r="A1"><v>9.9999999999994316E-2</v></c>', "0.1", "0.1", Kind.NUMBER),
    ('<c r="A1"><v>189767551.45999998</v></c>', "189767551.46", "189767551.46", Kind.NUMBER),
    ('<c r="A1"><v>4.1039522000000001E+20</v></c>', "4.10395E+20", "410395220000000000000", Kind.NUMBER),
    ('<c r="A1"><v>1e99999999</v></c>', "1e99999999", None, Kind.TEXT),
    ('<c r="A1"><v>NaN</v></c>', "NaN", None, Kind.TEXT),
    ('<c r="A1" s="1"><v>1234.567</v></c>', "1,234.57万元", "1234.567", Kind.NUMBER),
    ('<c r="A1" s="2"><v>301</v></c>', "0301", "301", Kind.NUMBER),
    ('<c r="A1" s="3"><v>46023</v></c>', "2026/1/1", "46023", Kind.DATE),
    ('<c r="A1" s="4"><v>0.0525</v></c>', "5.25%", "0.0525", Kind.NUMBER),
    ('<c r="A1" t="str"><f>A2</f><v>0301</v></c>', "0301", None, Kind.TEXT),
    ('<c r="A1" t="s"><v>0</v></c>', "行政运行", None, Kind.TEXT),
    ('<c r="A1" t="s"><v>1</v></c>', "一般公共服务", None, Kind.TEXT),
    ('<c r="A1" t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>', "甲\n乙", None, Kind.TEXT),
    ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A", None, Kind.ERROR),
    ('<c r="A1" t="b"><v>1</v></c>', "TRUE", None, Kind.TEXT),
    ('<c r="A1"><f>VLOOKUP(B1,C:D,2)</f></c>', "", None, Kind.FORMULA),
    ('<c r="A1"><f>VLOOKUP(B1,C:D,2)</f><v>7</v></c>', "7", "7", Kind.NUMBER),
)


@pytest.mark.parametrize(("cell", "text", "number", "kind"), CELLS)
def test_a_cell_is_what_a_person_sees(cell: str, text: str, number: str | None, kind: Kind) -> None:
    found = cell_of(cell)
    assert (found.text, found.number, found.kind) == (text, None if number is None else Decimal(number), kind)


def test_a_cell_says_why_it_cannot_be_relied_on() -> None:
    lost = "长编码被当成数字，后面的位数已经丢失"
    assert cell_of('<c r="A1"><v>4.1039522000000001E+20</v></c>').problem == lost
    assert cell_of('<c r="A1" t="str"><v>4.1E+20</v></c>').problem == lost
    assert cell_of('<c r="A1"><f>INDIRECT("B1")</f></c>').problem == "公式没有存下结果"
    assert cell_of('<c r="A1" t="e"><v>#REF!</v></c>').problem == "单元格是错误值#REF!"
    assert cell_of('<c r="A1"><v>123456789012345</v></c>').problem == ""


@pytest.mark.parametrize(("kinds", "folder"), [(_OFFICE, "xl/"), (_STRICT, "xl/"), (_OFFICE, ""), (_OFFICE, "甲/乙/")])
def test_the_relationships_say_where_parts_are(kinds: str, folder: str) -> None:
    data = workbook('<row r="3"><c r="B3" t="s"><v>0</v></c></row>', SHARED, kinds=kinds, folder=folder)
    sheet = read_workbook("甲.xlsx", data).sheets[0]
    assert (sheet.name, sheet.at(3, 2).text, sheet.at(3, 2).address) == ("功能", "行政运行", "B3")
    assert str(sheet.position(sheet.at(3, 2))) == "甲.xlsx 功能!B3"


def test_rows_and_columns_are_those_of_the_file_and_what_is_empty_is_not_kept() -> None:
    rows = '<row r="2" hidden="1"><c r="C2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="9" hidden="1"/><row><c><v>3</v></c></row>'
    sheet = read_workbook("甲.xlsx", workbook(rows)).sheets[0]
    assert [cell.address for cell in sheet.cells.values()] == ["C2", "A10"]
    assert sheet.hidden_rows == {2}
    assert [(number, [cell.text for cell in cells]) for number, cells in sheet.rows()] == [(2, ["1"]), (10, ["3"])]


def test_hidden_sheets_rows_and_columns_and_merged_blocks() -> None:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("表")
        sheet.merge_range("A1:C2", "预算单位")
        sheet.merge_range("A4:B5", "无边")
        sheet.write("C3", 1)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("C:XFD", None, None, {"hidden": True})
        book.add_worksheet("藏").hide()
        book.add_worksheet("深藏").very_hidden()
    found = read_workbook("甲.xlsx", changed(data.getvalue(), b"A4:B5", b"A4:XFD1048576"))
    assert [sheet.name for sheet in found.visible] == ["表"]
    assert (found.sheets[0].hidden_rows, found.sheets[0].hidden_columns) == ({3}, {3})
    assert [str(block) for block in found.sheets[0].merged] == ["A1:C2", "A4:XFD1048576"]
    filled = spread(found.sheets[0])
    assert [filled.at(2, 3).address, filled.at(4, 3).address, filled.at(3, 3).text] == ["A1", "A4", "1"]
    assert len(filled.cells) == 6 + 1 + 3


FORMULAS = (
    ({"A1": 1.1, "A2": 2.2, "A3": ("=SUM(A1:A2)", None, 0)}, "3.3", "文件里存的结果是0，按公式算是3.3"),
    ({"A1": 100.1, "A2": 100, "A3": ("=A1-A2", None, 0.0999999999999943)}, "0.1", ""),
    ({"A1": 5, "B7": "无", "A3": ("=sum($A$1:A2,B1:IV200)-(A1-2)+3", None, 5)}, "5", ""),
    ({"A1": "1,000.50", "A2": 1, "A3": ("=A1+A2", None, 1001.5)}, "1001.5", ""),
    ({"A1": "1000.50", "A2": 1, "A3": ("=SUM(A1:A2)", None, 1)}, "1", ""),
    ({"A1": 1, "A2": ("=A1*2", None, 2), "A3": ("=A1+A2", None, 9)}, "3", "文件里存的结果是9，按公式算是3"),
    ({"A1": ("=A2+1", None, 0), "A2": ("=A4+1", None, 0), "A4": 1, "A3": ("=-A1", None, -3)}, "-3", ""),
    ({"A1": ("=A3", None, 4), "A3": ("=A1", None, 4)}, "4", ""),
    ({"A1": 1, "A3": ("=A1*2", None, 7)}, "7", ""),
    ({"A1": 1, "A3": ("=A1%", None, 7)}, "7", ""),
    ({"A1": 1, "A3": ("=[1]表!A1", None, 7)}, "7", ""),
    ({"A1": 1, "A3": ("=ROUND(A1,2)", None, 7)}, "7", ""),
)


@pytest.mark.parametrize(("cells", "value", "note"), FORMULAS)
def test_formulas_that_add_are_computed_whatever_is_stored(cells: dict[str, Any], value: str, note: str) -> None:
    found = written(表=cells).sheets[0].at(3, 1)
    assert (found.number, found.note) == (Decimal(value), note)


def test_formulas_across_sheets_and_chains_as_long_as_a_sheet() -> None:
    chain = {"A1": 1, **{f"A{row}": (f"=A{row - 1}+1", None, 0) for row in range(2, 3001)}}
    total = {"A1": ("='附 表'!A3000+附!B2", None, 0)}
    found = written(**{"附 表": chain, "附": {"B2": 2}, "总": total}).named("总 ")
    assert found is not None
    assert found.at(1, 1).number == 3002


def test_a_cell_that_names_a_text_says_it() -> None:
    found = read_workbook("甲.xlsx", workbook('<row><c t="s"><v>0</v></c><c><f>A1</f></c></row>', SHARED)).sheets[0]
    assert (found.at(1, 2).text, found.at(1, 2).kind, found.at(1, 2).problem) == ("行政运行", Kind.TEXT, "")


def test_a_shared_formula_is_each_cells_own() -> None:
    shared = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">SUM(A$1:A1)</f></c></row>'
    data = workbook(shared + '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>0</v></c></row>')
    sheet = read_workbook("甲.xlsx", data).sheets[0]
    assert [(sheet.at(row, 2).formula, sheet.at(row, 2).text) for row in (1, 2)] == [
        ("SUM(A$1:A1)", "1"),
        ("SUM(A$1:A2)", "3"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("甲.xlsx", b"", "文件是空的"),
        ("甲.xlsx", b"PK\x03\x04 and no more", "读不出来"),
        ("甲.xls", b"\xd0\xcf\x11\xe0 an old .xls", "读不出来"),
        ("甲.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        ("甲.et", b"\xd0\xcf\x11\xe0", "是WPS的 .et 文件"),
        ("甲.xls", b"<html><table><tr><td>1</td></tr></table></html>", "是网页或XML"),
        ("甲.png", b"\x89PNG\r\n\x1a\n\0\0\0\0", "不是Excel文件"),
        ("甲.xlsx", workbook("<row><c><v>1</v></c>"), "读不出来"),
        ("甲.xlsx", workbook('<row r="x"/>'), "读不出来"),
        ("甲.xlsx", workbook('<row><c t="s"><v>7</v></c></row>'), "读不出来"),
        ("甲.xlsx", workbook("").replace(b"_rels/.rels", b"_rels/.relx"), "读不出来"),
        ("甲.xlsx", workbook("")[:-40], "读不出来"),
        ("甲.xlsx", workbook("", "<si>" + "<r>" * 100_000 + "</r>" * 100_000 + "</si>"), "读不出来"),
        ("甲.xlsx", workbook("", before='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "读不出来"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_workbook(name, data)


CSV = "编码,名称\n2080101,行政运行\n,\n2080102,一般"


@pytest.mark.parametrize(
    "data",
    [CSV.encode(), b"\xef\xbb\xbf" + CSV.encode(), CSV.encode("gbk"), CSV.encode("utf-16"), CSV.replace(",", "\t").encode("utf-16")]
    + [CSV.replace(",", sign).replace("\n", "\r\n").encode("gb18030") for sign in "\t;"],
)  # fmt: skip
def test_a_text_file_is_a_sheet_without_a_name(data: bytes) -> None:
    [sheet] = read_workbook("甲.csv", data).sheets
    assert {cell.address: cell.text for cell in sheet.cells.values()} == {
        "A1": "编码", "B1": "名称", "A2": "2080101", "B2": "行政运行", "A4": "2080102", "B4": "一般",
    }  # fmt: skip
    assert str(sheet.position(sheet.at(4, 2))) == "甲.csv B4"


def test_commas_of_thousands_do_not_make_columns_between_tabs() -> None:
    [sheet] = read_workbook("甲.txt", "编码\t金额\n1\t1,234,567.00\n2\t2,234,567.00".encode()).sheets
    assert sheet.at(2, 2).amount == Decimal("1234567.00")


def test_blocks_and_ranges_are_said_as_excel_says_them() -> None:
    assert str(Range(1, 1, 7, 28)) == "A1:AB7"
