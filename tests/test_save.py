"""A file is replaced whole and alone; what is remembered between runs is only ever a shortcut."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator import save as saving
from generator.save import remembered, save


def test_made_once_and_kept(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"filled"

    assert [remembered(tmp_path, b"key", make) for _ in range(3)] == [b"filled"] * 3
    assert len(made) == 1
    assert remembered(tmp_path, b"another key", make) == b"filled" and len(made) == 2
    assert remembered(None, b"key", make) == b"filled" and len(made) == 3


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    remembered(tmp_path, b"key", lambda: b"old")
    [kept] = tmp_path.iterdir()
    for damage in (b"", b"short", kept.read_bytes()[:-1], kept.read_bytes() + b"x"):
        kept.write_bytes(damage)
        assert remembered(tmp_path, b"key", lambda: b"new") == b"new"


def test_a_folder_that_cannot_be_written_is_let_be(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert remembered(blocked, b"key", lambda: b"made") == b"made"


def writer(path: Path, instead_of_fsync: str) -> subprocess.Popen[bytes]:
    """Another process in the middle of saving."""
    code = (
        "import os, sys, time\nfrom pathlib import Path\nfrom generator import save\n"
        f"save.os.fsync = lambda _: {instead_of_fsync}\n"
        "save.save(Path(sys.argv[1]), b'of the other')\n"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    killed = writer(tmp_path / "one", "os.kill(os.getpid(), 9)")
    assert killed.wait(20) == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    mine = tmp_path / ".shuoming-notes"
    mine.write_text("not of this pattern", encoding="utf-8")
    save(tmp_path / "two", b"data")
    assert sorted(tmp_path.iterdir()) == [mine, tmp_path / "two"]


def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    other = writer(tmp_path / "one", "(print(flush=True), sys.stdin.read(1))")
    assert other.stdout and other.stdin
    other.stdout.readline()  # it has written its file, and waits
    save(tmp_path / "two", b"data")
    assert len(list(tmp_path.glob(".*"))) == 1
    other.stdin.write(b"\n")
    other.stdin.close()
    assert other.wait(20) == 0
    assert (tmp_path / "one").read_bytes() == b"of the other"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "one", tmp_path / "two"]


def test_a_file_taken_away_before_it_was_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = saving.flock, []

    def late(handle: int, how: int) -> None:
        if not calls:
            [temporary] = tmp_path.iterdir()
            temporary.unlink()
        calls.append(handle)
        real(handle, how)

    monkeypatch.setattr(saving, "flock", late)
    save(tmp_path / "one", b"data")
    assert len(calls) == 2
    assert (tmp_path / "one").read_bytes() == b"data"
    assert list(tmp_path.iterdir()) == [tmp_path / "one"]
