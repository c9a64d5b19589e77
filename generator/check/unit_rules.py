"""Rules over 金额单位: a whole folder typed in the other unit agrees with itself, and only its size gives it away."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.department import Inputs
from generator.model.money import Scale
from generator.model.problem import Severity
from generator.model.source import Position

_WAGES = "30101"
_LEAST_WAGES, _LEAST_TOTAL = 10_000, 100_000
"""元 a year: less is not one person's 基本工资, nor a department's budget."""
_LEAST_LINE = 100
"""Nobody budgets less than this many 元 in every second line, however much all of them come to."""
_MANY, _LARGE = 8, 1_000
"""So many lines in 万元, nearly all of them round and of ten million 元 or more, were typed in 元."""
_GREAT_TOTAL, _MOST_TOTAL, _MOST_WAGES = 200_000, 10_000_000, 500_000
"""万元 a year: who spends twenty 亿元 has small lines as well, all the more who spends a thousand (a few of the nation's
departments do) or pays a hundred thousand persons, fifty. In 元 it is what two persons cost, many a department, the wages of ten."""


def unit_fits_amounts(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """元 where the amounts are those of 万元, or 万元 where they are those of 元.

    An error only where no department can have such amounts: else one look of a person settles it.
    """
    amounts = [line.money.amount for line in inputs.ledger.lines if line.money]
    if not amounts:
        yield NotApplicable("台账里没有金额")
    elif inputs.ledger.scale is Scale.YUAN:
        yield from _too_small(inputs, amounts)
    else:
        yield from _too_large(inputs, amounts)


def _too_small(inputs: Inputs, amounts: list[Decimal]) -> Iterator[Finding]:
    wages, total = _wages(inputs), sum(amounts, Decimal(0))
    name = inputs.classification.department_economic.get(_WAGES, "基本工资")
    what = [f"全年的{name}一共{wages}元"] if 0 < wages < _LEAST_WAGES else []
    what += [f"支出总计{total}元"] if total < _LEAST_TOTAL else []
    small = sum(1 for amount in amounts if amount < _LEAST_LINE)
    tiny = len(amounts) >= _MANY and small * 2 >= len(amounts)
    if tiny and len(what) < 2:
        what.append(f"台账{len(amounts)}笔里有{small}笔不到{_LEAST_LINE}元")
    if what and (wages or tiny or total < _LEAST_WAGES):
        impossible = tiny or len(what) > 1
        yield _found(inputs, f"“金额单位”是元，而{'，'.join(what)}，像是按万元填的", Scale.WAN, impossible)


def _too_large(inputs: Inputs, amounts: list[Decimal]) -> Iterator[Finding]:
    large = [amount for amount in amounts if amount >= _LARGE]
    round_ones = sum(1 for amount in large if amount == int(amount))
    total = sum(amounts, Decimal(0))
    all_round, all_large = (
        len(amounts) >= _MANY and many * 10 >= len(amounts) * 9 for many in (round_ones, len(large))
    )
    impossible = all_large and (total >= _MOST_TOTAL or _wages(inputs) >= _MOST_WAGES)
    if all_round or total >= _MOST_TOTAL or (all_large and (impossible or total >= _GREAT_TOTAL)):
        what = f"{round_ones}笔是一千万元以上的整数" if all_round else f"{len(large)}笔在一千万元以上"
        yield _found(
            inputs,
            f"“金额单位”是万元，而台账{len(amounts)}笔里有{what}，支出总计{total / 10_000:.2f}亿元，像是按元填的",
            Scale.YUAN,
            impossible,
        )


def _wages(inputs: Inputs) -> Decimal:
    lines = (line.money.amount for line in inputs.ledger.lines if line.department_economic == _WAGES)
    return sum(lines, Decimal(0))


def _found(inputs: Inputs, message: str, right: Scale, impossible: bool) -> Finding:
    remedy = f"请核对：各文件填的是{right.label}的，把“金额单位”改为“{right.label}”，其他地方不用改"
    return Finding(
        message,
        f"{remedy}；改好以前，由此引起的问题不列出。" if impossible else f"{remedy}。",
        _place(inputs),
        length=len(inputs.ledger.scale.label),
        severity=None if impossible else Severity.WARNING,
    )


def _place(inputs: Inputs) -> Position:
    return inputs.department.scale_position or Position(f"{inputs.folder}/department.yaml")


UNIT_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "B109", "金额单位与金额相称", Severity.ERROR, unit_fits_amounts, "一个文件一个金额单位",
        "金额单位: 元（基本工资全年35.35，支出总计6824.79）", "金额单位: 万元",
    ),
)  # fmt: skip
