"""A page with some of its words marked: what a draft marks. Scripts and styles stay as they are: the page names them by hash."""

from __future__ import annotations

import re

_APART = re.compile(r"(<(script|style|title)\b.*?</\2>)", re.DOTALL)


def marked_page(page: str, marks: re.Pattern[str]) -> str:
    """The page with each match of ``marks`` in its visible text inside <mark>."""
    pieces = _APART.split(page)
    return "".join(
        "" if place % 3 == 2 else piece if place % 3 == 1 else _marked(piece, marks)
        for place, piece in enumerate(pieces)
    )


def _marked(html: str, marks: re.Pattern[str]) -> str:
    return re.sub(r">[^<>]+<", lambda text: marks.sub(r"<mark>\g<0></mark>", text[0]), html)
