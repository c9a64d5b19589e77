"""What of Windows can be held without one: a Python that lacks what only other systems have, code pages, line ends.

Not held: how its consoles, its Explorer and its locks really behave (docs/安装.md says so).
"""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import kept
from generator import save as saving
from generator.cli import _encoding_of, main
from generator.model.problem import UsageError
from generator.save import save
from tests.conftest import ROOT
from tests.runs import Run, run

LACKING = """
import errno, os, signal, sys
class Without:
    def find_spec(self, name, *_):
        if name in ("fcntl", "pwd", "grp", "termios", "resource"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Without())
for name in ("fcntl", "pwd", "grp", "termios", "resource"):
    sys.modules.pop(name, None)
for module, names in {
    os: "getuid geteuid getgid getegid getpgid setsid killpg fork fchmod fchown chown O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY",
    signal: "SIGPIPE SIGHUP SIGKILL SIGALRM SIGUSR1", errno: "EDQUOT ESTALE ETXTBSY",
}.items():
    for name in names.split():
        vars(module).pop(name, None)
"""


_ENCODINGS = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")
"""A file opened without saying in which encoding would be GBK there."""


@pytest.mark.slow
def test_the_commands_run_without_what_only_other_systems_have(tmp_path: Path) -> None:
    """In one process, from an empty folder to a document, its copy with marks and its words."""
    words = [
        ["init", "某局", "--year", "2027", "--folder", "某局"],
        ["profiles"],
        ["check", "2022"],
        ["report", "2022", "--review"],
        ["report", "2022", "--format", "html"],
        ["report", "2022", "--format", "xlsx"],
        ["explain", "2022", "总计"],
        ["diff", "data/2022", "data/2022"],
        ["redline", "data/2022", "data/2022", "-o", "修订.docx"],
        ["text", "修订.docx"],
        ["rules", "J101"],
        ["schema", "--output", "schemas"],
        ["workbook", "2022"],
        ["todo", "2022"],
        ["codes", "import", "none.xlsx", "--year", "2027"],
    ]
    code = (
        f"{LACKING}\nfrom generator.cli import main\nsys.exit([main(one) for one in {words!r}] != {[0] * 14 + [2]!r})"
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data/2022").symlink_to(ROOT / "data/2022")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LOCALAPPDATA": str(tmp_path / "AppData"),
        "PYTHONIOENCODING": "gbk",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for _ in range(2):  # and what the first kept, the second finds
        done = subprocess.run(
            [sys.executable, *_ENCODINGS, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode("gbk", "replace")
        (tmp_path / "某局").rename(tmp_path / f"某局{os.urandom(3).hex()}")
    assert "已生成 output/2022/2022年" in done.stdout.decode("gbk")
    assert list((tmp_path / "AppData/shuoming").glob("kept-*"))
    assert next((tmp_path / "output/2022").glob("*.xlsx")).stat().st_size


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "fcntl", None)


def test_a_file_is_closed_before_it_gets_its_name(
    tmp_path: Path, without_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since Windows renames no open file."""
    opened: list[io.BufferedWriter] = []
    real, rename = os.fdopen, Path.replace

    def fdopen(handle: int, mode: str) -> io.BufferedWriter:
        opened.append(real(handle, mode))  # type: ignore[arg-type]
        return opened[-1]

    def replace(path: Path, target: Path) -> Path:
        assert opened[-1].closed
        return rename(path, target)

    monkeypatch.setattr(saving.os, "fdopen", fdopen)
    monkeypatch.setattr(Path, "replace", replace)
    save(tmp_path / "甲.docx", b"one", ())
    save(tmp_path / "甲.docx", b"two", ())
    assert (tmp_path / "甲.docx").read_bytes() == b"two" and len(opened) == 2


def test_a_file_that_word_has_open_stays(tmp_path: Path, without_locks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "甲.docx", b"one", ())

    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "另一个程序正在使用此文件", "甲.docx")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(UsageError, match="如文件正打开着，请先关闭"):
        save(tmp_path / "甲.docx", b"two", ())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"one"]


def test_what_a_killed_run_left_is_taken_away_the_day_after(tmp_path: Path, without_locks: None) -> None:
    for name, age in ((".shuoming-1.tmp", 0), (".shuoming-2.tmp", 2 * 24 * 60 * 60)):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    save(tmp_path / "甲", b"", ())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".shuoming-1.tmp", "甲"]


@pytest.mark.parametrize(("local", "kept_there"), [("AppData", True), ("", False)])
def test_the_cache_is_where_windows_keeps_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, local: str, kept_there: bool
) -> None:
    monkeypatch.delattr(os, "geteuid")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / local) if local else "")
    assert (kept._cache_folder() == tmp_path / "AppData/shuoming") is kept_there


class Terminal(io.TextIOWrapper):
    """A terminal that reads some encoding."""

    def isatty(self) -> bool:
        """Always."""
        return True


@pytest.mark.parametrize(
    ("kind", "encoding", "chosen", "expected"),
    [
        (io.TextIOWrapper, "gbk", "", "utf-8"),  # a pipe or a file on a Chinese Windows
        (io.TextIOWrapper, "gbk", "gbk", "gbk"),  # as a person asked for
        (io.TextIOWrapper, "ascii", "", "utf-8"),
        (Terminal, "utf-8", "", "utf-8"),  # a console of Windows: Python writes UTF-16 to it
        (Terminal, "gb2312", "", "gb2312"),  # zh_CN.GBK on Linux
        (Terminal, "latin-1", "", "utf-8"),
    ],
)
def test_which_encoding_words_are_written_in(
    monkeypatch: pytest.MonkeyPatch, kind: type[io.TextIOWrapper], encoding: str, chosen: str, expected: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    assert _encoding_of(kind(io.BytesIO(), encoding)) == expected


def test_a_message_in_gbk_says_what_gbk_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    told = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(told, "gbk"))
    assert main(["rules", "\U0001f9fe"]) == 2
    sys.stderr.flush()
    assert told.getvalue().decode("gbk").startswith("错误：没有“?”这条规则。")


def test_line_ends_of_windows_change_nothing(workplace: Path) -> None:
    """Neither the document nor where a problem is said to be: in data, in templates, in codes."""
    before = run(Path("data"), Path("templates"), "yibin", 2022)
    for path in (*Path("data").rglob("*.yaml"), *Path("templates").rglob("*.yaml"), *Path("templates").rglob("*.j2")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = run(Path("data"), Path("templates"), "yibin", 2022)
    assert isinstance(before, Run) and isinstance(after, Run)
    assert after.document.blocks == before.document.blocks
    places = [[(one.code, one.position.line, one.position.column) for one in done.problems] for done in (before, after)]
    assert places[0] == places[1] and len(places[0]) > 20
