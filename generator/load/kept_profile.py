"""A profile as an earlier run has read it. What one comes to is the same as long as its files and the program are."""

from __future__ import annotations

import marshal
import os
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path

from generator.load.watch import layers_of
from generator.model import profile, table_spec
from generator.model.classification import ExtraCode
from generator.model.plain import Kinds, packed, unpacked
from generator.model.problem import Problems
from generator.model.profile import Profile
from generator.model.remember import Remember, anew, program
from generator.model.source import Source

_FOLDERS = ("tables", "prose", "codes")
_READ = (".yaml", ".j2", ".csv", "master.docx")
_MOST = 64 * 1024 * 1024
_NOUNS = (
    kind
    for kind in (*vars(profile).values(), *vars(table_spec).values())
    if isinstance(kind, type) and issubclass(kind, (tuple, Enum))
)
_KINDS: Kinds = {kind: kind for kind in (*_NOUNS, ExtraCode, Decimal)}
_LISTS, _NO_LISTS = b"L", b"-"
"""What a kept profile begins with."""
_Read = tuple[Profile | None, Problems, tuple[Source, ...]]


def kept_profile(path: Path, remember: Remember, layers: tuple[Path, ...] = ()) -> _Read:
    """What ``load_profile`` returns; ``remember`` may keep a profile on which nothing is to be said."""
    layers = layers or layers_of(path)
    key = b"" if remember is anew else _key(layers)
    if not key:
        return _load(path, layers)
    try:
        kept = remember(key, partial(_packed, path, layers, key))
        read: _Read = unpacked(kept[1:], _kinds(kept[:1]))
    except _NotKept as error:
        return error.read
    return read


class _NotKept(Exception):
    """A profile was read that is not to be kept."""

    def __init__(self, read: _Read) -> None:
        super().__init__()
        self.read = read


def _load(path: Path, layers: tuple[Path, ...]) -> _Read:
    from generator.load.profile import load_profile  # most runs find it kept

    return load_profile(path, layers=layers)


def _packed(path: Path, layers: tuple[Path, ...], key: bytes) -> bytes:
    read = _load(path, layers)
    if read[1] or _key(layers) != key:  # there is something to be said, or a file changed while it was read
        raise _NotKept(read)
    lists = _LISTS if read[0] is not None and read[0].lists else _NO_LISTS
    try:
        return lists + packed(read, _kinds(lists))
    except (KeyError, ValueError):  # only a shortcut: a noun that nobody thought of must stop no document
        raise _NotKept(read) from None


def _kinds(lists: bytes) -> Kinds:
    """The nouns there may be in a profile: those of lists, which few places have, after all others."""
    if lists == _NO_LISTS:
        return _KINDS
    from generator.model.record import FieldKind, RecordField, RecordList, RecordSum

    return {**_KINDS, **{kind: kind for kind in (FieldKind, RecordField, RecordList, RecordSum)}}


def _key(layers: tuple[Path, ...]) -> bytes:
    """All that a profile is read from, and how it is called; nothing where that can't be read, or is too much."""
    try:
        within = [path / name for path in layers for name in _FOLDERS]
        folders = [os.scandir(path) for path in (*layers, *(path for path in within if path.is_dir()))]
        files = sorted(
            file.path for folder in folders for file in folder if file.is_file() and file.name.endswith(_READ)
        )
        if sum(os.stat(file).st_size for file in files) > _MOST:  # noqa: PTH116 - a path for each takes longer
            return b""
        content = [(file, Path(file).read_bytes()) for file in files]
    except OSError:
        return b""
    return program("load", "load/reference", "model") + marshal.dumps(([path.as_posix() for path in layers], content))
