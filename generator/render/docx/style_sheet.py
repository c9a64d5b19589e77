"""The styles of a master read: each by what it is based on, under the ids that this program writes."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.render.docx.flaws import Flawed
from generator.render.docx.measure import USUAL
from generator.render.docx.numbers import twips, whole
from generator.render.docx.styles import (
    NAMES,
    NATURAL,
    PARAGRAPHS,
    TABLE,
    Borders,
    CellMargins,
    Style,
    Styles,
    shown_name,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALIASES = {"BodyGW": "normal indent"}  # a Word that speaks Chinese shows this style of its own as 正文缩进
_STYLE = re.compile(rb'<w:style [^>]*?w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"')
_ID = re.compile(rb'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="|w:styleId=")([^"]*)"')


class StyleSheet(NamedTuple):
    """The styles we write, all styles by id as they are written, and the elements that hold the document's defaults."""

    styles: Styles
    elements: Mapping[str, Element]
    defaults: tuple[Element, ...]


def with_our_ids(parts: Mapping[str, bytes], styles: str = "word/styles.xml") -> Mapping[str, bytes]:
    """The parts of a master whose styles have the ids that this program writes.

    LibreOffice, WPS and Word may give a style another id when they save; its name stays.
    """
    ids = _other_ids(parts.get(styles, b""))
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
    for ours, name in NAMES.items():
        wanted, key = ours.encode(), found.get(name)
        if key is None and wanted not in there:
            key = found.get(_ALIASES.get(ours, ""))
        if key is not None and key != wanted:
            ids[key] = wanted
    return {**ids, **{ours: ours + b"_" for ours in ids.values() if ours in there and ours not in ids}}


def _renamed(xml: bytes, ids: Mapping[bytes, bytes]) -> bytes:
    return _ID.sub(lambda found: found[1] + ids.get(found[2], found[2]) + b'"', xml)


def read_styles(xml: bytes) -> StyleSheet:
    """Parse styles.xml. Raises Flawed for a master without a style this program writes, or with one that can't be."""
    ids = _other_ids(xml)
    root = ElementTree.fromstring(_renamed(xml, ids) if ids else xml)  # noqa: S314 - looked through by opc
    elements = {element.get(f"{W}styleId", ""): element for element in root.findall(f"{W}style")}
    missing = [shown_name(key) for key in NAMES if key not in elements]
    if missing:
        raise Flawed("P009", f"母版缺少样式：{'、'.join(missing)}", "请从原母版复制这些样式。")
    defaults = tuple(_usual(root.find(f"{W}docDefaults")))
    read = _Reader(elements, defaults)
    styles = {name: read.style(name) for name in PARAGRAPHS}
    table = elements[TABLE]
    return StyleSheet(Styles(styles, _margins(table), _borders(table)), elements, defaults)


class _Half(NamedTuple):
    """A style before its lines have a height, which depends on the size that those based on it may change."""

    style: Style
    spacing: Mapping[str, str]


class _Reader:
    """Reads styles by what they are based on, each once."""

    def __init__(self, elements: Mapping[str, Element], defaults: Sequence[Element]) -> None:
        self.elements = elements
        self.usual = _Half(Style(), {"line": "240", "lineRule": "auto"})
        for element in defaults:
            self.usual = _based(self.usual, element, "文档的缺省")
        self.halves: dict[str, _Half | None] = {}

    def style(self, name: str, own: Element | None = None) -> Style:
        """A style by its id, with a paragraph's own properties in ``own``."""
        shown = shown_name(name)
        half = self._half(name)
        return _with_line(half if own is None else _based(half, own, shown), shown)

    def _half(self, name: str) -> _Half:
        if name not in self.elements:
            return self.usual
        if name not in self.halves:
            self.halves[name] = None
            element = self.elements[name]
            parent = element.find(_BASED_ON)
            above = self.usual if parent is None else self._half(parent.get(_VAL, ""))
            self.halves[name] = _based(above, element, shown_name(name))
        found = self.halves[name]
        if found is None:
            message = f"母版里样式“{shown_name(name)}”的“样式基准”绕成了圈"
            raise Flawed("P009", message, "请在Word里重新选择样式基准。")
        return found


_BASED_ON, _VAL = f"{W}basedOn", f"{W}val"


def style_of(sheet: StyleSheet, properties: Element | None) -> Style:
    """The style of a paragraph with these properties, of its own and by its style: a master's header may have any."""
    named = None if properties is None else properties.find(f"{W}pStyle")
    usual = (
        key
        for key, element in sheet.elements.items()
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") not in ("0", "false", "off")
    )
    own = Element("own")
    own.extend([] if properties is None else [properties])
    name = next(usual, "") if named is None else named.get(_VAL, "")
    return _Reader(sheet.elements, sheet.defaults).style(name, own)


def _usual(defaults: Element | None) -> list[Element]:
    """The document's defaults for words and for paragraphs, each with its properties in it as in a style."""
    if defaults is None:
        return []
    found = (defaults.find(f"{W}{name}Default") for name in ("rPr", "pPr"))
    return [element for element in found if element is not None]


def _based(above: _Half, element: Element, name: str) -> _Half:
    """What an element with properties makes of what it is based on."""
    style, spacing = above
    text, properties = element.find(_TEXT), element.find(_PARAGRAPH)
    if text is not None and len(text):
        style = _with_letters(style, text, name)
    if properties is not None and len(properties):
        found = properties.find(_SPACING)
        if found is not None:
            spacing = {**spacing, **{key.removeprefix(W): value for key, value in found.attrib.items()}}
        style = _with_paragraph(style, properties, name)
    return _Half(style, spacing)


_TEXT, _PARAGRAPH, _SPACING = f"{W}rPr", f"{W}pPr", f"{W}spacing"


def _with_letters(style: Style, properties: Element, name: str) -> Style:
    size, extra, scale = (_attribute(properties.find(f"{W}{tag}"), "val") for tag in ("sz", "spacing", "w"))
    letters = style.letters
    if size is None and extra is None and scale is None:
        return style
    if extra is not None:
        letters = letters._replace(extra=twips(extra, f"样式“{name}”的字符间距"))
    if scale is not None:
        letters = letters._replace(scale=whole(scale.rstrip("%"), f"样式“{name}”的字符缩放"))
    if size is not None:
        style = style._replace(size=_half_points(size, name))
    return style._replace(letters=letters)


def _half_points(text: str, name: str) -> int:
    return twips(text, f"样式“{name}”的字号") // 10 if text[-1:].isalpha() else whole(text, f"样式“{name}”的字号")


def _with_line(half: _Half, name: str) -> Style:
    """The height of a line: as it is said, or what fonts of this size usually need."""
    style, spacing = half
    if not 2 <= style.size <= 400:
        raise Flawed(
            "P014", f"母版里样式“{name}”的字号是{style.size / 2:g}磅，排不了版", "请在Word里重新设定字号，另存一份。"
        )
    rule, line = spacing.get("lineRule", "auto"), twips(spacing["line"], f"样式“{name}”的行距")
    natural = style.size * NATURAL // 10
    height = {"exact": line, "atLeast": max(line, natural)}.get(rule, natural * line // 240)
    if height <= 0:
        raise Flawed("P014", f"母版里样式“{name}”的行距是0", "请在Word里重新设定行距，另存一份。")
    before, after = (twips(spacing.get(side, "0"), f"样式“{name}”的段前、段后间距") for side in ("before", "after"))
    letters = USUAL if style.letters == USUAL else style.letters  # the very same is quicker to know
    return style._replace(line=height, rule=rule, before=before, after=after, letters=letters)


def _with_paragraph(style: Style, properties: Element, name: str) -> Style:
    indent = properties.find(f"{W}ind")
    hanging = properties.find(f"{W}overflowPunct")
    letters = style.letters if hanging is None else style.letters._replace(hanging=_on(hanging))
    return style._replace(
        left=_indent(indent, ("left", "start"), style.left, name),
        right=_indent(indent, ("right", "end"), style.right, name),
        first=_first(indent, style.first, name),
        keep_next=_flag(properties, "keepNext", style.keep_next),
        break_before=_flag(properties, "pageBreakBefore", style.break_before),
        widows=_flag(properties, "widowControl", style.widows),
        keep_lines=_flag(properties, "keepLines", style.keep_lines),
        close=_flag(properties, "contextualSpacing", style.close),
        letters=letters,
    )


def _indent(indent: Element | None, sides: tuple[str, str], default: int, name: str) -> int:
    value = next((found for side in sides if (found := _attribute(indent, side)) is not None), None)
    return default if value is None else twips(value, f"样式“{name}”的缩进")


def _first(indent: Element | None, default: int, name: str) -> int:
    hanging, first = _attribute(indent, "hanging"), _attribute(indent, "firstLine")
    if hanging is not None:
        return -twips(hanging, f"样式“{name}”的缩进")
    return default if first is None else twips(first, f"样式“{name}”的缩进")


def _attribute(element: Element | None, name: str) -> str | None:
    return None if element is None else element.get(f"{W}{name}")


def _flag(properties: Element, name: str, default: bool) -> bool:
    element = properties.find(f"{W}{name}")
    return default if element is None else _on(element)


def _on(element: Element) -> bool:
    return element.get(f"{W}val", "1") not in ("0", "false", "off")


def _margins(element: Element) -> CellMargins:
    sides = element.find(f"{W}tblPr/{W}tblCellMar")

    def side(names: tuple[str, ...], default: int) -> int:
        values = (_attribute(sides.find(f"{W}{name}"), "w") for name in names) if sides is not None else ()
        found = next((value for value in values if value is not None), None)
        return default if found is None else twips(found, "表格单元格的边距")

    return CellMargins(
        side(("top",), 28), side(("bottom",), 28), side(("left", "start"), 57), side(("right", "end"), 57)
    )


def _borders(element: Element) -> Borders:
    sides = element.find(f"{W}tblPr/{W}tblBorders")

    def thickness(name: str) -> int:
        border = sides.find(f"{W}{name}") if sides is not None else None
        if border is None or border.get(f"{W}val", "none") in ("none", "nil"):
            return 0
        return whole(border.get(f"{W}sz", "4"), "表格边框的宽度") * 5 // 2  # eighths of a point

    return Borders(max(thickness("top"), thickness("bottom")), thickness("insideH"))
