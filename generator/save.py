"""Bytes to a file, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from generator.model.failure import why_not_written
from generator.model.problem import UsageError

_PREFIX, _SUFFIX = ".shuoming-", ".tmp"


def save(path: Path, data: bytes, inputs: Iterable[Path]) -> None:
    """Replace ``path`` by ``data``: written beside it, flushed to disk, then renamed over it.

    Raises UsageError, with the old file untouched and nothing left beside it, when that fails, and where ``path`` is
    one of the ``inputs`` (the files and folders that ``data`` was made from) or would lie in one. What a run that was
    killed left beside it is taken away by the next.
    """
    try:
        _refuse(path, inputs)
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


def save_folder(path: Path, files: Mapping[str, bytes], inputs: Iterable[Path], own: Container[str]) -> None:
    """Replace the folder ``path`` by one with these files, by their names in it: all of them or, where anything fails, none.

    Written beside it and then renamed. Only ``own`` files of an earlier run may be in the old one. Raises UsageError, with the old folder
    as it was, where it has others, and as ``save`` does.
    """
    from tempfile import TemporaryDirectory  # which a document needs not

    try:
        others = sorted(name for name in _names_in(path) if name not in own)
        if others:
            more = f"等{len(others)}个文件" if len(others) > 1 else ""
            raise UsageError(
                f"{path.as_posix()} 里有不是本命令生成的 {others[0]}{more}，没有替换。请先移走，或换一个目录。"
            )
        for name in files:
            _refuse(path / name, inputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent, ignore_cleanup_errors=True) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            for name, data in files.items():
                save(new / name, data, ())
            if path.exists():
                path.rename(old)
            try:
                new.rename(path)
            except OSError:
                if old.exists():
                    old.rename(path)
                raise
    except OSError as error:
        raise UsageError(f"无法写入 {path.as_posix()}：{why_not_written(error)}。") from error


def _names_in(folder: Path) -> Iterator[str]:
    """The files below a folder, by their names in it; the folder's own where it is a file."""
    if folder.is_dir() and not folder.is_symlink():
        yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    elif folder.exists() or folder.is_symlink():
        yield folder.name


def _refuse(path: Path, inputs: Iterable[Path]) -> None:
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
