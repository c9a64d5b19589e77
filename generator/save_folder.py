"""A folder of files, whole or not at all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.model.failure import why_not_written
from generator.model.problem import UsageError
from generator.save import refuse, save


def save_folder(path: Path, files: Mapping[str, bytes], inputs: Iterable[Path], own: Container[str]) -> None:
    """Replace the folder ``path`` by one with these files, by their names in it: all of them or, where anything fails, none.

    Written beside it and then renamed. Only ``own`` files of an earlier run may be in the old one. Raises UsageError, with the old folder
    as it was, where it has others, and as ``save`` does. A kill in the middle may leave a folder with a name that begins with a point.
    """
    others = sorted(name for name in _names_in(path) if name not in own)
    if others:
        more = f"等{len(others)}个文件" if len(others) > 1 else ""
        raise UsageError(
            f"{path.as_posix()} 里有不是本命令生成的 {others[0]}{more}，没有替换。请先移走，或换一个目录。"
        )
    try:
        for given in (*(path / name for name in files), path):
            refuse(given, inputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".shuoming-", suffix=".tmp", dir=path.parent) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            for name, data in files.items():
                _save(new, name, data, path)
            _put_in_place(new, path, old)
    except OSError as error:
        raise UsageError(f"无法写入 {path.as_posix()}：{why_not_written(error)}。") from error


def _save(new: Path, name: str, data: bytes, path: Path) -> None:
    """Told by the name that it was to have."""
    try:
        save(new / name, data, ())
    except UsageError as error:
        raise UsageError(str(error).replace(new.as_posix(), path.as_posix())) from error


def _put_in_place(new: Path, path: Path, old: Path) -> None:
    if path.exists():
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if old.exists():
            old.rename(path)
        raise


def _names_in(folder: Path) -> Iterator[str]:
    """The files below a folder, by their names in it; its own name where it is a file or a link."""
    if folder.is_dir() and not folder.is_symlink():
        yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    elif folder.exists() or folder.is_symlink():
        yield folder.name
