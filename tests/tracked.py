"""Accepts or rejects every tracked change of a .docx, with nothing of the generator: what Word's two buttons do."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from lxml import etree
from lxml.etree import _Element as Element

from tests.docx_reading import W
from tests.slow_reading import held

INS, DEL = f"{W}ins", f"{W}del"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINKS = "word/_rels/document.xml.rels"


def accepted(data: bytes) -> bytes:
    return _settled(data, INS, DEL)


def rejected(data: bytes) -> bytes:
    return _settled(data, DEL, INS)


def drawings(data: bytes) -> list[tuple[str, bytes]]:
    """Each drawing of the body, in order: its chart and the workbook behind it. No other chart is in the package."""
    parts = _parts(data)
    targets = _targets(parts)
    found = []
    for identity in _drawn(ElementTree.fromstring(parts["word/document.xml"])):
        chart = f"word/{targets.pop(identity)}"
        [link] = ElementTree.fromstring(parts[chart.replace("charts/", "charts/_rels/") + ".rels"])
        shown = ElementTree.canonicalize(parts[chart].decode(), rewrite_prefixes=True)
        found.append((shown, parts[f"word/{link.get('Target', '').removeprefix('../')}"]))
    assert not targets
    assert len([name for name in parts if name.startswith(("word/charts/chart", "word/embeddings/"))]) == 2 * len(found)
    return found


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _targets(parts: dict[str, bytes]) -> dict[str, str]:
    """The chart parts that the body may draw, by the name it calls them."""
    links = ElementTree.fromstring(parts[_LINKS])
    return {link.get("Id", ""): link.get("Target", "") for link in links if link.get("Type", "").endswith("/chart")}


def _drawn(root: ElementTree.Element) -> list[str]:
    return [item.get(f"{_OFFICE}id", "") for item in root.iter(f"{_CHART}chart")]


def _without_lost(data: bytes) -> bytes:
    """As Word saves it: without the parts that nothing leads to any more."""
    parts = _parts(data)
    drawn = _drawn(ElementTree.fromstring(parts["word/document.xml"]))
    for identity, target in _targets(parts).items():
        if identity in drawn:
            continue
        link = parts.pop(f"word/charts/_rels/{target.removeprefix('charts/')}.rels")
        del parts[f"word/{ElementTree.fromstring(link)[0].get('Target', '').removeprefix('../')}"]
        del parts[f"word/{target}"]
        parts[_LINKS] = re.sub(rb'<Relationship Id="%s"[^>]*/>' % identity.encode(), b"", parts[_LINKS])
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


def _settled(data: bytes, kept: str, gone: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            part = archive.read(name)
            if name.startswith("word/") and name.endswith(".xml") and re.search(rb"<w:(?:ins|del)[ />]", part):
                root = etree.fromstring(part)
                _settle(root, kept, gone)
                left = {item.tag for item in root.iter()} & {INS, DEL, f"{W}delText", f"{W}delInstrText"}
                assert not left, left
                part = etree.tostring(root)
            made.writestr(name, part)
    return _without_lost(buffer.getvalue())


def _settle(root: Element, kept: str, gone: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        _row(row, gone)
    for table in [table for table in root.iter(f"{W}tbl") if not list(held(table, "tr"))]:
        _parent(table).remove(table)
    for mark in list(root.iter(kept, gone)):
        _run(mark, kept)
    for story in list(root.iter(*_STORIES)):
        _paragraphs(story, kept, gone)
    for item in root.iter(f"{W}delText"):
        item.tag = f"{W}t"


def _row(row: Element, gone: str) -> None:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return
    if properties.find(gone) is not None:
        _parent(row).remove(row)
    for mark in [*properties.findall(INS), *properties.findall(DEL)]:
        properties.remove(mark)


def _run(mark: Element, kept: str) -> None:
    if _parent(mark).tag in (f"{W}rPr", f"{W}trPr"):
        return
    if mark.tag == kept:
        for item in list(mark):
            mark.addprevious(item)
    _parent(mark).remove(mark)


_STORIES = frozenset(W + name for name in ("body", "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote"))


def _paragraphs(story: Element, kept: str, gone: str) -> None:
    """A paragraph whose mark goes runs into the next one, which keeps its own properties."""
    items = list(held(story, "p", "tbl"))
    for paragraph, following in zip(items, [*items[1:], None], strict=True):
        properties = paragraph.find(f"{W}pPr/{W}rPr") if paragraph.tag == f"{W}p" else None
        if properties is None:
            continue
        for mark in properties.findall(kept):
            properties.remove(mark)
        if (mark := properties.find(gone)) is None:
            continue
        rest = [item for item in paragraph if item.tag not in (f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")]
        rest = [item for item in rest if len(item) or item.tag != f"{W}hyperlink"]
        if following is None:
            assert not list(_said(rest)), "the last paragraph's end stays, and no words before it"
            properties.remove(mark)
            continue
        if list(_said(rest)):
            assert following.tag == f"{W}p", "words before a table stay where they are"
            start = int(following.find(f"{W}pPr") is not None)
            following[start:start] = rest
        _parent(paragraph).remove(paragraph)


def _said(rest: list[Element]) -> Iterator[Element]:
    """What is more than an empty frame of what went."""
    for item in rest:
        yield from item.iter(f"{W}r")


def _parent(item: Element) -> Element:
    found = item.getparent()
    assert found is not None
    return found
