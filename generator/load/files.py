"""Bytes from a folder, as text; what can't be read is a problem, a folder that isn't there is wrong use."""

from __future__ import annotations

from pathlib import Path

from generator.load.yaml_text import Node, Reader, parse, reject_characters
from generator.model.problem import Problem, Problems, UsageError
from generator.model.source import Position, Source

LIMIT = 64 * 1024 * 1024


class Folder:
    """A folder being read: what its files say, and the problems found in them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sources: list[Source] = []
        self._unreadable: list[Problem] = []
        self._readers: list[Reader] = []

    @property
    def problems(self) -> Problems:
        """Everything found so far."""
        return (*self._unreadable, *(problem for reader in self._readers for problem in reader.problems))

    def label(self, name: str) -> str:
        """A file of it as messages name it."""
        return f"{self.path.as_posix()}/{name}"

    def open(self, name: str, required: bool = True) -> tuple[Reader, Node | None]:
        """A YAML file's reader and root; no root when it can't be read, or is not there and need not be."""
        there = required or (self.path / name).exists()
        text = self._text(name) if there else None
        reader = self.reader(name, text or "")
        return reader, None if text is None else parse(reader)

    def prose(self, name: str) -> Source:
        """A text file as it is, read once; it may not hold what a document can't."""
        known = next((source for source in self.sources if source.name == self.label(name)), None)
        if known is not None:
            return known
        reader = self.reader(name, self._text(name) or "")
        reject_characters(reader)
        return reader.source

    def reader(self, name: str, text: str = "") -> Reader:
        """A reader of the folder's, for what is found in one of its files."""
        reader = Reader(Source(self.label(name), text))
        self._readers.append(reader)
        self.sources.append(reader.source)
        return reader

    def _text(self, name: str) -> str | None:
        return read_text(self.path / name, self.label(name), self._unreadable)


def read_text(path: Path, label: str, problems: list[Problem]) -> str | None:
    """A UTF-8 text file, line ends as “\\n”, without a byte order mark; None after reporting."""
    reader = Reader(Source(label, ""))
    start = Position(label)
    if not path.is_file():
        reader.report("Y013", start, "没有这个文件", "请新建该文件，可参考 data/2022/ 下的同名文件。")
        problems.extend(reader.problems)
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {label}：{error.strerror}") from error
    if len(data) > LIMIT:
        reader.report("Y014", start, f"文件过大（{len(data) // 1024 // 1024} MB）", "请确认没有误放其他文件。")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        reader.report("Y001", start, "文件不是UTF-8编码（看似UTF-16）", "请用文本编辑器另存为UTF-8编码。")
    else:
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            place = Position(label, line, 1)
            reader.report("Y001", place, "文件不是UTF-8编码（看似GBK）", "请用文本编辑器另存为UTF-8编码。")
    problems.extend(reader.problems)
    return None
