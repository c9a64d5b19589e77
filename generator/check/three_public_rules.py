"""Rules over the sentences of “三公”经费: the items add up, and each is compared with last year (T218, T219)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.forms import two_decimals
from generator.check.prose import AMOUNT, MEND_WORDS, Prose, rounding_of, said, sentence_rule, spoken
from generator.check.rules import PASS, Answer, Finding, Rule, Unbound
from generator.model.money import ZERO, Scale
from generator.model.numerals import NUMERAL
from generator.model.source import in_document

_COMPARED = re.compile(rf"预算数(?:与\d{{4}}年[^，。]*(?:一致|持平)|比\d{{4}}年(增加|减少){AMOUNT})")


_BEFORE_ITEM = re.compile(rf"^(?:（[{NUMERAL}]+）|[{NUMERAL}]+、|\d+[.、．])")


_CAR = "公务用车购置及运行费"


_ITEMS = ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费")


def three_public_adds_up(prose: Prose) -> Iterator[Answer]:
    """三公 = three items, the car = two; every one is compared with last year, as far as the place says each."""
    section, text = prose.section("三公"), prose.text("三公")
    whole = said(section, text, "经费支出预算")
    items = {label: said(section, about_item(text, label), label) for label in (*_ITEMS, _CAR)}
    for left, labels in ((whole, (*_ITEMS[:2], _CAR)), (items[_CAR], _ITEMS[2:])):
        added = sum((items[label].yuan for label in labels), ZERO)
        exact = prose.forms.form("表8").scale is left.scale
        rounded = ZERO if exact else rounding_of(len(labels), left.scale)
        yield (
            PASS
            if abs(left.yuan - added) <= rounded
            else Finding(f"“{section}”{'、'.join(labels)}之和与“{left.printed}”不符", MEND_WORDS, in_document(section))
        )
    for label in ("经费支出", *_ITEMS, _CAR):
        if _compared(text, label) is None and not (label == _CAR and _cars_said_once(prose, text)):
            yield Finding(
                f"“{section}”没有说明“{label}”与上年相比的增减", "请补上这一项与上年的比较。", in_document(section)
            )


def _cars_said_once(prose: Prose, text: str) -> bool:
    """Whether the place leaves out the whole's comparison where neither part changed, and here neither is said to have."""
    once = prose.derived is not None and prose.derived.profile.conventions.cars_once
    return once and not any(_compared(text, label) for label in _ITEMS[2:])


def _compared(text: str, label: str) -> Decimal | None:
    """What a sentence says of an item against last year, in 元; None when it says nothing."""
    line = about_item(text, label)
    place = line.find(f"{label}预算数")
    if place < 0 and label in ("经费支出", *_ITEMS[:2]):
        place = line.find("预算数")
    found = _COMPARED.search(line, place) if place >= 0 else None
    if found is None:
        return None
    amount = spoken(found[2], found[3]).yuan if found[1] else ZERO
    return amount if found[1] != "减少" else -amount


def about_item(text: str, label: str) -> str:
    """The paragraph of the section that is about an item; all of it where items have no paragraphs of their own."""
    lines = text.split("\n")
    heads = (label, _CAR) if label.startswith("公务用车") else (label,)
    own = (line for head in heads for line in lines if _BEFORE_ITEM.sub("", line).startswith(head))
    return next(own, lines[0] if label == "经费支出" else text)


def three_public_moves_together(prose: Prose) -> Iterator[Answer]:
    """The items' changes add up to the total's."""
    section, text = prose.section("三公"), prose.text("三公")
    whole, items = _compared(text, "经费支出"), [_compared(text, label) for label in _ITEMS]
    if whole is None or any(item is None for item in items):
        raise Unbound(f"“{section}”有的项目没有与上年比较")
    added = sum((item for item in items if item is not None), ZERO)
    finer = prose.forms.form("表8").scale is not Scale.WAN or (
        prose.derived is not None and prose.derived.inputs.ledger.scale is not prose.derived.book.scale
    )
    rounded = rounding_of(len(items), Scale.WAN) if finer else ZERO
    yield PASS if abs(whole - added) <= rounded else Finding(
        f"“{section}”各项增减合计{two_decimals(added / 10000)}万元≠总增减{two_decimals(whole / 10000)}万元", MEND_WORDS, in_document(section)
    )  # fmt: skip


THREE_PUBLIC_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T218", "“三公”经费分项相加、逐项比较", three_public_adds_up, "漏了公务用车购置费的比较", "逐项说明"),
    sentence_rule("T219", "“三公”经费各项增减合计＝总增减", three_public_moves_together, "各项持平，总数却增加", "总数持平"),
)  # fmt: skip
