"""Chinese numerals through num2words, which has none of its own: a converter is put in its registry."""

from __future__ import annotations

from num2words import CONVERTER_CLASSES, num2words
from num2words.base import Num2Word_Base

_DIGITS = "零一二三四五六七八九"
_LIMIT = 99


class ChineseNumerals(Num2Word_Base):  # type: ignore[misc]
    """一 … 九十九, as headings count."""

    def setup(self) -> None:
        """Nothing to prepare; the base class asks for it."""

    def to_cardinal(self, value: int) -> str:
        """The numeral of 0 to 99."""
        if not 0 <= value <= _LIMIT:
            raise OverflowError(value)
        tens, ones = divmod(value, 10)
        if not tens:
            return _DIGITS[ones]
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


CONVERTER_CLASSES["zh_CN"] = ChineseNumerals()


def numbered(pattern: str, number: int) -> str:
    """A pattern of Numbering with its number in: {一} Chinese (Arabic beyond 99), {1} Arabic."""
    if "{1}" in pattern:
        return pattern.replace("{1}", str(number))
    word = num2words(number, lang="zh_CN") if number <= _LIMIT else str(number)
    return pattern.replace("{一}", word)
