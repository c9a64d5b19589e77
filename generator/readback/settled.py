"""What a redline comes to: its words after all its tracked changes are accepted, or all rejected."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.comparison import Mark
from generator.model.reading import Reading, ReadTable
from generator.readback.docx import read_docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _T = (_W + name for name in ("p", "tbl", "tr", "t"))

_MARKS = {Mark.GONE: _W + "del", Mark.ADDED: _W + "ins"}
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_OBJECTS = frozenset((*(_W + name for name in ("drawing", "pict", "object")), _MARKUP))
_AROUND = frozenset(_W + name for name in ("sdt", "sdtContent", "customXml"))


def words_after(data: bytes, taken: Mark) -> tuple[str, ...]:
    """The words and rows of a file when the changes of one kind are taken and those of the other kind are not.

    Of a file without tracked changes, what it says. Objects with words of their own (text boxes) are left out, and
    blanks: how a line is spread is no word. Raises UsageError when the file can't be read.
    """
    read_docx(data)  # refuses what the next parser must not be given
    gone = _MARKS[Mark.GONE if taken is Mark.ADDED else Mark.ADDED]
    return tuple(filter(None, ("".join(text.split()) for text in _words(read_docx(data, partial(_settled, gone))))))


def _settled(gone: str, xml: bytes) -> bytes:
    root = ElementTree.fromstring(xml)  # noqa: S314 - has been read once: it declares no entities
    _settle(root, gone)
    return ElementTree.tostring(root)


def _words(reading: Reading) -> list[str]:
    found = [*reading.cover, *(line.text + line.page for line in reading.contents)]
    for block in reading.blocks:
        if isinstance(block, ReadTable):
            found += [block.caption, block.headline, *("/".join(path) for path in block.columns)]
            found += ["|".join(row) for row in block.rows] + list(block.notes)
        else:
            found.append(block.text)
    return found


def _settle(parent: Element, gone: str) -> None:
    for child in list(parent):
        left = child.tag == _TR and child.find(f"{_W}trPr/{gone}") is not None
        if left or child.tag == gone or child.tag in _OBJECTS:
            parent.remove(child)
            continue
        if child.tag == _W + "delText":
            child.tag = _T
        elif child.tag == _MARKS[Mark.GONE]:
            child.tag = _MARKS[Mark.ADDED]  # what was to go has stayed: a reader of the file sees it
        if child.tag not in (_W + "pPr", _W + "trPr"):
            _settle(child, gone)
        if child.tag == _TBL and not any(item.tag == _TR for _, item in _inside(child)):
            parent.remove(child)
    if parent.tag in (_W + "body", _W + "tc"):
        _join(parent, gone)


def _inside(parent: Element) -> Iterator[tuple[Element, Element]]:
    """What stands directly in it, also in content controls, each with what holds it."""
    for child in list(parent):
        if child.tag in _AROUND:
            yield from _inside(child)
        else:
            yield parent, child


def _join(story: Element, gone: str) -> None:
    """A paragraph whose end goes says its words at the beginning of the next."""
    words: list[Element] = []
    for holder, child in _inside(story):
        if child.tag != _P:
            continue
        own = [item for item in child if item.tag != _W + "pPr"]
        if child.find(f"{_W}pPr/{_W}rPr/{gone}") is not None:
            words += own
            holder.remove(child)
        elif words:
            child[:] = [*child.findall(_W + "pPr"), *words, *own]
            words = []
