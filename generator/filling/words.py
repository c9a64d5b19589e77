"""Words of cells, without what a paste or a wide keyboard put into them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

CODED = re.compile(r"([0-9A-Za-z-]+)(?:\s+(.*))?", re.DOTALL)
"""A code, and the name beside it."""


def code_of(text: str) -> str:
    """The code that “2080101 行政运行” begins with; the text itself where it begins with none."""
    found = CODED.match(flat(text))
    return found[1] if found else flat(text)


def name_beside(text: str) -> str:
    """The name in “2080101 行政运行”; empty where there is none."""
    found = CODED.fullmatch(flat(text))
    return (found[2] or "").strip() if found else ""


def flat(text: str) -> str:
    """On one line: a break that was pasted is no more than a blank, and between Chinese signs not even that."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    lines = [line.strip() for line in re.split(r"[\r\n]+", text.strip()) if line.strip()]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined += line if ord(joined[-1]) > 0x2000 or ord(line[0]) > 0x2000 else f" {line}"
    return joined


def wide(text: str) -> str:
    """Digits and letters of full width as usual ones, as codes have them."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def as_typed(old: Iterable[str], said: str) -> str:
    """The key as the file has it, where it says the same."""
    return next((key for key in old if flat(key) == said), said)
