"""The sheets of a master's sections, with what its headers, footers and settings take from them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.render.docx.frame import Section
from generator.render.docx.headers import Height, height_of, highest, shown_in
from generator.render.docx.parts import MAIN
from generator.render.docx.sheet import Furniture, Sheet, room_at, sheet_of
from generator.render.docx.styles import Styles
from generator.render.docx.tree import Element


class Paper(NamedTuple):
    """All that a sheet depends on; ``links`` are the main part's, by their ids; ``heights`` keeps what was measured."""

    parts: Mapping[str, bytes]
    links: Mapping[str, str]
    styles: Styles
    sections: tuple[Section, ...]
    settings: Element | None
    heights: dict[tuple[str, int], Height]

    def properties(self, index: int) -> Element:
        """Of a section, counted from 0."""
        return self.sections[index].properties

    def sheet(self, index: int) -> Sheet:
        """A section's sheet, with what is left of it by its header and footer."""
        xml = self.parts[MAIN]
        width = sheet_of(self.properties(index), xml).width
        furniture = Furniture(
            self._height(index, "header", width), self._height(index, "footer", width), self._on("w:gutterAtTop")
        )
        return sheet_of(self.properties(index), xml, furniture)

    def doubts(self, places: Mapping[str, int]) -> Iterator[str]:
        """Headers and footers that push the text by a height that is not sure."""
        for name, index in places.items():
            width = sheet_of(self.properties(index), self.parts[MAIN]).width
            for kind, side, what in (("header", "top", "页眉"), ("footer", "bottom", "页脚")):
                height = self._height(index, kind, width)
                if not height.sure and height.pushes(room_at(self.properties(index), side)):
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
