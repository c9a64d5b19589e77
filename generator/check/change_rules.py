"""Rules of the sentences that compare with last year (T206 … T209, T211, T212, T237). Source: 财预〔2016〕143号: 说明增减变化."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from generator.check.numbers import Number, ToldChange
from generator.check.prose import MEND_WORDS, Prose, in_unit, percents_of, sentence_rule
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable, attempt
from generator.model.figure import COMPLETION, Change
from generator.model.meaning import Moved
from generator.model.money import ZERO, Money, Scale, round_half_up
from generator.model.problem import Severity
from generator.model.sentence import BECAUSE, percent
from generator.model.source import Position, in_document

_NO_REASONS = frozenset({"没有", "原因", "政策原因", "其他", "其他原因", "同上", "详见附表"})
_RISES, _FALLS = ("增长", "上升", "增加"), ("下降", "降低", "减少")
_ALL_TOLD, _IN_PARTS = "相抵", "其中"
_SAYS_WHY = rf"原因|{BECAUSE}|(?=新增科目)"
_HALF_A_CENT = Decimal("0.005")


def _yuan(money: Money) -> Decimal:
    return money.amount * money.scale.value


def _least(change: ToldChange) -> Decimal:
    return _HALF_A_CENT * change.told.by.scale.value


def _each(prose: Prose, ask: Callable[[Prose, ToldChange], Answer]) -> Iterator[Answer]:
    for change in prose.changes:
        yield attempt(partial(ask, prose, change))


def _of(prose: Prose, change: ToldChange) -> str:
    return f"“{change.section}”{prose.subject_of(change)}"


def _known(prose: Prose, change: ToldChange) -> Change | None:
    """The book's comparison of what a sentence says has moved. Raises Unable where nothing says what that is."""
    moved = prose.moved(change)
    if moved is None:
        raise _unread(change)
    return prose.known(moved)


def _unread(change: ToldChange) -> Unable:
    return Unable(f"“{change.section}”没有读到“{change.told.subject}”的本年数")


def change_amounts(prose: Prose) -> Iterator[Answer]:
    """增减额 = this year − last year, as the Book knows last year; 持平 where that is nothing."""
    levels = [one for one in prose.numbers if isinstance(one.meaning, Moved) and not one.is_amount]
    if not prose.changes and not levels:
        raise NotApplicable("文中没有与上年比较的增减")
    if prose.derived is None:
        raise Unable("手头没有上年的数")
    yield from _each(prose, _change_amount)
    for number in levels:
        yield _is_level(prose, number)
    yield from (Unable(lost.why) for lost in prose.lost(Moved) if prose.text(lost.section) is not None)


def _change_amount(prose: Prose, change: ToldChange) -> Answer:
    known = _known(prose, change)
    if known is None:
        raise Unable(f"“{change.section}”“{change.told.subject}”对不上任何一个与上年比较的数")
    delta, by = _yuan(known.delta), change.told.by
    if abs(delta - change.signed) <= _least(change) + prose.off(by):
        return PASS
    return Finding(
        f"{_of(prose, change)}{change.verb}{by.printed}，按上年数应为{_moved(delta, by.scale)}",
        MEND_WORDS, in_document(change.section),
    )  # fmt: skip


def _is_level(prose: Prose, number: Number) -> Answer:
    known = prose.known(number.meaning) if isinstance(number.meaning, Moved) else None
    scale = prose.derived.profile.conventions.prose_scale if prose.derived else None
    if known is None or scale is None:
        return NotApplicable("没有与上年比较")
    delta = _yuan(known.delta)
    return PASS if abs(delta) < _HALF_A_CENT * scale.value else Finding(
        f"“{number.section}”{number.words}写“{number.printed}”，按上年数应为{_moved(delta, scale)}",
        MEND_WORDS, number.place,
    )  # fmt: skip


def _moved(delta: Decimal, scale: Scale) -> str:
    told = in_unit(abs(delta), scale)
    return f"{'减少' if delta < 0 else '增加'}{told}" if round_half_up(delta / scale.value) else "持平"


def change_rates(prose: Prose) -> Iterator[Answer]:
    """增减幅 = |增减额| ÷ last year: as the Book knows last year, else from the sentence alone; 完成率 = amount ÷ basis."""
    completed = [one for one in prose.numbers if isinstance(one.meaning, Moved) and one.meaning.aspect == COMPLETION]
    if not completed and not any(change.told.rate for change in prose.changes):
        raise NotApplicable("文中没有增减幅")
    yield from _each(prose, _change_rate)
    for number in completed:
        yield _completion(prose, number)


def _completion(prose: Prose, number: Number) -> Answer:
    known = prose.known(number.meaning) if isinstance(number.meaning, Moved) else None
    if known is None or known.completion is None:
        return NotApplicable("没有可比的数")
    told = percent(number.printed)
    if told == known.completion.quantize(told, ROUND_HALF_UP):
        return PASS
    return Finding(
        f"“{number.section}”完成率{number.printed}应为{known.completion}%（{known.current.money}÷{known.prior_money}）",
        MEND_WORDS, number.place,
    )  # fmt: skip


def _change_rate(prose: Prose, change: ToldChange) -> Answer:
    told = change.told.percent
    if told is None:
        return PASS
    known, prior = _known(prose, change), _prior(prose, change)
    if prior <= 0:
        return NotApplicable("上年为0")
    unit = change.told.by.scale.value
    printed = prose.way.rounded(prior / unit) * unit or prior  # as who has only the printed numbers knows it
    rates = [change.told.by.yuan * 100 / printed]
    if known is not None and known.prior_money:
        rates.insert(0, abs(known.delta.amount) * 100 / known.prior_money.amount)
    rate = change.told.rate[1] if change.told.rate else ""
    if any(prose.is_percent(rate, exact) for exact in rates) or (
        known is None and _is_near(prose, change, told, prior)
    ):
        return PASS
    return Finding(
        f"{_of(prose, change)}增减幅{change.told.rate[1] if change.told.rate else ''}应为{round_half_up(rates[0])}%",
        MEND_WORDS, in_document(change.section),
    )  # fmt: skip


def _is_near(prose: Prose, change: ToldChange, told: Decimal, prior: Decimal) -> bool:
    """Whether it may come of amounts finer than those printed."""
    by = change.told.by
    if prose.exact(by.scale) and prose.derived is not None or not by.yuan:
        return False
    least, most = percents_of(by, prior, 2)
    return round_half_up(least) <= told <= round_half_up(most)


def _prior(prose: Prose, change: ToldChange) -> Decimal:
    """Last year's amount, in 元: the Book's, else what the sentence says of this year less the change."""
    known = _known(prose, change)
    if known is not None:
        return _yuan(known.prior_money)
    moved = prose.moved(change)
    assert moved is not None
    try:
        now = prose.said_of(moved.scope, change.section, (change.paragraph, change.told.start))
    except Unable:
        raise _unread(change) from None
    return now.yuan - change.signed


def directions_agree(prose: Prose) -> Iterator[Answer]:
    """增加 goes with 增长, 减少 with 下降; no negative amount behind either."""
    for change in prose.changes:
        told = change.told
        wrong = told.word in (_FALLS if told.up else _RISES)
        yield PASS if not wrong and not told.by.printed.startswith("-") else Finding(
            f"“{change.section}”“{change.verb}{told.by.printed}{'，' + told.word if told.word else ''}”方向矛盾",
            "增加配增长，减少配下降，数前不加负号。", in_document(change.section),
        )  # fmt: skip


def zero_base(prose: Prose) -> Iterator[Answer]:
    """No rate of growth where there was nothing last year, but the 100.00% of a place that counts it so."""
    yield from _each(prose, _zero_base)


def _zero_base(prose: Prose, change: ToldChange) -> Answer:
    told = change.told.percent
    if told is None or not change.told.up:
        return PASS
    if _prior(prose, change) > (ZERO if _known(prose, change) else _least(change)):
        return PASS
    rate = change.told.rate[1] if change.told.rate else ""
    if prose.derived is not None and prose.derived.profile.conventions.zero_base_is_hundred:
        return PASS if told == 100 else Finding(
            f"“{change.section}”上年为0，应照格式方案写“增长100.00%”，却写“增长{rate}”",
            "请改为“增长100.00%”（格式方案里“零基数增幅: 计100%”）。", in_document(change.section),
        )  # fmt: skip
    return Finding(
        f"“{change.section}”上年为0，增长率没有意义，却写“增长{rate}”",
        "请删去增长率（格式方案里“零基数增幅: 不计算”）。", in_document(change.section),
    )  # fmt: skip


def nothing_changed(prose: Prose) -> Iterator[Answer]:
    """A change of nothing is 持平, without amount, percent or reason."""
    for change in prose.changes:
        yield PASS if change.told.by.yuan else Finding(
            f"“{change.section}”写“{change.verb}{change.told.by.printed}”，增减额为0",
            "应写“与上年持平”，不写增减额和原因。", in_document(change.section),
        )  # fmt: skip
    for item in prose.reading.paragraphs:
        found = re.search(r"(?:增加|减少)为?0(?:\.0+)?(?:万元)?，与\d{4}年(?:持平|一致)", item.text)
        if found:
            yield Finding(f"“{item.section}”“{found[0]}”前后矛盾", "应写“与上年持平”。", in_document(item.section))


def reasons_are_given(prose: Prose) -> Iterator[Answer]:
    """A change has a reason of some substance.

    What several reasons come to (增减相抵后…) has them before it; what is told in parts (……。其中：) has them there, where each
    part is asked.
    """
    for place, change in enumerate(prose.changes):
        parts = prose.changes[place + 1 :] if change.rest.rstrip("：:").endswith(_IN_PARTS) else ()
        in_parts = any(part.section == change.section and re.search(_SAYS_WHY, part.rest) for part in parts)
        if in_parts or _ALL_TOLD in change.told.subject:
            yield PASS
            continue
        said = re.search(_SAYS_WHY, change.rest)
        words = change.rest[said.end() :].strip("是为：:，；。 ") if said else ""
        enough = not change.told.by.yuan or (len(words) > 1 and words not in _NO_REASONS)
        yield PASS if enough or prose.is_own(change) else Finding(
            f"“{change.section}”{prose.subject_of(change)}与上年相比有增减，没有说明主要原因",
            "请在narrative.yaml的“变动原因”下写明为什么增减。",
            _typed_reason(prose, change) or in_document(change.section),
        )  # fmt: skip


def _typed_reason(prose: Prose, change: ToldChange) -> Position | None:
    """Where a person typed the reason that says nothing."""
    moved = prose.moved(change)
    known = prose.known(moved) if moved else None
    return known.reason.position if known and known.reason and known.reason.value in change.rest else None


def rates_worth_saying(prose: Prose) -> Iterator[Answer]:
    """No “增长0.00%”, and no percentage beyond measure."""
    for change in prose.changes:
        told = change.told.percent
        if told is None:
            continue
        hint = "建议写“基本持平”。" if not told else "建议不写增减幅，只写增减额。"
        yield (
            PASS
            if (told and told <= 999) or prose.is_own(change)
            else Finding(f"{_of(prose, change)}增减幅为{told}%", hint, in_document(change.section))
        )


_A = Severity.ADVICE


CHANGE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T206", "增减额＝本年数－上年数", change_amounts, "本年改了，增减额未改", "重新计算"),
    sentence_rule("T207", "增减幅＝增减额÷上年数，完成率＝本年数÷所比的数", change_rates, "除以了本年数", "除以上年数"),
    sentence_rule("T209", "上年为0不写增长率", zero_base, "上年0，增加8.00万元，增长100.00%", "增加8.00万元，上年无此项预算"),
)  # fmt: skip
TOLD_CHANGE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T208", "增加配增长，减少配下降", directions_agree, "减少3.20万元，增长5.00%", "减少3.20万元，下降5.00%"),
    sentence_rule("T211", "没有增减写持平", nothing_changed, "比2021年增加0万元", "与2021年持平"),
    sentence_rule("T212", "有增减须说明原因", reasons_are_given, "减少6.26万元，下降26.50%。", "……。主要原因：在编人员减少"),
    sentence_rule("T237", "增减幅过小或过大时换一种说法", rates_worth_saying, "增长0.00%", "基本持平")._replace(severity=_A),
)  # fmt: skip
"""What depends on words and sizes that any data may bring."""
