"""The world around the program: odd bytes, missing folders, full disks, names in the way, and being killed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import save as saving
from generator.cli import main
from generator.load import files
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.problem import UsageError
from generator.save import save
from tests.conftest import ROOT, bring
from tests.runs import Run, run

HERE = Path(__file__).parent


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small department and the tiny profile, in a folder of their own."""
    shutil.copytree(HERE / "data" / "2023", tmp_path / "data" / "2023")
    shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def errors(done: Run) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in done.problems if problem.severity.value == "error"]


def checked() -> Run:
    return run(Path("data"), Path("templates"), "tiny", 2023)


REPORT = ["report", "2023", "--profile", "tiny"]
BASIC = Path("data/2023/basic.yaml")
DEPARTMENT = Path("data/2023/department.yaml")


# ---- what a file's bytes may be ----


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\n\n  \n# \xe5\xae\x8c\n",
    ],
    ids=["byte order mark", "CRLF", "lone CR", "no last newline", "blank lines at the end"],
)
def test_bytes_that_mean_the_same(workplace: Path, change: Callable[[bytes], bytes]) -> None:
    before = checked()
    for path in Path("data/2023").glob("*.yaml"):
        path.write_bytes(change(path.read_bytes()))
    after = checked()
    assert not errors(after) and before.document == after.document


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (lambda data: data.replace("基本工资".encode(), "基本\0工资".encode()), "Y011", "U+0000"),
        (lambda data: data.decode().encode("utf-16-le"), "Y001", "UTF-16"),
        (lambda data: data.decode().encode("gb18030"), "Y001", "GBK"),
        (lambda data: data + "# 附注\n".encode("gbk") + "# 附注。\n".encode(), "Y001", "第12行"),
        (lambda data: data + b"\xff\n", "Y001", "第12行"),
        (lambda data: data + b"# \xed\xa0\x80\n", "Y001", "第12行"),
        (lambda data: data + "# \uffff\n".encode(), "Y011", "U+FFFF"),
        (lambda data: data + b"# \x1b[2J\n", "Y011", "U+001B"),
    ],
    ids=["NUL", "UTF-16 without mark", "GBK", "one line of GBK", "no code", "a surrogate", "no character", "escape"],
)
def test_bytes_that_are_refused(workplace: Path, change: Callable[[bytes], bytes], code: str, message: str) -> None:
    BASIC.write_bytes(change(BASIC.read_bytes()))
    [(found, said)] = errors(checked())
    assert found == code and message in said


def test_nothing_is_guessed_to_be_a_number(workplace: Path) -> None:
    """A code’s zeros, times, truth values, dates: what was typed is what is read."""
    words = ("027", "12:30", "yes", "~", "null", "1_000", "0x1F", "2023-01-01", "1e3", ".inf")
    for path in Path("data/2023").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace('"105"', "027")
        text = text.replace('"105001"', "027001").replace('"105002"', "027002")
        text = text.replace("  - 组织群众文化活动。\n", "".join(f"  - {word}\n" for word in words))
        path.write_text(text, encoding="utf-8")
    profile, _, _ = load_profile(Path("templates/tiny"))
    assert profile is not None
    inputs, problems, _ = load_department(Path("data"), 2023, profile)
    assert inputs is not None and not problems
    assert inputs.department.code == "027" and list(inputs.department.agencies) == ["027001", "027002"]
    assert inputs.department.duties == words


@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "[" * 300 + "]" * 300])
def test_deep_nesting_is_refused_at_once(workplace: Path, text: str) -> None:
    BASIC.write_text(text, encoding="utf-8")
    start = time.process_time()
    [(code, message)] = errors(checked())
    assert code == "Y002" and "嵌套" in message
    assert time.process_time() - start < 2


def test_a_deep_header_tree(workplace: Path) -> None:
    path = Path("templates/tiny/tables/functions.yaml")
    deep = "[{甲: " * 60 + "{}" + "}]" * 60
    path.write_text(f"标题: 表\n列: {deep}\n行: [{{按: 项目}}]\n", encoding="utf-8")
    [(code, message)] = errors(checked())
    assert code == "Y002" and "嵌套" in message


def test_a_large_file_is_refused_unread(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with BASIC.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    read: list[str] = []
    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or original(path))
    [(code, message)] = errors(checked())
    assert code == "Y014" and "100 MB" in message
    assert "projects.yaml" in read and "basic.yaml" not in read


def test_long_lines_cost_no_time(workplace: Path) -> None:
    """The searches for look-alikes are linear in a line."""
    start = time.process_time()
    for text in ("a" + " " * 200_000 + "b\nc: 1\n", "- " * 400 + "x:y\nc: 1\n", "x" * 200_000 + "\nc: 1\n"):
        BASIC.write_text(text, encoding="utf-8")
        assert errors(checked())
    BASIC.write_text("# &\n" * 100_000 + "- a: [\n", encoding="utf-8")
    assert errors(checked())
    assert time.process_time() - start < 5


# ---- folders and permissions ----


def test_no_data_folder(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree("data")
    assert main(REPORT) == 2
    assert capsys.readouterr().err == "错误：没有 data/2023 这个目录。现有年度：无。\n"


def test_an_empty_year(workplace: Path) -> None:
    shutil.rmtree("data/2023")
    Path("data/2023").mkdir()
    found = errors(checked())
    assert {code for code, _ in found} == {"Y013"}


def test_a_folder_where_a_file_is_due(workplace: Path) -> None:
    BASIC.unlink()
    BASIC.mkdir()
    assert errors(checked()) == [("Y013", "这不是一个文件")]


def test_a_file_that_may_not_be_read(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(REPORT) == 2
    assert "没有读取的权限" in capsys.readouterr().err


def test_a_folder_that_may_not_be_searched(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = os.stat

    def refuse(path: object, *arguments: object, **named: object) -> os.stat_result:
        if str(path).endswith("basic.yaml"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return original(path, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", refuse)
    assert main(REPORT) == 2
    assert "没有读取的权限" in capsys.readouterr().err


# ---- writing ----


def made(workplace: Path) -> Path:
    assert main(REPORT) == 0
    [path] = (workplace / "output" / "2023").iterdir()
    return path


@pytest.mark.parametrize("blocked", ["output", "output/2023"])
def test_a_file_in_the_way_of_the_folder(workplace: Path, capsys: pytest.CaptureFixture[str], blocked: str) -> None:
    Path(blocked).parent.mkdir(exist_ok=True)
    Path(blocked).write_text("占位", encoding="utf-8")
    assert main(REPORT) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("错误：无法写入 output/2023/") and "占着位置" in last


def test_a_folder_in_the_way_of_the_document(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(workplace)
    path.unlink()
    path.mkdir()
    assert main(REPORT) == 2
    assert "占着位置" in capsys.readouterr().err
    assert list(path.parent.iterdir()) == [path] and not list(path.iterdir())


def test_output_on_a_device(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*REPORT, "--output", os.devnull]) == 2
    assert "占着位置" in capsys.readouterr().err


class Failing(BytesIO):
    """A file that takes no byte."""

    number = errno.ENOSPC

    def write(self, _data: object) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "replace"])
@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "磁盘或网络盘出了故障")])
def test_a_full_or_broken_disk(
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    call: str,
    number: int,
    said: str,
) -> None:
    path = made(workplace)
    before = path.read_bytes()

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    def failing(handle: int, _mode: str) -> Failing:
        os.close(handle)
        return Failing()

    monkeypatch.setattr(Failing, "number", number)
    replaced: tuple[object, str, object] = {
        "write": (saving.os, "fdopen", failing),
        "fsync": (saving.os, "fsync", fail),
        "chmod": (Path, "chmod", fail),
        "replace": (Path, "replace", fail),
    }[call]
    monkeypatch.setattr(*replaced)
    assert main(REPORT) == 2
    assert said in capsys.readouterr().err
    assert list(path.parent.iterdir()) == [path] and path.read_bytes() == before


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.docx"
    save(path, b"old", ())

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(saving.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(path, b"new", ())
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == b"old"


def test_a_link_to_nowhere_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.symlink_to(tmp_path / "nowhere" / "乙.docx")
    save(path, b"new", ())
    assert path.read_bytes() == b"new" and not path.is_symlink()


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="：文件名太长。$"):
        save(tmp_path / f"{'甲' * 200}.docx", b"new", ())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('甲/乙\\丙:丁*戊?己"庚<辛>壬|癸', "甲乙丙丁戊己庚辛壬癸2023年单位预算.docx"),
        ("../../外面", "外面2023年单位预算.docx"),
        ("很长的名称" * 60, f"{'很长的名称' * 16}.docx"),
        ("。", "。2023年单位预算.docx"),
    ],
)
def test_names_of_departments_as_file_names(workplace: Path, name: str, expected: str) -> None:
    path = DEPARTMENT
    quoted = "'" + name + "'"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\n名称: 小城市文化馆", f"\n名称: {quoted}"), encoding="utf-8"
    )
    assert made(workplace).name == expected
    assert sorted(item.name for item in workplace.iterdir()) == ["data", "output", "templates"]


@pytest.mark.parametrize("times", [5, pytest.param(25, marks=pytest.mark.slow)])
def test_killed_at_any_moment(workplace: Path, times: int) -> None:
    """kill -9 while the real report is made: the old document is whole, and nothing else looks like one."""
    shutil.rmtree("data")
    shutil.rmtree("templates")
    bring(workplace)
    command = [sys.executable, "-m", "generator", "report", "2022"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(workplace / "cache")}
    start = time.monotonic()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    whole = time.monotonic() - start
    [document] = (workplace / "output" / "2022").iterdir()
    before, rng = document.read_bytes(), random.Random(20220101 + times)
    for number in range(times):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * (0.6 + 0.5 * rng.random() if number % 3 else rng.random()))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert document.read_bytes() == before
        with ZipFile(document) as archive:
            assert archive.testzip() is None
        assert list(document.parent.glob("[!.]*")) == [document]
        assert all(path.name.endswith(".tmp") for path in document.parent.glob(".*"))
    subprocess.run(command, env=environment, capture_output=True, check=True)
    assert document.read_bytes() == before
    assert list(document.parent.iterdir()) == [document]


def test_killed_while_writing(workplace: Path) -> None:
    """Stopped inside every call that writes: the old document stays."""
    path = made(workplace)
    before = path.read_bytes()
    for call in ("fdopen", "fsync"):
        code = (
            "import os, sys\nfrom generator import save\n"
            f"save.os.{call} = lambda *_: os.kill(os.getpid(), 9)\n"
            f"from generator.cli import main\nmain({REPORT!r})"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL
        assert path.read_bytes() == before
        assert list(path.parent.glob("*.docx")) == [path]
    assert made_again(path) == before
    assert list(path.parent.iterdir()) == [path]


def made_again(path: Path) -> bytes:
    assert main(REPORT) == 0
    return path.read_bytes()


# ---- make ----


def checkout(folder: Path) -> None:
    """A checkout whose environment is there already: the Python of the tests."""
    folder.mkdir(exist_ok=True)
    for name in ("Makefile", "requirements", "generator", "data", "templates"):
        (folder / name).symlink_to(ROOT / name)
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / ".venv" / "runtime.stamp").touch()
    (folder / ".venv" / "chosen").touch()


@pytest.mark.skipif(not shutil.which("make"), reason="make not found")
@pytest.mark.parametrize(
    ("target", "year"),
    [("report", year) for year in ("2022; touch x", "../..", "$(shell touch x)", "`touch x`", "2022 && touch x", "")]
    + [(target, "2022; touch $(shell touch x)") for target in ("check", "page", "preview")],
)
def test_make_runs_nothing_but_the_program(tmp_path: Path, year: str, target: str) -> None:
    """The year reaches the program as one argument and is refused there."""
    checkout(tmp_path)
    before = sorted(tmp_path.iterdir())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", target, f"YEAR={year}"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "错误：" in done.stderr and "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(not shutil.which("make"), reason="make not found")
def test_the_program_runs_from_any_folder_and_after_the_checkout_moved(tmp_path: Path) -> None:
    checkout(tmp_path / "从前")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(["make", "-s", ".venv/bin/shuoming"], cwd=tmp_path / "从前", env=environment, check=True)
    moved = (tmp_path / "从前").rename(tmp_path / "现 在")
    (tmp_path / "捷径").symlink_to(moved / ".venv" / "bin" / "shuoming")
    elsewhere = tmp_path / "别处"
    (elsewhere / "generator").mkdir(parents=True)  # of the folder it runs in, nothing is taken for the program
    (elsewhere / "yaml.py").write_text("raise SystemExit(3)", encoding="utf-8")
    for program in (moved / ".venv" / "bin" / "shuoming", tmp_path / "捷径", Path("../现 在/.venv/bin/shuoming")):
        done = subprocess.run(
            [program, "check", "2099", "--data", moved / "data"],
            cwd=elsewhere, env={**environment, "CDPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2 and "data/2099 这个目录。现有年度：2022" in done.stderr


def test_the_limit_is_twenty_megabytes() -> None:
    assert files.LIMIT == 20 * 1024 * 1024
