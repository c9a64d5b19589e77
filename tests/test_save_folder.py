"""A folder is replaced whole or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.problem import UsageError
from generator.model.replacement import Replacement
from generator.save import save_all
from generator.save_folder import save_folder

OLD, NEW = {"a.txt": b"1", "b/c.txt": b"2"}, {"a.txt": b"3", "d/e/f.txt": b"4"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_and_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "里面"
    save_folder(folder, OLD, (), ())
    assert files_in(folder) == OLD
    save_folder(folder, NEW, (), OLD)
    assert files_in(folder) == NEW and [path.name for path in folder.parent.iterdir()] == ["里面"]
    assert folder.stat().st_mode & 0o777 == 0o755 or folder.stat().st_mode & 0o700 == 0o700


def test_a_full_disk_is_told_by_the_files_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    save_folder(folder, OLD, (), ())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="^无法写入 [^ ]*/out/a.txt：磁盘已满，请清理后重试。$"):
        save_folder(folder, NEW, (), OLD)
    assert files_in(folder) == OLD and [path.name for path in tmp_path.iterdir()] == ["out"]
    with pytest.raises(UsageError, match="^无法写入 [^ ]*/new.txt：磁盘已满，请清理后重试。各个文件都没有改动。$"):
        save_all([Replacement(tmp_path / "new.txt", None, b"1")])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    save_folder(folder, OLD, (), ())
    for name in ("x.txt", "b/.隐藏"):
        (folder / name).write_bytes(b"")
        with pytest.raises(UsageError, match=f"里有不是本命令生成的 {name}，没有替换"):
            save_folder(folder, NEW, (), OLD)
        (folder / name).unlink()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(folder)
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="没有替换"):
            save_folder(tmp_path / name, NEW, (), OLD)
    assert files_in(folder) == OLD


def test_not_where_the_data_are(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for folder in (data, data / "out"):
        with pytest.raises(UsageError, match="请换一个目录"):
            save_folder(folder, NEW, (data,), ())
    assert not list(data.iterdir())


def test_a_failure_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    save_folder(folder, OLD, (), ())
    rename = Path.rename

    def fails_once(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails_once)
    with pytest.raises(UsageError, match="无法写入"):
        save_folder(folder, NEW, (), OLD)
    assert files_in(folder) == OLD and [path.name for path in tmp_path.iterdir()] == ["out"]
