"""Bytes to a file, whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.failure import why_not_written
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.model.replacement import Replacement

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".shuoming-", ".tmp"
_A_DAY = 24 * 60 * 60
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def save(path: Path, data: bytes, inputs: Iterable[Path], flush: bool = True) -> None:
    """Replace ``path`` by ``data``: written beside it, flushed to disk, then renamed over it.

    Who saves thousands of files lets them be without ``flush`` and calls ``all_on_disk`` once: a kill leaves each file old or new all
    the same, only where the power fails may one be cut short.

    Raises UsageError, with the old file untouched and nothing left beside it, when that fails, and where ``path`` is
    one of the ``inputs`` (the files and folders that ``data`` was made from) or would lie in one. What a run that was
    killed left beside it is taken away by the next.
    """
    try:
        refuse(path, inputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(path.parent)
        with _beside(path.parent, data, 0o644, flush) as made:
            made.replace(path)
    except OSError as error:
        raise UsageError(f"无法写入 {path.as_posix()}：{why_not_written(error)}。") from error


def all_on_disk() -> None:
    """What was saved without being flushed is flushed, with all else that waits; where a system can't be asked (Windows), nothing."""
    getattr(os, "sync", lambda: None)()


def save_all(files: Sequence[Replacement], inputs: Iterable[Path] = ()) -> None:
    """Replace all of the files, or none: all are written beside the old ones before the first is renamed.

    Raises UsageError, with every old file as it was, when one can't be written, and where one no longer holds what was
    read of it. What is written stays as private as the old file was, and a link stays a link. A kill between two renamings
    leaves the first files new: each of them whole.
    """
    done: list[Replacement] = []
    ready: list[tuple[Replacement, Path]] = []
    at = Path()
    with ExitStack() as open_files:
        for path in [path for file in files for path in _missing_folders(file.path.parent)]:
            open_files.callback(_remove_empty, path)  # called last, when what is beside the files has gone
        try:
            for file in files:
                at = file.path
                ready.append((file, _ready(file, inputs, open_files)))
            for file in files:
                _refuse_changed(file)
            for file, name in ready:
                at = file.path
                name.replace(file.path.resolve())
                done.append(file)
        except BaseException as error:  # Ctrl-C too
            for file in done:
                _take_back(file)
            if isinstance(error, OSError):
                why = f"{why_not_written(error)}。各个文件都没有改动"
                raise UsageError(f"无法写入 {at.as_posix()}：{why}。") from error
            raise


def _remove_empty(path: Path) -> None:
    with suppress(OSError):  # it has the new files in it
        path.rmdir()


def _missing_folders(folder: Path) -> list[Path]:
    """Those that have to be made for it, the outermost first."""
    return [path for path in (*reversed(folder.parents), folder) if not path.exists()]


def _ready(file: Replacement, inputs: Iterable[Path], open_files: ExitStack) -> Path:
    """The new file beside the old one, under a name of its own and locked."""
    refuse(file.path, inputs)
    path = file.path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(path.parent)
    mode = path.stat().st_mode & 0o777 if path.exists() else file.mode
    return open_files.enter_context(_beside(path.parent, file.after, mode))


def _refuse_changed(file: Replacement) -> None:
    now = file.path.read_bytes() if file.path.exists() else None
    if now != file.before:
        name = file.path.as_posix()
        raise UsageError(f"{name} 刚才又被改过（可能正在别处打开着），各个文件都没有写。请保存好以后再导入一次。")


def _take_back(file: Replacement) -> None:
    with suppress(OSError):
        path = file.path.resolve()
        if file.before is None:
            path.unlink()
            return
        with _beside(path.parent, file.before, path.stat().st_mode & 0o777) as made:  # whole, also on a full disk
            made.replace(path)


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


@contextmanager
def _beside(folder: Path, data: bytes, mode: int, flush: bool = True) -> Iterator[Path]:
    """A new file that holds ``data`` on the disk, until it gets the name it is for; afterwards there is none of its own.

    Open meanwhile, and so locked; closed where there are no such locks (Windows), since there an open file can't be renamed.
    """
    handle, name = _temporary(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if flush:
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            if fcntl is not None:
                yield Path(name)
        if fcntl is None:
            yield Path(name)
    finally:
        with suppress(OSError):  # after the renaming there is none
            Path(name).unlink()


def _temporary(folder: Path) -> tuple[int, str]:
    """A new file, open and locked. The system unlocks it when its writer ends, also by kill -9: so one can tell."""
    while True:
        name = str(folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
        handle = os.open(name, _FLAGS, 0o600)  # not inherited (PEP 446)
        with suppress(OSError):  # a disk without locks: nothing there can be locked by others either, and all is left
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX)
        if Path(name).exists():
            return handle, name
        os.close(handle)  # another run took it for left behind before it was locked


def _remove_left_behind(folder: Path) -> None:
    """What nobody writes any more; where nobody can lock (Windows), what is a day old."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):  # another's, gone meanwhile, or still being written
            if fcntl is not None:
                with path.open("r+b") as file:
                    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
            elif time.time() - path.stat().st_mtime > _A_DAY:
                path.unlink()
