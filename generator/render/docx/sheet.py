"""A section's paper: its properties as they are written, and the room for text on it."""

import re
from typing import NamedTuple

from generator.render.docx.flaws import Flawed
from generator.render.docx.headers import Height
from generator.render.docx.numbers import twips, whole
from generator.render.docx.paginate import grid_height
from generator.render.docx.tree import Element

_PAGE_NUMBER = re.compile(r"<w:pgNumType[^>]*/>")


class Sheet(NamedTuple):
    """A section's properties: its XML, the size of its text area in twips (whole lines of its grid), and its first page."""

    xml: str
    width: int
    height: int
    first_page: int = 1

    @property
    def continued(self) -> str:
        """The same without starting the page numbers again."""
        return _PAGE_NUMBER.sub("", self.xml)


class Furniture(NamedTuple):
    """What else takes room on a section's pages: its header and footer, and a gutter that is at the top."""

    header: Height = Height()
    footer: Height = Height()
    gutter_at_top: bool = False


def sheet_of(properties: Element, part: bytes, furniture: Furniture = Furniture()) -> Sheet:  # noqa: B008 - immutable
    """The sheet of a section. Raises Flawed where it has no size, or none that can be counted with."""
    size = properties.find("w:pgSz")
    if size is None or properties.find("w:pgMar") is None:
        raise Flawed("P009", "母版的分节没有纸张大小或页边距", "请在“页面设置”中设定。")
    gutter = _margin(properties, "gutter")
    width = _number(size, "w") - _margin(properties, "left") - _margin(properties, "right")
    top, bottom = pushed(properties, "top", furniture.header), pushed(properties, "bottom", furniture.footer)
    height = _number(size, "h") - top - bottom
    width, height = (width, height - gutter) if furniture.gutter_at_top else (width - gutter, height)
    if width < _LEAST or height < _LEAST:
        raise Flawed("P014", "母版里一节的页边距把纸占满了，排不下文字", "请在“页面设置”中改小页边距、页眉或页脚。")
    grid, start = properties.find("w:docGrid"), properties.find("w:pgNumType")
    lined = grid is not None and grid.attributes.get("w:type", "default").startswith("lines")
    pitch = _number(grid, "linePitch") if grid is not None and lined else 0
    first = whole(start.attributes.get("w:start", "1"), "起始页码") if start is not None else 1
    text = part[properties.start : properties.end].decode()
    return Sheet(text, width, grid_height(height, pitch) if pitch > 0 else height, first)


def pushed(properties: Element, side: str, height: Height) -> int:
    """The margin at the top or bottom, as a header or footer pushes it; a negative one is not pushed."""
    margin, edge = _margin(properties, side), _margin(properties, "header" if side == "top" else "footer")
    return abs(margin) if margin < 0 or not height.twips else max(margin, edge + height.twips)


def room_at(properties: Element, side: str) -> int:
    """The height that a header or footer has before it pushes; as much as it wants where it does not."""
    margin = _margin(properties, side)
    return 1 << 20 if margin < 0 else margin - _margin(properties, "header" if side == "top" else "footer")


def _margin(properties: Element, name: str) -> int:
    margins = properties.find("w:pgMar")
    return 0 if margins is None else _number(margins, name)


def _number(element: Element, name: str) -> int:
    return twips(element.attributes.get(f"w:{name}", "0"), f"页面设置里的{_NAMES.get(name, name)}")


_LEAST = 1000
_NAMES = {
    "w": "纸宽", "h": "纸高", "left": "左边距", "right": "右边距", "top": "上边距", "bottom": "下边距", "gutter": "装订线",
    "header": "页眉距边界", "footer": "页脚距边界", "linePitch": "网格间距",
}  # fmt: skip
