"""Bytes to a file, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.failure import why_not_written
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.model.replacement import Replacement

_PREFIX, _SUFFIX = ".shuoming-", ".tmp"


def save(path: Path, data: bytes, inputs: Iterable[Path]) -> None:
    """Replace ``path`` by ``data``: written beside it, flushed to disk, then renamed over it.

    Raises UsageError, with the old file untouched and nothing left beside it, when that fails, and where ``path`` is
    one of the ``inputs`` (the files and folders that ``data`` was made from) or would lie in one. What a run that was
    killed left beside it is taken away by the next.
    """
    try:
        refuse(path, inputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(path.parent)
        handle, name = _temporary(path.parent)
        try:
            with os.fdopen(handle, "wb") as file:  # open, and so locked, until it has its name
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(path)
        finally:
            with suppress(OSError):  # after the renaming there is none
                Path(name).unlink()
    except OSError as error:
        raise UsageError(f"无法写入 {path.as_posix()}：{why_not_written(error)}。") from error


def save_all(files: Sequence[Replacement], inputs: Iterable[Path] = ()) -> None:
    """Replace all of the files, or none: all are written beside the old ones before the first is renamed.

    Raises UsageError, with every old file as it was, when one can't be written, and where one no longer holds what was
    read of it. What is written stays as private as the old file was, and a link stays a link. A kill between two renamings
    leaves the first files new: each of them whole.
    """
    made = [path for file in files for path in _missing_folders(file.path.parent)]
    done: list[Replacement] = []
    with ExitStack() as open_files:
        try:
            ready = [(file, _ready(file, inputs, open_files)) for file in files]
            for file in files:
                _refuse_changed(file)
            for file, name in ready:
                Path(name).replace(file.path.resolve())
                done.append(file)
        except (OSError, UsageError) as error:
            for file in done:
                _take_back(file)
            for path in reversed(made):
                with suppress(OSError):
                    path.rmdir()
            if isinstance(error, OSError):
                why = f"{why_not_written(error)}。各个文件都没有改动"
                raise UsageError(
                    f"无法写入 {Path(str(error.filename2 or error.filename)).as_posix()}：{why}。"
                ) from error
            raise


def _missing_folders(folder: Path) -> list[Path]:
    """Those that have to be made for it, the outermost first."""
    return [path for path in (*reversed(folder.parents), folder) if not path.exists()]


def _ready(file: Replacement, inputs: Iterable[Path], open_files: ExitStack) -> str:
    """The new file beside the old one, under a name of its own and locked."""
    refuse(file.path, inputs)
    path = file.path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(path.parent)
    handle, name = _temporary(path.parent)
    open_files.callback(_unlinked, name)
    opened = open_files.enter_context(os.fdopen(handle, "wb"))
    opened.write(file.after)
    opened.flush()
    os.fsync(opened.fileno())
    Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    return name


def _unlinked(name: str) -> None:
    with suppress(OSError):  # after the renaming there is none
        Path(name).unlink()


def _refuse_changed(file: Replacement) -> None:
    now = file.path.read_bytes() if file.path.exists() else None
    if now != file.before:
        name = file.path.as_posix()
        raise UsageError(f"{name} 刚才又被改过（可能正在别处打开着），各个文件都没有写。请保存好以后再导入一次。")


def _take_back(file: Replacement) -> None:
    with suppress(OSError):
        if file.before is None:
            file.path.unlink()
        else:
            file.path.write_bytes(file.before)


def refuse(path: Path, inputs: Iterable[Path]) -> None:
    """By what the disk says is the same: links and other spellings of a name are no other file."""
    folders = (path.parent.resolve() / path.name).parents, path.resolve().parents
    for given in inputs:
        files = given.rglob("*") if given.is_dir() else (given,)
        if any(_same(path, file) for file in files):
            raise UsageError(f"不能写到 {path.as_posix()}：那是要读的文件，会被盖掉。请换一个文件名或目录。")
        if any(_same(folder, given) for above in folders for folder in above):
            raise UsageError(f"不能写到 {path.as_posix()}：{given.as_posix()} 里是要读的文件。请换一个目录。")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def _temporary(folder: Path) -> tuple[int, str]:
    """A new file, open and locked. The system unlocks it when its writer ends, also by kill -9: so one can tell."""
    while True:
        name = str(folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)  # not inherited (PEP 446)
        with suppress(OSError):  # a disk without locks: nothing there can be locked by others either, and all is left
            flock(handle, LOCK_EX)
        if Path(name).exists():
            return handle, name
        os.close(handle)  # another run took it for left behind before it was locked


def _remove_left_behind(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError), path.open("r+b") as file:  # another's, gone meanwhile, or still being written
            flock(file.fileno(), LOCK_EX | LOCK_NB)
            path.unlink()
