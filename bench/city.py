"""A made-up city that is measured and tried: as many departments as one likes, of real sizes, all sound, no two with the same code,
unit or project; always the same, and a smaller one is the beginning of a larger one.

python -m bench.city make FOLDER NUMBER [--broken]    FOLDER/<代码>-<名称>/data/2022/*.yaml, 应收清单.csv, 控制总额.csv
python -m bench.city change FOLDER STEP               0.01 moved from one amount to another in every STEP-th department

With ``--broken`` every tenth is broken, in one of several ways (city_breaks.py), and of every fiftieth only a line in the
应收清单 is there.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.city_breaks import BREAKS
from bench.city_files import money_told, written, year_files
from bench.city_money import lines_of, money_of
from bench.place import moved
from bench.workload import YEAR

PROFILE = "yibin"
_TENTH, _FIFTIETH = 10, 50


class Made(NamedTuple):
    """A department: what it comes to by 口径 in 0.01万元, how many lines its ledger has, and how it is broken: empty where it is sound."""

    code: str
    name: str
    money: Mapping[str, int]
    lines: int
    broken: str = ""

    @property
    def key(self) -> str:
        """The name of its folder."""
        return f"{self.code}-{self.name}"


def make_city(folder: Path, number: int, broken: bool = False) -> list[Made]:
    """So many departments in ``folder``, with the 应收清单 and the bureau's control totals, which are right."""
    made = [_made(folder, which, broken and which % _TENTH == _TENTH - 1) for which in range(number)]
    rows = [f"{one.code},{one.name},{one.key},{PROFILE},部门版" for one in made]
    rows += [f"9{one.code},{one.name}筹备组,,{PROFILE},部门版" for one in made[:: _FIFTIETH if broken else number]][
        : broken * number
    ]
    _table(folder / "应收清单.csv", ["代码,名称,目录,格式,版本", *rows])
    _table(folder / "控制总额.csv", ["代码,项,金额（万元）", *_totals(made)])
    return made


def size_of(which: int) -> int:
    """How many lines the ledger of the department of this number, from 0, has."""
    return lines_of(which, _draw(which))


def _draw(which: int) -> random.Random:
    return random.Random(f"{YEAR}-{which}")  # noqa: S311


def _made(folder: Path, which: int, broken: bool) -> Made:
    draw = _draw(which)
    money = money_of(which, draw)
    files, how = year_files(money, draw), ""
    if broken:
        how, way = BREAKS[which // _TENTH % len(BREAKS)]
        files = way(files)
    one = Made(money.who.code, money.who.name, money_told(money), money.lines, how)
    year = folder / one.key / "data" / str(YEAR)
    year.mkdir(parents=True)
    for name, text in files.items():
        (year / name).write_text(text, encoding="utf-8")
    return one


def _table(path: Path, rows: Sequence[str]) -> None:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8-sig")


def _totals(made: Sequence[Made]) -> Iterator[str]:
    for one in made:
        for item in ("总计", "一般公共预算"):
            yield f"{one.code},{item},{written(one.money[item])}"
    yield f"全市,总计,{written(sum(one.money['总计'] for one in made))}"


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
    made = make_city(given.folder, given.number, given.broken)
    print(f"{len(made)}个部门，台账共{sum(one.lines for one in made)}行")  # noqa: T201
    for one in made:
        if one.broken:
            print(f"{one.key}：{one.broken}")  # noqa: T201


if __name__ == "__main__":
    main()
