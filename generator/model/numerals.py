"""Chinese numerals as headings and labels count with them: 一 … 九百九十九."""

from __future__ import annotations

import re

NUMERAL = "零〇一二三四五六七八九十百"
"""The letters a numeral is made of, to put between the brackets of a regular expression."""
ORDINAL = re.compile(rf"^(?:[{NUMERAL}]+、|（[{NUMERAL}]+）)")
"""What stands before a label: “一、” or “（一）”."""
_DIGITS = "零一二三四五六七八九"
_PARTS = re.compile(r"(?:([一二三四五六七八九])百)?[零〇]?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)")


def whole(digits: str) -> int:
    """The number that digits stand for; of absurdly many (int() refuses five thousand) the largest anybody counts to."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < 10 else 999_999_999


def numeral(number: int) -> str:
    """The numeral of 0 to 999. Raises OverflowError for others."""
    if not 0 <= number <= 999:
        raise OverflowError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        below = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
        return below + (_DIGITS[ones] if ones or not tens else "")
    below = f"{_DIGITS[tens]}十" if tens else "零" if ones else ""
    return f"{_DIGITS[hundreds]}百{below}{_DIGITS[ones] if ones else ''}"


def number_of(text: str) -> int:
    """The number a numeral of 1 to 999 stands for; 0 for any other text."""
    found = _PARTS.fullmatch(text)
    if found is None:
        return 0
    hundreds, tens, ten, ones = found.groups(default="")
    return 100 * _digit(hundreds) + (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones)


def _digit(letter: str) -> int:
    return _DIGITS.index(letter) if letter else 0
