"""Rules over what was derived: last year against its parts, changes against reasons, indicators against tables."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.check.rules import Finding, Rule
from generator.model.basis import LAST_YEAR
from generator.model.book import Book
from generator.model.department import PROJECT_TOTAL, UNIT, Inputs
from generator.model.figure import Change, Fact
from generator.model.ledger import Filter, total_of
from generator.model.prior import Prior, summed
from generator.model.problem import Severity
from generator.model.profile import Composition, Profile
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


def drafted_reasons(derived: Derived) -> Iterator[Finding]:
    """A reason nobody gave is drafted from the ledger, and a person must look at it."""
    year, file = derived.inputs.department.year, derived.inputs.department.own_file
    for name, change in derived.book.changes.items():
        if change.draft is not None and not change.draft.unknown and not _is_level(derived, change):
            word = "增加" if change.delta.amount > 0 else "减少"
            yield Finding(
                f"“{name}”比{year - 1}年{word}{abs(change.delta)}，没有填写变动原因，文档中是程序起草的话",
                f"请在{file}的“变动原因”下补上“{name}: …”。",
                Position(f"{derived.inputs.folder}/{file}"),
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
    shown = derived.profile.indicator_categories
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
    """Last year's total is the sum of its parts, typed or not; parts that are not all known don't exceed it."""
    prior = Prior(derived.inputs.department.prior, derived.profile.compositions)
    for composition in derived.profile.compositions:
        whole, known = prior.of(composition.whole), prior.known(composition)
        if whole is None or not known:
            continue
        added = summed(composition.whole, known)
        gap = added.money - whole.money
        if gap if prior.total(composition) else gap.amount > 0:
            yield _contradicts(composition, whole, added)


def _contradicts(composition: Composition, whole: Fact, added: Fact) -> Finding:
    """What is said of a total beside parts that make another; only where none is missing may the total go."""
    known = [part.key for part in added.parts]
    missing = [name for name in composition.parts if name not in known]
    remedy = f"请核对：{'、'.join(known)}；"
    if missing:
        remedy += f"{'、'.join(missing)}没有填，上年有的请补上。"
    else:
        remedy += f"或删去“{whole.key}”，由各部分相加。" if whole.position else "两种算法的结果应相同。"
    said = (
        f"为{whole.value}" if whole.position else f"由{'、'.join(part.key for part in whole.parts)}相加为{whole.value}"
    )
    parts = f"{'、'.join(known)}{'之和' if len(known) > 1 else ''}" if missing or not whole.position else "各部分之和"
    place = whole.position or next(_typed(added))
    return Finding(f"上年“{whole.key}”{said}，{parts}为{added.value}", remedy, place)


def prior_parts_are_typed(derived: Derived) -> Iterator[Finding]:
    """Where last year's total is a sum, a part that this year has and nobody typed for last year may be missing in it."""
    department = derived.inputs.department
    prior = Prior(department.prior, derived.profile.compositions)
    file = department.own_file if department.edition == UNIT else LAST_YEAR.file
    for composition in () if derived.inputs.prior_ledger else derived.profile.compositions:
        whole = prior.total(composition) if composition.whole not in prior.typed else None
        known = [part.key for part in whole.parts] if whole else []
        for name in composition.parts if whole else ():
            now = derived.book.figures[name].money
            if now and name not in known:
                yield Finding(
                    f"上年“{name}”没有填，本年有{now}；上年“{composition.whole}”只算了{'、'.join(known)}，不含{name}",
                    f"请在 {department.place_of(LAST_YEAR)}补上“{name}: 金额”，上年没有的填0.00。",
                    Position(f"{derived.inputs.folder}/{file}"),
                )


def _typed(fact: Fact) -> Iterator[Position]:
    """Where the parts of a sum were typed."""
    for part in fact.parts:
        yield from (part.position,) if part.position else _typed(part)


def prior_agrees_with_ledger(derived: Derived) -> Iterator[Finding]:
    """prior.yaml is not needed, and must not differ, when last year's ledger is there.

    Of what is no longer what it was (口径变化) it says what last year was published, which this year's filter can't tell.
    """
    filters, ledger = derived.filters, derived.inputs.prior_ledger
    if ledger is None:
        return
    for name, fact in derived.inputs.department.prior.items():
        if name in derived.inputs.department.redefined:
            continue
        total = total_of(ledger.selected(filters[name]), ledger.scale)
        assert fact.position is not None
        if fact.money.convert(ledger.scale) != total:
            yield Finding(
                f"上年“{name}”填的是{fact.value}，上年台账合计是{total}",
                "文档以上年台账为准，请删去这一行。",
                fact.position,
            )


_E, _W = Severity.ERROR, Severity.WARNING
BOOK_RULES: tuple[Rule[Derived], ...] = (
    Rule("D024", "上年数与上年台账一致", _E, prior_agrees_with_ledger, "上年公开文件",
         "上年台账10805.94，prior.yaml填10800.00", "删去prior.yaml中的这一行"),
    Rule("D023", "上年合计等于各部分之和", _E, prior_parts_add_up, "上年公开文件",
         "总计10805.94，各部分之和10800.00", "核对各部分，或删去总计一行"),
    Rule("D036", "由各部分相加的上年合计不漏项", _W, prior_parts_are_typed, "上年公开文件",
         "prior.yaml没有“总计”和“单位资金”（本年有单位资金）", "单位资金: 20.00"),
    Rule("B102", "变动原因由人填写", _W, drafted_reasons, "财预〔2016〕143号：增减变化应说明原因",
         "变动原因没有“机构运行经费”", "机构运行经费: 在编人员减少，公用经费等预算减少"),
    Rule("B103", "持平不写原因", _W, reasons_without_change, "文字与数一致",
         "公务接待费与上年持平，却写了原因", "删去这一行"),
    Rule("B105", "成本指标不重写金额", _W, costs_refer_to_amounts, "每个数只填一次",
         "预算资金: ≤568.78万元", "预算资金: ≤资金总额"),
    Rule("B104", "绩效指标都有栏可填", _E, indicators_have_columns, "项目绩效目标表",
         "绩效指标: {质量指标: …}（表里没有这一栏）", "放进产出指标，或在表的定义中加一栏"),
)  # fmt: skip
