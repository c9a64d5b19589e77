"""``make bench``: our whole process against docxtpl filling an equivalent template, in the same run.

QUICK=1 in the environment leaves the 10,000 projects and the city out; CITY=3000 makes it of so many departments. Exit code 1 when a “must” is missed.
"""

# ruff: noqa: T201

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.city_run import City, asked
from bench.measure import Bench, Commands, Cost, further, ratios
from bench.place import make_others, make_place
from bench.rows import Limits, Row, compare, print_row, shown
from bench.workload import YEAR

GROWTH = 3
LINES = 100_000
FURTHER = 3
MARGIN = 1.35
"""Limits are so much wider where processor time stands for instructions: reading files and other work weigh more in it."""
NOT_COUNTED = "没有 valgrind，不能数指令：下面按处理器时间逐轮相比，界限放宽到{}倍（Debian：apt install valgrind）。"


class Measurements:
    """The rows, one group after the other, all files in one temporary folder."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self._folder, self._quick = folder, quick
        self._place = folder / "place"
        make_place(self._place)
        self.bench = Bench(folder, self._place)

    def rows(self) -> Iterator[Row]:
        """Everything."""
        yield from self._statement()
        yield from self._further()
        yield from self._thousand()
        if not self._quick:
            yield from self._many()
        yield from self._ledger()
        if city := asked():
            yield from City(self.bench, self._folder / "city", self._place / "templates", city).rows()

    def _costs(self, commands: Commands, rounds: int) -> dict[str, list[Cost]]:
        """Of commands that have run before, what their rows go by."""
        return self.bench.counted(commands) if self.bench.counts else self.bench.rounds(commands, rounds, False)

    def _gated(
        self, name: str, ours: Sequence[Cost], peer: Sequence[Cost], must: float, aim: float | None = None
    ) -> Row:
        if self.bench.counts:
            return compare(name, "instructions", ours, peer, Limits(must, aim))
        return compare(name, "cpu", ours, peer, Limits(must, aim).widened(MARGIN))

    def _report(self, data: Path, profile: str) -> Sequence[object]:
        """Our command; what it writes goes to the folder called like the data's."""
        output = self._folder / "output" / data.name
        return ["generator", "report", YEAR, "--data", data, "--profile", profile, "--output", output]

    def _peer(self, data: Path, profile: str) -> Sequence[object]:
        """The peer's command for the same document, made ready."""
        folder = self._folder / f"peer-{data.name}"
        self.bench.python("bench.peer_template", folder, data, self._place / "templates", profile, YEAR)
        return ["bench.peer_docxtpl", folder]

    def _same(self, data: Path) -> None:
        """Both have written their documents: were they equivalent?"""
        (ours,) = (self._folder / "output" / data.name).rglob("*.docx")
        self.bench.python("bench.same", ours, self._folder / f"peer-{data.name}" / "document.docx")

    def _statement(self) -> Iterator[Row]:
        data, output = self._place / "data", self._folder / "output"
        commands: Commands = {
            "peer": self._peer(data, "yibin"),
            "report": self._report(data, "yibin"),
            "check": ["generator", "check", YEAR],
            "explain": ["generator", "explain", YEAR, "总计"],
            "html": ["generator", "report", YEAR, "--format", "html", "--output", output],
            "redline": ["generator", "redline", "HEAD", "-o", output / "redline.docx"],
            "help": ["generator", "--help"],
        }
        run = self.bench.rounds(commands, 5)
        self._same(data)
        costs = self._costs(commands, 9)
        peer = costs["peer"]
        yield self._gated(f"report {YEAR}", costs["report"], peer, 0.48, 0.38)
        yield compare(f"report {YEAR}", "wall", run["report"], run["peer"])
        yield compare(f"report {YEAR}", "memory", run["report"], run["peer"], Limits(1.00, 0.80))
        yield self._gated(f"check {YEAR}", costs["check"], peer, 0.32, 0.25)
        yield self._gated("explain 总计", costs["explain"], peer, 0.45)
        yield self._gated("网页 2022", costs["html"], peer, 0.42)
        yield self._gated("redline HEAD", costs["redline"], peer, 0.80)
        yield self._gated("--help", costs["help"], peer, 0.10, 0.07)

    def _further(self) -> Iterator[Row]:
        """What a process that has made one document needs for each of the next."""
        folder, number = self._folder / "warm", 1 + FURTHER
        for which, data in enumerate(make_others(folder / "data", number), 1):
            self._peer(data, "yibin")
            made = self._folder / f"peer-{data.name}"
            (made / "data.json").rename(folder / f"data-{which}.json")
        (made / "template.docx").rename(folder / "template.docx")
        (folder / "templates").symlink_to(self._place / "templates")
        commands: Commands = {
            f"{who} {many}": ["bench.warm", who, folder, many] for who in ("docxtpl", "ours") for many in (1, number)
        }
        self.bench.rounds(commands, 0)
        self.bench.python("bench.same", folder / "ours.docx", folder / "docxtpl.docx")
        costs = self._costs(commands, 9)
        peer, ours = (further(costs[f"{who} {number}"], costs[f"{who} 1"], FURTHER) for who in ("docxtpl", "ours"))
        yield self._gated("同一进程再做一份", ours, peer, 0.25, 0.18)

    def _projects(self, count: int) -> Path:
        """The data of a department of so many projects."""
        folder = self._folder / str(count)
        self.bench.python("bench.workload", "department", folder, count)
        return folder

    def _thousand(self) -> Iterator[Row]:
        data = self._projects(1_000)
        commands: Commands = {"peer": self._peer(data, "bench"), "ours": self._report(data, "bench")}
        self.bench.rounds(commands, 0)
        self._same(data)
        costs = self._costs(commands, 5)
        yield self._gated("1000个项目", costs["ours"], costs["peer"], 0.20, 0.14)

    def _many(self) -> Iterator[Row]:
        folders = [self._projects(count) for count in (10_000, 10_000 * GROWTH)]
        peer = self.bench.rounds({"peer": self._peer(folders[0], "bench")}, 1, warm_up=False)["peer"]
        few, many = self.bench.rounds(
            {folder.name: self._report(folder, "bench") for folder in folders}, 3, warm_up=False
        ).values()
        self._same(folders[0])
        yield compare("10000个项目", "cpu", few, peer, Limits(0.05, 0.03))
        yield compare("10000个项目", "memory", few, peer, Limits(0.11))
        exponent = median(math.log(ratio, GROWTH) for ratio in ratios(many, few, "cpu"))
        name = "增长指数 {}→{}".format(*(folder.name for folder in folders))
        yield Row(name, shown(many, "cpu"), shown(few, "cpu"), exponent, Limits(1.10, 1.03))

    def _ledger(self) -> Iterator[Row]:
        path = self._folder / "ledger.yaml"
        self.bench.python("bench.workload", "ledger", path, LINES)
        commands: Commands = {name: ["bench.read_yaml", name, path] for name in ("pyyaml", "ours")}
        run = self.bench.rounds(commands, 1)
        costs = self._costs(commands, 5)
        yield self._gated(f"读{LINES}行台账", costs["ours"], costs["pyyaml"], 0.85, 0.65)
        yield compare(f"读{LINES}行台账", "memory", run["ours"], run["pyyaml"])


def main() -> int:
    """Measure and print; 1 when a “must” is missed."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        measurements = Measurements(Path(folder), bool(os.environ.get("QUICK")))
        if not measurements.bench.counts:
            print(NOT_COUNTED.format(MARGIN))
        print_row(("", "本程序", "对照", "比值", "必须", "目标", "结果"))
        for row in measurements.rows():
            failed |= row.failed
            print_row(row.cells)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
