"""The sheets of a master's sections, with what its headers, footers and settings take from them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.render.docx.flaws import Flawed
from generator.render.docx.headers import Height, height_of, highest, shown_in
from generator.render.docx.numbers import twips, whole
from generator.render.docx.paginate import grid_height
from generator.render.docx.parts import MAIN
from generator.render.docx.sections import Section
from generator.render.docx.sheet import Sheet
from generator.render.docx.style_sheet import StyleSheet
from generator.render.docx.tree import Element


class _Furniture(NamedTuple):
    """What else takes room on a section's pages: its header and footer, and a gutter that is at the top."""

    header: Height = Height()
    footer: Height = Height()
    gutter_at_top: bool = False


def _sheet_of(properties: Element, part: bytes, furniture: _Furniture = _Furniture()) -> Sheet:  # noqa: B008 - immutable
    """The sheet of a section. Raises Flawed where it has no size, or none that can be counted with."""
    size = properties.find("w:pgSz")
    if size is None or properties.find("w:pgMar") is None:
        raise Flawed("P009", "母版的分节没有纸张大小或页边距", "请在“页面设置”中设定。")
    gutter = _margin(properties, "gutter")
    width = _number(size, "w") - _margin(properties, "left") - _margin(properties, "right")
    top, bottom = _pushed(properties, "top", furniture.header), _pushed(properties, "bottom", furniture.footer)
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


def _pushed(properties: Element, side: str, height: Height) -> int:
    """The margin at the top or bottom, as a header or footer pushes it; a negative one is not pushed."""
    margin, edge = _margin(properties, side), _margin(properties, "header" if side == "top" else "footer")
    return abs(margin) if margin < 0 or not height.twips else max(margin, edge + height.twips)


def _room_at(properties: Element, side: str) -> int:
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


class Paper(NamedTuple):
    """All that a sheet depends on; ``links`` are the main part's, by their ids; ``heights`` keeps what was measured."""

    parts: Mapping[str, bytes]
    links: Mapping[str, str]
    styles: StyleSheet
    sections: tuple[Section, ...]
    settings: Element | None
    heights: dict[tuple[str, int], Height]

    def properties(self, index: int) -> Element:
        """Of a section, counted from 0."""
        return self.sections[index].properties

    def sheet(self, index: int) -> Sheet:
        """A section's sheet, with what is left of it by its header and footer."""
        xml = self.parts[MAIN]
        width = _sheet_of(self.properties(index), xml).width
        furniture = _Furniture(
            self._height(index, "header", width), self._height(index, "footer", width), self._on("w:gutterAtTop")
        )
        return _sheet_of(self.properties(index), xml, furniture)

    def doubts(self, places: Mapping[str, int]) -> Iterator[str]:
        """Headers and footers that push the text by a height that is not sure."""
        for name, index in places.items():
            width = _sheet_of(self.properties(index), self.parts[MAIN]).width
            for kind, side, what in (("header", "top", "页眉"), ("footer", "bottom", "页脚")):
                height = self._height(index, kind, width)
                if not height.sure and height.pushes(_room_at(self.properties(index), side)):
                    yield f"“{name}”一节的{what}（高过页边距，行高随字体变或各页不同）"

    @property
    def spacing_added(self) -> bool:
        """Whether the spacing of two paragraphs is the sum of what each of them wants, as in Word's older files."""
        return self._on("w:compat", "w:doNotUseHTMLParagraphAutoSpacing")

    def _height(self, index: int, kind: str, width: int) -> Height:
        properties = [section.properties for section in self.sections]
        names = (
            self.links.get(link, "") for link in shown_in(properties, index, kind, self._on("w:evenAndOddHeaders"))
        )
        return highest([self._height_of(name, width) for name in names if name in self.parts])

    def _height_of(self, name: str, width: int) -> Height:
        if (name, width) not in self.heights:
            self.heights[name, width] = height_of(self.parts[name], self.styles, width)
        return self.heights[name, width]

    def _on(self, *path: str) -> bool:
        found = self.settings.find(*path) if self.settings else None
        return found is not None and found.attributes.get("w:val", "1") not in ("0", "false", "off")
