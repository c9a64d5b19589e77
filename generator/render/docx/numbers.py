"""Numbers of a Word file's XML, read in one way: a length is twips, or carries its own unit (“28pt”, “1.5cm”)."""

from __future__ import annotations

import re

from generator.model.problem import shortened
from generator.render.docx.flaws import Flawed

_WHOLE = re.compile(r"[+-]?[0-9]{1,7}(?:\.0*)?")
_MEASURE = re.compile(r"([+-]?[0-9]{1,5}(?:\.[0-9]{1,6})?)(mm|cm|in|pt|pc|pi)")
_TWIPS = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
_FURTHEST = 31_680  # Word's own limit, 22 inches


def whole(text: str, what: str) -> int:
    """A whole number. Raises Flawed, which says what it is of, for anything else."""
    if not _WHOLE.fullmatch(text):
        raise _odd(text, what)
    return int(text.partition(".")[0])


def twips(text: str, what: str) -> int:
    """A length in twips (1/20 pt). Raises Flawed for what is none, and for one that no page has."""
    measure = _MEASURE.fullmatch(text)
    length = round(float(measure[1]) * _TWIPS[measure[2]]) if measure else whole(text, what)
    if abs(length) > _FURTHEST:
        raise _odd(text, what)
    return length


def _odd(text: str, what: str) -> Flawed:
    return Flawed("P014", f"母版里{what}是“{shortened(text, 13)}”，不是能用的数", "请在Word里重新设定，另存一份。")
