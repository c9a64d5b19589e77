"""A master as a person, or another program, leaves it: edits of the shipped one's parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from tests.conftest import ROOT

STYLES, DOCUMENT, SETTINGS = "word/styles.xml", "word/document.xml", "word/settings.xml"
Edit = tuple[str, str, str]
"""A part, a pattern in it, and what stands there instead (everywhere)."""
HEADER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"


def shipped() -> bytes:
    return (ROOT / "templates" / "yibin" / "master.docx").read_bytes()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def restyled(*edits: Edit, added: Mapping[str, str] | None = None) -> bytes:
    """The shipped master after some edits; each must find something."""
    parts = parts_of(shipped())
    for part, pattern, new in edits:
        text = re.sub(pattern, new, parts[part].decode(), flags=re.DOTALL)
        assert text.encode() != parts[part], (part, pattern)
        parts[part] = text.encode()
    return zipped({**parts, **{name: text.encode() for name, text in (added or {}).items()}})


def in_style(key: str, pattern: str, new: str) -> Edit:
    """The first place of a pattern in a style."""
    return STYLES, f'(w:styleId="{key}".*?){pattern}', rf"\g<1>{new}"


def with_header(paragraphs: str, kinds: tuple[str, ...] = ("default", "even"), *edits: Edit) -> bytes:
    """The shipped master with a header on the pages of the body and the tables."""
    references = "".join(f'<w:headerReference w:type="{kind}" r:id="rId90"/>' for kind in kinds)
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    return restyled(
        (DOCUMENT, '(<w:footerReference w:type="even")', rf"{references}\1"),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rId90" Type="{HEADER}" Target="header9.xml"/></Relationships>',
        ),
        ("[Content_Types].xml", "</Types>", f'<Override PartName="/word/header9.xml" ContentType="{kind}"/></Types>'),
        *edits,
        added={"word/header9.xml": f'<?xml version="1.0"?><w:hdr xmlns:w="{w}">{paragraphs}</w:hdr>'},
    )


def header_lines(count: int, height: int, rule: str = "exact") -> str:
    """Paragraphs of one line each, this high in twips."""
    spacing = f'<w:pPr><w:spacing w:line="{height}" w:lineRule="{rule}"/></w:pPr>'
    return f"<w:p>{spacing}<w:r><w:t>页眉</w:t></w:r></w:p>" * count
