"""What a redline comes to: its words after all its tracked changes are accepted, or all rejected."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from generator.model.comparison import Mark
from generator.model.reading import Reading, ReadTable
from generator.readback.docx import TBL, TR, P, T, W, read_parts, reading_in, root_of

_MARKS = {Mark.GONE: W + "del", Mark.ADDED: W + "ins"}
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_OBJECTS = frozenset((*(W + name for name in ("drawing", "pict", "object", "ruby")), _MARKUP))


def words_after(data: bytes, taken: Mark) -> tuple[str, ...]:
    """The words and rows of a file when the changes of one kind are taken and those of the other kind are not.

    Of a file without tracked changes, what it says. Objects with words of their own (text boxes) are left out, and
    blanks: how a line is spread is no word.
    """
    parts = read_parts(data)
    root = root_of(parts["word/document.xml"])
    _settle(root, _MARKS[Mark.GONE if taken is Mark.ADDED else Mark.ADDED])
    return tuple(filter(None, ("".join(text.split()) for text in _words(reading_in(parts, root)))))


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
        left = child.tag == TR and child.find(f"{W}trPr/{gone}") is not None
        if left or child.tag == gone or child.tag in _OBJECTS:
            parent.remove(child)
            continue
        if child.tag == W + "delText":
            child.tag = T
        if child.tag not in (W + "pPr", W + "trPr"):
            _settle(child, gone)
        if child.tag == TBL and child.find(TR) is None:
            parent.remove(child)
    _join(parent, gone)


def _join(parent: Element, gone: str) -> None:
    """A paragraph whose end goes says its words at the beginning of the next."""
    words: list[Element] = []
    for child in list(parent):
        if child.tag != P:
            continue
        own = [item for item in child if item.tag != W + "pPr"]
        if child.find(f"{W}pPr/{W}rPr/{gone}") is not None:
            words += own
            parent.remove(child)
        elif words:
            child[:] = [*child.findall(W + "pPr"), *words, *own]
            words = []
