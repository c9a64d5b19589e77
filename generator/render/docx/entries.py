"""Lines of the contents, broken so that the last of an entry has room for its leader and page number."""

from __future__ import annotations

from generator.render.docx.measure import balanced, last_line, text_width
from generator.render.docx.styles import Style

_NUMBER_EMS = 3
"""What a page number takes with the shortest leader."""
_TWIPS_PER_HALF_POINT = 10
_WIDEST = 12
"""Twips that a character and the gap beside it take at the most, for each half point."""


def entry_text(text: str, style: Style, width: int) -> str:
    """An entry as it is set on paper so wide: in lines of one length, as a title, where its last line would be too full."""
    number = _NUMBER_EMS * style.size * _TWIPS_PER_HALF_POINT
    room = width - style.left - style.right
    if len(text) * style.size * _WIDEST + number + max(style.first, 0) <= room:
        return text
    last = last_line(text, room, style.size, style.first, style.letters)
    left = room - (style.first if last == text else 0) - text_width(last, style.size, style.letters)
    if left >= number and (last == text or len(last) > 1):
        return text
    return "\n".join(
        balanced(text, min(room - number, text_width(text, style.size, style.letters) - 1), style.size, style.letters)
    )
