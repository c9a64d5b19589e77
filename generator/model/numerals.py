"""Chinese numerals as headings and labels count with them: 一 … 九百九十九."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.model.patterns import any_of

NUMERAL = "零〇一二三四五六七八九十百"
"""The letters a numeral is made of, to put between the brackets of a regular expression."""
A_NUMERAL = f"{any_of(*NUMERAL)}+"
"""A pattern for one; quicker to compile than those letters between brackets."""
ORDINAL = re.compile(rf"^(?:{A_NUMERAL}、|（{A_NUMERAL}）)")
"""What stands before a label: “一、” or “（一）”."""
_DIGITS = "零一二三四五六七八九"
_IN_DIGITS = str.maketrans(f"〇{_DIGITS}十百", "00123456789xc")
_PARTS = re.compile(r"(?:([1-9])c)?0?(?:([1-9]?)(x))?([1-9]?)")


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


@lru_cache(maxsize=1 << 10)
def number_of(text: str) -> int:
    """The number a numeral of 1 to 999 stands for; 0 for any other text."""
    found = _PARTS.fullmatch(text.translate(_IN_DIGITS)) if set(text).issubset(NUMERAL) else None
    if found is None:
        return 0
    hundreds, tens, ten, ones = found.groups(default="")
    return 100 * int(hundreds or 0) + (10 * int(tens or 1) if ten else 0) + int(ones or 0)
