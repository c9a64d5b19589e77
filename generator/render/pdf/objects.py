"""The objects of a PDF as LibreOffice writes them, in the clear: read, and put right without moving a byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

_OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_REFERENCE = rb"(\d+) 0 R"


class Objects(NamedTuple):
    """What stands under each number, without its stream."""

    found: Mapping[int, bytes]

    def of_type(self, name: str) -> Iterator[bytes]:
        """Those of a type, in no order that means anything."""
        kind = re.compile(rb"/Type\s*/" + name.encode() + rb"\b(?![A-Za-z])")
        return (body for body in self.found.values() if kind.search(body))

    def under(self, body: bytes, key: str) -> bytes:
        """What an object has under a key: the object that a reference leads to, else the words after the key."""
        place = re.search(rb"/" + key.encode() + rb"\b\s*", body)
        if place is None:
            return b""
        reference = re.match(_REFERENCE, body[place.end() :])
        return self.found.get(int(reference[1]), b"") if reference else body[place.end() :]


def objects_of(pdf: bytes) -> Objects:
    """The objects as they are last said, also those that newer programs pack together."""
    import zlib

    found: dict[int, bytes] = {}
    for place in _OBJECT.finditer(pdf):
        body = place[2]
        stream = _STREAM.search(body)
        if stream is None:
            found[int(place[1])] = body
            continue
        found[int(place[1])] = body[: stream.start()]
        if _PACKED.search(body[: stream.start()]):
            with suppress(zlib.error, ValueError, TypeError):  # not as it says: its objects stay unknown
                found |= _unpacked(body[: stream.start()], zlib.decompress(body[stream.end() :]))
    return Objects(found)


def _unpacked(head: bytes, content: bytes) -> dict[int, bytes]:
    """ISO 32000-1, 7.5.7: pairs of a number and a place, then the objects."""
    count, first = (int(re.search(rb"/" + key + rb"\s+(\d+)", head)[1]) for key in (b"N", b"First"))  # type: ignore[index]
    numbers = [int(word) for word in content[:first].split()[: 2 * count]]
    starts = [first + place for place in numbers[1::2]]
    return {
        number: content[start:end]
        for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(content)], strict=True)
    }


def pages_in(objects: Objects) -> tuple[int, ...]:
    """The numbers of the pages, first to last."""
    catalog = next(objects.of_type("Catalog"), b"")
    return tuple(_leaves(objects, objects.under(catalog, "Pages"), 50))


def _leaves(objects: Objects, node: bytes, depth: int) -> Iterator[int]:
    kids = re.search(rb"/Kids\s*\[(.*?)\]", node, re.DOTALL)
    for number in map(int, re.findall(_REFERENCE, kids[1])) if kids and depth else ():
        body = objects.found.get(number, b"")
        if b"/Kids" in body:
            yield from _leaves(objects, body, depth - 1)
        else:
            yield number


def named_places(objects: Objects) -> dict[str, int]:
    """Of each name that a link may lead to, its page, counted from 1."""
    catalog = next(objects.of_type("Catalog"), b"")
    order = {number: place for place, number in enumerate(pages_in(objects), 1)}
    targets = re.findall(rb"/(\w+)\s*\[\s*(\d+) 0 R\s*/XYZ", objects.under(catalog, "Dests"))
    return {name.decode(): order[int(page)] for name, page in targets if int(page) in order}


def embedded_fonts(objects: Objects) -> tuple[str, ...]:
    """The names of the fonts that it brings along, without the tag of a subset."""
    names = (re.search(rb"/FontName\s*/([^\s/<>\[\]()]+)", body) for body in objects.of_type("FontDescriptor"))
    return tuple(sorted({re.sub("^[A-Z]{6}[+]", "", name[1].decode("latin-1")) for name in names if name}))
