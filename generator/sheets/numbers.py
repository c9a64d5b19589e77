"""Numbers in cells: what a stored number is exactly, and what a typed text means."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel shows fifteen digits of a number, and keeps no more of one that is typed."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_TAIL_PLACES, _TAIL = Decimal("1E-8"), Decimal("1E-10")
LOST = Decimal("1E15")
"""A whole number from here on has lost digits."""
_LARGEST = 300
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}")
_TYPED = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_MINUS = str.maketrans({"－": "-", "−": "-", "–": "-", "，": ",", "￥": "", "¥": "", "．": "."})
LOST_DIGITS = "长编码被当成数字，后面的位数已经丢失"


def stored_number(text: str) -> Decimal | None:
    """A number as a file stores it, exact to what Excel shows: 0.30000000000000004 is 0.3. None where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return None
    number = _SHOWN.plus(number)
    if number.adjusted() < 15:
        short = number.quantize(_TAIL_PLACES, ROUND_HALF_UP, _EXACT)
        number = short if abs(_EXACT.subtract(short, number)) < _TAIL else number
    return plain(number)


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end or an exponent."""
    if not number:
        return Decimal(0)
    number = number.normalize(_EXACT)
    return number.quantize(Decimal(1), context=Context(prec=400)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]


def lost_digits(number: Decimal) -> bool:
    """Whether it is a whole code that Excel took for a number, and cut."""
    return abs(number) >= LOST


def looks_lost(text: str) -> bool:
    """Whether a text is what Excel makes of a long code, kept as text: 4.1E+20."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def typed_number(text: str) -> Decimal | None:
    """The number a text says: thousands in commas, wide digits, blanks and ￥ are no harm. None where it says none.

    A unit behind it (万元, %) is not taken off: what it means is for those to say who know the column.
    """
    flat = re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(_MINUS)).translate(_MINUS))
    return Decimal(flat.replace(",", "")) if len(flat) < 60 and _TYPED.fullmatch(flat) else None


def in_digits(text: str) -> str:
    """A number's text without commas and decimals that say nothing: “2,080,101.00” is 2080101."""
    return re.sub(r"\.0+$", "", text.strip().replace(",", ""))
