"""Words for drawings, which LibreOffice loses where a drawing is a chart: added at the file's end, so that no byte moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.render.pdf.objects import Objects, objects_of

_END = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_CHILDREN = re.compile(rb"/K\s*(?:\[(.*?)\]|(\d+ 0 R))", re.DOTALL)
_FIGURE = re.compile(rb"/S\s*/Figure\b")


def described(pdf: bytes, words: Sequence[str]) -> bytes:
    """The PDF whose figures without words say these, in the order of reading (ISO 14289-1, 7.3).

    Nothing is done where there are more or fewer of them: nobody could say which is which.
    """
    objects = objects_of(pdf)
    silent = silent_figures(objects)
    end = _END.search(pdf)
    if not silent or len(silent) != len(words) or end is None or pdf[int(end[2]) :][:4] != b"xref":
        return pdf
    said = (b"/Alt<FEFF%s>>>" % text.encode("utf-16-be").hex().upper().encode() for text in words)
    changed = {
        number: objects.found[number].strip().removesuffix(b">>") + alt
        for number, alt in zip(silent, said, strict=True)
    }
    return pdf + _update(changed, len(pdf), end[1], int(end[2]))


def silent_figures(objects: Objects) -> tuple[int, ...]:
    """The numbers of the figures that nothing is said of, as they are read."""
    root = next(objects.of_type("StructTreeRoot"), b"")
    return tuple(
        number
        for number in _read(objects, root)
        if _FIGURE.search(objects.found[number]) and b"/Alt" not in objects.found[number]
    )


def _read(objects: Objects, root: bytes) -> Iterator[int]:
    """All elements of the structure, in order; what else an element holds are places on pages."""
    waiting, seen = list(reversed(_children(objects, root))), set[int]()
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            yield number
            waiting.extend(reversed(_children(objects, objects.found[number])))


def _children(objects: Objects, element: bytes) -> list[int]:
    place = _CHILDREN.search(element)
    numbers = map(int, re.findall(rb"(\d+) 0 R", place[1] or place[2])) if place else ()
    return [number for number in numbers if b"/StructElem" in objects.found.get(number, b"")]


def _update(changed: Mapping[int, bytes], start: int, trailer: bytes, before: int) -> bytes:
    """ISO 32000-1, 7.5.6: the objects anew, where they are, and where the older ones are listed."""
    body, places = b"", {}
    for number, content in sorted(changed.items()):
        places[number] = start + len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    end = b"trailer\n<<%s/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, before, start + len(body))
    return body + b"xref\n" + table + end
