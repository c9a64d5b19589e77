"""Parts into a .docx whose bytes depend on nothing but the parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.render.docx.xml import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DOCUMENT = "word/document.xml"
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>\
<cp:lastModifiedBy></cp:lastModifiedBy></cp:coreProperties>"""


def package(parts: Mapping[str, bytes], document: Iterable[str], title: str, creator: str) -> bytes:
    """The zip: sorted parts, fixed dates, document.xml streamed from its pieces."""
    core = _CORE.format(title=escape(title), creator=escape(creator)).encode()
    whole = {**parts, "docProps/core.xml": core}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(whole, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            if name == _DOCUMENT:
                _write_document(archive, document)
            else:
                archive.writestr(_info(name), whole[name])
    return buffer.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package inside the package, as it is, with fixed dates."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            archive.writestr(_info(name), data)
    return buffer.getvalue()


def relation(name: str, kind: str, target: str) -> str:
    """One arrow from a part to another."""
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def relations(content: str) -> bytes:
    """The part that holds a part's arrows."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{content}</Relationships>'.encode()


def _write_document(archive: ZipFile, pieces: Iterable[str]) -> None:
    with archive.open(_info(_DOCUMENT), "w", force_zip64=False) as file:
        waiting: list[str] = []
        for index, piece in enumerate(pieces, 1):
            waiting.append(piece)
            if not index % 64:
                file.write("".join(waiting).encode())
                waiting.clear()
        file.write("".join(waiting).encode())


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info
