"""What a text is recognised by on the other side: its words without the ordinal, the table number, the year's own digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.model.numerals import NUMERAL

_NUMBER = f"[{NUMERAL}0-9]+"
_ORDINAL = re.compile(
    rf"\s*(?:第{_NUMBER}(?:部分|章|节)|附?表{_NUMBER}[.．、：:]?|[（(]{_NUMBER}[）)]|"
    rf"[{NUMERAL}]+、|[0-9]{{1,3}}(?:、|[.．](?![0-9])))\s*"
)
_REFERENCE = re.compile(rf"表{_NUMBER}(?![年月个份张0-9])")


def bare(text: str) -> str:
    """A text without the ordinal before it."""
    found = _ORDINAL.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


class Keys(NamedTuple):
    """One side's way to recognise a text. ``year`` is 0 where both sides tell of the same year."""

    year: int = 0

    def of(self, text: str) -> str:
        """The key of a sentence, a heading, a label."""
        text = _REFERENCE.sub("表#", bare(" ".join(text.split())))
        if self.year:
            text = text.replace(f"{self.year}年", "本年").replace(f"{self.year - 1}年", "上年")
        return text


def keys_of(old: int | None, new: int | None) -> tuple[Keys, Keys]:
    """Both sides' keys: where a year has passed between them, a sentence in which only the year moved is the same."""
    return (Keys(old), Keys(new)) if old and new and old != new else (Keys(), Keys())


def recognised(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], keys: tuple[Keys, Keys]
) -> tuple[list[str], list[str]]:
    """What each of some names (rows, columns, titles; a name is one text or several) goes by, equal on both sides where
    it is the same.

    Where a year has passed, a name goes by its year's place (the program's words: 本年) or as it stands (a person's: a
    document's number, last year's fund), in that order or the other, whichever finds more of them on the other side.
    """
    moved = _names(old, keys[0]), _names(new, keys[1])
    if keys == (Keys(), Keys()):
        return moved
    still = _names(old, Keys()), _names(new, Keys())
    ways = [_in_order(moved, still), _in_order(still, moved)]
    return max(ways, key=lambda way: sum((Counter(way[0]) & Counter(way[1])).values()))


def _names(side: Sequence[Sequence[str]], keys: Keys) -> list[str]:
    return ["／".join(keys.of(word) for word in words if word) for words in side]


def _in_order(first: tuple[list[str], list[str]], then: tuple[list[str], list[str]]) -> tuple[list[str], list[str]]:
    """By the first name those that both sides have by it, the others by the second."""
    both = Counter(first[0]) & Counter(first[1])

    def side(number: int) -> list[str]:
        left, found = both.copy(), []
        for name, other in zip(first[number], then[number], strict=True):
            left[name] -= 1
            found.append(name if left[name] >= 0 else f"＝{other}")
        return found

    return side(0), side(1)
