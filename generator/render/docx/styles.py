"""What the master's styles say that page counting needs: sizes, exact line heights, spacing, indents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.problem import UsageError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE_SIZES = (21, 18, 15)
NEEDED = (
    "CoverTitle", "ContentsTitle", "Contents1", "Contents2", "Heading1", "Heading2", "Heading3", "BodyGW", "Attachment",
    "TableCaption", "TableInfo", "TableNote", "SectionEnd",
    *(f"Table{size}{kind}" for size in TABLE_SIZES for kind in "LCRH"),
)  # fmt: skip


class Style(NamedTuple):
    """A paragraph style: ``size`` in half-points, the rest in twips; ``line`` is exact."""

    size: int = 32
    line: int = 579
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    keep_next: bool = False
    break_before: bool = False


class CellMargins(NamedTuple):
    """tblCellMar of the table style, in twips."""

    top: int
    bottom: int
    left: int
    right: int


class Styles(NamedTuple):
    """All paragraph styles of a master by id, and its tables' margins."""

    paragraphs: Mapping[str, Style]
    margins: CellMargins


def read_styles(xml: bytes) -> Styles:
    """Parse styles.xml. A master without a style this program writes is wrong use, named in one line."""
    if b"<!DOCTYPE" in xml[:2000]:  # Word writes none; one could hold entities that unfold without end
        raise UsageError("母版 master.docx 里有不允许的声明。")
    root = ElementTree.fromstring(xml)  # noqa: S314 - no entities: a document type is refused above
    elements = {element.get(f"{W}styleId", ""): element for element in root.findall(f"{W}style")}
    missing = [name for name in (*NEEDED, "BudgetTable") if name not in elements]
    if missing:
        raise UsageError(f"母版 master.docx 缺少样式：{'、'.join(missing)}。请从原母版复制这些样式。")
    usual = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    base = Style() if usual is None else _with_size(Style(), usual)
    return Styles({name: _style(elements, name, base) for name in NEEDED}, _margins(elements["BudgetTable"]))


def _style(elements: Mapping[str, Element], name: str, base: Style) -> Style:
    element = elements[name]
    parent = element.find(f"{W}basedOn")
    above = parent.get(f"{W}val", "") if parent is not None else ""
    style = _style(elements, above, base) if above in elements else base
    properties, text = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    if text is not None:
        style = _with_size(style, text)
    return style if properties is None else _with_paragraph(style, properties)


def _with_size(style: Style, properties: Element) -> Style:
    size = properties.find(f"{W}sz")
    return style if size is None else style._replace(size=int(size.get(f"{W}val", "32")))


def _with_paragraph(style: Style, properties: Element) -> Style:
    spacing, indent = properties.find(f"{W}spacing"), properties.find(f"{W}ind")
    first = _number(indent, "firstLine", style.first)
    if indent is not None and indent.get(f"{W}hanging"):
        first = -_number(indent, "hanging", 0)
    return style._replace(
        line=_number(spacing, "line", style.line),
        before=_number(spacing, "before", style.before),
        after=_number(spacing, "after", style.after),
        left=_number(indent, "left", style.left),
        right=_number(indent, "right", style.right),
        first=first,
        keep_next=_flag(properties, "keepNext", style.keep_next),
        break_before=_flag(properties, "pageBreakBefore", style.break_before),
    )


def _number(element: Element | None, name: str, default: int) -> int:
    value = None if element is None else element.get(f"{W}{name}")
    return default if value is None else int(float(value))


def _flag(properties: Element, name: str, default: bool) -> bool:
    element = properties.find(f"{W}{name}")
    return default if element is None else element.get(f"{W}val", "1") not in ("0", "false", "off")


def _margins(element: Element) -> CellMargins:
    sides = element.find(f"{W}tblPr/{W}tblCellMar")

    def side(name: str, default: int) -> int:
        found = None if sides is None else sides.find(f"{W}{name}")
        return _number(found, "w", default)

    return CellMargins(side("top", 28), side("bottom", 28), side("left", 57), side("right", 57))
