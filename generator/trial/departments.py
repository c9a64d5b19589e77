"""The departments that a profile is tried on, from one that has nothing to one that has everything; always the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator.model.basis import LAST_YEAR
from generator.model.classification import Classification
from generator.model.ledger import APPROPRIATIONS, BASIC, CARRIED_FORWARD, FISCAL_ACCOUNT, GENERAL, PROJECT, LedgerLine
from generator.model.money import Scale
from generator.model.profile import Profile
from generator.trial.files import SAID, Files, Made, Words, bases_of, year_folder
from generator.trial.lines import AGENCIES, amount, lines_of, place_of, sides_of, with_amounts

Change = Callable[[Decimal], Decimal]
_SILENT = Words(spoken=False, reasons=False)
_ODD = Words(
    "甲（乙）局、丙办", "“丁”中心（含戊科）", "“一号”项目：设备#2、系统", f"{SAID}：按《办法》第3条执行（含税）",
)  # fmt: skip


class Trial(NamedTuple):
    """A made-up department: what it is like in Chinese, its files by their path below a data folder.

    ``units`` are the editions to compose: a unit's code, empty for the 部门版. Without ``certain``, a profile that asks
    what was not typed here (the basis line by line) can't be tried on it.
    """

    name: str
    files: Files
    units: tuple[str, ...]
    certain: bool = True


class _Plan(NamedTuple):
    """How a department differs from the one that has everything.

    ``now`` and ``before`` change each line's amount, this year's and the basis's; ``keep`` are the lines that it has.
    ``folder``: last year's folder is there; else amounts by figure are typed, ``by_line`` its lines besides. ``gone``:
    there is no money this year. ``alone``: its one unit's own edition is tried too.
    """

    name: str
    now: Change = lambda amount: amount
    before: Change = lambda amount: amount * Decimal("0.9")
    keep: Callable[[LedgerLine], bool] = lambda line: True
    units: int = 1
    words: Words = Words()
    folder: bool = True
    by_line: bool = True
    scale: Scale = Scale.WAN
    fact: int = 3
    gone: bool = False
    alone: bool = False


def _zero(amount: Decimal) -> Decimal:
    return amount * 0


def _of_funds(funds: tuple[str, ...], line: LedgerLine) -> bool:
    return line.fund in funds


def _shifted(amount: Decimal) -> Decimal:
    return amount * Decimal("1.1") if int(amount * 100) % 2 else amount * Decimal("0.8")


def _none_or_less(amount: Decimal) -> Decimal:
    return amount * 0 if int(amount * 100) % 3 else amount * Decimal("0.9")


_PLANS = (
    _Plan(
        "什么都没有", keep=lambda line: False, before=_zero, folder=False, fact=0,
        words=_SILENT._replace(listed=False), alone=True,
    ),
    _Plan("全部为零", now=_zero, before=_zero, fact=0, words=_SILENT),
    _Plan("只有一笔钱", alone=True, keep=lambda line: line.money.amount == amount(0), before=_zero, words=_SILENT),
    _Plan("与上年相同", before=lambda amount: amount),
    _Plan("全部增加", before=lambda amount: amount * Decimal("0.7")),
    _Plan("全部减少", alone=True, before=lambda amount: amount * Decimal("1.3"), words=_SILENT),
    _Plan("有增有减", before=_shifted, words=_SILENT),
    _Plan("只多一点", before=lambda amount: amount - Decimal("0.01"), words=_SILENT),
    _Plan("只少一点", before=lambda amount: amount + Decimal("0.01"), words=_SILENT),
    _Plan("上年都没有", before=_zero, folder=False, by_line=False, words=_SILENT),
    _Plan("今年都没有", gone=True, folder=False, by_line=False, fact=0, words=_SILENT._replace(listed=False)),
    _Plan("今年都没有、上年有目录", gone=True, words=_SILENT),
    _Plan("上年只填总数", folder=False, by_line=False, words=Words(spoken=False)),
    _Plan("有的新增", before=_none_or_less, words=_SILENT),
    _Plan("只比上年多几元", before=lambda amount: amount - Decimal("0.01"), scale=Scale.YUAN, words=_SILENT),
    _Plan("上年只有几元", before=lambda amount: Decimal("0.01"), scale=Scale.YUAN, words=_SILENT),
    _Plan("口径有变化", words=Words(reasons=False, redefined=True)),
    _Plan("各项都有", units=len(AGENCIES)),
    _Plan("各项都有、没有写话", units=2, words=_SILENT),
    _Plan("名称古怪", units=2, words=_ODD),
    *(
        _Plan(f"只有{name}", keep=partial(_of_funds, funds))
        for name, funds in (
            *((fund, (fund,)) for fund in (*APPROPRIATIONS, FISCAL_ACCOUNT)),
            ("单位资金", ("事业收入", "其他收入")),
        )
    ),
    _Plan("只有上年结转", keep=lambda line: line.period == CARRIED_FORWARD),
    _Plan("只有基本支出", keep=lambda line: line.kind == BASIC),
    _Plan("只有项目支出", keep=lambda line: line.kind == PROJECT),
    _Plan("只有人员经费", keep=lambda line: line.fund == GENERAL and line.department_economic.startswith("301")),
)  # fmt: skip
EVERYTHING = "各项都有"


def trials(profile: Profile, year: int, codes: Classification) -> Iterator[Trial]:
    """Every department for a profile and a year; ``codes`` are in force that year and the years it is compared with."""
    return (_trial(plan, profile, year, codes) for plan in _PLANS)


def _trial(plan: _Plan, profile: Profile, year: int, codes: Classification) -> Trial:
    place = place_of(profile, codes)
    every = tuple(line for line in lines_of(place, plan.scale, plan.units) if plan.keep(line))
    spending = with_amounts(every, plan.now) if not plan.gone else ()
    now = Made(spending, sides_of(place, spending, plan.scale), plan.scale, plan.fact, plan.units)
    earlier = with_amounts(every, plan.before)
    before = Made(earlier, sides_of(place, earlier, plan.scale), plan.scale, plan.fact, plan.units)
    files = _below(year, year_folder(year, profile, codes, now, plan.words))
    for basis in profile.bases:
        if basis.has_folder and plan.folder:
            its = year - basis.years
            files |= _below(its, year_folder(its, profile, codes, before, plan.words))
    told = bases_of(profile, codes, before, plan.by_line)
    for basis in profile.bases:
        if basis.has_folder and plan.folder and basis != LAST_YEAR:
            continue
        for name, text in told[basis.name].items():
            path = f"{year}/{name}"
            files[path] = files.get(path, "") + text if name.startswith("units/") else text
    agencies = [code for code, _ in AGENCIES[: plan.units]]
    editions = ("", *agencies[:2]) if plan.units > 1 else ("",)
    if plan.alone:
        editions = ("", agencies[0])
    return Trial(plan.name, files, editions, plan.by_line)


def _below(year: int, files: Files) -> Files:
    return {f"{year}/{name}": text for name, text in files.items()}
