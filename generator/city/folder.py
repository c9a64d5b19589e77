"""The folder of one department's files in a city's output: what stands in it that we made, and how it is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from generator.model.city import BESIDE, FileLine
from generator.model.failure import is_of_one_file
from generator.model.problem import UsageError
from generator.save import save

_OURS = ".shuoming-files"
"""The names of all files that we made or were about to make, a line each: a run that is killed leaves nothing that nobody knows."""


def file_line(unit: str, name: str, data: bytes) -> FileLine:
    """A file as it is recorded."""
    return FileLine(unit, name, len(data), sha256(data).hexdigest())


def is_whole(folder: Path, files: Iterable[FileLine]) -> bool:
    """Whether each of these files stands there as it was made."""
    return all(_is_same(folder / file.name, file) for file in files)


def _is_same(path: Path, file: FileLine) -> bool:
    try:
        return path.stat().st_size == file.size and sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


class Blocked(UsageError):
    """What stands in the way of one department's files, and of nobody else's."""


def replace_files(folder: Path, files: Mapping[str, bytes], new: bool) -> None:
    """Put the files into the folder, each whole or not at all, and take away what an earlier run made and is not among them.

    Where no documents are ``new``, the old ones stay, whatever is recorded of them: those of the last sound data. Files of others are not
    touched. Raises UsageError where one can't be written; it is Blocked where the next department's could be: somebody has the document open.
    """
    ours = _names(folder)
    try:
        if not files.keys() <= ours:
            _note(folder, ours | files.keys())
        for name, data in files.items():
            if not _holds(folder / name, data):
                save(folder / name, data, (), flush=False)
        _take_away(folder, {name for name in ours - files.keys() if new or name in BESIDE})
    except UsageError as error:
        if isinstance(error.__cause__, OSError) and is_of_one_file(error.__cause__):
            raise Blocked(str(error)) from error
        raise


def _take_away(folder: Path, old: set[str]) -> None:
    gone = set[str]()
    for name in old:
        path = folder / name
        with suppress(OSError):  # somebody has it open: the next run tries again
            path.unlink(missing_ok=True)
            gone.add(name)
            if path.parent != folder:
                path.parent.rmdir()
    if gone:
        _note(folder, _names(folder) - gone)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _names(folder: Path) -> set[str]:
    try:
        return set((folder / _OURS).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return set()


def _note(folder: Path, names: Iterable[str]) -> None:
    save(folder / _OURS, "".join(f"{name}\n" for name in sorted(names)).encode(), (), flush=False)
