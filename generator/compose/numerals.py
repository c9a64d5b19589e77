"""The patterns a profile numbers with: 第{一}部分, {1}., Part {One}."""

from __future__ import annotations

from functools import lru_cache

from generator.model.numerals import numeral
from generator.model.profile import NUMBER_PLACE


@lru_cache(maxsize=1 << 10)
def numbered(pattern: str, number: int) -> str:
    """A pattern of Numbering with its number in: {一} Chinese (Arabic from 1000 on), {1} Arabic, {One} English."""
    return NUMBER_PLACE.sub(lambda found: _written(found[0], number), pattern)


def _written(placeholder: str, number: int) -> str:
    if placeholder == "{One}":
        from num2words import num2words  # loads fifty languages, a tenth of a check's time

        return str(num2words(number)).capitalize()
    return numeral(number) if placeholder == "{一}" and number < 1000 else str(number)
