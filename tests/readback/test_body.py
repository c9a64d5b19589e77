"""The stream that reads a body, against a tree that reads the same files slowly."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from generator.readback.body import Body, Paragraph
from generator.readback.rows import read_body
from tests import other_hands, slow_reading
from tests.conftest import SOAK

OPEN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
)


def read(stream: BytesIO) -> list[object]:
    body = read_body(stream, {})
    assert body is not None
    return [item.text if isinstance(item, Paragraph) else [row.texts for row in item.rows] for item in body.items]


def of(xml: str, prefixed: bool = True) -> Body:
    """``prefixed``: names as everybody writes them; else the reader has to look them up."""
    opened = OPEN if prefixed else OPEN.replace("xmlns:w=", "xmlns:v=").replace("<w:", "<v:")
    shown = xml if prefixed else xml.replace("<w:", "<v:").replace("</w:", "</v:").replace(" w:", " v:")
    body = read_body(
        BytesIO(f"{opened}{shown}</{'w' if prefixed else 'v'}:body></{'w' if prefixed else 'v'}:document>".encode()), {}
    )
    assert body is not None
    return body


@pytest.mark.parametrize("seed", range(2000 if SOAK else 25))
def test_both_read_the_same(seed: int) -> None:
    data, _ = other_hands.pair(seed)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert read(BytesIO(archive.read("word/document.xml"))) == slow_reading.seen(data)


def said(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


BOX = f"<w:txbxContent><w:p>{said('框一')}</w:p><w:p>{said('框二')}</w:p></w:txbxContent>"
TABLE = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>".format
BOTH = "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>".format


@pytest.mark.parametrize("prefixed", [True, False])
@pytest.mark.parametrize(
    ("inside", "meant"),
    [
        (BOTH(BOX, BOX), "前\n框一\n框二"),
        (BOTH(BOTH(BOX, BOX), BOX), "前\n框一\n框二"),
        (f"<w:r><mc:AlternateContent><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>", "前\n框一\n框二"),
        (f"<w:r><w:pict><w:txbxContent>{TABLE(said('格'))}</w:txbxContent></w:pict></w:r>", "前\n格"),
        ("<w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t><w:ptab/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>", "前甲\n乙\t1-2"),
        ("<w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t></w:r>", "前甲乙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>', "前☑□"),
        ('<w:r><w:sym w:char="F0C1"/><w:sym w:char="D800"/><w:sym w:char="0000"/><w:sym w:char="-5"/><w:sym/></w:r>', "前\uf0c1"),
        (f"<w:r><w:ruby><w:rt>{said('zhu')}</w:rt><w:rubyBase>{said('筑')}</w:rubyBase></w:ruby></w:r>", "前筑"),
        (f"<w:del><w:r><w:delText>旧</w:delText><w:tab/><w:br/></w:r></w:del><w:ins>{said('新')}</w:ins>", "前新"),
        (f"<w:moveFrom>{said('旧')}</w:moveFrom><w:moveTo>{said('新')}</w:moveTo>", "前新"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(inside: str, meant: str, prefixed: bool) -> None:
    body = of(f"<w:p>{said('前')}{inside}</w:p>", prefixed)
    assert [item.text for item in body.items if isinstance(item, Paragraph)] == [meant]
    in_cell = of(TABLE(said("前") + inside) + TABLE(said("完")), prefixed)
    assert [[row.texts for row in item.rows] for item in in_cell.items if not isinstance(item, Paragraph)] == [
        [(meant,)],
        [("完",)],
    ]


def test_a_row_that_begins_in_a_later_column() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p>{said("乙")}</w:p></w:tc></w:tr>'
    [table] = of(f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{row}</w:tbl>").items
    assert not isinstance(table, Paragraph)
    assert table.rows[0].texts == ("", "乙") and table.rows[0].aligned == "ll"


@pytest.mark.parametrize(
    "xml",
    [said("甲"), "<w:tc/>", "<w:tr><w:tc/></w:tr>", "<w:tbl><w:tc/></w:tbl>", "<w:tbl><w:p/></w:tbl>", "<w:tbl><w:tr><w:p/></w:tr></w:tbl>",
     "<w:br/>", "<w:tbl><w:vMerge/></w:tbl>", "<w:txbxContent><w:tr/><w:p/></w:txbxContent>"],
)  # fmt: skip
def test_words_at_a_wrong_place_are_no_words(xml: str) -> None:
    items = of(f"{xml}<w:p>{said('好')}</w:p>").items
    assert items[-1] == Paragraph("好", 0, False)
