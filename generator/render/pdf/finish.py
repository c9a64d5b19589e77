"""What LibreOffice says wrongly in a PDF, or anew each time, put right in place: no byte moves, so nothing else changes."""

from __future__ import annotations

import re
from hashlib import md5

LANGUAGE = "zh-CN"
_CATALOG = re.compile(rb"/Type\s*/Catalog\b.*?endobj", re.DOTALL)
_DATES = re.compile(rb"/(?:CreationDate|ModDate)\s*\(D:[^)]*\)|<xmp:(\w+Date)>[^<]*</xmp:\1>")
_TRAILER = re.compile(rb"trailer\s*<<.*?>>\s*startxref", re.DOTALL)
_TABS = b"/Tabs(S)", b"/Tabs/S "


def finished(pdf: bytes) -> bytes:
    """The same document, in Chinese, its pages' links in the order of reading, and the same bytes from the same words.

    - ``/Tabs(S)`` is what LibreOffice up to 7.4 writes for ``/Tabs/S`` (ISO 14289-1, 7.18.3).
    - The language is that of western words in Word's styles; the whole is Chinese.
    - The time of making is left out; the identity is made of the bytes themselves.
    """
    pdf = pdf.replace(*_TABS)
    pdf = _CATALOG.sub(lambda found: _in_chinese(found[0]), pdf)
    pdf = _DATES.sub(lambda found: b" " * len(found[0]), pdf)
    blank = _TRAILER.sub(lambda found: _identified(found[0], "0" * 32), pdf)
    name = md5(blank, usedforsecurity=False).hexdigest().upper()
    return _TRAILER.sub(lambda found: _identified(found[0], name), blank)


def _in_chinese(catalog: bytes) -> bytes:
    return re.sub(rb"/Lang\(\w\w-\w\w\)", f"/Lang({LANGUAGE})".encode(), catalog)


def _identified(trailer: bytes, name: str) -> bytes:
    """Both identities, and LibreOffice's own sum, are 32 hexadecimal digits."""
    return re.sub(rb"[0-9A-Fa-f]{32}", name.encode(), trailer)
