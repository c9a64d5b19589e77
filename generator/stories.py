"""The one list of what a Word file says beside its body.

Headers and footers go by section and kind, as a reader sees them: what a part is called says nothing.
"""

from collections.abc import Sequence
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


def parts_beside(package: Package, references: Sequence[Reference]) -> tuple[tuple[str, str], ...]:
    """What a reader calls it (首页页眉, 脚注) and its part: headers and footers by section, then notes and comments.

    A section without its own goes on with the one before it; one that goes on is told once.
    """
    linked = {link.name: link.part for link in package.links(package.main)}
    found = [
        (pages + side, part)
        for code, side in _SIDES.items()
        for page, pages in _PAGES.items()
        for part, _ in groupby(linked.get(item.link, "") for item in references if item[1:3] == (code, page))
        if part in package
    ]
    for kind, name in NOTES.items():
        found += [(name, part) for part in package.linked(package.main, kind, f"word/{kind}.xml")]
    return tuple(found)
