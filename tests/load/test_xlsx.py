"""Workbooks as different programs write them come out as the cells a person sees; others are refused in one line."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from generator.load.xlsx import read_xlsx
from generator.model.problem import UsageError

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONSHIPS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


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
        archive.writestr(f"{folder}sheets/one.xml", f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>")
        archive.writestr(f"{folder}sheets/two.xml", f"<worksheet {_MAIN}><sheetData/></worksheet>")
    return found.getvalue()


CELLS = (
    ('<c r="A1"><v>2080101</v></c>', "2080101"),
    ('<c r="A1"><v>2080101.0</v></c>', "2080101"),
    ('<c r="A1"><v>2.080101E6</v></c>', "2080101"),
    ('<c r="A1"><v>0.5</v></c>', "0.5"),
    ('<c r="A1"><v>1e99999999</v></c>', "1e99999999"),
    ('<c r="A1"><v>NaN</v></c>', "NaN"),
    ('<c r="A1" t="str"><f>A2</f><v>0301</v></c>', "0301"),
    ('<c r="A1" t="s"><v>0</v></c>', "行政运行"),
    ('<c r="A1" t="s"><v>1</v></c>', "一般公共服务"),
    ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
    ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
)
SHARED = "<si><t>行政运行</t></si><si><r><t>一般</t></r><r><t>公共服务</t></r><rPh><t>yiban</t></rPh></si>"


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_a_cell_is_the_text_a_person_sees(cell: str, text: str) -> None:
    [sheet, _] = read_xlsx(workbook(f'<row r="1">{cell}</row>', SHARED))
    assert (sheet.name, sheet.rows) == ("功能", [(1, [text])])


@pytest.mark.parametrize(("kinds", "folder"), [(_OFFICE, "xl/"), (_STRICT, "xl/"), (_OFFICE, ""), (_OFFICE, "甲/乙/")])
def test_the_relationships_say_where_parts_are(kinds: str, folder: str) -> None:
    data = workbook('<row r="3"><c r="B3" t="s"><v>0</v></c></row>', SHARED, kinds=kinds, folder=folder)
    assert read_xlsx(data)[0].rows == [(3, ["", "行政运行"])]


def test_rows_keep_their_numbers_and_cells_their_columns() -> None:
    rows = '<row r="2"><c r="C2"><v>1</v></c><c r="AZ2"><v>2</v></c></row><row r="9"/><row><c><v>3</v></c></row>'
    assert read_xlsx(workbook(rows))[0].rows == [(2, ["", "", "1"]), (10, ["3"])]


def test_a_hidden_sheet_is_not_read() -> None:
    assert [sheet.name for sheet in read_xlsx(workbook("", state="hidden"))] == ["功能"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 and no more",
        b"\xd0\xcf\x11\xe0 an old .xls",
        workbook("<row><c><v>1</v></c>"),
        workbook('<row r="x"/>'),
        workbook('<row><c t="s"><v>7</v></c></row>'),
        workbook("").replace(b"_rels/.rels", b"_rels/.relx"),
        workbook("")[:-40],
        workbook("", "<si>" + "<r>" * 100_000 + "</r>" * 100_000 + "</si>"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        read_xlsx(data)


def test_entities_and_what_unpacks_beyond_measure_are_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(UsageError, match="读不出来"):
        read_xlsx(workbook("", before=laughs))
    with pytest.raises(UsageError, match="过大"):
        read_xlsx(workbook(" " * (9 * 1024 * 1024)))
