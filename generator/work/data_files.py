"""A data file that a verb changes: as it was read, and as it is to be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.load.files import access, read_text
from generator.load.yaml_text import Reader, parse, tree_of
from generator.model.problem import Problem, Problems, has_errors
from generator.model.replacement import Replacement
from generator.model.source import Source

if TYPE_CHECKING:
    from generator.model.tree import Tree

_MARK = b"\xef\xbb\xbf"


class DataFile(NamedTuple):
    """A file as it was read: its bytes (none where it is not there yet), its text, and what forbids changing it."""

    path: Path
    there: bool
    data: bytes
    source: Source
    problems: Problems = ()


def opened(path: Path) -> DataFile:
    """A data file, there or not. Raises UsageError where the system does not let us read it."""
    label = path.as_posix()
    with access():
        if not path.exists():
            return DataFile(path, False, b"", Source(label, ""))
        data, found = path.read_bytes() if path.is_file() else b"", list[Problem]()
        reader = Reader(Source(label, read_text(path, label, found) or ""))
    if reader.source.text.strip():
        parse(reader)
    problems = tuple(problem for problem in (*found, *reader.problems) if has_errors([problem]))
    return DataFile(path, True, data, reader.source, problems)


def said(file: DataFile) -> Tree:
    """What a file says that nothing is wrong with; empty where it says nothing."""
    root = parse(Reader(file.source)) if file.source.text.strip() else None
    return "" if root is None else tree_of(root)


def saying(file: DataFile, tree: Tree) -> tuple[tuple[Replacement, ...], Problems]:
    """What is to be saved so that a file says ``tree``: nothing where it does already; or what the loader would not read."""
    from generator.edit import edited

    text = edited(file.source.text, tree)
    if file.there and text == file.source.text:
        return (), ()
    reader = Reader(Source(file.source.name, text))
    if parse(reader) is None:  # a sign that no document can hold, most likely
        return (), tuple(reader.problems)
    text = text.replace("\n", "\r\n") if b"\r\n" in file.data else text
    data = (_MARK if file.data.startswith(_MARK) else b"") + text.encode()
    return (Replacement(file.path, file.data if file.there else None, data),), ()


def texts_of(change: Replacement) -> tuple[Source, Source]:
    """A file's text as it was read, and as it is to be."""
    old, new = (
        data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        for data in (change.before or b"", change.after)
    )
    return Source(change.path.as_posix(), old), Source(change.path.as_posix(), new)
