"""LibreOffice, asked for files of another kind. It runs alone, with a profile of its own, and is never waited for without end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.model.problem import UsageError

PATIENCE = 300
"""Seconds: some thirty times what a long document takes."""
_NAMES = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_ALONE = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
_MISSING = (
    "没有找到 LibreOffice，做不了{what}。请先安装 LibreOffice（免费）；装在别处的，"
    "用环境变量 SOFFICE 写明它的 soffice 在哪里。{instead}"
)


def office(what: str, instead: str) -> str:
    """The program's path: what SOFFICE names, else on the search path, else where it is usually put.

    Raises UsageError where there is none: ``what`` can't be made, and what to do ``instead``.
    """
    named = os.environ.get("SOFFICE", "")
    if named:
        found = shutil.which(named)
        if found is None:
            raise UsageError(f"环境变量 SOFFICE 写的“{named}”不是能运行的程序，做不了{what}。")
        return found
    found = next(filter(None, (shutil.which(name) for name in (*_NAMES, *_PLACES))), None)
    if found is None:
        raise UsageError(_MISSING.format(what=what, instead=instead))
    return found


def converted(program: str, files: Mapping[str, bytes], kind: str, ending: str) -> dict[str, bytes]:
    """What LibreOffice makes of ``files``, by their names: of this ``kind``, as --convert-to has it.

    All in one start, which is most of the time. Raises UsageError where one of them is not made.
    """
    with tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        (folder / "made").mkdir()
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *_ALONE]
        command += ["--convert-to", kind, "--outdir", str(folder / "made"), *(str(folder / file) for file in files)]
        said = _finished(command, folder)
        made = {file: folder / "made" / Path(file).with_suffix(f".{ending}").name for file in files}
        if not all(path.is_file() and path.stat().st_size for path in made.values()):
            raise UsageError(f"LibreOffice（{program}）没有做出文件。{_reason(said)}")
        return {file: path.read_bytes() for file, path in made.items()}


def _finished(command: list[str], folder: Path) -> str:
    """What the program said. It and all that it started end, whatever happens."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of arguments; files have names of ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError(f"LibreOffice（{command[0]}）启动不了：{error.strerror}。") from error
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"LibreOffice 过了{PATIENCE}秒还没有做完，已停止。") from error
    finally:
        if process.poll() is None:
            _end(process)
    return said.decode(errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program is a script that starts others: all of its group."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reason(said: str) -> str:
    """What it said that is no mere remark on Java, which is not needed."""
    lines: Iterator[str] = (line.strip() for line in said.splitlines() if "java" not in line.lower())
    found = [line for line in lines if line and not line.startswith("convert ")]
    return f"它说：{found[-1][:200]}" if found else "它没有说原因；请看磁盘是否已满、内存是否够用。"
