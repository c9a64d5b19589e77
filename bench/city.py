"""Write a made-up city that is measured: departments of every size, each of them sound, no two with the same code, unit or project.

python -m bench.city make FOLDER NUMBER     FOLDER/<code>-<name>/data/2022/*.yaml, 应收清单.csv and 控制总额.csv
python -m bench.city change FOLDER STEP     0.01 moved from one amount to another in every STEP-th department

How many lines a department's ledger has is log-normal: most some hundred, a few thousands. The same number makes the same city, and a
smaller city is the beginning of a larger one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench import city_words as words
from bench.city_kinds import kind_of
from bench.place import moved
from bench.workload import YEAR
from generator.load.classification import load_classification
from generator.model.classification import ExtraCodes
from generator.model.ledger import FROM_ABOVE, OWN, PROJECT_KINDS

FEWEST, MEDIAN, MOST = 30, 160, 5_000
"""Lines of a ledger; the median is of a department of usual kind."""
_SPREAD = 0.95
_A_UNIT = 120
"""Lines for which there is one more unit."""
_BEFORE = (*range(80, 98), *range(103, 121))
"""Percents: what last year's amount is of this year's."""
_GENERAL, _FUND = "一般公共预算", "政府性基金预算"
_FUND_GROUP = "22960"
_NOT_FOR_PROJECTS = ("行政运行", "一般行政管理事务", "机关服务", "事业运行")


class Made(NamedTuple):
    """A department: its files by name, what its lines add up to in 0.01 of 万元, and how many there are."""

    code: str
    name: str
    files: Mapping[str, str]
    money: Mapping[str, int]
    lines: int


def make_city(folder: Path, number: int) -> list[Made]:
    """All of it into ``folder``; what was made, without the texts."""
    made = []
    for which in range(number):
        one = _Writer(which).made()
        year = folder / f"{one.code}-{one.name}" / "data" / str(YEAR)
        year.mkdir(parents=True)
        for name, text in one.files.items():
            (year / name).write_text(text, encoding="utf-8")
        made.append(one._replace(files={}))
    (folder / "应收清单.csv").write_text(_table("代码,名称", (f"{one.code},{one.name}" for one in made)), "utf-8")
    (folder / "控制总额.csv").write_text(_table("代码,项,金额（万元）", _totals(made)), "utf-8")
    return made


def change(folder: Path, step: int) -> int:
    """How many departments were changed: every ``step``-th, so that all its totals stay."""
    changed = sorted(folder.glob(f"*/data/{YEAR}/basic.yaml"))[step // 2 :: step]
    for path in changed:
        path.write_text(moved(path.read_text(encoding="utf-8")), encoding="utf-8")
    return len(changed)


def _table(head: str, rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in (head, *rows))


def _totals(made: Sequence[Made]) -> Iterator[str]:
    """The bureau's own control totals."""
    for one in made:
        for item in ("总计", _GENERAL):
            yield f"{one.code},{item},{written(one.money[item])}"
    yield f"全市,总计,{written(sum(one.money['总计'] for one in made))}"


def size_of(which: int) -> int:
    """How many lines the ledger of the department of this number, from 0, has at least; some more where its last project brings them."""
    return _drawn(which)[1]


def _drawn(which: int) -> tuple[random.Random, int]:
    draw = random.Random(f"{YEAR}-{which}")  # noqa: S311
    lines = draw.lognormvariate(0, _SPREAD) * MEDIAN * kind_of(which)[1].times
    return draw, max(FEWEST, min(MOST, round(lines)))


def written(cents: int) -> str:
    """As a clerk writes it."""
    return f"{cents // 100}.{cents % 100:02d}"


@cache
def _items(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Every 项 of these 款 that a project may be of."""
    names = load_classification(YEAR, ExtraCodes()).function
    usable = (code for code, name in names.items() if len(code) == 7 and name not in _NOT_FOR_PROJECTS)
    return tuple(code for code in usable if code.startswith(groups))


@cache
def _called(code: str) -> str:
    classification = load_classification(YEAR, ExtraCodes())
    names = classification.function if len(code) == 7 else classification.department_economic
    return f"{code} {names[code]}"


class _Writer:
    """One department being made up: its lines are drawn, and what they add up to is kept."""

    def __init__(self, which: int) -> None:
        self._draw, self._asked = _drawn(which)
        self._code = f"{1001 + which}"
        _, self._kind, self._name = kind_of(which)
        self._units = {f"{self._code}{number:03d}": name for number, name in enumerate(self._unit_names(), 1)}
        self._money = Counter[str]()
        self._lines = 0

    def made(self) -> Made:
        """The department."""
        basic, projects = "".join(self._fundings()), "\n".join(self._projects())
        now = {item: self._money[item] for item in ("总计", _GENERAL, "政府性基金", "基本支出", "项目支出")}
        before = self._before()
        reasons = (
            words.REASONS[now["总计"] > before["总计"]],
            words.RUNNING_REASONS[self._money["机构运行经费"] > before["机构运行经费"]],
        )
        files = {
            "department.yaml": words.department_text(
                self._code, self._name, self._kind.about, self._units, _written(now)
            ),
            "basic.yaml": basic,
            "projects.yaml": projects,
            "performance.yaml": words.performance_text(self._kind.about),
            "narrative.yaml": words.narrative_text(*reasons, now["政府性基金"] > 0, len(self._units)),
            "prior.yaml": words.prior_text(_written(before)),
        }
        return Made(self._code, self._name, files, now, self._lines)

    def _before(self) -> dict[str, int]:
        """Last year's numbers, a fifth more or less at most, never the same."""
        parts = (_GENERAL, "政府性基金", "公务接待费", "公务用车运行维护费", "机构运行经费")
        amounts = {item: self._money[item] * self._draw.choice(_BEFORE) // 100 for item in parts}
        three = amounts["公务接待费"] + amounts["公务用车运行维护费"]
        nothing = dict.fromkeys(("国有资本经营预算", "因公出国费", "公务用车购置费"), 0)
        return {"总计": amounts[_GENERAL] + amounts["政府性基金"], **amounts, **nothing, "三公经费": three}

    def _unit_names(self) -> Iterator[str]:
        yield f"{self._name}本级"
        for number in range(self._asked // _A_UNIT):
            again, place = divmod(number, len(self._kind.units))
            yield f"{self._name}{f'第{again + 1}' if again else ''}{self._kind.units[place]}"

    def _fundings(self) -> Iterator[str]:
        """What each unit runs on: its people."""
        for number, unit in enumerate(self._units):
            own = self._kind.institution if number else self._kind.office
            swapped = words.INSTITUTIONS_OWN if number else {}
            people = self._draw.randrange(6, 60)
            yield f'- 单位: "{unit}"\n  资金来源: {_GENERAL}\n  支出:\n'
            small = self._asked < 2 * FEWEST
            basic = {code: each for code, each in words.BASIC.items() if not small or code in words.SMALL}
            for function, each in ((own, basic), *words.ENTITLED.items()):
                yield f"    {_called(swapped.get(function, function))}:\n"
                for code, cost in each.items():
                    cents = max(1, cost * people * self._draw.randrange(70, 130) // 100)
                    yield self._line(code, cents, _GENERAL, "基本支出")

    def _projects(self) -> Iterator[str]:
        """As many as the ledger still lacks lines."""
        number = 0
        while self._lines < self._asked or not number:
            number += 1
            yield self._project(number)

    def _project(self, number: int) -> str:
        draw, about = self._draw, self._kind.about
        fund = _FUND if number % 25 == 10 else _GENERAL
        above = draw.random() < 0.25
        function = draw.choice(_items((_FUND_GROUP,) if fund == _FUND else self._kind.groups))
        codes = draw.sample(words.PROJECT_ECONOMICS, draw.choice((1, 2, 3, 3, 4, 6)))
        lines = "".join(self._line(code, draw.randrange(50, 20_000), fund, "项目支出") for code in sorted(codes))
        name = f"{about}{words.PROJECT_NAMES[number % len(words.PROJECT_NAMES)]}"
        return (
            f"- 名称: {'上级补助' if above else ''}{name}{number}号\n"
            f'  编码: "41{self._code}22{number:013d}"\n'
            f"  类型: {PROJECT_KINDS[1]}\n  层级: {FROM_ABOVE if above else OWN}\n"
            f'  单位: "{draw.choice(list(self._units))}"\n  资金来源: {fund}\n'
            f"  支出:\n    {_called(function)}:\n{lines}"
            f"  绩效指标:\n    成本指标:\n      {'上级资金' if above else '预算资金'}: ≤资金总额\n{self._indicators()}"
        )

    def _indicators(self) -> str:
        text = ""
        for group, all_of in words.INDICATORS.items():
            text += f"    {group}:\n"
            for name, wanted, least, most in self._draw.sample(all_of, min(len(all_of), 3)):
                text += f'      {name.format(self._kind.about)}: "{wanted.format(self._draw.randint(least, most))}"\n'
        return text

    def _line(self, code: str, cents: int, fund: str, of: str) -> str:
        self._lines += 1
        running = of == "基本支出" and code.startswith("302")
        named = {"30217": "公务接待费", "30231": "公务用车运行维护费"}.get(code, "")
        for item in ("总计", "政府性基金" if fund == _FUND else fund, of, named, "机构运行经费" if running else ""):
            self._money[item] += cents
        return f"      {_called(code)}: {written(cents)}\n"


def _written(amounts: Mapping[str, int]) -> dict[str, str]:
    return {item: written(cents) for item, cents in amounts.items()}


if __name__ == "__main__":
    {"make": make_city, "change": change}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
