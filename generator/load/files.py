"""Bytes from a folder, as text; what can't be read is a problem, a folder that isn't there is wrong use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.load.passages import passages_of
from generator.load.yaml_text import Node, Reader, parse, reject_characters
from generator.model.doubts import BLANK
from generator.model.failure import why_not_read
from generator.model.ledger import Dimension
from generator.model.number_format import NumberFormat
from generator.model.problem import Problem, Problems, UsageError
from generator.model.source import Passage, Position, Source
from generator.model.unseen import shown

if TYPE_CHECKING:
    from generator.model.record import RecordList

LIMIT = 20 * 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def access() -> Iterator[None]:
    """What the system does not let us read is wrong use, said in one line."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"无法读取 {Path(str(error.filename)).as_posix()}：{why_not_read(error)}。") from error


class Folder:
    """A folder being read: what its files say, and the problems found in them; ``own`` as for a Reader."""

    def __init__(self, path: Path, own: Mapping[str, Dimension] = MappingProxyType({})) -> None:
        self.path, self.own = path, own
        self.widened: Mapping[str, Dimension] = MappingProxyType({})
        self.lists: Mapping[str, RecordList] = MappingProxyType({})
        self.formats: Mapping[str, NumberFormat] = MappingProxyType({})
        self.draft: bool | None = None  # of a year's folder: whether what is not filled in may stand
        self.sources: list[Source] = []
        self._unreadable: list[Problem] = []
        self._readers: list[Reader] = []
        self._roots: list[tuple[str, str, Node]] = []

    @property
    def problems(self) -> Problems:
        """Everything found so far."""
        return (*self._unreadable, *(problem for reader in self._readers for problem in reader.problems))

    @property
    def readers(self) -> tuple[Reader, ...]:
        """A reader for each file opened so far."""
        return tuple(self._readers)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The department's own words in the files opened so far."""
        return tuple(passage for root in self._roots for passage in passages_of(*root))

    def at(self, name: str) -> Path:
        """Where a file of it stands."""
        return self.path / name

    def label(self, name: str) -> str:
        """A file of it as messages name it."""
        return self.named(self.at(name))

    def named(self, path: Path) -> str:
        """A file as messages name it, wherever it stands."""
        return path.as_posix()

    def open(self, name: str, required: bool = True) -> tuple[Reader, Node | None]:
        """A YAML file's reader and root; no root when it can't be read, or is not there and need not be."""
        there = required or self.at(name).exists()
        text = self._text(self.at(name)) if there else None
        reader = self._reader(self.label(name), text or "")
        if not there and (other := look_alike(self.path, name)):
            message, remedy = _other_name(other, name)
            reader.warn("Y013", Position(reader.source.name), f"{message}，没有读", remedy)
        return reader, self._root(name, reader, text)

    def open_at(self, path: Path) -> tuple[Reader, Node | None]:
        """As ``open``, for a file that need not stand right in this folder."""
        text = self._text(path)
        reader = self._reader(self.named(path), text or "")
        return reader, self._root(path.name, reader, text)

    def _root(self, name: str, reader: Reader, text: str | None) -> Node | None:
        root = None if text is None else parse(reader)
        if root is not None:
            self._roots.append((name, reader.source.name, root))
            if self.draft is not None and text is not None and BLANK in text:
                from generator.load.unfilled import report_blanks  # only a year that is being filled in needs it

                report_blanks(reader, root, self.draft)
        return root

    @property
    def roots(self) -> Mapping[str, Node]:
        """The roots of the files opened so far, by name."""
        return {name: root for name, _, root in self._roots}

    def aside(self, name: str) -> tuple[Reader, Node | None]:
        """A file that only adds to what can be said: without a root when it is not there or no good, and no problem."""
        text = read_text(self.at(name), self.label(name), []) if self.at(name).exists() else None
        reader = Reader(Source(self.label(name), text or ""))
        return reader, None if text is None else parse(reader)

    def prose(self, name: str) -> Source:
        """A text file as it is, read once; it may not hold what a document can't."""
        return self.prose_at(self.at(name))

    def prose_at(self, path: Path) -> Source:
        """As ``prose``, for a file that need not stand right in this folder."""
        known = next((source for source in self.sources if source.name == self.named(path)), None)
        if known is not None:
            return known
        reader = self._reader(self.named(path), self._text(path) or "")
        reject_characters(reader)
        return reader.source

    def reader(self, name: str, text: str = "") -> Reader:
        """A reader of the folder's, for what is found in one of its files."""
        return self._reader(self.label(name), text)

    def adopt(self, reader: Reader) -> None:
        """Tell what a reader finds with the rest."""
        self._readers.append(reader)

    def _reader(self, label: str, text: str) -> Reader:
        reader = Reader(Source(label, text), self.own)
        reader.widened = self.widened
        reader.lists, reader.formats = self.lists, self.formats
        reader.draft = bool(self.draft)
        self._readers.append(reader)
        self.sources.append(reader.source)
        return reader

    def _text(self, path: Path) -> str | None:
        return read_text(path, self.named(path), self._unreadable)


def read_text(path: Path, label: str, problems: list[Problem]) -> str | None:
    """A UTF-8 text file, line ends as “\\n”, without a byte order mark; None after reporting."""
    reader = Reader(Source(label, ""))
    text = _decoded(reader, path, Position(label))
    problems.extend(reader.problems)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(reader: Reader, path: Path, place: Position) -> str | None:
    if not path.is_file():
        report_missing(reader, path, place)
        return None
    if path.stat().st_size > LIMIT:
        size = path.stat().st_size // 1024 // 1024
        remedy = f"最多{LIMIT // 1024 // 1024} MB，请确认没有误放其他文件。"
        reader.report("Y014", place, f"文件过大（{size} MB）", remedy)
        return None
    data = path.read_bytes()
    if data.startswith(_UTF16) or data.count(0) * 5 > len(data):
        reader.report("Y001", place, "文件不是UTF-8编码（看似UTF-16）", _ENCODING_REMEDY)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _report_encoding(reader, data, place, data.count(b"\n", 0, error.start) + 1)
        return None


_NEW_FILE = "请新建该文件，可从别的年度或方案的同名文件复制后修改。"
_NEW_LIST = "请新建该文件，可从别的年度的同名文件复制后修改；一笔也没有的，文件里只写 []。"
_LISTS = ("basic.yaml", "projects.yaml")


def report_missing(reader: Reader, path: Path, place: Position, remedy: str = "") -> None:
    """Say that a file is not there, and which one was probably meant to be it."""
    remedy = remedy or (_NEW_LIST if path.name in _LISTS else _NEW_FILE)
    other = look_alike(path.parent, path.name, copies=True)
    if path.exists():
        reader.report("Y013", place, "这不是一个文件", "同名的可能是目录，请改名或移开，再放入文件。")
    elif other:
        reader.report("Y013", place, *_other_name(other, path.name))
    else:
        reader.report("Y013", place, "没有这个文件", remedy)


def look_alike(folder: Path, name: str, copies: bool = False) -> str:
    """A file in the folder that was meant to be ``name``, or is a copy of it where ``copies`` count; empty without one.

    Windows hides “.txt”, and adds “ - 副本” or “(1)” of its own.
    """
    stem, _, ending = name.partition(".")
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", path.name)).casefold()
        found = re.fullmatch(_FILE_NAME, plain) if stem in plain else None
        if found is None or not path.is_file() or path.name == name:
            continue
        endings = {"yaml": ("yaml", "yml", "txt"), "docx": ("docx", "doc", "dotx", "docm")}.get(ending, (ending,))
        copied = bool(found["copy"] or found["before"] or found["backup"])
        if found["stem"] == stem and (found["ending"] or "").strip(".") in ("", *endings) and (copies or not copied):
            return path.name
    return ""


_FILE_NAME = (
    r"(?P<before>copyof|副本)?(?P<stem>.+?)(?P<copy>(?:[-_]?(?:副本|复件|copy|备份|bak)|\(\d+\))*)\.?"
    r"(?P<ending>\.[a-z0-9]+)?(?:\.txt|\.yaml)?(?P<backup>\.bak|~)?"
)


def _other_name(other: str, name: str) -> tuple[str, str]:
    message = f"没有这个文件，却有一个“{shown(other)}”"
    remedy = f"请把它改名为“{name}”，名称里没有空格和全角字符"
    hidden = "。Windows看不见“.txt”的，请在资源管理器的“查看”里勾选“文件扩展名”再改。"
    return message, remedy + (hidden if other.casefold().endswith(".txt") else "。")


def _report_encoding(reader: Reader, data: bytes, place: Position, line: int) -> None:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        message = f"第{line}行有不是UTF-8编码的内容"
        reader.report("Y001", place, message, "请重新输入这一行，或用文本编辑器另存为UTF-8编码。")
    else:
        reader.report("Y001", place, "文件不是UTF-8编码（看似GBK）", _ENCODING_REMEDY)


_ENCODING_REMEDY = "请用文本编辑器打开，确认文字正常后另存为UTF-8编码。"
