"""``make bench``: our whole process against docxtpl filling an equivalent template, in the same run.

QUICK=1 in the environment takes a tenth of the projects. Exit code 1 when a “must” is missed.
"""

# ruff: noqa: T201

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unicodedata import east_asian_width

from bench.measure import ROOT, Bench, Cost, ratios
from bench.workload import YEAR

GROWTH = 3
LINES = 100_000
KINDS = {"wall": "时间", "cpu": "处理器时间", "memory": "内存"}


class Row(NamedTuple):
    """A line of the result; without ``must`` and ``aim`` it is for information only."""

    name: str
    ours: str
    peer: str
    value: float
    must: float | None = None
    aim: float | None = None

    @property
    def failed(self) -> bool:
        """Whether it is over what it must not exceed."""
        return self.must is not None and self.value > self.must

    @property
    def cells(self) -> tuple[str, ...]:
        """As printed."""
        if self.must is None or self.aim is None:
            return self.name, self.ours, self.peer, f"{self.value:.3f}", "", "", ""
        verdict = "未达到" if self.failed else "达到目标" if self.value <= self.aim else "合格"
        return self.name, self.ours, self.peer, f"{self.value:.3f}", f"≤{self.must:.2f}", f"≤{self.aim:.2f}", verdict


def compare(name: str, kind: str, ours: Sequence[Cost], peer: Sequence[Cost], *limits: float) -> Row:
    """A row for the median of the rounds' ratios."""
    return Row(f"{name} {KINDS[kind]}", shown(ours, kind), shown(peer, kind), median(ratios(ours, peer, kind)), *limits)


def shown(costs: Sequence[Cost], kind: str) -> str:
    """The median with its unit."""
    value = median(getattr(cost, kind) for cost in costs)
    return f"{value:.1f} MB" if kind == "memory" else f"{value:.3f} 秒"


class Measurements:
    """The rows, one group after the other, all files in one temporary folder."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self._folder, self._bench = folder, Bench(folder)
        self._projects = 1_000 if quick else 10_000
        self._quick = quick
        self._profiles = folder / "templates"
        shutil.copytree(ROOT / "templates/yibin", self._profiles / "yibin")
        shutil.copytree(ROOT / "bench/profile", self._profiles / "bench")
        shutil.copy(ROOT / "templates/yibin/master.docx", self._profiles / "bench")

    def rows(self) -> Iterator[Row]:
        """Everything."""
        yield from self._statement()
        yield from self._many()
        yield from self._yaml()

    def _ours(self, command: str, data: Path, profile: str) -> Sequence[object]:
        """Our command; what report writes goes to the folder called like the data's."""
        options = ["--data", data, "--templates", self._profiles, "--profile", profile]
        output = ["--output", self._folder / "output" / data.name] if command == "report" else []
        return ["generator", command, YEAR, *options, *output]

    def _peer(self, data: Path, profile: str) -> Sequence[object]:
        """The peer's command for the same document, made ready."""
        folder = self._folder / f"peer-{profile}"
        self._bench.python("bench.peer_template", folder, data, self._profiles, profile, YEAR)
        return ["bench.peer_docxtpl", folder]

    def _same(self, data: Path, profile: str) -> None:
        """Both have written their documents: were they equivalent?"""
        (ours,) = (self._folder / "output" / data.name).rglob("*.docx")
        self._bench.python("bench.same", ours, self._folder / f"peer-{profile}" / "document.docx")

    def _statement(self) -> Iterator[Row]:
        data, profile = ROOT / "data", "yibin"
        commands: dict[str, Sequence[object]] = {
            "peer": self._peer(data, profile),
            "report": self._ours("report", data, profile),
            "check": self._ours("check", data, profile),
            "help": ["generator", "--help"],
        }
        costs = self._bench.rounds(commands, 11)
        self._same(data, profile)
        report, peer = costs["report"], costs["peer"]
        yield compare(f"report {YEAR}", "wall", report, peer, 0.75, 0.50)
        yield compare(f"report {YEAR}", "cpu", report, peer, 0.75, 0.50)
        yield compare(f"report {YEAR}", "memory", report, peer, 1.00, 0.80)
        yield compare(f"check {YEAR}", "wall", costs["check"], peer, 0.33, 0.25)
        yield compare("--help", "wall", costs["help"], peer, 0.33, 0.25)

    def _many(self) -> Iterator[Row]:
        profile, sizes = "bench", (self._projects, self._projects * GROWTH)
        folders = [self._folder / str(size) for size in sizes]
        for folder, size in zip(folders, sizes, strict=True):
            self._bench.python("bench.workload", "department", folder, size)
        peer = self._bench.rounds({"peer": self._peer(folders[0], profile)}, 1, warm_up=False)["peer"]
        commands: dict[str, Sequence[object]] = {
            folder.name: self._ours("report", folder, profile) for folder in folders
        }
        few, many = self._bench.rounds(commands, 3, warm_up=False).values()
        self._same(folders[0], profile)
        wall, memory = ((0.20, 0.10), ()) if self._quick else ((0.05, 0.02), (0.25, 0.10))
        yield compare(f"{self._projects}个项目", "wall", few, peer, *wall)
        yield compare(f"{self._projects}个项目", "memory", few, peer, *memory)
        exponent = median(math.log(ratio, GROWTH) for ratio in ratios(many, few, "wall"))
        limits = () if self._quick else (1.10, 1.03)  # below 10,000 the start of Python hides the growth
        name = "增长指数 {}→{}".format(*sizes)
        yield Row(name, shown(many, "wall"), shown(few, "wall"), exponent, *limits)

    def _yaml(self) -> Iterator[Row]:
        path = self._folder / "ledger.yaml"
        self._bench.python("bench.workload", "ledger", path, LINES)
        costs = self._bench.rounds({name: ["bench.read_yaml", name, path] for name in ("pyyaml", "ours")}, 5)
        yield compare(f"读{LINES}行台账", "wall", costs["ours"], costs["pyyaml"], 2.0, 1.2)
        yield compare(f"读{LINES}行台账", "memory", costs["ours"], costs["pyyaml"])


def print_row(cells: Sequence[str]) -> None:
    """Cells under each other; a Chinese character is two places wide."""
    widths = (28, 12, 12, 8, 8, 8, 8)
    padded = (
        cell + " " * (width - sum(1 + (east_asian_width(char) in "WF") for char in cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    print(" ".join(padded).rstrip(), flush=True)


def main() -> int:
    """Measure and print; 1 when a “must” is missed."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        print_row(("", "本程序", "对照", "比值", "必须", "目标", "结果"))
        for row in Measurements(Path(folder), bool(os.environ.get("QUICK"))).rows():
            failed |= row.failed
            print_row(row.cells)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
