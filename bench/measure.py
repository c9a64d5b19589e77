"""Run commands, and keep what each whole process cost: in turn (A B A B …), or its instructions under valgrind."""

# ruff: noqa: S603

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
_COUNTING = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_COUNTED = re.compile(r"I +refs: +([\d,]+)")
_SWITCHES = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")

Commands = Mapping[str, Sequence[object]]
"""By name the arguments of ``python -m``."""


class Cost(NamedTuple):
    """Seconds, processor seconds (user and system), the most memory resident at once in MB; millions of instructions.

    What was not measured is 0.
    """

    wall: float = 0
    cpu: float = 0
    memory: float = 0
    instructions: float = 0


class Bench:
    """Runs every command alike: in ``place``, with caches and compiled modules of its own, which are kept in ``folder``.

    A variable that switches our caches off is not handed on; texts hash alike in every run, so that counts repeat.
    """

    def __init__(self, folder: Path, place: Path) -> None:
        self._folder, self._place = folder, place
        self._environment = {name: value for name, value in os.environ.items() if name not in _SWITCHES} | {
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(folder / "pycache"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        self.counts = shutil.which(_COUNTING[0]) is not None
        """Whether instructions can be counted here."""

    def python(self, *arguments: object) -> Cost:
        """One run of ``python -m`` with these arguments; whatever it printed is shown if it fails."""
        with tempfile.TemporaryFile(dir=self._folder) as said:
            start = time.perf_counter()
            process = subprocess.Popen(
                _command(arguments), cwd=self._place, env=self._environment, stdout=said, stderr=said
            )
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                _fail(said.read(), process.returncode, arguments)
        memory = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
        return Cost(wall, usage.ru_utime + usage.ru_stime, memory)

    @contextmanager
    def beside(self, *arguments: object) -> Iterator[None]:
        """A run of ``python -m`` that goes on meanwhile and is killed at the end; what it prints is not shown."""
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            _command(arguments), cwd=self._folder, env=self._environment, stdout=quiet, stderr=quiet
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()

    def rounds(self, commands: Commands, count: int, warm_up: bool = True) -> dict[str, list[Cost]]:
        """Every command once a round; the costs of all rounds but the warm-up."""
        if warm_up:
            self.rounds(commands, 1, warm_up=False)
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(count):
            for name, arguments in commands.items():
                costs[name].append(self.python(*arguments))
        return costs

    def counted(self, commands: Commands) -> dict[str, list[Cost]]:
        """The instructions of one run of each; several at once, since a count heeds no neighbour.

        Run each before: what is kept between runs is there then.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return dict(zip(commands, pool.map(self._count, commands.values()), strict=True))

    def _count(self, arguments: Sequence[object]) -> list[Cost]:
        command = [*_COUNTING, *_command(arguments)]
        done = subprocess.run(command, cwd=self._place, env=self._environment, capture_output=True, check=False)
        found = _COUNTED.search(done.stderr.decode(errors="replace"))
        if done.returncode or not found:
            _fail(done.stdout + done.stderr, done.returncode, arguments)
        return [Cost(instructions=int(found[1].replace(",", "")) / 1_000_000)]


def _command(arguments: Sequence[object]) -> list[str]:
    return [sys.executable, "-m", *map(str, arguments)]


def _fail(said: bytes, code: int, arguments: Sequence[object]) -> NoReturn:
    sys.exit(f"{said.decode(errors='replace')}退出码 {code}：{shlex.join(_command(arguments))}")


def further(many: Sequence[Cost], one: Sequence[Cost], number: int) -> list[Cost]:
    """What each of ``number`` pieces of work cost that ``many`` did more than ``one``, round by round."""
    return [
        Cost(*((more - less) / number for more, less in zip(*pair, strict=True)))
        for pair in zip(many, one, strict=True)
    ]


def ratios(costs: Sequence[Cost], base: Sequence[Cost], kind: str) -> list[float]:
    """Round by round; a base of fewer rounds is used again."""
    return [getattr(ours, kind) / getattr(theirs, kind) for ours, theirs in zip(costs, cycle(base), strict=False)]
