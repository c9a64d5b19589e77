"""Rows read by their shapes, against the parser reading every byte of the same document."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest

from generator.model.problem import UsageError
from generator.readback import rows
from generator.readback.body import Body, BodyReader, BodyRow, Table
from generator.readback.rows import read_body
from generator.readback.wordml import parse

OPEN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
)


def said(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(content: str, properties: str = "") -> str:
    looks = f'<w:tcW w:w="900" w:type="dxa"/>{properties}<w:vAlign w:val="center"/>'
    return f'<w:tc><w:tcPr>{looks}</w:tcPr><w:p><w:pPr><w:jc w:val="right"/></w:pPr>{content}</w:p></w:tc>'


def row(*cells: str, properties: str = '<w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>') -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def plain(*texts: str) -> str:
    return row(*(cell(said(text) if text else "") for text in texts))


def table(*rows: str) -> str:
    grid = '<w:gridCol w:w="900"/>' * 3
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(*blocks: str) -> bytes:
    return f"{OPEN}{''.join(blocks)}</w:body></w:document>".encode()


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def parsed(data: bytes, size: int = 1 << 18) -> Body:
    reader = BodyReader({})
    parse(pieces(data, size), reader, True)
    return reader.body()


def read(data: bytes) -> Body | None:
    return read_body(BytesIO(data), {}, True)


SPAN, RESTART, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
FIRST, SECOND = plain("甲", "1.00", "2.00"), plain("乙", "", "3.00")
ODD = {
    "an entity": plain("甲&amp;乙", "1.00", "2.00"),
    "a number for a letter": plain("甲&#x4e59;", "1.00", "2.00"),
    "no word in a run": plain("甲", "1.00", "2.00").replace("1.00", ""),
    "a wide blank": plain("甲\u3000乙", "1.00", "2.00"),
    "a letter of nobody's": plain("甲\ue000", "1.00", "2.00"),
    "a bracket": plain("甲>乙", "1.00", "2.00"),
    "two paragraphs": row(cell(f"{said('甲')}</w:p><w:p>{said('乙')}"), cell(said("1.00")), cell("")),
    "two runs": row(cell(said("甲") + said("乙")), cell(said("1.00")), cell("")),
    "two lines": row(cell("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), cell(said("1.00")), cell("")),
    "a tab": row(cell(f"<w:r><w:tab/></w:r>{said('甲')}"), cell(""), cell("")),
    "merged cells": row(cell(said("甲"), SPAN), cell(said("1.00"), RESTART)),
    "a merge that goes on": row(cell(said("甲"), RESTART), cell("", ON), cell(said("1.00"))),
    "cells before": row(cell(said("甲")), properties='<w:gridBefore w:val="2"/>'),
    "a row of the header": row(cell(said("甲")), properties="<w:tblHeader/>"),
    "words that came": row(cell(f"<w:ins>{said('甲')}</w:ins>"), cell(""), cell("")),
    "words that went": row(cell(f"<w:del>{said('甲')}</w:del>"), cell(""), cell("")),
    "a word that went as a code came": row(cell(f"<w:del>{said('甲')}</w:del><w:r><w:sym w:char='E000'/></w:r>")),
    "a row that came": row(cell(said("甲")), properties="<w:ins/>"),
    "a hidden word": row(cell("<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>"), cell(""), cell("")),
    "a font by hand": row(cell('<w:r><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr><w:t>甲</w:t></w:r>')),
    "a comment of a reviewer": row(cell(said("甲") + '<w:r><w:commentReference w:id="1"/></w:r>'), cell("")),
    "a remark in the XML": row(cell(said("甲") + "<!-- <w:t>乙</w:t> -->"), cell("")),
    "words as they are": row(cell("<w:r><w:t><![CDATA[<w:t>甲</w:t>]]></w:t></w:r>"), cell("")),
    "a table in a cell": row(cell(f"{said('甲')}</w:p>{table(FIRST, SECOND)}<w:p>"), cell(said("1.00"))),
    "a row in a cell": row(cell(f"{said('甲')}</w:p>{FIRST}<w:p>"), cell(said("1.00"))),
    "an empty row in a row": row(cell(said("甲")), "<w:tr/>", cell(said("1.00"))),
    "a box of rows": row(cell(f"<w:r><w:txbxContent>{table(FIRST, FIRST)}</w:txbxContent></w:r>"), cell("")),
    "rows that went": f"<w:del>{FIRST}{FIRST}</w:del>",
    "rows of which one is chosen": f"<mc:AlternateContent><mc:Choice>{FIRST}</mc:Choice><mc:Fallback>{FIRST}{FIRST}"
    "</mc:Fallback></mc:AlternateContent>",
    "a row that says who saved it": FIRST.replace("<w:tr>", '<w:tr w:rsidR="00112233">'),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_a_shape_tells_is_what_the_parser_reads(odd: str) -> None:
    """The odd row among known ones, as the first of its shape, as a known one, and in the middle of a piece."""
    data = document(f"<w:p>{said('前')}</w:p>", table(FIRST, SECOND, odd, FIRST, odd, SECOND), table(odd, FIRST))
    assert read(data) == parsed(data)


@pytest.mark.parametrize("size", [7, 64, 257, 1001])
def test_rows_may_be_cut_anywhere(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = document(f"<w:p>{said('前')}</w:p>", table(FIRST, SECOND, *ODD.values(), FIRST), table(*ODD.values()))
    monkeypatch.setattr(rows, "pieces_of", lambda stream: pieces(stream.read(), size))
    assert read(data) == parsed(data)


@pytest.mark.parametrize("wrong", ["\x01", "<", "</w:r>", "\ufffe", "&乙;", "]]>", "<w:tc>", "</w:p>", "<!--"])
def test_a_damaged_word_of_a_known_shape_is_refused(wrong: str) -> None:
    """In the last row of a shape that has been read before."""
    damaged = document(table(FIRST, FIRST, plain(f"甲{wrong}", "1.00", "2.00"), FIRST))
    with pytest.raises(UsageError):
        parsed(damaged)
    with pytest.raises(UsageError):
        read(damaged)


def test_bytes_that_are_no_letters_are_refused() -> None:
    with pytest.raises(UsageError):
        read(document(table(FIRST, FIRST, FIRST)).replace("甲".encode(), b"\xff\xfe\xfd"))


def test_a_wrong_digit_and_swapped_cells_are_seen() -> None:
    body = read(document(table(FIRST, plain("甲", "1.01", "2.00"), plain("甲", "2.00", "1.00"), SECOND)))
    assert body is not None and isinstance(body.items[0], Table)
    texts = [row.texts for row in body.items[0].rows]
    assert texts == [("甲", "1.00", "2.00"), ("甲", "1.01", "2.00"), ("甲", "2.00", "1.00"), ("乙", "", "3.00")]


def test_known_shapes_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand rows of two shapes, below one no shape can tell: the parsers hear of what makes the two."""
    heard: list[BodyRow] = []
    past = BodyReader._tr_past

    def hear(reader: BodyReader) -> None:
        past(reader)
        heard.extend(reader.rows[-1:])

    monkeypatch.setattr(BodyReader, "_tr_past", hear)
    many = (plain(f"第{number}行", str(number), "" if number % 2 else "1") for number in range(1000))
    body = read(document(table(ODD["a table in a cell"], *many)))
    assert body is not None and isinstance(body.items[0], Table)
    assert len(body.items[0].rows) == 1001
    assert len(heard) < 10


def test_shapes_without_end_are_not_all_kept() -> None:
    rows._memory.cache_clear()
    shapes = rows._Shapes(BodyReader({}))
    for height in range(rows._MOST + 10):
        xml = row(cell(said("甲")), properties=f'<w:trHeight w:val="{height}"/><w:gridAfter w:val="{height}"/>')
        read = shapes.read(xml.removeprefix("<w:tr>").removesuffix("</w:tr>").encode())
        assert read is not None and read.texts == ("甲",)
    assert len(shapes._rows) == rows._MOST >= len(shapes._pieces)
