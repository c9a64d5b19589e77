"""Relations of what a section lists: parts add up to their whole, and so do their changes (T203, T217, T218, T219)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from generator.check.families import Family
from generator.check.numbers import Number
from generator.check.prose import MEND_WORDS, Prose, in_unit, rounding_of, sentence_rule
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable, attempt
from generator.model.ledger import Filter
from generator.model.meaning import Sum, term
from generator.model.money import ZERO, Scale
from generator.model.source import in_document


def adds_up(code: str, prose: Prose) -> Iterator[Answer]:
    """What a section lists as the parts of an amount adds up to it."""
    families = [family for family in prose.families if family.code == code]
    answers = [answer for family in families for answer in _parts_of(prose, family)]
    if code == "T218":
        answers += [answer for family in families for answer in _compared(prose, family)]
        answers += _lost_items(prose)
    yield from answers or [NotApplicable("文中没有这样逐项列出的数")]


def _lost_items(prose: Prose) -> list[Answer]:
    """What can't be added up, since one of the items told by their codes was not read."""
    return [
        Unable(lost.why) for lost in prose.lost(Sum)
        if isinstance(lost.meaning, Sum) and term(lost.meaning.scope, "部门经济") and prose.text(lost.section) is not None
    ]  # fmt: skip


def _parts_of(prose: Prose, family: Family) -> Iterator[Answer]:
    if not family.complete:
        yield from _none_is_larger(prose, family)
        return
    gap, section = prose.gap(family.whole, family.parts), family.section
    yield Finding(_unlike(family, gap), _remedy(family), in_document(section)) if gap else PASS
    exact = prose.exact(family.whole.said.scale)  # else it may be less than half a cent
    idle = [part for part in family.parts if not part.said.yuan and not prose.is_moved(part)]
    if family.code == "T203" and exact and family.whole.said.yuan and idle:
        yield Finding(f"“{section}”列出了为0的资金", "没有的资金不必列出。", in_document(section))


def _unlike(family: Family, gap: Decimal) -> str:
    section, whole = family.section, family.whole
    if family.code == "T203":
        more = "多" if gap > 0 else "少"
        return f"“{section}”所列资金合计比{whole.words}“{whole.printed}”{more}{in_unit(abs(gap), whole.said.scale)}"
    if family.code == "T218":
        return f"“{section}”{'、'.join(part.words for part in family.parts)}之和与“{whole.printed}”不符"
    return f"“{section}”{'＋'.join(part.printed for part in family.parts)}≠{whole.printed}"


def _remedy(family: Family) -> str:
    return "请核对是否漏列资金（如上年结转）。" if family.code == "T203" else MEND_WORDS


def _none_is_larger(prose: Prose, family: Family) -> Iterator[Answer]:
    """Of a list that may leave some out: no part is more than the whole."""
    whole = family.whole
    for part in family.parts:
        off = rounding_of(1, whole.said.scale) if part.said.scale is not whole.said.scale else ZERO
        yield PASS if part.said.yuan <= whole.said.yuan + off else Finding(
            f"“{family.section}”{part.words}{part.printed}大于{whole.words}{whole.printed}", MEND_WORDS, part.place
        )  # fmt: skip


def _compared(prose: Prose, family: Family) -> Iterator[Answer]:
    """Each of the items is compared with last year, as far as the place says each."""
    moves = prose.moves(family.section)
    way = prose.derived.profile.conventions if prose.derived is not None else None
    for number in family.parts if _outer(prose, family) else (family.whole, *family.parts):
        below = _below(prose, number)
        if number.scope in moves or not prose.is_compared(number.scope):
            continue
        moved = below is None or any(moves.get(part.scope) for part in below.parts)
        if way is None or below is None or not (way.cars_in_parts or (way.cars_once and not moved)):
            yield Finding(
                f"“{family.section}”没有说明“{number.words}”与上年相比的增减",
                "请补上这一项与上年的比较。",
                number.place,
            )


def _outer(prose: Prose, family: Family) -> Family | None:
    """The family that has this one's whole among its parts."""
    return next((one for one in prose.families if family.whole in one.parts), None)


def _below(prose: Prose, number: Number) -> Family | None:
    """The family that an amount is the whole of."""
    return next((one for one in prose.families if one.whole is number), None)


def moves_add_up(prose: Prose) -> Iterator[Answer]:
    """The changes of parts add up to the change of their whole."""
    answers = [attempt(partial(_moved, prose, family)) for family in prose.families if family.complete]
    yield from (answers + _lost_items(prose)) or [NotApplicable("文中没有逐项与上年比较的数")]


def _moved(prose: Prose, family: Family) -> Answer:
    moves, section, scale = prose.moves(family.section), family.section, family.whole.said.scale
    parts = [_move_of(prose, moves, part) for part in family.parts]
    whole = moves.get(family.whole.scope)
    if all(part is None for part in parts) or (whole is None and _outer(prose, family) is not None):
        return NotApplicable(f"“{section}”没有逐项与上年比较")
    if whole is None or None in parts:
        return Unable(f"“{section}”有的项目没有与上年比较")
    added = sum((part for part in parts if part is not None), ZERO)
    rounded = rounding_of(len(parts) + 1, scale) if _rounds(prose, scale) else ZERO
    return PASS if abs(whole - added) <= rounded else Finding(
        f"“{section}”各项增减合计{in_unit(added, scale)}≠总增减{in_unit(whole, scale)}", MEND_WORDS, in_document(section)
    )  # fmt: skip


def _move_of(prose: Prose, moves: Mapping[Filter, Decimal], number: Number) -> Decimal | None:
    """By how much it moved; where only its parts are told, their sum."""
    below = _below(prose, number)
    if number.scope in moves or below is None:
        return moves.get(number.scope)
    told = [moves[part.scope] for part in below.parts if part.scope in moves]
    return sum(told, ZERO) if len(told) == len(below.parts) else None


def _rounds(prose: Prose, scale: Scale) -> bool:
    """Whether changes were rounded before they were printed."""
    typed = prose.derived is not None and prose.derived.inputs.ledger.scale is not prose.derived.book.scale
    return typed or not prose.exact(scale)


LISTING_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T203", "收入一节所列资金合计＝收入合计", partial(adds_up, "T203"), "漏列上年结转", "各项资金相加等于收入合计"),
    sentence_rule("T217", "句内各部分相加等于合计，部分不大于合计", partial(adds_up, "T217"), "168.56＋6656.00≠6824.79", "项目支出6656.23"),
    sentence_rule("T218", "“三公”经费分项相加、逐项比较", partial(adds_up, "T218"), "漏了公务用车购置费的比较", "逐项说明"),
    sentence_rule("T219", "各项增减合计＝总增减", moves_add_up, "“三公”经费各项持平，总数却增加", "总数持平"),
)  # fmt: skip
