"""The words of a master's parts: its templates, and what stands around them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.render.docx.furniture import TAG, Slot
from generator.render.docx.tree import Element

_BLOCK = re.compile(r"\{%")
_BRACE = re.compile(r"[{}｛｝]")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_DOCXTPL = re.compile(r"\{[{%#](?:p|r|tr|tc)\s|\{%-|-%\}|\{%\s*(?:set|macro|vm|hm|colspan|cellbg)\b")
_OPENS = re.compile(r"\{%\+?\s*(?:if|for|call|filter|with|raw|block|autoescape)\b")
_ENDS = re.compile(r"\{%\+?\s*end")
_GONE = frozenset(("w:del", "w:moveFrom"))


class Words(NamedTuple):
    """A paragraph's words: its templates, and what stands around them."""

    slots: tuple[Slot, ...]
    around: str

    @property
    def has_braces(self) -> bool:
        """Whether something is left that looks like a template and is none."""
        return _BRACE.search(self.around) is not None


def words_in(root: Element) -> Iterator[Words]:
    """The paragraphs of a part that have words."""
    for element in root.walk():
        if element.name == "w:p":
            texts = list(_texts(element))
            if texts:
                yield _words(texts, element.value("w:pPr", "w:pStyle") or "")


def beyond_paragraph(template: str) -> bool:
    """Whether it is not whole in its paragraph: it has a tag of docxtpl's, or a block that begins or ends elsewhere."""
    if not _BLOCK.search(template) and not _DOCXTPL.search(template):
        return False
    return bool(_DOCXTPL.search(template)) or len(_OPENS.findall(template)) != len(_ENDS.findall(template))


def text_of(paragraph: Element) -> str:
    """A paragraph's own words."""
    return "".join(text.text for text in _texts(paragraph))


def _texts(paragraph: Element) -> Iterator[Element]:
    """The elements that hold a paragraph's letters, but not those of a paragraph in it, nor deleted ones."""
    waiting = list(reversed(paragraph.children))
    while waiting:
        element = waiting.pop()
        if element.name == "w:t":
            yield element
        elif element.name != "w:p" and element.name not in _GONE:
            waiting.extend(reversed(element.children))


def _words(texts: list[Element], style: str) -> Words:
    whole = "".join(text.text for text in texts)
    if not _BRACE.search(whole):
        return Words((), whole)
    groups = _groups(texts, [found.span() for found in TAG.finditer(whole)], bool(_BLOCK.search(whole)))
    slots = tuple(
        Slot(
            TAG.sub(
                lambda found: found[0].translate(_STRAIGHT), "".join(text.text for text in texts[first : last + 1])
            ),
            tuple((text.start, text.end) for text in texts[first : last + 1]),
            style,
        )
        for first, last in groups
    )
    return Words(slots, TAG.sub("", whole))


def _groups(texts: list[Element], tags: list[tuple[int, int]], whole: bool) -> list[tuple[int, int]]:
    """Which neighbouring elements are one template: those a tag reaches over, or all between a block's ends."""
    ends: list[int] = []
    for text in texts:
        ends.append((ends[-1] if ends else 0) + len(text.text))
    found: list[tuple[int, int]] = []
    for start, end in tags:
        first = next(index for index, edge in enumerate(ends) if edge > start)
        last = next(index for index, edge in enumerate(ends) if edge >= end)
        if found and (whole or first <= found[-1][1]):
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found
