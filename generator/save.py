"""Bytes to a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.model.problem import UsageError


def save(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: written beside it, flushed to disk, then renamed over it.

    Raises UsageError, with the old file untouched, when the folder can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"无法写入 {path.parent.as_posix()}：{error.strerror}。请检查目录权限和磁盘空间。") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(f"无法写入 {path.as_posix()}：{error.strerror}。如文件正打开着，请先关闭。") from error
