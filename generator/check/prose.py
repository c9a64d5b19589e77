"""The sentences of a Reading, as a citizen reads them: amounts behind labels, shares, changes."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.forms import Forms, together
from generator.check.rules import Absent, Answer, Rule, Unbound
from generator.model.money import ZERO, Scale
from generator.model.problem import Severity
from generator.model.reading import Reading

_SECTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "总体": (("收入支出预算总体",), "拨款"), "收入": (("收入预算总体",), "拨款"), "支出": (("支出预算总体",), "收入"),
    "拨款": (("财政拨款收入支出预算总体",), ""), "一般": (("一般公共预算支出预算",), ""),
    "基本": (("一般公共预算基本支出预算",), ""), "三公": (("“三公”经费支出预算",), ""),
    "基金": (("政府性基金支出预算", "政府性基金预算支出预算"), ""),
    "国资": (("国有资本经营支出预算", "国有资本经营预算支出预算"), ""),
    "运行": (("机构运行经费", "机关运行经费"), ""), "采购": (("政府采购",), ""), "绩效": (("绩效目标",), ""),
    "资产": (("国有资产",), ""),
}  # fmt: skip
"""What the heading of a section says, one of these, and what must not stand before it."""
AMOUNT = r"(?<!\d)(?<!\d[.,])(-?\d[\d,]*(?:\.\d+)?)(万元|元)"
_AFTER = re.compile(rf"类?(?:支出)?(?:预算)?数?(?:安排|总额)?(?:为|共计)?{AMOUNT}")
_PERCENT = r"(-?\d+(?:\.\d+)?)[%％]"
_CHANGE = re.compile(rf"(增加|减少){AMOUNT}(?:，(增长|下降){_PERCENT})?")
_SHARE = re.compile(rf"{AMOUNT}，占{_PERCENT}")
_MARKS = "，。；："
_REASON = re.compile(r"主要原因[:：]((?:(?!；[^；。]*预算(?:增加|减少))[^。])*)")


class Prose:
    """The sentences with the tables they speak of; ``derived`` where the document is our own."""

    def __init__(self, forms: Forms, derived: Derived | None = None) -> None:
        self.forms, self.derived = forms, derived
        self._texts: dict[str, str] = {}
        for item in forms.reading.paragraphs:
            text = without_reasons(item.text)
            self._texts[item.section] = f"{self._texts[item.section]}\n{text}" if item.section in self._texts else text

    def finer(self, scale: Scale) -> bool:
        """Whether our own numbers are finer than this unit prints: what is worked out of printed ones is near then."""
        return self.derived is not None and self.derived.book.scale.value < scale.value

    def section(self, key: str) -> str:
        """The heading of a section. Raises Absent when there is none, Unbound when there are two."""
        found = [
            heading.text
            for heading in self.forms.reading.headings
            if heading.level > 1 and heading.text in self._texts and _is_headed(heading.text, *_SECTIONS[key])
        ]
        if not found:
            raise Absent(f"没有“{_SECTIONS[key][0][0]}”这一节")
        if len(found) > 1:
            raise Unbound(f"“{found[0]}”和“{found[1]}”分不清")
        return found[0]

    def text(self, key: str) -> str:
        """All words of a section but the reasons: what they name is not what the sentence is about."""
        return self._texts[self.section(key)]

    def under(self, heading: str) -> str:
        """All words under a heading."""
        return self._texts.get(heading, "")

    @cached_property
    def changes(self) -> tuple["Moved", ...]:
        """Every 增加/减少 of an amount, outside reasons."""
        return tuple(_changes(self.forms.reading))

    @cached_property
    def shares(self) -> tuple["Shares", ...]:
        """Every group of 占比 with the amount it is a share of: the last one without a 占比 before the group."""
        return tuple(_shares(self.forms.reading))


def without_reasons(text: str) -> str:
    """The text with every reason blanked out, at its full length."""
    return _REASON.sub(lambda found: "主要原因：" + "　" * len(found[1]), text)


class Said(NamedTuple):
    """An amount a sentence says, in 元."""

    printed: str
    yuan: Decimal
    scale: Scale


def said(section: str, text: str, label: str) -> Said:
    """The first amount right after a label. Raises Unbound when there is none."""
    found = amount_after(text, label)
    if found is None:
        raise Unbound(f"“{section}”里没有读到“{label}”的数")
    return found


def amount_after(text: str, label: str) -> Said | None:
    place = text.find(label)
    while place >= 0:
        found = _AFTER.match(text, place + len(label))
        if found:
            return spoken(found[1], found[2])
        place = text.find(label, place + 1)
    return None


def _is_headed(heading: str, words: tuple[str, ...], not_after: str) -> bool:
    heading = together(heading)
    return any(word in heading and not (not_after and not_after + word in heading) for word in words)


def spoken(number: str, unit: str) -> Said:
    """A printed amount with its unit."""
    scale = Scale.WAN if unit == "万元" else Scale.YUAN
    return Said(f"{number}{unit}", Decimal(number.replace(",", "")) * scale.value, scale)


def within_a_cent(one: Decimal, other: Decimal, printed: Scale, table: Scale) -> bool:
    """Whether two amounts in 元 agree: exactly in one unit, to half a cent of the coarser one in two."""
    return abs(one - other) <= (ZERO if printed is table else Decimal("0.005") * max(printed.value, table.value))


def percents_of(part: Said, whole: Decimal, off: int) -> tuple[Decimal, Decimal]:
    """The least and the most percent that ``part`` is of ``whole`` (元, and ``off`` halves of a cent off) before rounding."""
    half = Decimal("0.005") * part.scale.value
    least = max(part.yuan - half, ZERO) * 100 / (whole + off * half)
    return least, (part.yuan + half) * 100 / max(whole - off * half, half)


class Shares(NamedTuple):
    """Shares of one sentence: the heading, the whole, and each part with its label and percent."""

    section: str
    whole: Said
    parts: tuple[tuple[str, Said, Decimal], ...]


def _shares(reading: Reading) -> Iterator[Shares]:
    for item in reading.paragraphs:
        if "占" not in item.text:
            continue
        found = list(_SHARE.finditer(item.text))
        starts = list(_starts(item.text, found))
        before = list(re.finditer(AMOUNT, item.text[: starts[0] if starts else 0]))
        if before:
            parts = tuple(
                (item.text[start : hit.start()], spoken(hit[1], hit[2]), Decimal(hit[3]))
                for start, hit in zip(starts, found, strict=True)
            )
            yield Shares(item.section, spoken(before[-1][1], before[-1][2]), parts)


def _starts(text: str, found: Iterable[re.Match[str]]) -> Iterator[int]:
    """Where the words before each hit begin: behind the last mark, or behind the hit before it."""
    end = 0
    for hit in found:
        yield max(end, *(text.rfind(mark, end, hit.start()) + 1 for mark in _MARKS))
        end = hit.end()


class Moved(NamedTuple):
    """A change a sentence tells: of what, up or down, by how much, and by how many percent.

    ``paragraph`` is all of it without reasons, ``rest`` what follows up to the next change, with them.
    """

    section: str
    paragraph: str
    subject: str
    up: bool
    by: Said
    word: str
    percent: Decimal | None
    rest: str


def _changes(reading: Reading) -> Iterator[Moved]:
    for item in reading.paragraphs:
        if "增加" not in item.text and "减少" not in item.text:
            continue
        text = without_reasons(item.text)
        hits = list(_CHANGE.finditer(text))
        starts = list(_starts(text, hits))
        for found, start, end in zip_longest(hits, starts, starts[1:]):
            subject, rest = text[start : found.start()], item.text[found.end() : end or len(text)]
            percent, by = Decimal(found[5]) if found[5] else None, spoken(found[2], found[3])
            yield Moved(item.section, text, subject, found[1] == "增加", by, found[4] or "", percent, rest)


def rounding_of(parts: int, scale: Scale) -> Decimal:
    """By how much, in 元, a whole may miss the sum of so many parts where each of them was rounded to a cent of its unit."""
    return Decimal("0.005") * (parts + 1) * scale.value


SENTENCES_SOURCE = "财预〔2016〕143号：文字与表格一致、说明增减变化"
MEND_WORDS = "请以表为准更新文字；由程序生成的文档请重新生成。"


def sentence_rule(
    code: str, title: str, find: Callable[[Prose], Iterator[Answer]], wrong: str, right: str
) -> Rule[Prose]:
    """A row for an error of a sentence against the tables or against itself."""
    return Rule(code, title, Severity.ERROR, find, SENTENCES_SOURCE, wrong, right)
