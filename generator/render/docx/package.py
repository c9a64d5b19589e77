"""Parts into a .docx whose bytes depend on nothing but the parts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from generator.render.docx.xml import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = 1 << 5 | 1
"""The first day that a zip can name, 1 January 1980."""
_LEVEL, _AT_ONCE = 6, 64
_DOCUMENT = "word/document.xml"
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>\
<cp:lastModifiedBy></cp:lastModifiedBy></cp:coreProperties>"""


def package(parts: Mapping[str, bytes], document: Iterable[str | bytes], title: str, creator: str) -> bytes:
    """The zip: sorted parts, fixed dates, document.xml streamed from its pieces."""
    core = _CORE.format(title=escape(title), creator=escape(creator)).encode()
    whole = {**parts, "docProps/core.xml": core}
    order = sorted(whole, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
    return _zip((name, _streamed(document) if name == _DOCUMENT else _deflated(whole[name])) for name in order)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package inside the package, as it is, with fixed dates."""
    return _zip((name, _deflated(data)) for name, data in parts.items())


def relation(name: str, kind: str, target: str) -> str:
    """One arrow from a part to another."""
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def relations(content: str) -> bytes:
    """The part that holds a part's arrows."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{content}</Relationships>'.encode()


class _Deflated(NamedTuple):
    """A part as it stands in the zip: its sum, its size before, and its bytes."""

    crc: int
    size: int
    data: bytes


@lru_cache(maxsize=1 << 6)
def _deflated(data: bytes) -> _Deflated:
    """Most parts are the master's, and the same in every document of a place."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Deflated(zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


def _streamed(pieces: Iterable[str | bytes]) -> _Deflated:
    """The same of a part that is never in memory as a whole."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    squeezed: list[bytes] = []
    pieces = iter(pieces)
    while some := [piece if isinstance(piece, bytes) else piece.encode() for piece in islice(pieces, _AT_ONCE)]:
        data = b"".join(some)
        crc, size = zlib.crc32(data, crc), size + len(data)
        squeezed.append(squeeze.compress(data))
    return _Deflated(crc, size, b"".join([*squeezed, squeeze.flush()]))


def _zip(parts: Iterable[tuple[str, _Deflated]]) -> bytes:
    """The archive, as Python's zipfile writes it; that deflates each part anew."""
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name, (crc, size, data) in parts:
        raw = name.encode()
        utf_8 = 0 if name.isascii() else 1 << 11
        told = struct.pack("<2B4H3L2H", 20, 0, utf_8, zlib.DEFLATED, 0, _EPOCH, crc, len(data), size, len(raw), 0)
        local += (b"PK\x03\x04", told, raw, data)
        central += (
            b"PK\x01\x02\x14\x03", told, struct.pack("<3H2L", 0, 0, 0, 0o600 << 16, offset), raw,
        )  # fmt: skip
        offset += 4 + len(told) + len(raw) + len(data)
    number, length = len(central) // 4, sum(map(len, central))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, length, offset, 0)
    return b"".join([*local, *central, end])
