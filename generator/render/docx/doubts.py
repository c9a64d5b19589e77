"""What a master sets that page counting does not count with: each is named, since the contents may then be wrong.

Counted settings are read in ``styles.py``, ``sheet.py`` and ``headers.py``. Those listed here as harmless move no line from
page to page. Every other one is named, the ones nobody thought of too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from generator.render.docx.style_sheet import StyleSheet, W
from generator.render.docx.styles import NATURAL, PARAGRAPHS, TABLE, Style, shown_name
from generator.render.docx.tree import Element as Part

_MEASURED = tuple(key for key in PARAGRAPHS if not key.startswith(("Cover", "Contents")))
_WRAPPED = frozenset(("BodyGW", "Heading1", "Heading2", "Heading3", "Attachment", "TableNote"))
_OFF = frozenset(("0", "false", "off", "none"))
_TIMES = frozenset(("times new roman", "times", "liberation serif", "nimbus roman", "tex gyre termes"))
"""Fonts of the widths that ``measure.py`` has."""

_COUNTED = frozenset((
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "contextualSpacing", "sz", "spacing", "w", "ind",
    "rFonts", "overflowPunct", "kinsoku", "wordWrap", "autoSpaceDE", "autoSpaceDN", "topLinePunct", "textDirection",
))  # fmt: skip
_HARMLESS = frozenset((
    "suppressLineNumbers", "shd", "suppressAutoHyphens", "tabs", "jc", "textAlignment", "outlineLvl", "mirrorIndents",
    "cnfStyle", "adjustRightInd", "snapToGrid", "bidi", "suppressOverlap", "textboxTightWrap", "divId", "rPr",
    "b", "bCs", "i", "iCs", "color", "u", "highlight", "szCs", "lang", "kern", "noProof", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "webHidden", "effect", "bdr", "position", "cs", "rtl", "em", "oMath", "specVanish",
))  # fmt: skip
_KNOWN = _COUNTED | _HARMLESS
_NAMES = {
    "framePr": "图文框", "numPr": "自动编号", "pBdr": "段落边框", "vanish": "隐藏文字", "caps": "全部大写",
    "smallCaps": "小型大写", "vertAlign": "上标或下标", "fitText": "调整宽度", "eastAsianLayout": "双行合一",
    "ligatures": "连字", "numForm": "数字形式", "numSpacing": "数字间距",
}  # fmt: skip


def doubts_of(sheet: StyleSheet, sections: Mapping[str, Part], settings: Part | None) -> tuple[str, ...]:
    """Each setting that makes page numbers unsure, with the styles or sections that have it.

    ``sections`` are the properties of those that are counted, by their names.
    """
    found: dict[str, list[str]] = {}
    effective = _Effective(sheet)
    for key in _MEASURED:
        for what in _of_style(effective.of(key), sheet.styles.paragraphs[key], key in _WRAPPED):
            found.setdefault(what, []).append(f"“{shown_name(key)}”")
    told = [f"样式{_some(names)}的{what}" for what, names in found.items()]
    told += [f"表格样式“预算表”的{what}" for what in _of_table(sheet.elements[TABLE])]
    places: dict[str, list[str]] = {}
    for name, properties in sections.items():
        for what in _of_section(properties):
            places.setdefault(what, []).append(f"“{name}”")
    told += [f"{_some(names)}一节的{what}" for what, names in places.items()]
    return (*told, *(f"文档设置里的{what}" for what in _of_settings(settings)))


def _some(names: list[str]) -> str:
    return "".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")


_Properties = Mapping[str, Mapping[str, str]]
"""Properties of paragraphs or of words by their names, with their attributes."""


class _Effective:
    """What styles are, by what they are based on, each looked up once."""

    def __init__(self, sheet: StyleSheet) -> None:
        self.elements = sheet.elements
        self.usual: tuple[_Properties, _Properties] = ({}, {})
        for element in sheet.defaults:
            self.usual = _over(self.usual, element)
        self.found: dict[str, tuple[_Properties, _Properties]] = {}

    def of(self, name: str) -> tuple[_Properties, _Properties]:
        """Those of a style's paragraphs, and of its words."""
        if name not in self.elements:
            return self.usual
        if name not in self.found:
            element = self.elements[name]
            parent = element.find(f"{W}basedOn")
            above = self.usual if parent is None else self.of(parent.get(f"{W}val", ""))
            self.found[name] = _over(above, element)
        return self.found[name]


def _over(above: tuple[_Properties, _Properties], element: Element) -> tuple[_Properties, _Properties]:
    """An element's properties over those it is based on: the last of a name holds, its attributes for some names only."""
    made = []
    for under, kind in zip(above, (f"{W}pPr", f"{W}rPr"), strict=True):
        own = element.find(kind)
        found = dict(under)
        for child in own if own is not None else ():
            name = child.tag.rpartition("}")[2]
            attributes = {key.rpartition("}")[2]: value for key, value in child.items()}
            found[name] = {**found.get(name, {}), **attributes} if name in _MERGED else attributes
        made.append(found)
    return made[0], made[1]


_MERGED = frozenset(("spacing", "ind", "rFonts"))


def _off(properties: _Properties, name: str) -> bool:
    """Whether it is switched off, which is not how it is by itself."""
    return name in properties and properties[name].get("val", "1") in _OFF


def _of_style(effective: tuple[_Properties, _Properties], style: Style, wrapped: bool) -> Iterator[str]:
    paragraph, text = effective
    for properties in (paragraph, text):
        for name in sorted(properties.keys() - _KNOWN):
            if not _off(properties, name):
                yield _NAMES.get(name, f"“{name}”设置")
    yield from _of_spacing(paragraph.get("spacing", {}), style)
    yield from _of_indents(paragraph.get("ind", {}), style)
    yield from _of_fonts(text.get("rFonts", {}))
    if paragraph.get("textDirection", {}).get("val", "lrTb") not in ("lrTb", "tb", "lrTbV"):
        yield "文字方向"
    if wrapped:
        yield from (what for name, what in _LINE_BREAKS.items() if _off(paragraph, name))
        if "topLinePunct" in paragraph and not _off(paragraph, "topLinePunct"):
            yield "“允许行首标点压缩”"


_NUMBER = re.compile(r"-?[0-9]{1,6}")
_LINE_BREAKS = {
    "overflowPunct": "“允许标点溢出边界”没有选",
    "kinsoku": "“按中文习惯控制首尾字符”没有选",
    "wordWrap": "“允许西文在单词中间换行”",
    "autoSpaceDE": "“自动调整中文与西文的间距”没有选",
    "autoSpaceDN": "“自动调整中文与数字的间距”没有选",
}


def _of_spacing(spacing: Mapping[str, str], style: Style) -> Iterator[str]:
    if style.rule == "auto":
        yield f"行距（{_times(spacing.get('line', '240'))}，行高随字体变）"
    elif style.rule == "atLeast" and style.line * 100 < style.size * 10 * (NATURAL + 20):
        yield "行距（最小值，行高随字体变）"
    if any(spacing.get(f"{side}Lines", "0") not in ("0", "") for side in ("before", "after")):
        yield "段前、段后间距（以行为单位）"
    if any(spacing.get(f"{side}Autospacing", "0") not in _OFF for side in ("before", "after")):
        yield "段前、段后间距（自动）"


def _times(line: str) -> str:
    try:
        times = int(line) / 240
    except ValueError:
        return "多倍行距"
    return {1.0: "单倍行距", 1.5: "1.5倍行距", 2.0: "2倍行距"}.get(times, f"{times:.2f}倍行距")


def _of_indents(indents: Mapping[str, str], style: Style) -> Iterator[str]:
    """An indent in characters is one in twips too; where they say different things, programs do."""
    em = style.size * 10
    sides = (("firstLine", style.first), ("hanging", -style.first), ("left", style.left), ("right", style.right))
    for side, length in sides:
        chars = indents.get(f"{side}Chars", "0")
        if _NUMBER.fullmatch(chars) and int(chars) and abs(int(chars) * em // 100 - length) > em // 10:
            yield "缩进（以字符为单位，与磅数不一致）"
            return


def _of_fonts(fonts: Mapping[str, str]) -> Iterator[str]:
    if "asciiTheme" in fonts or "hAnsiTheme" in fonts:
        yield "西文字体（主题字体）"
    else:
        latin = {fonts.get("ascii", ""), fonts.get("hAnsi", "")} - {""}
        if not latin:
            yield "西文字体（没有设定）"
        for name in sorted(latin):
            if name.lower() not in _TIMES:
                yield f"西文字体（{name}）"
                return


def _of_table(table: Element) -> Iterator[str]:
    if any(table.find(f"{W}{kind}/*") is not None for kind in ("pPr", "rPr")):
        yield "段落和字体"
    if any(len(part) for part in table.findall(f"{W}tblStylePr")):
        yield "首行、末行等的条件格式"
    if table.find(f"{W}tblPr/{W}tblCellSpacing") is not None:
        yield "单元格间距"
    if table.find(f"{W}trPr/*") is not None or table.find(f"{W}tcPr/*") is not None:
        yield "行和单元格的设置"
    borders = table.findall(f"{W}tblPr/{W}tblBorders/*")
    if any(border.get(f"{W}val", "none") not in ("single", "none", "nil") for border in borders):
        yield "边框线型"


_SECTION_HARMLESS = frozenset((
    "w:pgSz", "w:pgMar", "w:headerReference", "w:footerReference", "w:titlePg", "w:footnotePr", "w:endnotePr", "w:paperSrc",
    "w:pgBorders", "w:lnNumType", "w:noEndnote", "w:printerSettings", "w:formProt", "w:vAlign", "w:rtlGutter", "w:bidi",
))  # fmt: skip


def _of_section(properties: Part) -> Iterator[str]:
    for child in properties.children:
        if child.name in _SECTION_HARMLESS:
            continue
        told = _SECTION.get(child.name)
        what = told(child) if told else f"“{child.name.removeprefix('w:')}”设置"
        if what:
            yield what


def _columns(element: Part) -> str:
    number = element.attributes.get("w:num", "1")
    return "" if number == "1" and len(element.children) < 2 else f"分栏（{number}栏）"


def _grid(element: Part) -> str:
    return "" if element.attributes.get("w:type", "default") == "default" else "文档网格"


def _direction(element: Part) -> str:
    return "" if element.attributes.get("w:val", "lrTb") in ("lrTb", "tb") else "文字方向"


def _kind(element: Part) -> str:
    names = {"continuous": "连续", "evenPage": "偶数页", "oddPage": "奇数页", "nextColumn": "下一栏"}
    kind = element.attributes.get("w:val", "nextPage")
    return f"起始位置（{names[kind]}）" if kind in names else ""


def _number_format(element: Part) -> str:
    form = element.attributes.get("w:fmt", "decimal")
    return "" if form == "decimal" and "w:chapStyle" not in element.attributes else "页码格式"


_SECTION: Mapping[str, Callable[[Part], str]] = {
    "w:cols": _columns, "w:docGrid": _grid, "w:textDirection": _direction, "w:type": _kind, "w:pgNumType": _number_format,
}  # fmt: skip


def _of_settings(settings: Part | None) -> Iterator[str]:
    for element in settings.walk() if settings else ():
        value = element.attributes.get("w:val", "1")
        if element.name == "w:characterSpacingControl" and value.startswith("compress"):
            yield "标点压缩"
        elif element.name in _SETTINGS and value not in _OFF:
            yield _SETTINGS[element.name]


_SETTINGS = {
    "w:bookFoldPrinting": "书籍折页", "w:bookFoldRevPrinting": "反向书籍折页", "w:printTwoOnOne": "拼页",
    "w:suppressTopSpacing": "“取消页首的间距”",
    "w:noExtraLineSpacing": "“不加多余的行距”", "w:lineWrapLikeWord6": "Word 6的换行", "w:autoHyphenation": "自动断字",
}  # fmt: skip
