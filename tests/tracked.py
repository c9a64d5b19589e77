"""Accepts or rejects every tracked change of a .docx, with nothing of the generator: what Word's two buttons do."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.docx_reading import W

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


def _drawn(root: Element) -> list[str]:
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
            if name.startswith("word/") and name.endswith(".xml"):
                root = ElementTree.fromstring(part)
                _settle(root, kept, gone)
                assert not {item.tag for item in root.iter()} & {INS, DEL, f"{W}delText", f"{W}delInstrText"}
                part = ElementTree.tostring(root)
            made.writestr(name, part)
    return _without_lost(buffer.getvalue())


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
