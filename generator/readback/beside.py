"""What a file holds beside its body: headers, footers, notes and comments; charts and diagrams; what has no words to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model.reading import ReadStory
from generator.opc import Package, pieces_of
from generator.readback.body import Body, BodyReader, Paragraph, Table
from generator.readback.wordml import parse, read_properties, read_words
from generator.stories import Reference, parts_beside

PAGE_NUMBER = "〔页码〕"
_COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_DRAWN = {"图表": (("chart", "chartEx"), ("t", "v")), "图形": (("diagramData",), ("t",))}
_SEALED = {
    "图片": ("image",),
    "嵌入的文件": ("aFChunk", "oleObject", "package", "control", "subDocument", "vbaProject"),
}
_PROPERTIES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注", "category": "类别",
    "Manager": "经理", "Company": "单位",
}  # fmt: skip
_OF_PROGRAMS = ("KSO", "ICV", "MSIP_", "ContentTypeId", "_")
"""Custom properties that WPS and Word write by themselves."""


_SIGNS = (b":ins", b":del", b":move", b"Change", b"vanish", b"omment")
"""Where none of these stands in a part of ours, nothing was left in it."""


class StoryReader(BodyReader):
    """A header or footer: each page has its own number, so that ``sign`` stands for what the file has kept of it."""

    def __init__(self, sign: str = PAGE_NUMBER) -> None:
        super().__init__({})
        self.sign = sign
        mind_pages(self, sign)


def mind_pages(reader: BodyReader, sign: str) -> None:
    """Make a reader say ``sign`` for each page number, not the number that the file has kept."""
    _PageNumbers(reader, sign)


class _PageNumbers:
    """Fields lie in one another; what a counted one shows is not heard."""

    def __init__(self, reader: BodyReader, sign: str) -> None:
        self.reader, self.sign = reader, sign
        self.codes: list[list[str]] = []
        self.counted = 0
        self.word = reader.starts["t"]
        reader.starts |= {
            "fldSimple": self._simple, "fldChar": self._char, "instrText": self._code, "t": self._text,
        }  # fmt: skip
        reader.ends["instrText"] = reader.ends["t"]

    def _simple(self, attributes: dict[str, str]) -> None:
        if _is_counted(attributes.get(self.reader.w + "instr", "")):
            self.reader.words.append(self.sign)
            self.reader.skip()

    def _char(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(self.reader.w + "fldCharType", "")
        if kind == "begin":
            self.codes.append([])
        elif self.codes and kind in ("separate", "end"):
            counted = _is_counted("".join(self.codes[-1]))
            if counted and not self.counted:
                self.reader.words.append(self.sign)
                self.counted = len(self.codes)
            if kind == "end":
                self.counted = 0 if self.counted == len(self.codes) else self.counted
                self.codes.pop()

    def _code(self, _: dict[str, str]) -> None:
        if self.codes:
            self.reader.parser.CharacterDataHandler = self.codes[-1].append

    def _text(self, attributes: dict[str, str]) -> None:
        if not self.counted:
            self.word(attributes)


def _is_counted(code: str) -> bool:
    """Whether a field is a page number."""
    return "".join(code.replace("\\", " ").split()[:1]) in _COUNTED


def read_part(package: Package, name: str, ours: bool = False) -> Body:
    """A header, a footer, notes."""
    reader = StoryReader()
    parse(pieces_of(package.stream(name)), reader, ours)
    return reader.body()


def lines_of(body: Body) -> tuple[str, ...]:
    """Its paragraphs and rows that say anything."""
    return tuple(line for item in body.items for line in _lines(item) if line.strip())


def _lines(item: Paragraph | Table) -> Iterator[str]:
    if isinstance(item, Paragraph):
        yield from item.text.split("\n")
    else:
        yield from ("\t".join(" ".join(text.split()) for text in row.texts).rstrip("\t") for row in item.rows)


def stories_of(package: Package, references: Sequence[Reference]) -> tuple[ReadStory, ...]:
    """All that a person reads beside the body, and the properties that people write."""
    beside = parts_beside(package, references)
    read = [ReadStory(kind, lines_of(read_part(package, part))) for kind, part in beside]
    for kind, (links, names) in _DRAWN.items():
        parts = (name for link in links for name in package.linked(package.main, link))
        read += [ReadStory(kind, read_words(package.stream(name), *names)) for name in parts]
    read.append(ReadStory("文档属性", tuple(_told(package))))
    return tuple(story for story, _ in groupby(read) if story.lines)


def _told(package: Package) -> Iterator[str]:
    found = dict(properties_of(package))
    yield from (f"{said}：{' '.join(found[name].split())}" for name, said in _PROPERTIES.items() if name in found)
    yield from (f"{name}：{' '.join(text.split())}" for name, text in custom_of(package))


def properties_of(package: Package) -> tuple[tuple[str, str], ...]:
    """The properties every file has, by their names in it."""
    return tuple(
        found
        for part in ("core", "extended")
        for name in package.linked("", f"{part}-properties", f"docProps/{_FILES[part]}.xml")
        for found in read_properties(package.stream(name))
    )


_FILES = {"core": "core", "extended": "app"}


def custom_of(package: Package) -> tuple[tuple[str, str], ...]:
    """The properties that a person gave names to."""
    parts = package.linked("", "custom-properties", "docProps/custom.xml")
    found = (item for name in parts for item in read_properties(package.stream(name)))
    return tuple((name, text) for name, text in found if not name.startswith(_OF_PROGRAMS))


def traces_of(package: Package, ours: bool) -> Iterator[tuple[str, int, int, int]]:
    """What was left in each header, footer, note, whether a section names it or not."""
    for kind, name in (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注")):
        for part in package.linked(package.main, kind):
            if ours and not any(sign in package.xml(part) for sign in _SIGNS):
                continue
            body = read_part(package, part, ours)
            if body.changes or body.comments or body.hidden:
                yield (name, body.changes, body.comments, body.hidden)


def sealed_of(package: Package, parts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """A fingerprint of what these parts show that has no words we read."""
    from hashlib import sha256

    found = []
    for kind, links in _SEALED.items():
        names = {link.part for part in parts for link in package.links(part) if link.kind in links}
        prints = sorted(sha256(package.read(name)).hexdigest() for name in names if name in package)
        if prints:
            found.append((kind, " ".join(prints)))
    return tuple(found)
