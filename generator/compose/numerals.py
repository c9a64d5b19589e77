"""The patterns a profile numbers with: 第{一}部分, {1}., 公开{01}表, Part {One}; and the numbers of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model.numerals import numeral
from generator.model.profile import NUMBER_PLACE, Profile

Number = tuple[int, int]
"""A table's number; the second is 0 but for a table below another (1-1)."""


def numbers_of(profile: Profile) -> Iterator[Number]:
    """The numbers of a profile's tables, in their order."""
    first = second = 0
    for spec in profile.tables:
        if spec.standing.again:
            first = 0
        first, second = (first, second + 1) if spec.standing.below and first else (first + 1, 0)
        yield first, second


@lru_cache(maxsize=1 << 10)
def numbered(pattern: str, number: int, below: int = 0) -> str:
    """A pattern of Numbering with its number in: {一} Chinese (Arabic from 1000 on), {1} Arabic, {01}, {One} English."""
    inner = f"-{below}" if below else ""
    return NUMBER_PLACE.sub(lambda found: _written(found[0], number) + inner, pattern)


def _written(placeholder: str, number: int) -> str:
    if placeholder == "{One}":
        from num2words import num2words  # loads fifty languages, a tenth of a check's time

        return str(num2words(number)).capitalize()
    if placeholder == "{01}":
        return f"{number:02}"
    return numeral(number) if placeholder == "{一}" and number < 1000 else str(number)


class Counter:
    """Ordinals of several levels, each pattern's under the one before it; a level starts again under the one above."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._counts = [0] * len(patterns)

    def next(self, level: int, own: int = 0) -> str:
        """The ordinal of the next of a level; ``own`` where it brings a number of its own."""
        number = own or self._counts[level - 1] + 1
        self.start_below(level - 1)
        self._counts[level - 1] = number
        return numbered(self._patterns[level - 1], number)

    def start_below(self, level: int) -> None:
        """What stands below a level starts again."""
        self._counts[level:] = [0] * (len(self._counts) - level)
