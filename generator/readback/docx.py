"""A .docx into a Reading: our own, to prove what was written, or one that others published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO

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
from generator.opc import Package
from generator.readback.beside import custom_of, properties_of, sealed_of, stories_of, traces_of
from generator.readback.body import Body, BodyRow, Paragraph, Table
from generator.readback.joined import continued
from generator.readback.rows import read_body
from generator.readback.wordml import Style, read_styles
from generator.stories import parts_beside

# Patterns are strings: of our own files styles tell what these tell of others.
_NOTE = r"(?:备?注|说明)[:：]"
_HEADLINE = r"^(?!.*。$).*(?:部门|单位).*[:：].*$"
_CAPTION = r"表(?:（.*）)?$"
_CONTENTS_TITLE = r"[^\d年月日]{0,3}目[录次][^\d年月日]{0,3}|[Cc]ontents|CONTENTS"
_ENDING_PAGE = r"\t *(\d{1,9})$"


def read_docx(data: bytes) -> Reading:
    """What a reader of anybody's file sees. Raises UsageError when it is no .docx, or one that no program should read."""
    return read_package(Package(data))


def read_package(package: Package) -> Reading:
    """The same of a file that has been opened."""
    body = _body(package)
    parts = [package.main, *(name for _, name in parts_beside(package, body.references))]
    look = _look(body, package, False)
    stories, sealed = stories_of(package, body.references), sealed_of(package, parts)
    return shaped(body)._replace(look=look, stories=stories, sealed=sealed)


def read_back(data: bytes) -> Reading:
    """The same of a file that we have just written, without its stories: quicker, as we know how it is written."""
    package = Package(data, trusted=True)
    body = _body(package, True)
    return shaped(body, True)._replace(look=_look(body, package, True))


def _body(package: Package, ours: bool = False) -> Body:
    body = read_body(package.stream(package.main), styles_of(package), ours)
    if body is None:
        raise UsageError("这个Word文件没有正文。")
    return body


def styles_of(package: Package) -> dict[str, Style]:
    """The styles of a file, none where it has no such part."""
    parts = package.linked(package.main, "styles", "word/styles.xml")
    return _styles(package.stream(parts[0]).read()) if parts else {}


@lru_cache(maxsize=4)
def _styles(xml: bytes) -> dict[str, Style]:
    """What a styles part says: one place's documents all have the same."""
    return read_styles(BytesIO(xml))


def shaped(body: Body, ours: bool = False) -> Reading:
    """A body as a reader sorts it: cover, contents, headings, words and tables."""
    shape = _Shape(body, ours)
    return Reading(tuple(shape.cover), tuple(shape.contents), tuple(shape.blocks))


def _look(body: Body, package: Package, ours: bool) -> FileLook:
    footers = package.linked(package.main, "footer")
    numbered = sum(b"PAGE" in package.xml(name) for name in footers)
    traces = body.changes, body.comments, body.hidden
    beside = tuple(traces_of(package, ours))
    own = properties_of(package), body.fonts, body.number_restarts
    return FileLook(*traces, *own, numbered, custom_of(package), beside)


class _Shape:
    """The body sorted: the cover ends where the contents begin, they where the first heading stands.

    What a paragraph is, its style says by the name our masters give it, whatever its words are; of a file with other
    styles its form and its words say so: a contents line ends in a page number, a note begins with 注.
    """

    def __init__(self, body: Body, ours: bool) -> None:
        self.ours = ours
        self.cover: list[str] = []
        self.contents: list[ContentsLine] = []
        self.blocks: list[ReadBlock] = []
        self.section = ""
        self.in_contents = False
        self.after_table = False
        self.form: Table | None = None
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
        if item.style != "节尾" or text.strip() or item.ends_section:
            self.form = None
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
        elif self.after_table and (item.style == "表注" or re.match(_NOTE, text)):
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
        self.in_contents = re.search(_ENDING_PAGE, item.text) is not None
        if self.in_contents and self.cover and re.fullmatch(_CONTENTS_TITLE, "".join(self.cover[-1].split())):
            self.cover.pop()
        return self.in_contents

    def _heading(self, heading: ReadHeading) -> None:
        self.after_table = False
        self.section = heading.text
        self.blocks.append(heading)

    def _contents_line(self, text: str) -> None:
        page = re.search(_ENDING_PAGE, text)
        self.contents.append(
            ContentsLine((text[: page.start()] if page else text).replace("\n", ""), page[1] if page else "")
        )

    def _table(self, item: Table, text_width: int) -> None:
        """A table; one below a mere end of a section that ends none goes on with the form above it."""
        whole = continued(self.form, item) if self.form is not None else None
        if whole is not None:
            item, above = whole, self.blocks[-1]
            assert isinstance(above, ReadTable)
            self.blocks[-1] = _table(item, above.caption, above.headline, text_width, self.ours)
            self.form = item
            return
        self.form = item
        headline = self._taken("表头行", _HEADLINE)
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, ReadHeading):
            caption = last.text
            self.blocks.pop()
        else:
            caption = self._taken("表题", _CAPTION)
        self.blocks.append(_table(item, caption, headline, text_width, self.ours))
        self.after_table = True

    def _taken(self, style: str, pattern: str) -> str:
        """The words of the paragraph above, if it has this style or, in a file of other styles, these words."""
        last, its = self.blocks[-1] if self.blocks else None, self.styles.get(len(self.blocks) - 1, "")
        if isinstance(last, ReadParagraph) and (its == style or re.search(pattern, last.text)):
            self.blocks.pop()
            return last.text
        return ""


def _table(item: Table, caption: str, headline: str, text_width: int, ours: bool) -> ReadTable:
    body = [row for row in item.rows if not row.header]
    whole = all(row.whole for row in item.rows)
    return ReadTable(
        caption,
        headline,
        _columns([row for row in item.rows if row.header], len(item.grid)),
        tuple(_said_once(body, ours)),
        (),
        tuple(len(row.texts) for row in body),
        TableLook(len(body) < len(item.rows), whole, item.grid, text_width, tuple(row.aligned for row in body)),
    )


def _said_once(rows: Sequence[BodyRow], ours: bool) -> Iterator[tuple[str, ...]]:
    """The texts of the rows without the words of merged cells that are said again at the top of a page.

    From the left, merges that begin with the words that stood there already go on; the first that differs is new,
    and so is everything to its right. LibreOffice saves a merge of one row as a cell that is not merged at all: beside
    a merge it counts as one.
    """
    running: dict[int, str] = {}
    above: tuple[str, ...] = ()
    for row in rows:
        now: dict[int, str] = {}
        again: list[int] = []
        going = True
        for start in sorted(row.merged if ours else {*row.merged, *running}):
            if row.merged.get(start) is False:
                now[start] = running.get(start, "")
                continue
            text = row.texts[start] if start < len(row.texts) else ""
            before = running.get(start, above[start] if not ours and start < len(above) else None)
            going = going and before == text
            if going:
                again.append(start)
            if going or start in row.merged:
                now[start] = text
        running, above = now, row.texts
        yield tuple("" if start in again else text for start, text in enumerate(row.texts)) if again else row.texts


def _columns(header: Sequence[BodyRow], width: int) -> tuple[tuple[str, ...], ...]:
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        for start, text in enumerate(row.texts):
            if text and row.merged.get(start, True):
                for path in paths[start : start + row.wide.get(start, 1)]:
                    path.append(text)
    return tuple(tuple(path) for path in paths)
