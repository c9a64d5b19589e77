"""What a Chinese budget sentence says by its grammar: amounts with their labels, 占比, 增加/减少, 持平, 无, reasons.

No place's words stand here: what a label means is bound elsewhere (bind/prose.py). Patterns are text, compiled when one is
needed first: a sound run needs few of them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from generator.model.money import ZERO, Scale
from generator.model.numerals import NUMERAL

_AMOUNT = r"(?<!\d)(?<!\d[.,])(-?\d[\d,]*(?:\.\d+)?)(万元|元)"
_PERCENT = r"(-?\d+(?:\.\d+)?)[%％]"
AMOUNT = _AMOUNT
_NUMBER = rf"{_AMOUNT}|(?<![\d.]){_PERCENT}"
SHARE = rf"占(?:比)?(?:为)?{_PERCENT}"
_CHANGE = rf"(增加|减少){_AMOUNT}(?:[，（(](增长|上升|增加|下降|降低|减少)?{_PERCENT})?"
_LAST_YEAR = r"(?:上年|上一年|去年|\d{4}年度?)"
_COMPARED = rf"(?:比|与|较|同){_LAST_YEAR}(?:年初)?(?:预算)?数?(?:相比|比较)?各?$"
_LEVEL = rf"(?:与|比|同|较){_LAST_YEAR}(?:年初|预算|数|相比|基本|保持)*(?:持平|一致|相同|(?:无|没有|未发生)变化)|(?:各|均|基本)*持平"
_NONE = r"无([^，。；]*)安排的支出"
BECAUSE = "主要原因：|主要原因:|主要原因是|主要原因为|，主要是|，主要由于|。主要是|。主要由于"
"""What a reason begins with; no sets of letters, which are slow to compile."""
_REASON = rf"({BECAUSE})((?:(?!；[^；。]*(?:预算(?:增加|减少)|持平))[^。])*)"
_LEAD = rf"^(?:（[{NUMERAL}]+）|[{NUMERAL}]+、|\d+[.、．]|\([{NUMERAL}\d]+\)|其中[:：]?|含)+"
_YEAR = r"^.*(?:\d{4}年度?|共有)"
_VERB = r"(?:安排|总额|为|共计)+$"
_TAIL = r"(?:类|本年|年初|预算|支出|安排|总额|数|为|共计|各|均)+$"
_MARKS = "，。；：、"


class Said(NamedTuple):
    """An amount a sentence says, in 元."""

    printed: str
    yuan: Decimal
    scale: Scale


class Told(NamedTuple):
    """An amount of 增加 or 减少: ``subject`` is what is before it, ``start`` where the amount begins, ``words`` where all does.

    ``rate`` is where its percentage begins and its text; ``word`` the 增长, 下降 or the like before that; ``end`` where the next begins.
    """

    subject: str
    up: bool
    by: Said
    words: int
    start: int
    word: str
    rate: tuple[int, str] | None
    after: int
    end: int

    @property
    def percent(self) -> Decimal | None:
        """How many percent it says."""
        return percent(self.rate[1]) if self.rate else None


def spoken(printed: str) -> Said:
    """An amount as printed, with its unit (万元 where it has none: a template wrote it behind)."""
    scale = Scale.YUAN if printed.endswith("元") and not printed.endswith("万元") else Scale.WAN
    return Said(printed, counted(printed.rstrip("万元")) * scale.value, scale)


NAMED = "称"
"""The dimension of amounts that only a sentence names."""
NOTHING = Said("", ZERO, Scale.WAN)


def percent(printed: str) -> Decimal:
    """A percentage as printed."""
    return counted(printed.rstrip("%％"))


def counted(printed: str) -> Decimal:
    """A number as printed."""
    return Decimal(printed.replace(",", ""))


def without_reasons(text: str) -> str:
    """The text with every reason blanked out, at its full length: what they name is not what the sentence is about."""
    if "原因" not in text and "主要是" not in text and "主要由于" not in text:
        return text
    return re.compile(_REASON).sub(lambda found: found[1] + "　" * len(found[2]), text)


def clause(text: str, start: int) -> str:
    """The words before a place, back to the mark or the amount before them."""
    begin = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    opened = text.rfind("（", begin, start)
    begin = opened + 1 if opened > text.rfind("）", begin, start) else begin  # not one that closes again: 出国（境）费
    words = text[begin:start]
    return words[max((found.end() for found in re.compile(_NUMBER).finditer(words)), default=0) :]


def alike(words: str, others: str) -> bool:
    """Whether words before an amount are those before another, or one is more of the other: 一般公共预算（收支预算）."""
    one, other = core(words), core(others)
    return one == other or bool(one and other and (one.startswith(other) or other.startswith(one)))


def label(words: str) -> str:
    """The words before an amount without number, year and department, and without the verb behind."""
    return re.compile(_VERB).sub("", re.compile(_YEAR).sub("", re.compile(_LEAD).sub("", words)))


def core(words: str) -> str:
    """What a label and a later mention of it share: the name without 预算, 支出, 数 and the like."""
    return re.compile(_TAIL).sub("", label(re.compile(_COMPARED).sub("", words)))


def subject(words: str) -> str:
    """What is compared, without “比上年”."""
    return re.compile(_COMPARED).sub("", words)


def changes(text: str) -> Iterator[Told]:
    """Every 增加/减少 of an amount in a text without reasons."""
    if "增加" not in text and "减少" not in text:
        return
    hits = list(re.compile(_CHANGE).finditer(text))
    starts = [hit.start() - len(clause(text, hit.start())) for hit in hits]
    for found, start, end in zip_longest(hits, starts, starts[1:]):
        rate = (found.start(5), text[found.start(5) : found.end(5) + 1]) if found[5] else None
        yield Told(
            text[start : found.start()], found[1] == "增加", spoken(found[2] + found[3]), start, found.start(2),
            found[4] or "", rate, found.end(), end or len(text),
        )  # fmt: skip


def levels(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a sentence says that nothing changed: the place, the words, and what of. Not what follows an item's amount of change."""
    if not any(word in text for word in ("持平", "一致", "相同", "变化")):
        return
    for found in re.compile(_LEVEL).finditer(text):
        of = clause(text, found.start())
        item = text[max(text.rfind("。", 0, found.start()), text.rfind("；", 0, found.start())) + 1 : found.start()]
        if of or not re.compile(_CHANGE).search(item):
            yield found.start(), found[0], of


def nothings(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a sentence says that there is no such spending: the place, the words, and of what."""
    for found in re.compile(_NONE).finditer(text) if "安排的支出" in text else ():
        yield found.start(), found[0], found[1]
