"""What a reader sees in a .docx, by way of a tree: slow, plain, with nothing of the generator.

A text box is read where it is anchored, each of its paragraphs on a line of its own; of alternatives the first; of a
ruby the words and not how they are said; nothing of what tracked changes took away.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = {f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "rt", "instrText", "delText")}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"}
_SYMBOLS = {"FE": "☑", "6E": "■"}


def body_of(data: bytes, part: str = "word/document.xml") -> Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    body = root.find(f"{W}body")
    return root if body is None else body


def held(parent: Element, tag: str, *others: str) -> Iterator[Element]:
    """The paragraphs, tables, rows or cells of something, whatever else is wrapped around them."""
    for child in parent:
        if child.tag in (W + tag, *(W + other for other in others)):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from held(child, tag, *others)


def words(item: Element, boxes: bool = True) -> str:
    """What a paragraph says."""
    found: list[str] = []
    _walk(item, found, boxes)
    return "".join(found).strip("\f").replace("\f", "\n")  # a page that begins before its words is no line of them


def _walk(item: Element, found: list[str], boxes: bool) -> None:
    for child in item:
        name = str(child.tag).removeprefix(W)
        if child.tag in _UNSEEN or (not boxes and child.tag in _PICTURES):
            continue
        sign = _sign(child, name)
        if sign is not None:
            found.append(sign)
        elif child.tag == f"{_MC}AlternateContent":
            _walk(child[0], found, boxes)
        else:
            if name == "p" and any(found):  # in a text box
                found.append("\n")
            _walk(child, found, boxes)


def _sign(child: Element, name: str) -> str | None:
    """What an element says by itself; None where it says what it holds."""
    if name == "t":
        return child.text or ""
    if name == "sym":
        code = child.get(f"{W}char", "").upper()
        return _SYMBOLS.get(code[-2:], chr(int(code, 16)))
    if name == "br" and child.get(f"{W}type"):
        return "\f"
    return _SIGNS.get(name)


def cell_words(cell: Element) -> str:
    """What a cell says, a table in it cell by cell."""
    lines = []
    for item in held(cell, "p", "tbl"):
        if item.tag == f"{W}p":
            lines.append(words(item))
        else:
            lines += [cell_words(inner) for row in held(item, "tr") for inner in held(row, "tc")]
    return "\n".join(lines)


def table_rows(table: Element) -> list[tuple[str, ...]]:
    """The rows of a table: for each grid column one text, a wide cell's in its first."""
    rows = []
    for row in held(table, "tr"):
        texts: list[str] = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in held(row, "tc"):
            texts += [cell_words(cell)] + [""] * (_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)
        rows.append(tuple(texts))
    return rows


def _number(item: Element | None, missing: int) -> int:
    return missing if item is None else int(item.get(f"{W}val", ""))


def seen(data: bytes) -> list[str | list[tuple[str, ...]]]:
    """Paragraphs and tables of the body."""
    return [words(item) if item.tag == f"{W}p" else table_rows(item) for item in held(body_of(data), "p", "tbl")]


def lines(data: bytes, part: str = "word/document.xml") -> list[str | int]:
    """Every paragraph that says something, also in cells, and for each row how many cells it has; no words of pictures."""
    return list(_lines(body_of(data, part)))


def _lines(parent: Element) -> Iterator[str | int]:
    for item in held(parent, "p", "tbl"):
        if item.tag == f"{W}p":
            if text := words(item, boxes=False):
                yield text
            continue
        for row in held(item, "tr"):
            cells = list(held(row, "tc"))
            yield len(cells)
            for cell in cells:
                yield from _lines(cell)
