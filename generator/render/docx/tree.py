"""A part of XML as a tree whose elements know where they stand, so that a part is changed without being written anew."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
}


class Element(NamedTuple):
    """An element: ``w:p`` and ``r:id`` are short for Word's own namespaces, other names are “namespace name”.

    ``start`` and ``end`` are places in the part's bytes; ``text`` is what stands directly in it.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    children: "tuple[Element, ...]"
    text: str

    def find(self, *path: str) -> "Element | None":
        """The first child of a name, and so on along a path."""
        found: Element | None = self
        for name in path:
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found

    def value(self, *path: str) -> str | None:
        """``w:val`` of the element at a path."""
        found = self.find(*path)
        return None if found is None else found.attributes.get("w:val")

    def walk(self) -> "Iterator[Element]":
        """It and everything in it, in the order of the part."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


class _Open(NamedTuple):
    name: str
    attributes: Mapping[str, str]
    start: int
    children: list[Element]
    text: list[str]


def tree_of(data: bytes) -> Element:
    """The root of a part that ``opc`` has found sound."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[_Open] = [_Open("", {}, 0, [], [])]

    def start(name: str, attributes: dict[str, str]) -> None:
        short = {_short(key): value for key, value in attributes.items()} if attributes else attributes
        stack.append(_Open(_short(name), short, parser.CurrentByteIndex, [], []))

    def end(_: str) -> None:
        opened = stack.pop()
        place = parser.CurrentByteIndex  # of “</”; after “/>” where the element is empty
        if opened.children or opened.text or data[place - 2 : place] != b"/>":
            place = data.index(b">", place) + 1
        element = Element(
            opened.name, opened.attributes, opened.start, place, tuple(opened.children), "".join(opened.text)
        )
        stack[-1].children.append(element)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: stack[-1].text.append(text)
    parser.Parse(data, True)
    return stack[0].children[0]


def _short(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else name
