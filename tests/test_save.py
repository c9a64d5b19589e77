"""A file is replaced whole and alone, and never by what was made from it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator import save as saving
from generator.model.problem import UsageError
from generator.save import save


def test_an_input_is_never_the_output(tmp_path: Path) -> None:
    """Under no other name either: the disk says what is the same file."""
    folder, given = tmp_path / "data", tmp_path / "data" / "given.docx"
    folder.mkdir()
    given.write_bytes(b"the only copy")
    (tmp_path / "link.docx").symlink_to(given)
    (tmp_path / "hard.docx").hardlink_to(given)
    (tmp_path / "same").symlink_to(folder)
    (folder / "out.docx").symlink_to(tmp_path / "elsewhere.docx")
    names = (
        "data/given.docx",
        "link.docx",
        "hard.docx",
        "same/given.docx",
        "data/../data/given.docx",
        "data/./given.docx",
    )
    inside = ("data/new.docx", "same/new.docx", "data/deeper/new.docx", "data/out.docx", "other/../data/new.docx")
    refused = [(name, source) for name in names for source in (folder, given)] + [(name, folder) for name in inside]
    before = sorted(tmp_path.rglob("*"))
    for name, source in refused:
        with pytest.raises(UsageError, match="^不能写到 .*要读的文件.*请换一个"):
            save(tmp_path / name, b"new", (tmp_path / "nothing", source))
    assert given.read_bytes() == b"the only copy" and sorted(tmp_path.rglob("*")) == before
    save(tmp_path / "data.docx", b"new", (folder, given))
    assert (tmp_path / "data.docx").read_bytes() == b"new"


def writer(path: Path, instead_of_fsync: str) -> subprocess.Popen[bytes]:
    """Another process in the middle of saving."""
    code = (
        "import os, sys, time\nfrom pathlib import Path\nfrom generator import save\n"
        f"save.os.fsync = lambda _: {instead_of_fsync}\n"
        "save.save(Path(sys.argv[1]), b'of the other', ())\n"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    killed = writer(tmp_path / "one", "os.kill(os.getpid(), 9)")
    assert killed.wait(20) == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    mine = tmp_path / ".shuoming-notes"
    mine.write_text("not of this pattern", encoding="utf-8")
    save(tmp_path / "two", b"data", ())
    assert sorted(tmp_path.iterdir()) == [mine, tmp_path / "two"]


def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    other = writer(tmp_path / "one", "(print(flush=True), sys.stdin.read(1))")
    assert other.stdout and other.stdin
    other.stdout.readline()  # it has written its file, and waits
    save(tmp_path / "two", b"data", ())
    assert len(list(tmp_path.glob(".*"))) == 1
    other.stdin.write(b"\n")
    other.stdin.close()
    assert other.wait(20) == 0
    assert (tmp_path / "one").read_bytes() == b"of the other"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "one", tmp_path / "two"]


def test_a_file_taken_away_before_it_was_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = saving.fcntl.flock, []

    def late(handle: int, how: int) -> None:
        if not calls:
            [temporary] = tmp_path.iterdir()
            temporary.unlink()
        calls.append(handle)
        real(handle, how)

    monkeypatch.setattr(saving.fcntl, "flock", late)
    save(tmp_path / "one", b"data", ())
    assert len(calls) == 2
    assert (tmp_path / "one").read_bytes() == b"data"
    assert list(tmp_path.iterdir()) == [tmp_path / "one"]
