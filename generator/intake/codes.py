"""Codes in cells: with a name in the same cell, in three columns, with the zero lost, or as a name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_BOTH = re.compile(r"[\[(（【]?([0-9]+)[\])）】]?(?:[\s_\-—–:：|/.、]*([^0-9\s].*))?")
_DOTTED = re.compile(r"[0-9]+(?:[-.·\s][0-9]+)+")
_WIDTHS = (3, 2, 2)


class Coded(NamedTuple):
    """What a cell says: a code and a name, either may be empty."""

    code: str
    name: str


def coded(text: str) -> Coded:
    """“2080101 行政运行”, “30101_基本工资”, “[30101]基本工资”, “208-01-01”, a code alone or a name alone."""
    flat = plain(text)
    if _DOTTED.fullmatch(flat):
        return Coded(re.sub(r"[-.·\s]", "", flat), "")
    both = _BOTH.fullmatch(flat)
    return Coded(both[1], named(both[2] or "")) if both else Coded("", named(flat))


def plain(text: str) -> str:
    """A cell's text on one line, with narrow letters, without the apostrophe that made it a text."""
    return unicodedata.normalize("NFKC", text.replace("\n", "")).strip(" \u3000\u200b\ufeff'‘’`")


def named(text: str) -> str:
    """A name as the lists of codes have it: without blanks, with wide brackets and commas."""
    return re.sub(r"[\s\u200b\ufeff]", "", text).translate(str.maketrans("(),", "（），"))


def in_levels(parts: Sequence[str]) -> str:
    """A code from its columns 类, 款, 项: “208”, “1”, “1” is 2080101; a column may repeat those before it."""
    code = ""
    for part, width in zip(parts, _WIDTHS, strict=False):
        digits = coded(part).code
        if not digits:
            break
        code = digits if len(digits) > width and digits.startswith(code) else code + digits.zfill(width)
    return code


def by_name(name: str, names: Mapping[str, str], length: int) -> str:
    """The one code of a name, of those of a length; empty where there is none or several."""
    found = [code for code, other in names.items() if other == name and len(code) == length]
    return found[0] if len(found) == 1 else ""
