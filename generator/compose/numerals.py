"""The patterns a profile numbers with: 第{一}部分, {1}., Part {One}."""

from __future__ import annotations

from functools import lru_cache

from generator.model.numerals import numeral
from generator.model.profile import NUMBER_PLACE, Numbering


@lru_cache(maxsize=1 << 10)
def numbered(pattern: str, number: int) -> str:
    """A pattern of Numbering with its number in: {一} Chinese (Arabic from 1000 on), {1} Arabic, {One} English."""
    return NUMBER_PLACE.sub(lambda found: _written(found[0], number), pattern)


def _written(placeholder: str, number: int) -> str:
    if placeholder == "{One}":
        from num2words import num2words  # loads fifty languages, a tenth of a check's time

        return str(num2words(number)).capitalize()
    return numeral(number) if placeholder == "{一}" and number < 1000 else str(number)


class Counter:
    """Ordinals of three levels (一、 over （一） over items), each starting again under the one above."""

    def __init__(self, numbering: Numbering) -> None:
        self._patterns = numbering.of_blocks
        self._counts = [0, 0, 0]

    def next(self, level: int, own: int = 0) -> str:
        """The ordinal of the next of a level; ``own`` where it brings a number of its own."""
        number = own or self._counts[level - 1] + 1
        self.start_below(level - 1)
        self._counts[level - 1] = number
        return numbered(self._patterns[level - 1], number)

    def start_below(self, level: int) -> None:
        """What stands below a level starts again."""
        self._counts[level:] = [0] * (3 - level)
