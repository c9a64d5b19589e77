"""A made-up city: as many departments as one likes, of real sizes, all sound, always the same.

python -m bench.city make FOLDER NUMBER [--broken]    FOLDER/<代码>-<名称>/data/2022/*.yaml and FOLDER/应收清单.csv
python -m bench.city change FOLDER STEP               0.01 moved from one amount to another in every STEP-th department

A city of 30 departments is the first 30 of one of 3,000. With ``--broken`` every tenth is broken, in one of several ways.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.city_breaks import BREAKS
from bench.city_files import year_files
from bench.city_money import Money, money_of
from bench.place import moved
from bench.workload import YEAR

PROFILE = "yibin"
EVERY = 10
_ABSENT = 50


class Made(NamedTuple):
    """A city's departments by the names of their folders, and how each of those that are broken is broken."""

    keys: tuple[str, ...]
    lines: tuple[int, ...]
    broken: dict[str, str]


def make(folder: Path, number: int, broken: bool = False, seed: int = 1) -> Made:
    """So many departments in ``folder``, and the 应收清单, on which one of 50 has no folder."""
    folder.mkdir(parents=True, exist_ok=True)
    keys, lines, rows, ways = [], [], ["代码,名称,目录,格式,版本\n"], {}
    for which in range(number):
        rng = random.Random(f"{seed}-{which}")  # noqa: S311
        money = money_of(which, rng)
        files, key = year_files(money, rng), f"{money.who.code}-{money.who.name}"
        if broken and which % EVERY == EVERY - 1:
            ways[key], files = _broken(files, which // EVERY)
        _write(folder / key / "data" / str(YEAR), files)
        keys.append(key)
        lines.append(money.lines)
        rows.append(_row(money, key))
        if which % _ABSENT == _ABSENT - 1:
            rows.append(f"9{money.who.code},{money.who.county}第{which + 1}号筹备组,,{PROFILE},部门版\n")
    (folder / "应收清单.csv").write_text("".join(rows), encoding="utf-8-sig")
    return Made(tuple(keys), tuple(lines), ways)


def _broken(files: dict[str, str], turn: int) -> tuple[str, dict[str, str]]:
    name, way = BREAKS[turn % len(BREAKS)]
    return name, way(files)


def _row(money: Money, key: str) -> str:
    return f"{money.who.code},{money.who.name},{key},{PROFILE},部门版\n"


def _write(year: Path, files: dict[str, str]) -> None:
    year.mkdir(parents=True)
    for name, text in files.items():
        (year / name).write_text(text, encoding="utf-8")


def change(folder: Path, step: int) -> list[str]:
    """Every ``step``-th department changed so that all its totals stay: the names of their folders."""
    keys = sorted(path.parent.name for path in folder.glob("*-*/data"))[::step]
    for key in keys:
        path = folder / key / "data" / str(YEAR) / "basic.yaml"
        path.write_text(moved(path.read_text(encoding="utf-8")), encoding="utf-8")
    return keys


def main(arguments: Sequence[str] | None = None) -> None:
    """The commands."""
    parser = argparse.ArgumentParser(prog="python -m bench.city")
    parser.add_argument("verb", choices=("make", "change"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--broken", action="store_true")
    given = parser.parse_args(arguments)
    if given.verb == "change":
        print(*change(given.folder, given.number), sep="\n")  # noqa: T201
        return
    done = make(given.folder, given.number, given.broken)
    print(f"{len(done.keys)}个部门，台账共{sum(done.lines)}行")  # noqa: T201
    for key, how in done.broken.items():
        print(f"{key}：{how}")  # noqa: T201


if __name__ == "__main__":
    main()
