"""A .docx into a Reading: our own, to prove what was written, or one that others published."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import IO

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
from generator.readback.body import Body, Paragraph, Row, Table, read_body
from generator.readback.wordml import Style, read_properties, read_styles

Read = Callable[[IO[bytes], Mapping[str, Style]], Body | None]
_LIMIT = 512 * 1024 * 1024
_NOTE = re.compile(r"(?:备?注|说明)[:：]")
_HEADLINE = re.compile(r"^(?!.*。$).*(?:部门|单位).*[:：].*$")
_CAPTION = re.compile(r"表(?:（.*）)?$")
_CONTENTS_TITLE = re.compile(r"[^\d年月日]{0,3}目[录次][^\d年月日]{0,3}|[Cc]ontents|CONTENTS")
_ENDING_PAGE = re.compile(r"\t *(\d{1,9})$")


def read_docx(data: bytes, read: Read = read_body) -> Reading:
    """What a reader of the file sees. Raises UsageError when it is no .docx, or unpacks beyond all measure.

    ``read`` reads the body.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read(archive, read)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise UsageError("这不是有效的Word文件（.docx）。") from error


def _read(archive: zipfile.ZipFile, read: Read) -> Reading:
    names = set(archive.namelist())
    if sum(info.file_size for info in archive.infolist()) > _LIMIT:
        raise UsageError("这个Word文件解压后过大，没有读取。")
    if "word/document.xml" not in names:
        raise UsageError("这不是有效的Word文件（.docx）：缺少正文。")
    styles = {}
    if "word/styles.xml" in names:
        with archive.open("word/styles.xml") as stream:
            styles = read_styles(stream)
    with archive.open("word/document.xml") as stream:
        body = read(stream, styles)
    if body is None:
        raise UsageError("这个Word文件没有正文。")
    shape = _Shape(body)
    return Reading(tuple(shape.cover), tuple(shape.contents), tuple(shape.blocks), _look(body, archive, names))


def _look(body: Body, archive: zipfile.ZipFile, names: set[str]) -> FileLook:
    properties: tuple[tuple[str, str], ...] = ()
    if "docProps/core.xml" in names:
        with archive.open("docProps/core.xml") as stream:
            properties = read_properties(stream)
    footers = [name for name in names if name.startswith("word/footer") and name.endswith(".xml")]
    numbered = sum(b"PAGE" in archive.read(name) for name in footers)
    traces = body.changes, body.comments, body.hidden
    return FileLook(*traces, properties, body.fonts, body.number_restarts, numbered)


class _Shape:
    """The body sorted: the cover ends where the contents begin, they where the first heading stands.

    What a paragraph is, its style says by the name our masters give it, whatever its words are; of a file with other
    styles its form and its words say so: a contents line ends in a page number, a note begins with 注.
    """

    def __init__(self, body: Body) -> None:
        self.cover: list[str] = []
        self.contents: list[ContentsLine] = []
        self.blocks: list[ReadBlock] = []
        self.section = ""
        self.in_contents = False
        self.after_table = False
        self.styles: dict[int, str] = {}
        widths = body.text_widths or (0,)
        passed = 0
        for item in body.items:
            if isinstance(item, Table):
                self._table(item, widths[min(passed, len(widths) - 1)])
            else:
                self._paragraph(item)
                passed += item.ends_section

    def _paragraph(self, item: Paragraph) -> None:
        text = item.text
        if not text.strip():
            return
        if item.level:
            self._heading(ReadHeading(item.level, text.replace("\n", "")))
        elif not self.blocks and (self.in_contents or self._begins_contents(item)):
            if self.in_contents:
                self._contents_line(text)
            self.in_contents = True
        elif not self.blocks and not self.section:
            self.cover.append(text)
        elif self.after_table and (item.style == "表注" or _NOTE.match(text)):
            table = self.blocks[-1]
            assert isinstance(table, ReadTable)
            self.blocks[-1] = table._replace(notes=(*table.notes, text))
        else:
            self.after_table = False
            self.styles[len(self.blocks)] = item.style
            self.blocks.append(ReadParagraph(text, self.section))

    def _begins_contents(self, item: Paragraph) -> bool:
        """Whether the contents begin: with their title, else with a first line, whose title went to the cover."""
        if item.style == "目录标题" or "".join(item.text.split()) == "目录":
            return True
        self.in_contents = _ENDING_PAGE.search(item.text) is not None
        if self.in_contents and self.cover and _CONTENTS_TITLE.fullmatch("".join(self.cover[-1].split())):
            self.cover.pop()
        return self.in_contents

    def _heading(self, heading: ReadHeading) -> None:
        self.after_table = False
        self.section = heading.text
        self.blocks.append(heading)

    def _contents_line(self, text: str) -> None:
        page = _ENDING_PAGE.search(text)
        self.contents.append(ContentsLine(text[: page.start()] if page else text, page[1] if page else ""))

    def _table(self, item: Table, text_width: int) -> None:
        headline = self._taken("表头行", _HEADLINE)
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, ReadHeading):
            caption = last.text
            self.blocks.pop()
        else:
            caption = self._taken("表题", _CAPTION)
        self.blocks.append(_table(item, caption, headline, text_width))
        self.after_table = True

    def _taken(self, style: str, pattern: re.Pattern[str]) -> str:
        """The words of the paragraph above, if it has this style or, in a file of other styles, these words."""
        last, its = self.blocks[-1] if self.blocks else None, self.styles.get(len(self.blocks) - 1, "")
        if isinstance(last, ReadParagraph) and (its == style or pattern.search(last.text)):
            self.blocks.pop()
            return last.text
        return ""


def _table(item: Table, caption: str, headline: str, text_width: int) -> ReadTable:
    body = [row for row in item.rows if not row.header]
    whole = all(row.whole for row in item.rows)
    return ReadTable(
        caption,
        headline,
        _columns([row for row in item.rows if row.header], len(item.grid)),
        tuple(_said_once(body)),
        (),
        tuple(len(row.texts) for row in body),
        TableLook(len(body) < len(item.rows), whole, item.grid, text_width, tuple(row.aligned for row in body)),
    )


def _said_once(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The texts of the rows without the words of merged cells that are said again at the top of a page.

    From the left, merges that begin with the words that stood there already go on; the first that differs is new,
    and so is everything to its right.
    """
    running: dict[int, str] = {}
    for row in rows:
        begun = {start: row.texts[start] for start, begins in row.merged.items() if begins}
        texts = list(row.texts)
        for start, text in begun.items():
            if running.get(start) != text:
                break
            texts[start] = ""
        running = {start: text for start, text in (running | begun).items() if start in row.merged}
        yield tuple(texts)


def _columns(header: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        for start, text in enumerate(row.texts):
            if text and row.merged.get(start, True):
                for path in paths[start : start + row.wide.get(start, 1)]:
                    path.append(text)
    return tuple(tuple(path) for path in paths)
