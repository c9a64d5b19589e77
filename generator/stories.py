"""The one list of what a Word file says beside its body, and which of it belongs together in two files.

Headers and footers go by section and kind, as a reader sees them: what a part is called says nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.opc import Package

_SIDES = {"header": "页眉", "footer": "页脚"}
_PAGES = {"first": "首页", "default": "", "even": "偶数页"}
NOTES = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}


class Reference(NamedTuple):
    """A section (counted from 1) names a header or footer (``side``) for a kind of pages by a link of the main part."""

    section: int
    side: str
    pages: str
    link: str


class Part(NamedTuple):
    """A story beside the body: what a reader calls it (首页页眉, 脚注), and the part of the package that holds it."""

    kind: str
    name: str


def parts_beside(package: Package, references: Sequence[Reference]) -> tuple[Part, ...]:
    """Headers and footers in the order of the sections, then notes and comments.

    A section without its own goes on with the one before it; one that goes on is told once.
    """
    linked = {link.name: link.part for link in package.links(package.main)}
    found = [
        Part(pages + side, part)
        for code, side in _SIDES.items()
        for page, pages in _PAGES.items()
        for part, _ in groupby(linked.get(item.link, "") for item in references if item[1:3] == (code, page))
        if part in package
    ]
    for kind, name in NOTES.items():
        found += [Part(name, part) for part in package.linked(package.main, kind, f"word/{kind}.xml")]
    return tuple(found)


class Told(NamedTuple):
    """Neighbouring sections' stories of one kind that say the same; ``names`` are their parts."""

    kind: str
    text: str
    names: tuple[str, ...]


def told(parts: Sequence[tuple[Part, str]]) -> tuple[Told, ...]:
    """Parts with their words, those with the same words as the one before as one; what says nothing is left out."""
    groups = groupby((item for item in parts if item[1]), key=lambda item: (item[0].kind, item[1]))
    return tuple(Told(*key, tuple(dict.fromkeys(part.name for part, _ in group))) for key, group in groups)


def pairs_of(old: Sequence[Told], new: Sequence[Told]) -> Iterator[tuple[Told | None, Told | None]]:
    """Which story of the old file each of the new one was: in the order of the sections, kind by kind.

    One that came where its section went on with the one before was that one.
    """
    for kind in dict.fromkeys(item.kind for item in (*new, *old)):
        yield from _pairs([item for item in old if item.kind == kind], [item for item in new if item.kind == kind])


def _pairs(old: Sequence[Told], new: Sequence[Told]) -> Iterator[tuple[Told | None, Told | None]]:
    from difflib import SequenceMatcher  # only two documents are compared

    matcher = SequenceMatcher(None, [item.text for item in old], [item.text for item in new], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        before, after = old[first:last] or old[max(first - 1, 0) : first], new[begin:end]
        for place, item in enumerate(after):
            yield before[min(place, len(before) - 1)] if before else None, item
        yield from ((item, None) for item in old[first + len(after) : last])
