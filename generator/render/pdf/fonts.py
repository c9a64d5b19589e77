"""Which fonts a Word file asks for, and which ones LibreOffice prints in their stead: it is asked, with a line in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from generator.render.docx.tree import Element, tree_of

_STYLES, _THEME = "word/styles.xml", "word/theme/theme1.xml"
_WORDS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_USES = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
_DIRECT = re.compile(r"<w:rFonts [^>]*>")
_ATTRIBUTE = re.compile(r'w:(\w+)="([^"]*)"')
_SCRIPTS = {"eastAsia": "汉字", "ascii": "Aa1", "hAnsi": "Aa1"}
"""What each attribute of w:rFonts is asked for, and letters to try it with."""
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_LINE = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:rPr>'
    '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}"/></w:rPr><w:t>{1}</w:t></w:r></w:p></w:body></w:document>'
)
_NAMES = {
    "仿宋": "FangSong", "仿宋_GB2312": "FangSong_GB2312", "楷体": "KaiTi", "楷体_GB2312": "KaiTi_GB2312", "黑体": "SimHei",
    "宋体": "SimSun", "新宋体": "NSimSun", "微软雅黑": "MicrosoftYaHei", "等线": "DengXian", "华文仿宋": "STFangsong",
    "华文中宋": "STZhongsong", "华文楷体": "STKaiti", "方正小标宋简体": "FZXBSJW--GB1-0", "方正小标宋_GBK": "FZXBSK--GBK1-0",
    "方正仿宋_GBK": "FZFSK--GBK1-0", "方正楷体_GBK": "FZKTK--GBK1-0", "方正黑体_GBK": "FZHTK--GBK1-0",
}  # fmt: skip
"""What fonts with a Chinese name are called inside a PDF."""
_SHAPES = re.compile(r"(?:PS)?MT$|Regular$|[-_ ,]")


class Wanted(NamedTuple):
    """A font that a file asks for, with letters of the script it asks it for."""

    name: str
    letters: str


def wanted_fonts(word: bytes) -> tuple[Wanted, ...]:
    """Those of the styles in use, of all that these rest on, and of single words, in the order of their names."""
    with ZipFile(BytesIO(word)) as package:
        texts = [package.read(name).decode() for name in package.namelist() if _WORDS.fullmatch(name)]
        styles = tree_of(package.read(_STYLES)) if _STYLES in package.namelist() else None
        theme = _theme(tree_of(package.read(_THEME))) if _THEME in package.namelist() else {}
    direct = (dict(_ATTRIBUTE.findall(tag)) for text in texts for tag in set(_DIRECT.findall(text)))
    used = {name for text in texts for name in _USES.findall(text)}
    asked = [*direct, *(_of_styles(styles, used) if styles else ())]
    return tuple(sorted({wanted for fonts in asked for wanted in _named(fonts, theme)}))


def _of_styles(styles: Element, used: set[str]) -> Iterator[Mapping[str, str]]:
    """Word's default style of paragraphs is what the others rest on."""
    known = {style.attributes.get("w:styleId", ""): style for style in styles.children if style.name == "w:style"}
    waiting = [*used, *(name for name, style in known.items() if style.attributes.get("w:default") == "1")]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            waiting.append(known[name].value("w:basedOn") or "")
    places = [styles.find("w:docDefaults", "w:rPrDefault", "w:rPr"), *(known[name].find("w:rPr") for name in seen)]
    for place in filter(None, places):
        fonts = place.find("w:rFonts")
        if fonts is not None:
            yield {name.removeprefix("w:"): value for name, value in fonts.attributes.items()}


def _theme(theme: Element) -> dict[str, str]:
    """What “minorEastAsia” and its like stand for."""
    found: dict[str, str] = {}
    for element in theme.walk():
        kind = element.name.rpartition(" ")[2]
        if kind in ("majorFont", "minorFont"):
            faces = {child.name.rpartition(" ")[2]: child.attributes.get("typeface", "") for child in element.children}
            chinese = [child for child in element.children if child.attributes.get("script") == "Hans"]
            east = faces.get("ea") or next((child.attributes.get("typeface", "") for child in chinese), "")
            size = kind[:5]
            found |= {f"{size}EastAsia": east, f"{size}Ascii": faces["latin"], f"{size}HAnsi": faces["latin"]}
    return found


def _named(fonts: Mapping[str, str], theme: Mapping[str, str]) -> Iterator[Wanted]:
    for script, letters in _SCRIPTS.items():
        name = theme.get(fonts.get(f"{script}Theme", "")) or fonts.get(script)
        if name:
            yield Wanted(name, letters)


def lines_in(fonts: Iterable[Wanted]) -> dict[str, bytes]:
    """A Word file for each font, of one line in it."""
    from generator.render.docx.xml import escape

    files = {}
    for number, font in enumerate(fonts):
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", _TYPES)
            package.writestr("_rels/.rels", _LINKS)
            package.writestr("word/document.xml", _LINE.format(escape(font.name), font.letters))
        files[f"font{number}.docx"] = buffer.getvalue()
    return files


def is_font(name: str, printed: str) -> bool:
    """Whether a font inside a PDF is the one of this name."""
    return _bare(printed) in (_bare(name), _bare(_NAMES.get(name, name)))


def _bare(name: str) -> str:
    return _SHAPES.sub("", _SHAPES.sub("", name)).lower()
