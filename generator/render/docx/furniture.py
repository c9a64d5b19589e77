"""The words of the master that are filled: templates on the cover, in headers and footers."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.render.docx.tree import Change, Element
from generator.render.docx.xml import escape

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_BLOCK = re.compile(r"\{%")
_BRACE = re.compile(r"[{}｛｝]")
_BARE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_GONE = frozenset(("w:del", "w:moveFrom"))


class Slot(NamedTuple):
    """A template and the elements its letters stand in, as places in the part; ``style`` is its paragraph's."""

    template: str
    places: tuple[tuple[int, int], ...]
    style: str


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


def text_of(paragraph: Element) -> str:
    """A paragraph's own words."""
    return "".join(text.text for text in _texts(paragraph))


def changes_in(root: Element, words: Callable[[Slot], str]) -> tuple[Change, ...]:
    """What is to be spliced into a part to fill its templates; “\\n” becomes a line break."""
    found: list[Change] = []
    for paragraph in words_in(root):
        for slot in paragraph.slots:
            first, *others = slot.places
            found.append((*first, _run_content(words(slot)).encode()))
            found += [(*place, b"<w:t></w:t>") for place in others]
    return tuple(found)


def bare(template: str, furniture: Mapping[str, str]) -> str | None:
    """A template that only names what is given, filled; None for any other."""
    names = _BARE.findall(template)
    if _TAG.search(_BARE.sub("", template)) or not furniture.keys() >= set(names):
        return None
    return _BARE.sub(lambda found: furniture[found[1]], template)


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
    groups = _groups(texts, [found.span() for found in _TAG.finditer(whole)], bool(_BLOCK.search(whole)))
    slots = tuple(
        Slot(
            _TAG.sub(
                lambda found: found[0].translate(_STRAIGHT), "".join(text.text for text in texts[first : last + 1])
            ),
            tuple((text.start, text.end) for text in texts[first : last + 1]),
            style,
        )
        for first, last in groups
    )
    return Words(slots, _TAG.sub("", whole))


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


def _run_content(words: str) -> str:
    return "<w:br/>".join("<w:tab/>".join(map(_text, line.split("\t"))) for line in words.split("\n"))


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else '<w:t xml:space="preserve"/>'
