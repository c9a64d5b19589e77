"""Numbering patterns through num2words, which has no Chinese: a converter is put in its registry."""

from __future__ import annotations

from num2words import CONVERTER_CLASSES, num2words
from num2words.base import Num2Word_Base

from generator.model.numerals import numeral

_LIMIT = 99


class ChineseNumerals(Num2Word_Base):  # type: ignore[misc]
    """As headings count."""

    def setup(self) -> None:
        """Nothing to prepare; the base class asks for it."""

    def to_cardinal(self, value: int) -> str:
        """The numeral. Raises OverflowError, as other languages do, for what has none."""
        return numeral(value)


CONVERTER_CLASSES["zh_CN"] = ChineseNumerals()


def numbered(pattern: str, number: int) -> str:
    """A pattern of Numbering with its number in: {一} Chinese (Arabic beyond 99), {1} Arabic."""
    if "{1}" in pattern:
        return pattern.replace("{1}", str(number))
    word = num2words(number, lang="zh_CN") if number <= _LIMIT else str(number)
    return pattern.replace("{一}", word)
