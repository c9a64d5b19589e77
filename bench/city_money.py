"""A made-up department's year in money: its units, what they spend to live on, its projects; always the same for the same number.

Sizes: the number of ledger lines is log-normal, from 30 to 5,000, with a median of 180. One office alone has 25 to 40 (the real
department: 38), a usual department two or three units with a few dozen each, and a bureau of education or health, whose schools and
hospitals are units, thousands. With σ = 1.0 one department in a thousand has more than 4,000, and a county's 60 departments some 18,000 together.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bench.city_kinds import Kind, kind_of
from bench.workload import YEAR
from generator.load.classification import load_classification
from generator.model.classification import ExtraCodes
from generator.model.ledger import (
    CARRIED_FORWARD,
    FISCAL_ACCOUNT,
    FROM_ABOVE,
    GENERAL,
    OWN,
    PROJECT_KINDS,
    THIS_YEAR,
)

LEAST, MEDIAN, MOST, SIGMA = 30, 180, 5_000, 1.0
CODES = load_classification(YEAR, ExtraCodes())
GOVERNMENT_FUND = "政府性基金预算"
_A_UNIT = 60
_OFFICE = ("30101", "30102", "30103", "30199", "30201", "30202", "30205", "30206", "30207", "30211", "30213", "30215",
           "30216", "30217", "30226", "30228", "30229", "30231", "30239", "30299")  # fmt: skip
_INSTITUTION = tuple("30107" if code == "30103" else code for code in _OFFICE)
_SHARED = (("2080505", "30108"), ("2080506", "30109"), ("2101101", "30110"), ("2210201", "30113"), ("2080501", "30302"),
           ("2089999", "30112"), ("2101103", "30111"))  # fmt: skip
_OF_PROJECTS = ("30201", "30202", "30205", "30206", "30207", "30209", "30211", "30213", "30214", "30215", "30216", "30218", "30226",
                "30227", "30231", "30299", "31002", "31003", "31007")  # fmt: skip
_OF_AIMS = (*_OF_PROJECTS, "30305", "30308", "30399", "31005", "31006", "31204", "31299")
_LOTTERY = {"205": "2296004", "207": "2296010", "208": "2296002", "210": "2296013"}
_SOURCES = ((GENERAL, OWN, THIS_YEAR), (GENERAL, FROM_ABOVE, THIS_YEAR), (GENERAL, OWN, CARRIED_FORWARD),
            (GOVERNMENT_FUND, OWN, THIS_YEAR), (FISCAL_ACCOUNT, OWN, THIS_YEAR), ("事业收入", OWN, THIS_YEAR))  # fmt: skip
_WEIGHTS = (82, 8, 3, 3, 2, 2)


class Unit(NamedTuple):
    """A 预算单位."""

    code: str
    name: str
    nature: str


class Entry(NamedTuple):
    """Lines of one source: amounts in 0.01万元 (100元) by 功能科目 and 部门经济."""

    unit: Unit
    fund: str
    origin: str
    period: str
    spent: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        """0.01万元."""
        return sum(sum(amounts.values()) for amounts in self.spent.values())


class Task(NamedTuple):
    """A project: its name, 21-digit code, 项目类型 and money."""

    name: str
    code: str
    kind: str
    entry: Entry


class Who(NamedTuple):
    """A department by its code and name, its county and its kind."""

    code: str
    name: str
    county: str
    kind: Kind


class Money(NamedTuple):
    """What a department spends, and who it is."""

    who: Who
    units: tuple[Unit, ...]
    basic: tuple[Entry, ...]
    projects: tuple[Task, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All of them."""
        yield from self.basic
        yield from (project.entry for project in self.projects)

    @property
    def lines(self) -> int:
        """Ledger lines."""
        return sum(len(amounts) for entry in self.entries for amounts in entry.spent.values())


def lines_of(number: int, rng: random.Random) -> int:
    """How many ledger lines the department of this number, from 0, has; the first thing that is drawn of it."""
    times = kind_of(number)[1].times
    return min(MOST, max(LEAST, round(MEDIAN * times * math.exp(rng.gauss(0, SIGMA)))))


def money_of(number: int, rng: random.Random) -> Money:
    """The department of this number, from 0."""
    county, kind, name = kind_of(number)
    who = Who(f"{number + 1:05d}", name, county, kind)
    lines = lines_of(number, rng)
    units = tuple(_units(who, lines, rng))
    basic = tuple(_basic(unit, kind, min(27, max(8, lines * 3 // 5 // len(units))), rng) for unit in units)
    left = lines - sum(sum(map(len, entry.spent.values())) for entry in basic)
    return Money(who, units, basic, tuple(_projects(who, units, left, rng)))


def _units(who: Who, lines: int, rng: random.Random) -> Iterator[Unit]:
    """The office itself, and one more for every 60 lines or so."""
    yield Unit(f"{who.code}001", who.name, rng.choice(("行政", "行政", "参公")))
    of = who.name if "人民政府" in who.name else f"{who.county}{who.kind.about}"
    suffixes = who.kind.units
    for number in range(round(lines / _A_UNIT * rng.uniform(0.5, 1.2)) - 1):
        turn, which = divmod(number, len(suffixes))
        ordinal = f"第{turn + 1}" if turn else ""
        yield Unit(f"{who.code}{number + 2:03d}", f"{of}{ordinal}{suffixes[which]}", "事业")


def _basic(unit: Unit, kind: Kind, count: int, rng: random.Random) -> Entry:
    """人员 and 公用: the social security that all pay, and as many more as fit."""
    shared = _SHARED[: 7 if unit.nature != "事业" else 6]
    if count < 2 * len(shared):
        shared = shared[:4]
    main, usual = (kind.institution, _INSTITUTION) if unit.nature == "事业" else (kind.office, _OFFICE)
    people = rng.randint(4, 60)
    chosen = sorted((*usual[:3], *rng.sample(usual[3:], min(len(usual) - 3, count - len(shared) - 3))))
    spent = {main: {code: _of_people(code, people, rng) for code in chosen}}
    for function, code in shared:
        spent[function] = {code: _of_people(code, people, rng)}
    return Entry(unit, GENERAL, OWN, THIS_YEAR, spent)


def _of_people(code: str, people: int, rng: random.Random) -> int:
    """Some 万元 a head a year of pay, some hundred 元 of the rest."""
    a_head = {"301": 120, "303": 20}.get(code[:3], 6)
    return max(1, int(people * a_head * rng.uniform(0.4, 2.0)))


def _projects(who: Who, units: tuple[Unit, ...], left: int, rng: random.Random) -> Iterator[Task]:
    kind = who.kind
    number, functions = 0, _functions(kind.groups)
    while left > 0:
        number += 1
        unit = units[0] if rng.random() < 0.4 else rng.choice(units)
        fund, origin, period = rng.choices(_SOURCES, _WEIGHTS)[0]
        if fund != GENERAL and origin == OWN and unit is units[0] and fund != GOVERNMENT_FUND:
            unit = units[-1]
        function = rng.choice(functions) if fund != GOVERNMENT_FUND else _LOTTERY.get(kind.groups[0][:3], "2296099")
        count = min(left, rng.choice((1, 1, 1, 2, 2, 3, 4)))
        left -= count
        sort, scale = rng.choice(PROJECT_KINDS), math.exp(rng.gauss(7, 1.0))
        usable = _OF_AIMS if sort == PROJECT_KINDS[1] else _OF_PROJECTS
        spent = {one: max(1, int(scale * rng.uniform(0.3, 1.7))) for one in sorted(rng.sample(usable, count))}
        name = _name(kind, number, function, origin, rng)
        yield Task(name, f"{_DISTRICT}{YEAR % 100}{who.code}{number:08d}", sort,
                   Entry(unit, fund, origin, period, {function: spent}))  # fmt: skip


_DISTRICT = "990100"
_RUNNING = ("行政运行", "机关服务", "事业运行", "机构运行")
_WORKS = (
    "专项",
    "设备购置",
    "信息化建设",
    "业务培训",
    "设施维修改造",
    "宣传",
    "监督检查",
    "购买服务",
    "补助",
    "基础设施建设",
    "运转",
    "考核奖励",
)


@cache
def _functions(groups: tuple[str, ...]) -> tuple[str, ...]:
    """项 of these 款 that projects may be of."""
    found = (code for code in CODES.function if len(code) == 7 and code.startswith(groups))
    return tuple(code for code in found if CODES.fund_of(code) == GENERAL and CODES.function[code] not in _RUNNING)


def _name(kind: Kind, number: int, function: str, origin: str, rng: random.Random) -> str:
    said = CODES.function[function].removesuffix("支出").removesuffix("补助")
    work = rng.choice(_WORKS)
    if origin == FROM_ABOVE:
        return f"财预〔{YEAR - 1}〕{100 + number}号提前下达{YEAR}年{said}补助资金"
    return f"{said}{work}经费（{number}）" if rng.random() < 0.5 else f"{kind.about}{work}项目第{number}期"
