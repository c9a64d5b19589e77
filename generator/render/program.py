"""Programs of this machine that make files for us: found, run alone, and never waited for without end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import UsageError


class Program(NamedTuple):
    """What it is called, the variable of the environment that may name it, and where it usually is.

    ``patience``: seconds, many times what it takes.
    """

    name: str
    variable: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    patience: int

    def path(self, what: str, instead: str) -> str:
        """The one that the environment names, else on the search path, else where it is usually put.

        Raises UsageError where there is none: ``what`` can't be made, and what to do ``instead``.
        """
        named = os.environ.get(self.variable, "")
        if named:
            found = shutil.which(named)
            if found is None:
                raise UsageError(f"环境变量 {self.variable} 写的“{named}”不是能运行的程序，做不了{what}。")
            return found
        found = first_there((*self.names, *self.places))
        if found is None:
            raise UsageError(
                f"没有找到{self.name}，做不了{what}。请先安装（免费）；装在别处的，"
                f"用环境变量 {self.variable} 写明它在哪里。{instead}"
            )
        return found

    def said(self, command: Sequence[str], folder: Path) -> str:
        """What it said of a command, run in a folder. It and all that it started end, whatever happens."""
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
            raise UsageError(f"{self.name.strip()}（{command[0]}）启动不了：{error.strerror}。") from error
        try:
            said, _ = process.communicate(timeout=self.patience)
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"{self.name.strip()} 过了{self.patience}秒还没有做完，已停止。") from error
        finally:
            _end(process)
        return said.decode(errors="replace")


def first_there(names: Iterable[str]) -> str | None:
    """The first of these programs that can be run."""
    return next(filter(None, map(shutil.which, names)), None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program may be a script that starts others: all of its group."""
    if process.poll() is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
