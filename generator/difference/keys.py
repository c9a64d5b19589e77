"""What a text is recognised by on the other side: its words without the ordinal, the table number, the year's own digits."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.model.numerals import NUMERAL
from generator.model.reading import Reading

_NUMBER = f"[{NUMERAL}0-9]+"
_ORDINAL = re.compile(
    rf"\s*(?:第{_NUMBER}(?:部分|章|节)|附?表{_NUMBER}[.．、：:]?|[（(]{_NUMBER}[）)]|"
    rf"[{NUMERAL}]+、|[0-9]{{1,3}}(?:、|[.．](?![0-9])))\s*"
)
_REFERENCE = re.compile(rf"表{_NUMBER}(?![年月个份张0-9])")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")


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


def keys_of(old: int, new: int) -> tuple[Keys, Keys]:
    """Both sides' keys: where a year has passed between them, a sentence in which only the year moved is the same."""
    return (Keys(old), Keys(new)) if old and new and old != new else (Keys(), Keys())


def year_in(reading: Reading) -> int:
    """The year that a document's cover names first; 0 when it names none."""
    return next((int(found[1]) for line in reading.cover if (found := _YEAR.search(line))), 0)
