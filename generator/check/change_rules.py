"""Rules of the sentences that compare with last year (T206 … T212, T237). Source: 财预〔2016〕143号: 说明增减变化."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from generator.check.book_rules import Derived
from generator.check.cells import attempt
from generator.check.forms import two_decimals
from generator.check.prose import AMOUNT, Moved, Prose, Said, amount_after, percents_of, sentence_rule, spoken
from generator.check.rules import PASS, Absent, Answer, Finding, NotApplicable, Rule, Unbound
from generator.model.figure import Change
from generator.model.money import Money, Scale, round_half_up
from generator.model.problem import Severity
from generator.model.source import Position, in_document

_COMPARED = r"(?:比|与|较|同)(?:上年|上一年|去年|\d{4}年度?)(?:年初)?(?:预算)?数?(?:相比|比较)?各?$"
_NO_REASONS = frozenset({"没有", "原因", "政策原因", "其他", "其他原因", "同上", "详见附表"})
_MEND = "请以表为准更新文字；由程序生成的文档请重新生成。"


def _current(prose: Prose, moved: Moved) -> Said:
    """This year's amount of what moved: said before in the same section."""
    text = prose.under(moved.section)
    subject = re.sub(r"(?:预算数)?(?:比|与)?\d{4}年(?:预算)?(?:相比)?", "", moved.subject).removesuffix("各")
    for label in (subject, subject.removesuffix("预算数"), subject.removesuffix("支出")):
        found = amount_after(text, label) if label and label != "收支" else None
        if found:
            return found
    if subject in ("", "收支", "“三公”经费支出"):
        first = re.search(AMOUNT, moved.paragraph)
        if first:
            return spoken(first[1], first[2])
    raise Unbound(f"“{moved.section}”没有读到“{moved.subject}”的本年数")


def _known(derived: Derived, now: Said) -> list[Change]:
    """The comparisons of our own whose figure prints as ``now``."""
    changes = derived.book.changes.values()
    return [change for change in changes if _near(_in_yuan(change.current.money), now.yuan, now.scale)]


def _in_yuan(money: Money) -> Decimal:
    return money.amount * money.scale.value


def change_amounts(prose: Prose) -> Iterator[Answer]:
    """增减额 = this year − last year, as the Book knows last year."""
    told = prose.changes
    if not told:
        raise Absent("文中没有与上年比较的增减")
    if prose.derived is None:
        raise Unbound("手头没有上年的数")
    for moved in told:
        yield from attempt(partial(_change_amount, prose, moved))


def _change_amount(prose: Prose, moved: Moved) -> Answer:
    now = _current(prose, moved)
    signed = moved.by.yuan if moved.up else -moved.by.yuan
    assert prose.derived is not None
    known = [_in_yuan(change.delta) for change in _known(prose.derived, now)]
    if not known:
        raise Unbound(f"“{moved.section}”“{moved.subject}”对不上任何一个与上年比较的数")
    if any(_near(delta, signed, now.scale) for delta in known):
        return PASS
    return Finding(
        f"“{moved.section}”{moved.subject}{'增加' if moved.up else '减少'}{moved.by.printed}，按上年数应为{'减少' if known[0] < 0 else '增加'}{two_decimals(abs(known[0]) / moved.by.scale.value)}{moved.by.scale.label}",
        _MEND, in_document(moved.section),
    )  # fmt: skip


def _near(one: Decimal, other: Decimal, scale: Scale) -> bool:
    return abs(one - other) <= Decimal("0.005") * scale.value


def change_rates(prose: Prose) -> Iterator[Answer]:
    """增减幅 = |增减额| ÷ last year, from the sentence alone."""
    told = [moved for moved in prose.changes if moved.percent is not None]
    if not told:
        raise Absent("文中没有增减幅")
    for moved in told:
        yield from attempt(partial(_change_rate, prose, moved))


def _prior(prose: Prose, moved: Moved) -> Decimal:
    now = _current(prose, moved)
    return now.yuan - (moved.by.yuan if moved.up else -moved.by.yuan)


def _change_rate(prose: Prose, moved: Moved) -> Answer:
    prior = _prior(prose, moved)
    assert moved.percent is not None
    if prior <= 0:
        return NotApplicable("上年为0")
    exact = moved.by.yuan * 100 / prior
    same_unit = prose.forms.reading.tables and prose.derived is not None and prose.derived.book.scale is moved.by.scale
    least, most = (exact, exact) if same_unit or not moved.by.yuan else percents_of(moved.by, prior, 2)
    if round_half_up(least) <= moved.percent <= round_half_up(most):
        return PASS
    return Finding(
        f"“{moved.section}”{moved.subject}增减幅{moved.percent}%应为{round_half_up(exact)}%", _MEND, in_document(moved.section)
    )  # fmt: skip


def directions_agree(prose: Prose) -> Iterator[Answer]:
    """增加 goes with 增长, 减少 with 下降; no negative amount behind either."""
    for moved in prose.changes:
        wrong = (moved.word == "下降") if moved.up else (moved.word == "增长")
        if wrong or moved.by.printed.startswith("-"):
            verb = "增加" if moved.up else "减少"
            yield Finding(
                f"“{moved.section}”“{verb}{moved.by.printed}{'，' + moved.word if moved.word else ''}”方向矛盾",
                "增加配增长，减少配下降，数前不加负号。",
                in_document(moved.section),
            )
        else:
            yield PASS


def zero_base(prose: Prose) -> Iterator[Answer]:
    """No rate of growth where there was nothing last year, but the 100.00% of a place that counts it so."""
    for moved in prose.changes:
        if moved.percent is not None and moved.up:
            yield from attempt(partial(_zero_base, prose, moved))


def _zero_base(prose: Prose, moved: Moved) -> Answer:
    now, least = _current(prose, moved), Decimal("0.005") * moved.by.scale.value
    known = _known(prose.derived, now) if prose.derived and prose.finer(moved.by.scale) else []
    if _prior(prose, moved) > least or any(_in_yuan(change.prior_money) >= least for change in known):
        return PASS
    if prose.derived is not None and prose.derived.profile.conventions.zero_base_is_hundred:
        return PASS if moved.percent == 100 else Finding(
            f"“{moved.section}”上年为0，应照格式方案写“增长100.00%”，却写“增长{moved.percent}%”",
            "请改为“增长100.00%”（格式方案里“零基数增幅: 计100%”）。", in_document(moved.section),
        )  # fmt: skip
    return Finding(
        f"“{moved.section}”上年为0，增长率没有意义，却写“增长{moved.percent}%”",
        "请删去增长率（格式方案里“零基数增幅: 不计算”）。", in_document(moved.section),
    )  # fmt: skip


def nothing_changed(prose: Prose) -> Iterator[Answer]:
    """A change of nothing is 持平, without amount, percent or reason."""
    for moved in prose.changes:
        verb = "增加" if moved.up else "减少"
        yield (
            PASS
            if moved.by.yuan
            else Finding(
                f"“{moved.section}”写“{verb}{moved.by.printed}”，增减额为0",
                "应写“与上年持平”，不写增减额和原因。",
                in_document(moved.section),
            )
        )
    for item in prose.forms.reading.paragraphs:
        found = re.search(r"(?:增加|减少)为?0(?:\.0+)?(?:万元)?，与\d{4}年(?:持平|一致)", item.text)
        if found:
            yield Finding(f"“{item.section}”“{found[0]}”前后矛盾", "应写“与上年持平”。", in_document(item.section))


def reasons_are_given(prose: Prose) -> Iterator[Answer]:
    """A change has a reason of some substance."""
    for moved in prose.changes:
        if not moved.by.yuan:
            continue
        _, _, reason = moved.rest.partition("原因")
        words = reason.strip("是：:，；。 ")
        yield (
            PASS
            if len(words) > 1 and words not in _NO_REASONS
            else Finding(
                f"“{moved.section}”{re.sub(_COMPARED, '', moved.subject)}与上年相比有增减，没有说明主要原因",
                "请在narrative.yaml的“变动原因”下写明为什么增减。",
                _typed_reason(prose, moved) or in_document(moved.section),
            )
        )


def _typed_reason(prose: Prose, moved: Moved) -> Position | None:
    """Where a person typed the reason that says nothing."""
    try:
        known = _known(prose.derived, _current(prose, moved)) if prose.derived else []
    except Unbound:
        return None
    return next(
        (change.reason.position for change in known if change.reason and change.reason.value in moved.rest), None
    )


def rates_worth_saying(prose: Prose) -> Iterator[Answer]:
    """No “增长0.00%”, and no percentage beyond measure."""
    for moved in prose.changes:
        if moved.percent is None:
            continue
        good = moved.percent and moved.percent <= 999
        hint = "建议写“基本持平”。" if not moved.percent else "建议不写增减幅，只写增减额。"
        yield (
            PASS
            if good
            else Finding(f"“{moved.section}”{moved.subject}增减幅为{moved.percent}%", hint, in_document(moved.section))
        )


_W, _A = Severity.WARNING, Severity.ADVICE


CHANGE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T206", "增减额＝本年数－上年数", change_amounts, "本年改了，增减额未改", "重新计算"),
    sentence_rule("T207", "增减幅＝增减额÷上年数", change_rates, "除以了本年数", "除以上年数"),
    sentence_rule("T208", "增加配增长，减少配下降", directions_agree, "减少3.20万元，增长5.00%", "减少3.20万元，下降5.00%"),
    sentence_rule("T209", "上年为0不写增长率", zero_base, "上年0，增加8.00万元，增长100.00%", "增加8.00万元，上年无此项预算"),
    sentence_rule("T211", "没有增减写持平", nothing_changed, "比2021年增加0万元", "与2021年持平"),
    sentence_rule("T212", "有增减须说明原因", reasons_are_given, "减少6.26万元，下降26.50%。", "……。主要原因：在编人员减少"),
    sentence_rule("T237", "增减幅过小或过大时换一种说法", rates_worth_saying, "增长0.00%", "基本持平")._replace(severity=_A),
)  # fmt: skip
