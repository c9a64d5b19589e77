"""Whatever ends a run ends it with one line in Chinese and its exit code: interrupts, closed pipes, odd locales."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.cli.ending import ended
from tests.conftest import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (SystemExit(0), 0, ""),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (KeyboardInterrupt(), 130, "已中断。"),
        (MemoryError(), 2, "错误：内存不够，已停止。"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "错误：临时文件写不出去（磁盘已满，请清理后重试）。.*"),
        (OSError(errno.EIO, "Input/output error", "甲.yaml"), 2, "错误：无法读写 甲.yaml：磁盘或网络盘出了故障。"),
        (UnicodeEncodeError("ascii", "甲.docx", 0, 1, ""), 2, "错误：系统的语言环境写不了中文文件名，.*PYTHONUTF8=1.*"),
        (
            UnicodeEncodeError("utf-8", "<p>\n\udcb2\udce2/甲", 4, 6, ""),
            2,
            "错误：“../甲”不是UTF-8编码的名称，请改名后再试。",
        ),
    ],
    ids=["help", "nobody reads", "Ctrl-C", "memory", "full", "disk", "locale", "a name"],
)
def test_what_ends_a_run(capsys: pytest.CaptureFixture[str], error: BaseException, code: int, line: str) -> None:
    assert ended(raising(error)) == code
    assert re.fullmatch(f"{line}\n" if line else "", capsys.readouterr().err)


def test_a_mistake_of_ours_is_told_in_one_line_and_kept_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert ended(raising(ZeroDivisionError("of a test"))) == 3
    [details] = tmp_path.iterdir()
    said = f"错误：程序里有没有料到的错误，详情写在 {details}，请连同填报的数据交给维护程序的人。\n"
    assert capsys.readouterr().err == said
    assert "ZeroDivisionError: of a test" in details.read_text(encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(details))  # nothing can be written there
    assert ended(raising(LookupError("x"))) == 3
    assert re.fullmatch(
        r"错误：程序里有没有料到的错误，请告诉维护程序的人：LookupError，\S+test_ending.py:\d+。\n",
        capsys.readouterr().err,
    )


def test_a_command_that_ends_well_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(lambda: 1) == 1 and capsys.readouterr() == ("", "")


def shell(command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of bash, where ``$G`` is the program."""
    environment = {**ENVIRONMENT, "G": f"{sys.executable} -m generator", **more}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], env=environment, capture_output=True, text=True, errors="replace", check=False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("$G check 2022 >&-", 0, ""),
        ("$G check 2022 --format json >&- 2>&-", 0, ""),
        ("$G rules | (exec <&-; sleep 1)", 141, ""),
        ("$G --help >/dev/full", 2, "错误：要印的话写不出去（磁盘已满，请清理后重试）。生成的文件在此以前已经写好。\n"),
        ("$G check 2022 >/dev/full", 2, "错误：要印的话写不出去（磁盘已满，请清理后重试）。生成的文件在此以前已经写好。\n"),
        ("LC_ALL=C PYTHONUTF8=0 $G report 2022 2>&1 >/dev/null | tail -1 >&2", 2, "错误：系统的语言环境写不了中文文件名，"),
        ("$G report 2022 >/dev/full 2>/dev/full; ls output/2022/*.docx >/dev/null", 0, ""),
        ("$G report 2022 2>&1 | (exec <&-); ls output/2022/*.docx >/dev/null", 0, ""),
    ],
)  # fmt: skip
def test_streams_of_a_real_run(workplace: Path, command: str, code: int, said: str) -> None:
    done = shell(command)
    assert (done.returncode, done.stderr[: len(said) or None]) == (code, said)
    assert "Traceback" not in done.stderr and done.stderr.count("\n") <= 1


@pytest.mark.parametrize("command", ["check 2022", "report 2022", "redline 2022 2022 -o 修订.docx", "preview 2022"])
def test_an_interrupt_of_a_real_run(workplace: Path, command: str) -> None:
    """As soon as the first module of the pipeline is there: well before the end, on a slow machine too."""
    code = (
        "import os, signal, sys\nfrom generator import cli\n"
        "class Interrupt:\n def find_spec(self, name, *_):\n"
        "  if name == 'jinja2': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\ncli.run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()], env=ENVIRONMENT, capture_output=True, text=True, check=False,
        encoding="utf-8", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "已中断。\n")
    assert not Path("output").exists() and not Path("修订.docx").exists()


@pytest.mark.parametrize(
    "arguments",
    ["preview 2022 --port {}", "explain 2022 表{}", "explain 2022 {}", "explain 2022 --line data/2022/basic.yaml:{}", "check {}", "diff {} 2022", "diff 2022 --year {}", "schema --year {}", "rules {}", "text {}"],
)  # fmt: skip
def test_absurdly_many_digits(workplace: Path, capsys: pytest.CaptureFixture[str], arguments: str) -> None:
    for digits in ("9" * 5000, "²", "٣" * 5000):
        assert main(arguments.format(digits).split()) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and printed.err.startswith("错误：") and printed.err.count("\n") == 1
