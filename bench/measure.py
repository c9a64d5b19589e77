"""Run commands in turn (A B A B …) and keep what each whole process cost."""

# ruff: noqa: S603

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Cost(NamedTuple):
    """Seconds, processor seconds (user and system), and the most memory resident at once in MB."""

    wall: float
    cpu: float
    memory: float


class Bench:
    """Runs every command alike: in the project's folder, compiled modules kept in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "pycache")}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def python(self, *arguments: object) -> Cost:
        """One run of ``python -m`` with these arguments; whatever it printed is shown if it fails."""
        command = [sys.executable, "-m", *map(str, arguments)]
        with tempfile.TemporaryFile(dir=self._folder) as said:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=said, stderr=said)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                sys.exit(f"{said.read().decode(errors='replace')}退出码 {process.returncode}：{shlex.join(command)}")
        memory = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
        return Cost(wall, usage.ru_utime + usage.ru_stime, memory)

    def rounds(
        self, commands: Mapping[str, Sequence[object]], count: int, warm_up: bool = True
    ) -> dict[str, list[Cost]]:
        """Every command once a round; the costs of all rounds but the warm-up."""
        if warm_up:
            self.rounds(commands, 1, warm_up=False)
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(count):
            for name, arguments in commands.items():
                costs[name].append(self.python(*arguments))
        return costs


def ratios(costs: Sequence[Cost], base: Sequence[Cost], kind: str) -> list[float]:
    """Round by round; a base of fewer rounds is used again."""
    return [getattr(ours, kind) / getattr(theirs, kind) for ours, theirs in zip(costs, cycle(base), strict=False)]
