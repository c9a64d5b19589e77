"""Rules over what was typed beside the ledger against the total it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.book_rules import Derived
from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.ledger import total_of
from generator.model.money import Money
from generator.model.problem import Severity
from generator.model.source import Position


def facts_within_the_budget(derived: Derived) -> Iterator[Finding | NotApplicable]:
    """政府采购 and whatever a place asks for is spent from the budget: none is larger than all of it, nor is a sum of them."""
    ledger, department = derived.inputs.ledger, derived.inputs.department
    money = {name: fact for name, fact in department.facts.items() if isinstance(fact.value, Money) and _is_spent(name)}
    if not money:
        yield NotApplicable("没有填报金额")
        return
    whole = total_of(ledger.lines, ledger.scale)
    large = [name for name, fact in money.items() if fact.money > whole]
    for name in large:
        yield _too_large(f"“{name}”填的是{money[name].money}", whole, money[name].position)
    for name, parts in derived.profile.sums.items():
        known = [money[part] for part in parts if part in money]
        total = Money.total((fact.money for fact in known), ledger.scale)
        if known and total > whole and not {*parts} & {*large}:
            yield _too_large(f"“{name}”合计{total}", whole, known[0].position)


def _is_spent(name: str) -> bool:
    """What an asset is worth, or what is owed, is no part of a year's spending."""
    return not any(word in name for word in ("资产", "价值", "原值", "净值", "债", "余额", "存量", "规模"))


def _too_large(what: str, whole: Money, position: Position | None) -> Finding:
    assert position is not None
    return Finding(
        f"{what}，比支出总计{whole}还多",
        "这些钱都从支出预算里出，不会多于总计：请核对是否多打了数字，或把元当作了万元。",
        position,
    )


TOTAL_RULES: tuple[Rule[Derived], ...] = (
    Rule(
        "T250", "填报的金额不多于支出总计", Severity.WARNING, facts_within_the_budget, "政府采购预算是支出预算的一部分",
        "政府采购: {货物: 8000.00}（支出总计6824.79）", "政府采购: {货物: 8.00}",
    ),
)  # fmt: skip
