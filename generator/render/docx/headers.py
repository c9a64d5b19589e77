"""How high headers and footers are: one that is higher than its margin pushes the text down, or up."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.render.docx.measure import count_lines
from generator.render.docx.style_sheet import StyleSheet, W, style_of
from generator.render.docx.styles import Style
from generator.render.docx.tree import Element as Part

_SPARE = 125


class Height(NamedTuple):
    """Of the highest header or footer of a section in twips, and whether other fonts or programs agree with it."""

    twips: int = 0
    sure: bool = True

    def pushes(self, room: int) -> bool:
        """Whether it is higher than its room for certain, or perhaps."""
        return self.twips * (100 if self.sure else _SPARE) > room * 100


def shown_in(sections: Sequence[Part], index: int, kind: str, even: bool) -> tuple[str, ...]:
    """The relations of a section's headers or footers (``kind``), its own or those of the sections before."""
    wanted = ["default"] + ["even"] * even + ["first"] * (sections[index].find("w:titlePg") is not None)
    return tuple(filter(None, (_reference(sections, index, kind, use) for use in wanted)))


def _reference(sections: Sequence[Part], index: int, kind: str, use: str) -> str:
    for section in reversed(sections[: index + 1]):
        for child in section.children:
            if child.name == f"w:{kind}Reference" and child.attributes.get("w:type", "default") == use:
                return child.attributes.get("r:id", "")
    return ""


def highest(heights: Sequence[Height]) -> Height:
    """The highest of some headers; sure if each is, and all are as high."""
    if not heights:
        return Height()
    most = max(height.twips for height in heights)
    return Height(most, all(height.sure and height.twips == most for height in heights))


def height_of(part: bytes, styles: StyleSheet, width: int) -> Height:
    """The height of a header or footer on paper of this width; sure if its lines are exact."""
    return _height(ElementTree.fromstring(part), styles, width)  # noqa: S314 - looked through by opc


def _height(root: Element, styles: StyleSheet, width: int) -> Height:
    total, after, sure = 0, 0, True
    for child in _blocks(root):
        if child.tag != f"{W}p":
            sure, total, after = False, total + sum(1 for _ in child.iter(f"{W}tr")) * 400, 0
            continue
        style = style_of(styles, child.find(f"{W}pPr"))
        height, exact = _paragraph(child, style, width)
        total += max(after, style.before) + height
        after, sure = style.after, sure and exact
    return Height(total + after, sure)


def _blocks(root: Element) -> Iterator[Element]:
    for child in root:
        if child.tag == f"{W}sdt":
            yield from child.find(f"{W}sdtContent") or ()
        elif child.tag in (f"{W}p", f"{W}tbl"):
            yield child


def _paragraph(paragraph: Element, style: Style, width: int) -> tuple[int, bool]:
    text = "".join(
        "\n" if item.tag == f"{W}br" else item.text or ""
        for item in paragraph.iter()
        if item.tag in (f"{W}t", f"{W}br")
    )
    lines = count_lines(text, width - style.left - style.right, style.size, style.first, style.letters) * style.line
    if style.rule == "exact":
        return lines, True
    pictures = [
        int(extent.get("cy", "0")) // 635
        for extent in paragraph.iter()
        if extent.tag.endswith("}extent") and extent.get("cy", "").isdecimal() and len(extent.get("cy", "")) < 10
    ]
    return max([lines, *pictures]), False
