"""The few pieces of WordprocessingML that everything here is made of, as strings."""

from __future__ import annotations

import re

_AMBIGUOUS = re.compile("[“”‘’—…×≥≤°·－]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
TAB = "<w:r><w:tab/></w:r>"


def escape(text: str) -> str:
    """Text safe inside an element or a double-quoted attribute."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text or '"' in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def run(text: str, spacing: int | None = None) -> str:
    """A run; quotes and dashes are marked as Chinese, “\\n” becomes a line break. ``spacing``: twips after each letter."""
    if not text:
        return ""
    look = _HINT if _AMBIGUOUS.search(text) else ""
    if spacing is not None:
        look += f'<w:spacing w:val="{spacing}"/>'
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    if "\n" not in text:
        return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    body = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n")
    )
    return f"<w:r>{look}{body}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style; ``properties`` follow the style in pPr."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def bookmark(number: int, name: str, content: str) -> str:
    """Content inside a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, result: str) -> str:
    """A complex field with its result, which is runs, already there."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f'{char.format("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{char.format('separate')}{result}{char.format('end')}"
    )
