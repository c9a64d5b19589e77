"""Rules over changes against last year and the reasons a person gave for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import attrgetter

from generator.check.book_rules import Derived
from generator.check.lines import about_line
from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.department import Inputs
from generator.model.figure import Change
from generator.model.ledger import FROM_ABOVE, LedgerLine, total_of
from generator.model.money import Money, Scale
from generator.model.patterns import any_of
from generator.model.problem import Note, Severity
from generator.model.source import Position, Text

_UP = re.compile(any_of(*["新增", "增加", "增长", "提高", "追加", "调资", "上调", "扩大", "上升", "恢复"]))
_DOWN = re.compile(any_of(*["减少", "压减", "取消", "到期", "下降", "核减", "压缩", "下调", "调减", "缩减", "不再"]))
AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)(亿元|万元|元)")
UNITS = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}  # in 万元
_WITHIN = rf"(?:(?!{any_of(*'，。；')})[\s\S])"
_NONE_FROM_ABOVE = rf"不再{_WITHIN}{{0,12}}(?:列收列支|预算)|(?:无|没有)上级{_WITHIN}{{0,8}}(?:资金|补助|转移支付)"
_FAR, _FEW = 100, 5


def reasons_point_the_right_way(derived: Derived) -> Iterator[Finding]:
    """A reason has words of the change's direction, and its one amount is not larger than the change."""
    for name, change, reason in _explained(derived):
        grew = change.delta.amount > 0
        along, against = (_UP, _DOWN) if grew else (_DOWN, _UP)
        wrong = against.search(reason.value)
        if wrong and not along.search(reason.value):
            yield Finding(
                f"“{name}”比上年{_moved(change)}，原因却写“{wrong[0]}”，方向似相反",
                "请核对原因是否为往年遗留，或写明哪些增加、哪些减少。",
                *_marked(derived, reason, wrong),
            )
        amounts = list(AMOUNT.finditer(reason.value))
        if len(amounts) == 1 and _money(amounts[0]).amount > _in_wan(change):
            yield Finding(
                f"“{name}”比上年{_moved(change)}，原因里的{amounts[0][0]}大于这个数",
                "请核对金额，或写明其他方面的增减。",
                *_marked(derived, reason, amounts[0]),
            )


def reasons_differ(derived: Derived) -> Iterator[Finding]:
    """One reason can't explain a rise and a fall, and last year's may have been left standing."""
    first: dict[str, tuple[str, Change, Text]] = {}
    for name, change, reason in _explained(derived):
        other, before, place = first.setdefault(reason.value, (name, change, reason))
        if (change.delta.amount > 0) != (before.delta.amount > 0):
            yield Finding(
                f"“{name}”{_moved(change)}，“{other}”{_moved(before)}，原因却相同",
                "请分别说明原因。",
                reason.position,
                (Note(f"“{other}”的原因在这里", place.position),),
            )
        yield from _left_standing(derived, name, reason)


def _left_standing(derived: Derived, name: str, reason: Text) -> Iterator[Finding]:
    last_year = derived.inputs.last_year
    old = last_year.reasons.get(name) if last_year else None
    whole = re.compile(".*", re.DOTALL).match(reason.value)
    if old is not None and whole is not None and old.value == reason.value:
        yield Finding(
            f"“{name}”的原因与{derived.inputs.department.year - 1}年的完全相同",
            "请核对是否为上年遗留；今年确是同样的原因，可以接受这条警告。",
            *_marked(derived, reason, whole, (Note("上年的原因在这里", old.position),)),
        )


def reasons_agree_with_ledger(derived: Derived) -> Iterator[Finding]:
    """A reason does not say that money from above has left the budget while the ledger has some."""
    for name, change, reason in _explained(derived):
        found = re.search(_NONE_FROM_ABOVE, reason.value) if "上级" in reason.value else None
        lines = [line for line in change.current.lines if line.origin == FROM_ABOVE]
        if found is None or not lines:
            continue
        total = total_of(lines, change.current.money.scale)
        yield Finding(
            f"“{name}”的原因称上级资金“{found[0]}”，而本年仍有上级资金{total}",
            "请改为“部分”，或补充说明仍列入预算的项目。",
            *_marked(derived, reason, found, _projects_of(derived, lines)),
        )


def amounts_of_one_unit(derived: Derived) -> Iterator[Finding | NotApplicable]:
    """元 and 万元 are not mixed: no line dwarfs its kind, and the total is no hundredfold of last year's.

    A kind is 基本支出 or 项目支出 of one economic 类; fewer than five lines say nothing.
    """
    yield from _far_lines(derived.inputs)
    first = {name: (said.values[0],) for name, said in derived.profile.own.items() if said.apart}
    whole = [spec.name for spec in derived.profile.figures if dict(spec.filter.terms).items() <= first.items()]
    changes = [derived.book.changes[name] for name in whole if name in derived.book.changes]
    if not changes:
        yield NotApplicable("总计不与上年比较")
    for change in changes:
        now, before = change.current.money, change.prior_money
        if change.current.key in derived.inputs.department.redefined:
            continue  # what it was last year is another thing
        if now and before and not before.amount <= now.amount * _FAR <= before.amount * _FAR * _FAR:
            yield Finding(
                f"“{change.current.key}”{now}，上年{before}，相差一百倍以上，疑似“元”与“万元”混用",
                "请核对“金额单位”和上年数的单位。",
                _prior_place(derived, change),
            )


def _far_lines(inputs: Inputs) -> Iterator[Finding]:
    kinds: dict[tuple[str, str], list[LedgerLine]] = {}
    for line in filter(attrgetter("department_economic"), inputs.ledger.lines):
        kinds.setdefault((line.kind, line.department_economic[:3]), []).append(line)
    for (kind, group), lines in kinds.items():
        usual = _median([line.money.amount for line in lines])
        far = [line for line in lines if line.money.amount > usual * _FAR] if len(lines) >= _FEW and usual else []
        if far:
            worst = max(far, key=lambda line: line.money.amount)
            others = tuple(Note(str(line.money), line.position) for line in far if line is not worst)[:3]
            yield about_line(
                worst,
                f"{worst.money}约为{kind}{group}类各行中位数{Money(usual, worst.money.scale)}的"
                f"{worst.money.amount / usual:.0f}倍，疑似“元”与“万元”混用",
                "请核对单位；确属大额请忽略。",
                others,
            )


def _median(amounts: list[Decimal]) -> Decimal:
    ordered, middle = sorted(amounts), len(amounts) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _explained(derived: Derived) -> Iterator[tuple[str, Change, Text]]:
    for name, change in derived.book.changes.items():
        if change.reason is not None:
            yield name, change, change.reason


def _marked(
    derived: Derived, reason: Text, found: re.Match[str], notes: tuple[Note, ...] = ()
) -> tuple[Position, tuple[Note, ...], int]:
    """Where in the file a reason's words stand, with the notes and the caret's length."""
    start = reason.position
    places = start, start._replace(column=start.column + 1)  # a quote stands before it
    for passage in derived.inputs.department.passages:
        if passage.text.position in places:
            return passage.at(found.start()), notes, len(found[0]) if passage.literal else 1
    return reason.position, notes, 1


def _projects_of(derived: Derived, lines: Iterable[LedgerLine]) -> tuple[Note, ...]:
    projects = derived.inputs.department.projects
    return tuple(
        Note(projects[line.project].name if line.project else "基本支出", line.position) for line in list(lines)[:3]
    )


def _prior_place(derived: Derived, change: Change) -> Position:
    fact = derived.inputs.department.prior.get(change.current.key)
    return fact.position if fact and fact.position else Position(f"{derived.inputs.folder}/department.yaml")


def _moved(change: Change) -> str:
    return f"{'增加' if change.delta.amount > 0 else '减少'}{abs(change.delta)}"


def _money(found: re.Match[str]) -> Money:
    return Money(Decimal(found[1].replace(",", "")) * UNITS[found[2]], Scale.WAN)


def _in_wan(change: Change) -> Decimal:
    return abs(change.delta).convert(Scale.WAN).amount


REASON_RULES: tuple[Rule[Derived], ...] = (
    Rule(
        "D013", "金额没有混用元和万元", Severity.WARNING, amounts_of_one_unit, "一个文件一个金额单位",
        "30201 办公费: 30000.00（以万元为单位的文件）", "30201 办公费: 3.00",
    ),
    Rule(
        "T213", "原因与增减方向一致", Severity.WARNING, reasons_point_the_right_way, "财预〔2016〕143号：增减变化应说明原因",
        "总计: 新增培训项目（本年比上年减少）", "总计: 培训项目到期，相应减少",
    ),
    Rule(
        "T214", "增与减、今年与上年不用同一个原因", Severity.WARNING, reasons_differ, "财预〔2016〕143号：增减变化应说明原因",
        "总计: 政策调整\n基金: 政策调整（一增一减）", "总计: 在职人员减少\n基金: 新增彩票公益金项目",
    ),
    Rule(
        "T215", "原因与台账不矛盾", Severity.WARNING, reasons_agree_with_ledger, "文字与数一致",
        "总计: 上级资金不再列入本级预算（台账仍有上级资金）", "总计: 部分上级资金不再列入本级预算",
    ),
)  # fmt: skip
