"""Rules over what was typed beside the ledger against the total it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.book_rules import Derived
from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.figure import Fact
from generator.model.ledger import total_of
from generator.model.money import Money
from generator.model.problem import Note, Severity
from generator.model.source import Position

_PURCHASED = ("31002", "31003", "31006", "31007", "30202", "30227")


def facts_within_the_budget(derived: Derived) -> Iterator[Finding | NotApplicable]:
    """政府采购 and whatever a place asks for is spent from the budget: none is larger than all of it, nor is a sum of them."""
    ledger = derived.inputs.ledger
    money = {
        name: fact
        for name, fact in _facts(derived).items()
        if isinstance(fact.value, Money) and fact.value.scale is ledger.scale and _is_spent(name)
    }
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


def purchases_beside_ledger(derived: Derived) -> Iterator[Finding | NotApplicable]:
    """政府采购, typed or listed, is seldom nothing where the ledger buys equipment, software, printing or services."""
    inputs = derived.inputs
    facts = [fact for name, fact in _facts(derived).items() if name.startswith("政府采购.")]
    if not facts:
        yield NotApplicable("没有填报政府采购")
        return
    bought = [line for line in inputs.ledger.lines if line.money and line.department_economic in _PURCHASED]
    if bought and not any(isinstance(fact.value, Money) and fact.value for fact in facts):
        names = inputs.classification.department_economic
        parts = [(code, [line for line in bought if line.department_economic == code]) for code in _PURCHASED]
        shares = "、".join(f"{names[code]}{total_of(lines, inputs.ledger.scale)}" for code, lines in parts if lines)
        position = facts[0].position or Position(f"{inputs.folder}/{_list_file(derived)}")
        yield Finding(
            f"政府采购预算为0，而台账里有{shares}",
            "达到采购限额标准的应编采购预算，请核对。",
            position,
            tuple(Note(f"{names[line.department_economic]}{line.money}", line.position) for line in bought[:3]),
        )


def _facts(derived: Derived) -> dict[str, Fact]:
    """What was typed, and the sums of lists, in the unit of what was typed unless cents would be lost."""
    facts, scale = dict(derived.inputs.department.facts), derived.inputs.ledger.scale
    for name in derived.profile.record_sums:
        fact = derived.book.facts[name]
        exact = isinstance(fact.value, Money) and fact.value.scale.value <= scale.value
        facts[name] = fact._replace(value=fact.money.in_cents(scale)) if exact else fact
    return facts


def _list_file(derived: Derived) -> str:
    """The file of the list that 政府采购 is the sum of."""
    lists = {one.name: one.file for one in derived.profile.lists}
    return next(lists[one.list] for name, one in derived.profile.record_sums.items() if name.startswith("政府采购."))


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
        "T222", "采购预算与台账相称", Severity.ADVICE, purchases_beside_ledger, "政府采购预算应与支出预算同步编制",
        "政府采购: {货物: 0.00}（台账有31007信息网络及软件购置更新4.40）", "政府采购: {货物: 4.40}",
    ),
    Rule(
        "T250", "填报的金额不多于支出总计", Severity.WARNING, facts_within_the_budget, "政府采购预算是支出预算的一部分",
        "政府采购: {货物: 8000.00}（支出总计6824.79）", "政府采购: {货物: 8.00}",
    ),
)  # fmt: skip
