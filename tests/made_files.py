"""Small Word files made by hand: a body, and beside it whatever a test wants, with the links that lead there."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_KINDS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    """Of words, or of what is XML already."""
    return (
        f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside if '<' in inside else run(inside)}</w:p>"
    )


def section(*references: str) -> str:
    """``header/first/rId9``: which header or footer, for which pages, by which link."""
    named = (reference.split("/") for reference in references)
    inside = "".join(f'<w:{side}Reference w:type="{pages}" r:id="{link}"/>' for side, pages, link in named)
    return f'<w:sectPr>{inside}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def field(code: str, shown: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{char('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{char('separate')}{run(shown)}{char('end')}"


def story(kind: str, *paragraphs: str) -> str:
    """A header, a footer, or all notes of a kind as one note."""
    inside = "".join(paragraph(text) for text in paragraphs)
    if kind not in ("header", "footer"):
        inside = f'<w:{kind[:-1]} w:id="2">{inside}</w:{kind[:-1]}>'
    return f"<w:{_KINDS[kind]} {SPACES}>{inside}</w:{_KINDS[kind]}>"


def links(targets: Iterable[tuple[str, str, str]]) -> str:
    """Of name, kind and target."""
    one = '<Relationship Id="{}" Type="{}" Target="{}"/>'.format
    inside = "".join(one(name, f"{_OFFICE}/relationships/{kind}", target) for name, kind, target in targets)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def parts(body: str, beside: Mapping[str, tuple[str, str, str | bytes]] = {}) -> dict[str, bytes]:  # noqa: B006
    """The parts of a file; ``beside``: by the name of the link its kind, the part it leads to, and what stands there."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="x/y"/></Types>',
        "_rels/.rels": links([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": links((name, kind, target) for name, (kind, target, _) in beside.items()),
    }
    found |= {f"word/{target}": content for _, target, content in beside.values()}
    return {name: content.encode() if isinstance(content, str) else content for name, content in found.items()}


def packed(found: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def made(body: str, beside: Mapping[str, tuple[str, str, str | bytes]] = {}) -> bytes:  # noqa: B006
    """The file."""
    return packed(parts(body, beside))
