"""A .docx into a Reading: our own, to prove what was written, or one that others published."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zlib import error as ZlibError

from generator.model.problem import UsageError
from generator.model.reading import (
    ContentsLine,
    FileLook,
    ReadBlock,
    ReadHeading,
    Reading,
    ReadParagraph,
    ReadTable,
    TableLook,
)

_LIMIT = 128 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, TBL, TR, _TC, T, _BR, _TAB = (W + name for name in ("p", "tbl", "tr", "tc", "t", "br", "tab"))
_PPR, _STYLE, _VAL, _SECTION, _JC = (W + name for name in ("pPr", "pStyle", "val", "sectPr", "jc"))
_CELL, _SPAN, _MERGE = W + "tcPr", W + "gridSpan", W + "vMerge"
_ALIGNED = {"left": "l", "start": "l", "both": "l", "center": "c", "right": "r", "end": "r"}
_NOTE = re.compile(r"(?:备?注|说明)[:：]")
_HEADLINE = re.compile(r"(?!.*。$).*(?:部门|单位).*[:：].*$")
_CAPTION = re.compile(r"表(?:（.*）)?$")
_ENDING_PAGE = re.compile(r"\t *(\d+)$")
_DOCTYPE = b"<!DOCTYPE"
_REVISION = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b")
_FONT = re.compile(rb'<w:rFonts[^>]*?w:eastAsia="([^"]*)"')
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_MOST_COLUMNS = 1000
_RESTART = re.compile(rb'<w:pgNumType[^>]*?w:start="(\d+)"')


class _Style(NamedTuple):
    outline: int
    aligned: str


def read_docx(data: bytes) -> Reading:
    """What a reader of the file sees. Raises UsageError when it is no .docx, or unpacks beyond all measure."""
    parts = read_parts(data)
    return reading_in(parts, root_of(parts["word/document.xml"]))


def reading_in(parts: Mapping[str, bytes], root: Element) -> Reading:
    """What a reader sees of a file's parts, whose main one has been read."""
    body = root.find(W + "body")
    if body is None:
        raise UsageError("这个Word文件没有正文。")
    styles = _styles(parts.get("word/styles.xml", b""))
    cover, contents, blocks = _Walk(styles, body).read()
    return Reading(cover, contents, blocks, _look(parts))


def read_parts(data: bytes) -> dict[str, bytes]:
    """The XML of a file by name. Raises UsageError when it is no .docx, or unpacks beyond all measure."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LIMIT:
                raise UsageError("这个Word文件解压后过大，没有读取。")
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    except (zipfile.BadZipFile, ZlibError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UsageError("这不是有效的Word文件（.docx）。") from error
    if "word/document.xml" not in parts:
        raise UsageError("这不是有效的Word文件（.docx）：缺少正文。")
    return parts


def root_of(data: bytes) -> Element:
    """A part's XML. Raises UsageError when it is damaged, or says what it may not."""
    if _DOCTYPE in data[:2000]:  # Word writes none; one could hold entities that unfold without end
        raise UsageError("这个Word文件里有不允许的声明，没有读取。")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - no entities: a document type is refused above
    except ElementTree.ParseError as error:
        raise UsageError("这个Word文件的内容已损坏。") from error


def _styles(data: bytes) -> dict[str, _Style]:
    if not data:
        return {}
    found: dict[str, _Style] = {}
    parents: dict[str, str] = {}
    for style in root_of(data).iter(W + "style"):
        name = style.get(W + "styleId", "")
        outline, aligned = style.find(f"{_PPR}/{W}outlineLvl"), style.find(f"{_PPR}/{W}jc")
        found[name] = _Style(
            _number(outline.get(_VAL), 9) + 1 if outline is not None else 0,
            _ALIGNED.get(aligned.get(_VAL, ""), "") if aligned is not None else "",
        )
        based = style.find(W + "basedOn")
        parents[name] = based.get(_VAL, "") if based is not None else ""
    return {name: _inherited(name, found, parents) for name in found}


def _inherited(name: str, found: Mapping[str, _Style], parents: Mapping[str, str]) -> _Style:
    outline, aligned, seen = 0, "", set[str]()
    while name in found and name not in seen:
        seen.add(name)
        outline, aligned = outline or found[name].outline, aligned or found[name].aligned
        name = parents[name]
    return _Style(outline, aligned)


class _Walk:
    """The body from first to last: the cover ends where the contents begin, they where the first heading stands."""

    def __init__(self, styles: Mapping[str, _Style], body: Element) -> None:
        self.styles, self.body = styles, body
        self.widths = list(_text_widths(body))
        self.cover: list[str] = []
        self.contents: list[ContentsLine] = []
        self.blocks: list[ReadBlock] = []
        self.section = ""
        self.in_contents = False
        self.after_table = False

    def read(self) -> tuple[tuple[str, ...], tuple[ContentsLine, ...], tuple[ReadBlock, ...]]:
        """Cover, contents, body."""
        passed = 0
        for item in self.body:
            if item.tag == TBL:
                self._table(item, self.widths[min(passed, len(self.widths) - 1)] if self.widths else 0)
            elif item.tag == P:
                self._paragraph(item)
                passed += item.find(f"{_PPR}/{_SECTION}") is not None
        return tuple(self.cover), tuple(self.contents), tuple(self.blocks)

    def _paragraph(self, item: Element) -> None:
        text = _text(item)
        if not text.strip():
            return
        level = self._level(item)
        if level:
            self._heading(ReadHeading(level, text.replace("\n", "")))
        elif not self.blocks and (self.in_contents or text.replace(" ", "").replace("　", "") == "目录"):
            if self.in_contents:
                self._contents_line(text)
            self.in_contents = True
        elif not self.blocks and not self.section:
            self.cover.append(text)
        elif self.after_table and _NOTE.match(text):
            table = self.blocks[-1]
            assert isinstance(table, ReadTable)
            self.blocks[-1] = table._replace(notes=(*table.notes, text))
        else:
            self.after_table = False
            self.blocks.append(ReadParagraph(text, self.section))

    def _level(self, item: Element) -> int:
        properties = item.find(_PPR)
        if properties is None:
            return 0
        own = properties.find(W + "outlineLvl")
        if own is not None:
            return _number(own.get(_VAL), 8) + 1
        style = properties.find(_STYLE)
        return self.styles.get(style.get(_VAL, ""), _Style(0, "")).outline if style is not None else 0

    def _heading(self, heading: ReadHeading) -> None:
        self.after_table = False
        self.section = heading.text
        self.blocks.append(heading)

    def _contents_line(self, text: str) -> None:
        page = _ENDING_PAGE.search(text)
        self.contents.append(ContentsLine(text[: page.start()] if page else text, page[1] if page else ""))

    def _table(self, item: Element, text_width: int) -> None:
        headline = self._taken(_HEADLINE)
        last = self.blocks[-1] if self.blocks else None
        caption = ""
        if isinstance(last, ReadHeading) or (isinstance(last, ReadParagraph) and _CAPTION.search(last.text)):
            caption = last.text
            self.blocks.pop()
        self.blocks.append(_table(item, caption, headline, text_width, self.styles))
        self.after_table = True

    def _taken(self, pattern: re.Pattern[str]) -> str:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, ReadParagraph) and pattern.match(last.text):
            self.blocks.pop()
            return last.text
        return ""


def _text(element: Element) -> str:
    parts = []
    for item in element.iter():
        if item.tag == T:
            parts.append(item.text or "")
        elif item.tag == _BR:
            parts.append("\n")
        elif item.tag == _TAB and item.get(_VAL) is None:
            parts.append("\t")
    return "".join(parts)


class _Cell(NamedTuple):
    text: str
    start: int
    span: int
    begins: bool
    goes_on: bool
    aligned: str


class _Row(NamedTuple):
    cells: tuple[_Cell, ...]
    header: bool
    whole: bool

    @property
    def width(self) -> int:
        return self.cells[-1].start + self.cells[-1].span if self.cells else 0

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for cell in self.cells for text in (cell.text, *[""] * (cell.span - 1)))

    @property
    def alignments(self) -> str:
        return "".join(cell.aligned * cell.span for cell in self.cells)


def _table(item: Element, caption: str, headline: str, text_width: int, styles: Mapping[str, _Style]) -> ReadTable:
    rows = [_row(row, styles) for row in item.findall(TR)]
    body = list(_said_once([row for row in rows if not row.header]))
    grid = tuple(_number(column.get(W + "w")) for column in item.iterfind(f"{W}tblGrid/{W}gridCol"))
    whole = all(row.whole for row in rows)
    return ReadTable(
        caption,
        headline,
        _columns([row for row in rows if row.header], len(grid)),
        tuple(row.texts for row in body),
        (),
        tuple(row.width for row in body),
        TableLook(len(body) < len(rows), whole, grid, text_width, tuple(row.alignments for row in body)),
    )


def _said_once(rows: list[_Row]) -> Iterator[_Row]:
    """The rows without the words of merged cells that are said again at the top of a page.

    From the left, merges that begin with the words that stood there already go on; the first that differs is new,
    and so is everything to its right.
    """
    running: dict[int, str] = {}
    for row in rows:
        cells: list[_Cell] = []
        again = True
        for cell in row.cells:
            again = again and (not cell.begins or running.get(cell.start) == cell.text)
            cells.append(cell._replace(text="") if cell.begins and again else cell)
        begun = {cell.start: cell.text for cell in row.cells if cell.begins}
        merged = {cell.start for cell in row.cells if cell.begins or cell.goes_on}
        running = {start: text for start, text in (running | begun).items() if start in merged}
        yield row._replace(cells=tuple(cells))


def _row(row: Element, styles: Mapping[str, _Style]) -> _Row:
    cells: list[_Cell] = []
    start = 0
    properties = row.find(W + "trPr")
    for item in row.findall(_TC):
        cell = _cell(item, start, styles)
        start += cell.span
        cells.append(cell)
    header = properties is not None and properties.find(W + "tblHeader") is not None
    return _Row(tuple(cells), header, properties is not None and properties.find(W + "cantSplit") is not None)


def _cell(item: Element, start: int, styles: Mapping[str, _Style]) -> _Cell:
    span, merged, aligned = 1, "", ""
    texts = []
    for child in item:
        if child.tag == P:
            texts.append(_text(child))
            aligned = aligned or _aligned(child, styles)
        elif child.tag == _CELL:
            wide, merge = child.find(_SPAN), child.find(_MERGE)
            span = min(_number(wide.get(_VAL), 1), _MOST_COLUMNS) if wide is not None else 1
            merged = merge.get(_VAL, "continue") if merge is not None else ""
    return _Cell("\n".join(texts), start, span, merged == "restart", merged == "continue", aligned or "l")


def _aligned(paragraph: Element, styles: Mapping[str, _Style]) -> str:
    properties = paragraph.find(_PPR)
    if properties is None:
        return ""
    own = properties.find(_JC)
    if own is not None:
        return _ALIGNED.get(own.get(_VAL, ""), "l")
    style = properties.find(_STYLE)
    return styles.get(style.get(_VAL, ""), _Style(0, "")).aligned if style is not None else ""


def _columns(header: list[_Row], width: int) -> tuple[tuple[str, ...], ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for cell in (cell for row in header for cell in row.cells):
        if cell.text and not cell.goes_on:
            for path in paths[cell.start : cell.start + cell.span]:
                path.append(cell.text)
    return tuple(tuple(path) for path in paths)


def _text_widths(body: Element) -> Iterator[int]:
    for section in body.iter(_SECTION):
        size, margin = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is not None and margin is not None:
            sides = (_number(margin.get(W + side)) for side in ("left", "right"))
            yield _number(size.get(W + "w")) - sum(sides)


def _number(text: str | None, missing: int = 0) -> int:
    """A number as a sound file has it; of one that is none, or beyond all measure, nothing is made."""
    return int(text) if text and _NUMBER.fullmatch(text) else missing


def _look(parts: Mapping[str, bytes]) -> FileLook:
    text = parts["word/document.xml"]
    return FileLook(
        len(_REVISION.findall(text)),
        text.count(b"<w:commentReference"),
        text.count(b"<w:vanish"),
        tuple(_properties(parts.get("docProps/core.xml", b""))),
        tuple(sorted({name.decode(errors="replace") for name in _FONT.findall(text)})),
        tuple(_number(start.decode()) for start in _RESTART.findall(text)),
        sum(b"PAGE" in data for name, data in parts.items() if name.startswith("word/footer")),
    )


def _properties(data: bytes) -> Iterator[tuple[str, str]]:
    if data:
        for item in root_of(data):
            if item.text:
                yield item.tag.rsplit("}", 1)[1], item.text
