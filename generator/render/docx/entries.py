"""Lines of the contents, broken so that the last of an entry has room for its leader and page number."""

from __future__ import annotations

from generator.render.docx.measure import NO_BEGIN, NO_END, balanced, last_line, text_width
from generator.render.docx.styles import Style

_NUMBER_EMS = 3
"""What a page number takes with the shortest leader."""
_TWIPS_PER_HALF_POINT = 10


def entry_text(text: str, style: Style, width: int) -> str:
    """An entry as it is set on paper so wide: after a closing bracket, as a title, or inside its last line a “\\n”."""
    number = _NUMBER_EMS * style.size * _TWIPS_PER_HALF_POINT
    room = width - style.left - style.right
    last = last_line(text, room, style.size, style.first, style.letters)
    left = room - (style.first if last == text else 0) - text_width(last, style.size, style.letters)
    if left >= number and (last == text or len(last) > 1):
        return text
    parts = balanced(text, room - number, style.size, style.letters)
    if len(parts) > 1:
        return "\n".join(parts)
    cut = len(text) - max(2, len(last) // 2)
    while cut > 1 and (text[cut] in NO_BEGIN or text[cut - 1] in NO_END):
        cut -= 1
    return f"{text[:cut]}\n{text[cut:]}"
