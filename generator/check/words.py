"""Finding something in the department's own words: where, how often, and what kind of words they are."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.check.rules import Finding
from generator.model.problem import Note, Severity
from generator.model.source import Passage

# Chinese characters and full-width marks. Sets that name Han ranges take milliseconds to compile, this takes none.
WIDE = r"[^\x00-\x7f]"
REGISTERED = "项目"
_OPENING = {")": "(", "）": "（", "》": "《", "】": "【", "〕": "〔", "”": "“", "]": "["}
_SAME_WIDTH = str.maketrans("()[]", "（）［］")
_BRACKETS = frozenset("][()（）《》【】〔〕“”")
_ITEM_NUMBER = r"[0-9一二三四五六七八九十a-zA-Z]"


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110 (asked of every text by many rules: a generator takes twice as long)
        if word in text:
            return True
    return False


class Hit(NamedTuple):
    """A place in the words; ``more`` is how many others of its kind the same words hold."""

    passage: Passage
    start: int
    text: str
    more: int = 0

    def finding(self, message: str, remedy: str) -> Finding:
        """What is wrong here. A project's name is as finance registered it, so it gets advice only."""
        registered = self.passage.kind == REGISTERED
        return Finding(
            message,
            remedy + "项目名称以财政系统登记的为准，登记如此可不改。" if registered else remedy,
            self.passage.at(self.start),
            (Note(f"这段话里另有{self.more}处"),) if self.more else (),
            len(self.text) if self.passage.literal else 1,
            Severity.ADVICE if registered else None,
        )


def hits(passages: Iterable[Passage], pattern: str, *needs: str) -> Iterator[Hit]:
    """The first place in each of the words that matches, with the number of others.

    What matches has one of ``needs`` in it: words without any are not searched, and without such words nothing is compiled.
    """
    passages = tuple(passages)
    if not passages or (needs and not has_any("\n".join([passage.text.value for passage in passages]), needs)):
        return
    compiled = re.compile(pattern)
    for passage in passages:
        first = compiled.search(passage.text.value) if not needs or has_any(passage.text.value, needs) else None
        if first:
            more = sum(1 for _ in compiled.finditer(passage.text.value, first.end()))
            yield Hit(passage, first.start(), first[0], more)


def all_hits(passages: Iterable[Passage], pattern: str) -> Iterator[Hit]:
    """Every place in the words that matches."""
    for passage in passages:
        for found in re.finditer(pattern, passage.text.value):
            yield Hit(passage, found.start(), found[0])


def is_a_rate(text: str, start: int, end: int) -> bool:
    """Whether the amount there is so much a head or a standard (每人每年12000元), none of the budget."""
    before = re.search("[每均][^，。；]{0,8}$|标准[^，。；]{0,12}$", text[:start])
    return before is not None or text[end:].startswith("/")


def of_kinds(passages: Iterable[Passage], *kinds: str) -> tuple[Passage, ...]:
    """The words of these kinds."""
    return tuple([passage for passage in passages if passage.kind in kinds])


def unpaired(text: str) -> int | None:
    """Where a bracket or quotation mark has no partner, or closes the wrong one; None when all are paired.

    A width mixed in one pair is a pair; “1）” numbers an item.
    """
    open_at: list[int] = []
    for place, char in () if _BRACKETS.isdisjoint(text) else enumerate(text):
        if char not in _BRACKETS:
            continue
        if char not in _OPENING:
            open_at.append(place)
        elif not open_at and place and re.match(_ITEM_NUMBER, text[place - 1]):
            continue
        elif not open_at or _wide(text[open_at.pop()]) != _wide(_OPENING[char]):
            return place
    if open_at:
        return open_at[-1]
    return text.rindex('"') if text.count('"') % 2 else None


def _wide(char: str) -> str:
    return char.translate(_SAME_WIDTH)
