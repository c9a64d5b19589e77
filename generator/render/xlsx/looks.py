"""What cells look like: one format of the workbook for each look."""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.render.cells import Number

FONT, HEAVY = "宋体", "黑体"
SIZE = 10
_HEAD_FILL = "#F2F2F2"


class Look(NamedTuple):
    """How a cell looks; ``align`` is l, c or r, ``pattern`` a number's format, “@” words that are never a number."""

    align: str = "l"
    size: int = SIZE
    bold: bool = False
    heavy: bool = False
    framed: bool = True
    filled: bool = False
    link: bool = False
    indent: int = 0
    pattern: str = "@"


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[Look, Any] = {}

    def of(self, look: Look) -> Any:
        """The workbook's format of a look."""
        if look not in self._made:
            self._made[look] = self._book.add_format(_properties(look))
        return self._made[look]


def _properties(look: Look) -> dict[str, Any]:
    wrap = {"text_wrap": True} if look.pattern == "@" else {}
    frame = {"border": 1} if look.framed else {}
    fill = {"bg_color": _HEAD_FILL} if look.filled else {}
    link = {"font_color": "#0563C1", "underline": 1} if look.link else {}
    return {
        "font_name": HEAVY if look.heavy else FONT,
        "font_size": look.size,
        "bold": look.bold,
        "align": {"l": "left", "c": "center", "r": "right"}[look.align],
        "valign": "vcenter",
        "indent": look.indent,
        "num_format": look.pattern,
        **wrap, **frame, **fill, **link,
    }  # fmt: skip


def pattern_of(number: Number) -> str:
    """The number format that shows a number as it is printed, and nothing as the word for it."""
    whole = "#,##0" if number.thousands else "0"
    shown = whole + (f".{'0' * number.places}" if number.places else "") + ("%" if number.percent else "")
    if number.word:
        quoted = number.word.replace('"', '""')
        return f'{shown};-{shown};"{quoted}"'
    return shown
