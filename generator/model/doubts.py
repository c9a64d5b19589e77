"""What of a year's data is not certain yet: not filled in (待填), or carried from last year and not confirmed (待确认)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.model.source import Position

BLANK = "待填"
"""What a person types, alone or before “：” and a remark, where something is still to be filled in."""
UNCONFIRMED = "unconfirmed.yaml"
"""The file that lists what was carried from last year and nobody has confirmed: a part of each data file, as it was carried."""
Spot = tuple[str, int]
"""A line of a file: who types writes one thing a line."""


class Doubts(NamedTuple):
    """The lines with something not filled in and with something not confirmed, and the words among the latter."""

    blanks: frozenset[Spot] = frozenset()
    unconfirmed: frozenset[Spot] = frozenset()
    words: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is not certain."""
        return bool(self.blanks or self.unconfirmed)


class Pending(NamedTuple):
    """One value that was carried and is not confirmed: its file in the year's folder, the names that lead to it, itself."""

    file: str
    path: tuple[str, ...]
    value: str
    position: Position


def is_blank(text: str) -> bool:
    """Whether a typed text says that something is still to be filled in."""
    return text.startswith(BLANK) and re.fullmatch(rf"{BLANK}(?:[：:].*)?", text, re.DOTALL) is not None


def blank_words(text: str = BLANK) -> str:
    """What a draft prints where a text is not filled in."""
    return f"〔{text}〕"


def spots_of(places: Iterable[Position]) -> frozenset[Spot]:
    """The lines of these places."""
    return frozenset((place.file, place.line) for place in places)
