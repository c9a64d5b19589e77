"""Where a master's sections are: the cover, the three that the program fills, and what stands between and after."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.render.docx.flaws import Flaw, Flawed, brief
from generator.render.docx.furniture_words import text_of
from generator.render.docx.tree import Element

MARKERS = ("[[目录]]", "[[正文]]", "[[横向]]")
_SEEN = frozenset((
    "w:drawing", "w:pict", "w:object", "w:sym", "w:tbl", "w:sdt", "w:altChunk", "w:fldSimple", "w:instrText", "w:ptab",
))  # fmt: skip


class Section(NamedTuple):
    """What stands in the body down to a section's properties."""

    children: tuple[Element, ...]
    properties: Element

    @property
    def end(self) -> int:
        """Where the next one begins, or what follows the body's last paragraph."""
        return (
            self.children[-1].end
            if self.children and self.properties.start < self.children[-1].end
            else self.properties.start
        )


def sections_of(main: Element) -> Iterator[Section]:
    """The sections of a body, in order. Raises Flawed where it does not end with one."""
    body = main.find("w:body")
    if body is None:
        raise Flawed("P009", "母版没有正文", "请从原母版重新复制。")
    children: list[Element] = []
    for child in body.children:
        properties = child if child.name == "w:sectPr" else child.find("w:pPr", "w:sectPr")
        if child.name != "w:sectPr":
            children.append(child)
        if properties is not None:
            yield Section(tuple(children), properties)
            children = []
    if children:
        raise Flawed("P009", "母版的最后没有分节的设置", "请在Word里打开它，另存一份。")


def places_of(sections: tuple[Section, ...]) -> tuple[int, int, int]:
    """Which sections are the contents, the body and the tables. Raises Flawed where a marker is not as it should be."""
    found = []
    for marker in MARKERS:
        held = [index for index, section in enumerate(sections) for child in section.children if marker in said(child)]
        if not held:
            raise Flawed("P009", f"母版里没有“{marker}”这一段", "请补上，单独成段。")
        if len(held) > 1:
            raise Flawed("P009", f"母版里有不止一处“{marker}”", "请只留一处。")
        found.append(held[0])
    for before, after, marker in zip(found, found[1:], MARKERS, strict=False):
        if before == after:
            raise Flawed("P009", f"母版的“{marker}”后面没有分节符", "请补上分节符（下一页）。")
        if before > after:
            raise Flawed("P009", "母版里的标记次序不对", f"应依次是{'、'.join(MARKERS)}。")
    return found[0], found[1], found[2]


def text_flaws(sections: tuple[Section, ...], places: tuple[int, int, int]) -> Iterator[Flaw]:
    """What stands in a section that the program fills, and would not be printed."""
    contents, portrait, landscape = places
    for index in range(contents, landscape + 1):
        if contents < index < portrait:
            continue
        marker = MARKERS[places.index(index)] if index in places else ""
        children = list(sections[index].children)
        if index == contents:
            marked = next(place for place, child in enumerate(children) if marker in said(child))
            children = children[marked:]
        for child in children:
            left = said(child).replace(marker, "").strip() if marker else said(child).strip()
            if left or any(element.name in _SEEN for element in child.walk()):
                what = f"“{brief(left)}”" if left else "图片、表格等"
                yield Flaw(
                    "P010",
                    f"母版的“{marker or '[[横向]]'}”这一节里还有{what}，不会印出",
                    "标记要单独成段；要印的内容放在封面，或在前后插入分节符，自成一节。",
                )


def said(child: Element) -> str:
    """The words of a paragraph or a table."""
    return "".join(text_of(element) for element in child.walk() if element.name == "w:p")
