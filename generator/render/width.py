"""How wide words are set in a Chinese font, in half letters, and how they break into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def width(text: str) -> int:
    """Half letters: two a Chinese letter, also of what a Chinese font sets as wide as one (“”…）."""
    return sum(map(_width, text))


def lines_of(text: str, room: int) -> list[str]:
    """The text broken as a cell breaks it: at line ends, before a letter that no longer fits, a number or a Latin word
    sooner before it than within.
    """
    return [line for part in text.split("\n") for line in _broken(part, max(room, 2))]


def _broken(text: str, room: int) -> Iterator[str]:
    line, taken = "", 0
    for word in _words(text):
        for letter in word if width(word) > room else (word,):
            if taken + width(letter) > room and line:
                yield line
                line, taken = "", 0
            line, taken = line + letter, taken + width(letter)
    yield line


def _words(text: str) -> Iterator[str]:
    """Pieces that are not broken: runs of narrow letters, every wide one by itself."""
    word = ""
    for letter in text:
        if _width(letter) == 1 and letter != " ":
            word += letter
            continue
        if word:
            yield word
        word = ""
        yield letter
    if word:
        yield word


def _width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
