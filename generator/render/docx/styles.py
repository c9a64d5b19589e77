"""What the master's styles say that page counting needs: sizes, exact line heights, spacing, indents."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.problem import UsageError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE_SIZES = (21, 18, 15)
_SIZE_NAMES = dict(zip(TABLE_SIZES, ("五号", "小五", "六号"), strict=True))
_KIND_NAMES = {"L": "左", "C": "中", "R": "右", "H": "头"}
PARAGRAPHS: Mapping[str, str] = {
    "CoverTitle": "封面标题", "ContentsTitle": "目录标题", "Contents1": "目录一级", "Contents2": "目录二级",
    "Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3", "BodyGW": "正文缩进",
    "Attachment": "附件标题", "TableCaption": "表题", "TableInfo": "表头行", "TableNote": "表注", "SectionEnd": "节尾",
    **{
        f"Table{size}{kind}": f"表文{_SIZE_NAMES[size]}{_KIND_NAMES[kind]}"
        for size in TABLE_SIZES for kind in _KIND_NAMES
    },
}  # fmt: skip
"""The styles this program writes, by the id it writes, with the name a person sees in Word."""
TABLE = "BudgetTable"
_NAMES = {**PARAGRAPHS, TABLE: "预算表"}
_ALIASES = {"BodyGW": "normal indent"}  # a Word that speaks Chinese shows this style of its own as 正文缩进
_STYLE = re.compile(rb'<w:style [^>]*?w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"')
_ID = re.compile(rb'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="|w:styleId=")([^"]*)"')


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


def with_our_ids(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The parts of a master whose styles have the ids that this program writes.

    LibreOffice, WPS and Word may give a style another id when they save; its name stays.
    """
    ids = _other_ids(parts.get("word/styles.xml", b""))
    if not ids:
        return parts
    return {
        name: _renamed(data, ids) if name.startswith("word/") and name.endswith(".xml") else data
        for name, data in parts.items()
    }


def _other_ids(xml: bytes) -> dict[bytes, bytes]:
    """The master's id → ours, for styles found by name under another; whoever stands in the way gives way."""
    found = {name.decode("utf-8", "replace").lower(): key for key, name in _STYLE.findall(xml)}
    there = {key for key, _ in _STYLE.findall(xml)}
    ids: dict[bytes, bytes] = {}
    for ours, name in _NAMES.items():
        wanted, key = ours.encode(), found.get(name)
        if key is None and wanted not in there:
            key = found.get(_ALIASES.get(ours, ""))
        if key is not None and key != wanted:
            ids[key] = wanted
    return {**ids, **{ours: ours + b"_" for ours in ids.values() if ours in there and ours not in ids}}


def _renamed(xml: bytes, ids: Mapping[bytes, bytes]) -> bytes:
    return _ID.sub(lambda found: found[1] + ids.get(found[2], found[2]) + b'"', xml)


def read_styles(xml: bytes) -> Styles:
    """Parse styles.xml. A master without a style this program writes is wrong use, named in one line."""
    if b"<!DOCTYPE" in xml[:2000]:  # Word writes none; one could hold entities that unfold without end
        raise UsageError("母版 master.docx 里有不允许的声明。")
    ids = _other_ids(xml)
    root = ElementTree.fromstring(_renamed(xml, ids) if ids else xml)  # noqa: S314 - no entities: refused above
    elements = {element.get(f"{W}styleId", ""): element for element in root.findall(f"{W}style")}
    missing = [name for key, name in _NAMES.items() if key not in elements]
    if missing:
        raise UsageError(f"母版 master.docx 缺少样式：{'、'.join(missing)}。请从原母版复制这些样式。")
    usual = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    base = Style() if usual is None else _with_size(Style(), usual)
    return Styles({name: _style(elements, name, base) for name in PARAGRAPHS}, _margins(elements[TABLE]))


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
