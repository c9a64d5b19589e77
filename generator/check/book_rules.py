"""Rules over what was derived: totals against 控制数, changes against reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.check.rules import Finding, Rule
from generator.model.book import Book
from generator.model.department import PROJECT_TOTAL, Inputs
from generator.model.figure import Change
from generator.model.ledger import Filter
from generator.model.money import Money
from generator.model.problem import Note, Severity
from generator.model.profile import IndicatorColumn, Profile, leaves
from generator.model.source import Position


class Derived(NamedTuple):
    """A book beside what it was derived from."""

    inputs: Inputs
    profile: Profile
    book: Book

    @property
    def filters(self) -> dict[str, Filter]:
        """The filter of every figure, by name."""
        return {spec.name: spec.filter for spec in self.profile.figures}


def totals_match_controls(derived: Derived) -> Iterator[Finding]:
    """What the ledger adds up to (or a sum of what was typed beside it), in the unit it was typed in, is what finance approved."""
    ledger = derived.inputs.ledger
    for control in derived.inputs.department.controls:
        lines = _controlled(derived, control.figure.value)
        total = Money.total((money for money, _ in lines), ledger.scale)
        if total != control.money:
            gap = total - control.money
            files = sorted({position.file for _, position in lines})
            yield Finding(
                f"“{control.figure}”控制数为{control.money}，台账合计为{total}，相差{abs(gap)}",
                f"请核对{'、'.join(files) or '台账'}中的金额，或更正控制数。",
                control.figure.position,
                tuple(Note(f"其中有{len(lines)}行", position) for _, position in lines[:1]),
            )


def _controlled(derived: Derived, name: str) -> list[tuple[Money, Position]]:
    wanted = derived.filters.get(name)
    if wanted is not None:
        return [(line.money, line.position) for line in derived.inputs.ledger.selected(wanted)]
    facts = [derived.inputs.department.facts.get(part) for part in derived.profile.sums[name]]
    return [(fact.value, fact.position) for fact in facts if fact and isinstance(fact.value, Money) and fact.position]


def drafted_reasons(derived: Derived) -> Iterator[Finding]:
    """A reason nobody gave is drafted from the ledger, and a person must look at it."""
    year = derived.inputs.department.year
    for name, change in derived.book.changes.items():
        if change.draft is not None and not _is_level(derived, change):
            word = "增加" if change.delta.amount > 0 else "减少"
            yield Finding(
                f"“{name}”比{year - 1}年{word}{abs(change.delta)}，没有填写变动原因，文档中是程序起草的话",
                f"请在narrative.yaml的“变动原因”下补上“{name}: …”。",
                Position(f"{derived.inputs.folder}/narrative.yaml"),
            )


def reasons_without_change(derived: Derived) -> Iterator[Finding]:
    """A reason for something that did not change is last year's reason."""
    for name, text in derived.inputs.department.reasons.items():
        change = derived.book.changes.get(name)
        if change is not None and _is_level(derived, change):
            state = f"只与上年相差{abs(change.delta)}，文中写基本持平" if change.delta else "与上年持平"
            yield Finding(f"“{name}”{state}，却填写了变动原因", "文档不会印出，请删去。", text.position)


def _is_level(derived: Derived, change: Change) -> bool:
    """Whether the sentence says 持平: there is no change, or none that its unit can show."""
    return change.delta.vanishes(derived.profile.conventions.prose_scale)


def indicators_have_columns(derived: Derived) -> Iterator[Finding]:
    """Every category of indicators is a column of some table, else its words would be lost."""
    shown = {
        column.category
        for table in derived.profile.tables
        for panel in table.panels
        for column in leaves(panel.columns)
        if isinstance(column, IndicatorColumn)
    }
    if not shown:
        return
    for project in derived.inputs.department.projects.values():
        for category, indicators in project.indicators.items():
            if category not in shown:
                first = indicators[0] if indicators else None
                yield Finding(
                    f"项目“{project.name}”的“{category}”在表中没有对应的栏",
                    f"请改为{'、'.join(sorted(shown))}之一，或在表的定义中加一栏。",
                    first.position if first else project.position,
                    length=len(first.name) if first else 1,
                )


def costs_refer_to_amounts(derived: Derived) -> Iterator[Finding]:
    """A 成本指标 refers to its project's amount instead of typing it again."""
    for project in derived.inputs.department.projects.values():
        for indicator in project.indicators.get("成本指标", ()):
            if PROJECT_TOTAL not in indicator.value and "万" in indicator.value:
                yield Finding(
                    f"项目“{project.name}”的成本指标“{indicator.value}”又写了一遍金额",
                    f"请改为“≤{PROJECT_TOTAL}”，金额由台账得出。",
                    indicator.value_position,
                    length=len(indicator.value),
                )


def prior_parts_add_up(derived: Derived) -> Iterator[Finding]:
    """Last year's total is the sum of its parts, when both were typed; a part may be the sum of its own."""
    prior = derived.inputs.department.prior
    for composition in derived.profile.compositions:
        whole = prior.get(composition.whole)
        parts = [_prior_of(derived, name) for name in composition.parts]
        if whole is None or whole.position is None or not isinstance(whole.value, Money):
            continue
        known = [part for part in parts if part is not None]
        total = Money.total(known, whole.value.scale)
        if len(known) == len(parts) and total != whole.value:
            yield Finding(
                f"上年“{composition.whole}”为{whole.value}，各部分之和为{total}",
                f"请核对：{'、'.join(composition.parts)}；或删去“{composition.whole}”，由各部分相加。",
                whole.position,
            )


def _prior_of(derived: Derived, name: str) -> Money | None:
    """Last year's amount as typed, else the sum of its parts as typed."""
    prior = derived.inputs.department.prior
    typed = prior.get(name)
    if typed is not None:
        return typed.value if isinstance(typed.value, Money) else None
    for composition in derived.profile.compositions:
        parts = [prior[part].value for part in composition.parts if part in prior]
        money = [part for part in parts if isinstance(part, Money)]
        if composition.whole == name and len(money) == len(composition.parts):
            return Money.total(money, derived.inputs.ledger.scale)
    return None


def prior_agrees_with_ledger(derived: Derived) -> Iterator[Finding]:
    """prior.yaml is not needed, and must not differ, when last year's ledger is there."""
    filters, ledger = derived.filters, derived.inputs.prior_ledger
    if ledger is None:
        return
    for name, fact in derived.inputs.department.prior.items():
        total = Money.total((line.money for line in ledger.selected(filters[name])), ledger.scale)
        assert isinstance(fact.value, Money) and fact.position is not None
        if fact.value.convert(ledger.scale) != total:
            yield Finding(
                f"上年“{name}”填的是{fact.value}，上年台账合计是{total}",
                "文档以上年台账为准，请删去prior.yaml中的这一行。",
                fact.position,
            )


_E, _W = Severity.ERROR, Severity.WARNING
BOOK_RULES: tuple[Rule[Derived], ...] = (
    Rule("B101", "合计与控制数一致", _E, totals_match_controls, "财政批复的控制数",
         "控制数总计6824.79，台账合计6824.78", "改正录错的金额，或更正控制数"),
    Rule("D024", "上年数与上年台账一致", _E, prior_agrees_with_ledger, "上年公开文件",
         "上年台账10805.94，prior.yaml填10800.00", "删去prior.yaml中的这一行"),
    Rule("D023", "上年合计等于各部分之和", _E, prior_parts_add_up, "上年公开文件",
         "总计10805.94，各部分之和10800.00", "核对各部分，或删去总计一行"),
    Rule("B102", "变动原因由人填写", _W, drafted_reasons, "财预〔2016〕143号：增减变化应说明原因",
         "变动原因没有“机构运行经费”", "机构运行经费: 在编人员减少，公用经费等预算减少"),
    Rule("B103", "持平不写原因", _W, reasons_without_change, "文字与数一致",
         "公务接待费与上年持平，却写了原因", "删去这一行"),
    Rule("B105", "成本指标不重写金额", _W, costs_refer_to_amounts, "每个数只填一次",
         "预算资金: ≤568.78万元", "预算资金: ≤资金总额"),
    Rule("B104", "绩效指标都有栏可填", _E, indicators_have_columns, "项目绩效目标表",
         "绩效指标: {质量指标: …}（表里没有这一栏）", "放进产出指标，或在表的定义中加一栏"),
)  # fmt: skip
