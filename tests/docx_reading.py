"""Reads a .docx back with nothing of the generator: paragraphs and tables as plain text."""

from __future__ import annotations

import copy
import zipfile
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@lru_cache(maxsize=6)
def body_of(data: bytes) -> ElementTree.Element:
    """The body, to be read and not changed: several tests, and several questions of one, ask for the same file's."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return body


def text_of(element: ElementTree.Element) -> str:
    """What it says; where a page or column begins is no word."""
    parts = []
    for run in element.iter(f"{W}r"):
        for item in run:
            if item.tag == f"{W}t":
                parts.append(item.text or "")
            elif item.tag == f"{W}tab":
                parts.append("\t")
            elif item.tag == f"{W}br" and not item.get(f"{W}type"):
                parts.append("\n")
    return "".join(parts)


def style_of(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """(style, text) of every body paragraph outside tables, in order."""
    return [(style_of(item), text_of(item)) for item in body_of(data) if item.tag == f"{W}p"]


def rows_of(table: ElementTree.Element, header: bool = False) -> list[list[str]]:
    """The cells of each body row (or header row); a vertically merged continuation reads as empty."""
    found = []
    for row in table.findall(f"{W}tr"):
        if (row.find(f"{W}trPr/{W}tblHeader") is not None) == header:
            found.append([text_of(cell) for cell in row.findall(f"{W}tc")])
    return found


def _joined(above: ElementTree.Element, below: ElementTree.Element) -> ElementTree.Element:
    """A form that goes on in a second table, so that its heading is repeated, as one."""
    whole = copy.deepcopy(above)
    for row in copy.deepcopy(below).findall(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        mark = None if properties is None else properties.find(f"{W}tblHeader")
        if properties is not None and mark is not None:
            properties.remove(mark)
        whole.append(row)
    return whole


def items(data: bytes) -> list[ElementTree.Element]:
    """The body's paragraphs and tables; a form that goes on below a paragraph without words is one table."""
    found: list[ElementTree.Element] = []
    for item in body_of(data):
        parted = len(found) > 1 and found[-2].tag == f"{W}tbl" and not text_of(found[-1]).strip()
        if item.tag == f"{W}tbl" and parted and found[-1].find(f"{W}pPr/{W}sectPr") is None:
            found[-2:] = [_joined(found[-2], item)]
        else:
            found.append(item)
    return found


def tables(data: bytes) -> dict[str, ElementTree.Element]:
    """Each table by the caption above it."""
    found, caption = {}, ""
    for item in items(data):
        if item.tag == f"{W}p" and style_of(item) == "TableCaption":
            caption = text_of(item)
        elif item.tag == f"{W}tbl":
            found[caption] = item
    return found
