"""A section's paper: its properties as they are written, and the room for text on it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.render.docx.flaws import Flawed
from generator.render.docx.numbers import twips
from generator.render.docx.paginate import grid_height
from generator.render.docx.tree import Element

_PAGE_NUMBER = re.compile(r"<w:pgNumType[^>]*/>")


class Sheet(NamedTuple):
    """A section's properties: its XML, and the size of its text area in twips (whole lines of its grid)."""

    xml: str
    width: int
    height: int

    @property
    def continued(self) -> str:
        """The same without starting the page numbers again."""
        return _PAGE_NUMBER.sub("", self.xml)


def sheet_of(properties: Element, part: bytes) -> Sheet:
    """The sheet of a section. Raises Flawed where it has no size, or none that can be counted with."""
    size, margins = properties.find("w:pgSz"), properties.find("w:pgMar")
    if size is None or margins is None:
        raise Flawed("P009", "母版的分节没有纸张大小或页边距", "请在“页面设置”中设定。")

    def number(element: Element, name: str) -> int:
        return twips(element.attributes.get(f"w:{name}", "0"), f"页面设置的{name}")

    width = number(size, "w") - number(margins, "left") - number(margins, "right")
    height = number(size, "h") - abs(number(margins, "top")) - abs(number(margins, "bottom"))
    grid = properties.find("w:docGrid")
    lined = grid is not None and grid.attributes.get("w:type", "default").startswith("lines")
    pitch = number(grid, "linePitch") if grid is not None and lined else 0
    text = part[properties.start : properties.end].decode()
    return Sheet(text, width, grid_height(height, pitch) if pitch else height)
