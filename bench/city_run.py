"""The rows of a city: a few hundred made-up departments, with docxtpl, with two processes, and once more after some have changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.cluster import cluster, has_dask
from bench.measure import Bench, Cost, ratios
from bench.rows import Limits, Row, compare, shown
from bench.workload import YEAR

USUAL, FILLED = 300, 300
"""Departments of a city; how many of them docxtpl fills at most: the first ones, as docxtpl's time only depends on each by itself."""
CHANGED = 100
"""Every so manieth is changed before the second run."""
AGAIN = 2
_ALONE, _PARALLEL = ("--jobs", 1), 2
_MEMORY = 120
"""MB that a worker may hold."""


def asked() -> int:
    """How many departments the environment asks for: CITY, else the usual number; none with QUICK."""
    number = os.environ.get("CITY") or ("0" if os.environ.get("QUICK") else str(USUAL))
    return int(number) if number.isdecimal() else sys.exit(f"CITY 应是部门的个数，不是“{number}”。")


class City:
    """The rows of one city of ``number`` departments, all files in ``folder``."""

    def __init__(self, bench: Bench, folder: Path, templates: Path, number: int) -> None:
        self._bench, self._folder, self._templates, self._number = bench, folder, templates, number

    def rows(self) -> Iterator[Row]:
        """Everything."""
        self._bench.python("bench.city", "make", self._town(self._number), self._number)
        number = min(self._number, FILLED)
        ours, theirs = self._with_docxtpl(number)
        yield compare(f"全市{number}个部门", "cpu", ours, theirs, Limits(0.25, 0.125))
        yield compare(f"全市{number}个部门", "wall", ours, theirs)
        one = ours if number == self._number else [self._run(self._number, *_ALONE)]
        if _cores() >= _PARALLEL:
            several = [self._run(self._number, "--jobs", _PARALLEL) for _ in one]
            yield self._scaling(one, several)
            if has_dask():
                yield self._with_dask(several)
        yield from self._again(one)
        yield self._memory()

    def _with_docxtpl(self, number: int) -> tuple[list[Cost], list[Cost]]:
        """Ours before and after the peer, so that both see the same machine. A large city is represented by a smaller one, its beginning."""
        if number != self._number:
            self._bench.python("bench.city", "make", self._town(number), number)
        peer = self._folder / "peer"
        self._bench.python("bench.city_peer", "make", self._town(number), self._templates, peer, number)
        self._run(number, *_ALONE, "--limit", 1)  # what is kept between runs is there then
        before = self._run(number, *_ALONE)
        theirs = [self._bench.python("bench.city_peer", "fill", peer)]
        self._same(number)
        return [before, self._run(number, *_ALONE)], theirs

    def _scaling(self, one: Sequence[Cost], several: Sequence[Cost]) -> Row:
        """Two processes should take half as long: what they take together against one."""
        two = [Cost(*(value * _PARALLEL for value in cost)) for cost in several]
        ratio = median(ratios(two, one, "wall"))
        return Row(
            f"两个进程 时间×{_PARALLEL}", shown(two, "wall"), shown(one, "wall"), ratio, Limits(1 / 0.85, 1 / 0.95)
        )

    def _with_dask(self, several: Sequence[Cost]) -> Row:
        """As many workers of a cluster that is there already, against as many processes of our own."""
        with cluster(self._bench, _PARALLEL) as address:
            theirs = [self._run(self._number, "--scheduler", address)]
        ratio = median(ratios(theirs, several, "wall"))
        return Row(
            f"{_PARALLEL}个 Dask 工作进程", shown(theirs, "wall"), shown(several, "wall"), ratio, Limits(1 / 0.85)
        )

    def _again(self, first: Sequence[Cost]) -> Iterator[Row]:
        """What a run costs that follows one and finds little changed."""
        again = []
        for _ in range(AGAIN):
            self._bench.python("bench.city", "change", self._town(self._number), CHANGED)
            again.append(self._run(self._number, *_ALONE, fresh=False))
        yield compare("改1%再运行", "cpu", again, first, Limits(0.03))
        yield compare("改1%再运行", "wall", again, first)

    def _memory(self) -> Row:
        with closing(sqlite3.connect(self._output(self._number) / "汇总.sqlite")) as record:
            (most,) = record.execute("SELECT max(内存MB) FROM 部门").fetchone()
        return Row("一个进程的内存", f"{most} MB", f"{_MEMORY} MB", most / _MEMORY, Limits(1))

    def _town(self, number: int) -> Path:
        return self._folder / str(number)

    def _output(self, number: int) -> Path:
        return self._folder / f"output-{number}" / str(YEAR)

    def _run(self, number: int, *words: object, fresh: bool = True) -> Cost:
        """One run over all; a ``fresh`` one finds nothing done."""
        output = self._output(number).parent
        if fresh:
            shutil.rmtree(output, ignore_errors=True)
        places = "--templates", self._templates, "--output", output
        return self._bench.python("generator", "city", self._town(number), "--year", YEAR, *places, *words)

    def _same(self, number: int) -> None:
        """Are the documents of both equivalent, of the smallest department, of the largest, and of one in the middle?"""
        documents = sorted((self._folder / "peer" / "documents").iterdir(), key=lambda path: path.stat().st_size)
        if len(documents) != number:
            sys.exit(f"docxtpl做了{len(documents)}份，应是{number}份")
        for theirs in (documents[0], documents[number // 2], documents[-1]):
            (ours,) = (self._output(number) / theirs.stem).glob("*.docx")
            self._bench.python("bench.same", ours, theirs)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> int:
    """Only the city: measure and print; 1 when a “must” is missed."""
    import tempfile

    from bench.place import make_place
    from bench.rows import print_row

    failed = False
    with tempfile.TemporaryDirectory() as folder:
        make_place(Path(folder) / "place")
        bench = Bench(Path(folder), Path(folder) / "place")
        for row in City(bench, Path(folder) / "city", Path(folder) / "place" / "templates", asked() or USUAL).rows():
            failed |= row.failed
            print_row(row.cells)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
