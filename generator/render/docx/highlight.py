"""A finished .docx with some of its words on yellow: what a draft marks. The words stay what they are."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from generator.render.docx.package import zipped

_RUN = re.compile(
    r"<w:r>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?((?:<w:t(?: [^>]*)?>[^<]*</w:t>|<w:br/>)+)</w:r>", re.DOTALL
)
_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:br/>")
_YELLOW = '<w:highlight w:val="yellow"/>'


def highlighted(data: bytes, marks: re.Pattern[str]) -> bytes:
    """The file with each match of ``marks`` in its body, headers and footers on yellow."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for name, part in parts.items():
        if re.fullmatch(r"word/(?:document|header\d*|footer\d*)\.xml", name):
            parts[name] = _RUN.sub(lambda found: _split(found, marks), part.decode()).encode()
    return zipped(parts)


def _split(found: re.Match[str], marks: re.Pattern[str]) -> str:
    if not marks.search(found[2]):
        return found[0]
    return "".join(_pieces(found[1] or "", found[2], marks))


def _pieces(look: str, content: str, marks: re.Pattern[str]) -> list[str]:
    runs = []
    for piece in _PIECE.finditer(content):
        if piece[1] is None:
            runs.append(_run(look, "<w:br/>"))
            continue
        end = 0
        for mark in marks.finditer(piece[1]):
            runs += [_text(look, piece[1][end : mark.start()]), _text(look + _YELLOW, mark[0])]
            end = mark.end()
        runs.append(_text(look, piece[1][end:]))
    return runs


def _text(look: str, text: str) -> str:
    return _run(look, f'<w:t xml:space="preserve">{text}</w:t>') if text else ""


def _run(look: str, content: str) -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"
