"""Accepts or rejects every tracked change of a .docx, with nothing of the generator: what Word's two buttons do."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.docx_reading import W

INS, DEL = f"{W}ins", f"{W}del"


def accepted(data: bytes) -> bytes:
    return _settled(data, INS, DEL)


def rejected(data: bytes) -> bytes:
    return _settled(data, DEL, INS)


def _settled(data: bytes, kept: str, gone: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            part = archive.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                root = ElementTree.fromstring(part)
                _settle(root, kept, gone)
                assert not {item.tag for item in root.iter()} & {INS, DEL, f"{W}delText", f"{W}delInstrText"}
                part = ElementTree.tostring(root)
            made.writestr(name, part)
    return buffer.getvalue()


def _settle(root: Element, kept: str, gone: str) -> None:
    for item in list(root.iter()):
        _rows(item, gone)
    for item in list(root.iter()):
        _runs(item, kept, gone)
    for item in list(root.iter()):
        _paragraphs(item, kept, gone)
    for item in root.iter(f"{W}delText"):
        item.tag = f"{W}t"


def _rows(parent: Element, gone: str) -> None:
    for table in parent.findall(f"{W}tbl"):
        for row in table.findall(f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is None:
                continue
            if properties.find(gone) is not None:
                table.remove(row)
            for mark in [*properties.findall(INS), *properties.findall(DEL)]:
                properties.remove(mark)
        if table.find(f"{W}tr") is None:
            parent.remove(table)


def _runs(parent: Element, kept: str, gone: str) -> None:
    if parent.tag in (f"{W}rPr", f"{W}trPr"):
        return
    place = 0
    while place < len(parent):
        child = parent[place]
        if child.tag == gone:
            parent.remove(child)
        elif child.tag == kept:
            parent[place : place + 1] = list(child)
        else:
            place += 1


def _paragraphs(parent: Element, kept: str, gone: str) -> None:
    """A paragraph whose mark goes runs into the next one, which keeps its own properties."""
    for paragraph in list(parent):
        properties = paragraph.find(f"{W}pPr/{W}rPr") if paragraph.tag == f"{W}p" else None
        if properties is None:
            continue
        if properties.find(kept) is not None:
            properties.remove(properties.find(kept))  # type: ignore[arg-type]
        if properties.find(gone) is not None:
            rest = [item for item in paragraph if item.tag not in (f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")]
            rest = [item for item in rest if len(item) or item.tag != f"{W}hyperlink"]
            following = parent[list(parent).index(paragraph) + 1]
            if rest:
                assert following.tag == f"{W}p"
                start = int(following.find(f"{W}pPr") is not None)
                following[start:start] = rest
            parent.remove(paragraph)
