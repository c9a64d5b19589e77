"""What is kept between runs in the user's cache folder: only ever a shortcut, and only ever our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from stat import S_ISREG
from zlib import adler32, crc32

from generator.model.problem import UsageError
from generator.model.remember import Remember, anew

_LARGEST = 64 * 1024 * 1024
_OTHERS_WRITE = 0o022
_SUMS = 8
_MOST_FILES = 200


def remembering() -> Remember:
    """What keeps things in the user's cache folder; what keeps nothing where there is none to be trusted."""
    folder = _cache_folder()
    return anew if folder is None else partial(remembered, folder)


def remembered(folder: Path, key: bytes, make: Callable[[], bytes]) -> bytes:
    """What ``make`` returns, kept between runs in ``folder`` together with the whole ``key``.

    A kept file that is damaged or another key's, that is no plain file, or that others own or may write (what is kept
    can be code) is made again; a folder that can't be written is let be. Sums of bytes are enough: they only have to
    notice damage, and loading a hash costs a hundredth of a report.
    """
    path = folder / f"kept-{_sums(key).hex()}"
    kept = _own_bytes(path)
    begin = _sums(key) + len(key).to_bytes(8, "big") + key
    data = kept[len(begin) : -_SUMS]
    if data and kept.startswith(begin) and kept.endswith(_sums(data)):
        return data
    data = make()
    from generator.save import save  # most runs keep nothing new

    with suppress(UsageError, OSError):
        save(path, begin + data + _sums(data), ())
        _remove_oldest(folder)
    return data


def _remove_oldest(folder: Path) -> None:
    """Who edits a profile in ``preview`` makes another of it with every word; what goes and is needed is made again."""
    files = sorted(folder.glob("kept-*"), key=lambda file: file.lstat().st_mtime)
    for file in files[:-_MOST_FILES]:
        file.unlink()


def _sums(data: bytes) -> bytes:
    return crc32(data).to_bytes(4, "big") + adler32(data).to_bytes(4, "big")


def _own_bytes(path: Path) -> bytes:
    """Without waiting for a pipe's other end, without following a link; nothing where it is not ours alone."""
    try:
        with open(path, "rb", opener=_open) as file:
            found = os.fstat(file.fileno())
            return file.read(_LARGEST) if S_ISREG(found.st_mode) and _mine_alone(found) else b""
    except OSError:
        return b""


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _mine_alone(found: os.stat_result) -> bool:
    """Where files have owners; on Windows none can be asked, and the folder is one that Windows keeps for the user alone."""
    me = getattr(os, "geteuid", None)
    return me is None or (found.st_uid == me() and not found.st_mode & _OTHERS_WRITE)


def _cache_folder() -> Path | None:
    """The user's own; None where there is none, where others may write it, or where Python is to write no bytecode."""
    if sys.dont_write_bytecode:
        return None
    try:
        folder = _users_own() / "shuoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = _mine_alone(folder.stat())
    except (OSError, RuntimeError, ValueError):  # no home, or one that can't be written or named
        return None
    return folder if mine and os.access(folder, os.W_OK) else None


def _users_own() -> Path:
    """Where programs keep things of a user's. Raises RuntimeError where there is no such place."""
    windows = not hasattr(os, "geteuid")
    named = Path(os.environ.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    if named.is_absolute():  # the XDG rule: else ignored
        return named
    if windows:
        raise RuntimeError
    return Path.home() / ".cache"
