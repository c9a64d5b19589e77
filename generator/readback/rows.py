"""A body of ours by the shapes of its rows: what stands around the words is parsed once, known shapes give only words.

A shape is every byte of a row but its words. Whatever is not told by a shape, the parser reads as always: a row of two
paragraphs in a cell, of a tracked change, of a sign that XML writes in another way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import IO, NamedTuple
from xml.parsers import expat

from generator.opc import pieces_of
from generator.readback.body import Body, BodyReader, BodyRow
from generator.readback.wordml import Style, listen, parse

_WORD = "\ue000"
"""Stands for the words of a cell while its shape is parsed: a letter of nobody's, so that it means what it stands for."""
_BETWEEN_ROWS = (b"</w:tr>", b"</w:tblGrid>")
_LOOKS = rb"<w:(?:tcW|vAlign|trHeight) [^<>]*/>"
"""Half of a cell's elements, which hold no word and tell nothing that is read: cells of all widths are of one shape."""
_MOST = 1 << 10
"""Of the shapes of rows, of cells, that are kept: as many rows of as many shapes would be the whole document in memory."""
_NOTHING = BodyReader({}).body()


def read_body(stream: IO[bytes], styles: Mapping[str, Style], ours: bool = False) -> Body | None:
    """The body of a document's main part, None when it has none. Raises UsageError when it is damaged."""
    reader = BodyReader(styles)
    pieces = pieces_of(stream)
    parse(_unread(pieces, reader) if ours else pieces, reader, ours)
    return reader.body() if reader.found else None


def _unread(pieces: Iterable[bytes], reader: BodyReader) -> Iterator[bytes]:
    """What the parser must read; rows of known shapes are among the reader's when it comes for more."""
    shapes, rest, before = _Shapes(reader), b"", b""
    for piece in pieces:
        *rows, rest = (rest + piece).split(b"</w:tr>")
        for row in rows:
            above, begun, cells = row.rpartition(b"<w:tr>")
            if above:
                yield above
                before = above
            read = shapes.read(cells) if begun and before.endswith(_BETWEEN_ROWS) and reader.at_rows else None
            if read is not None:
                reader.rows.append(read)
            else:
                yield begun + cells + b"</w:tr>"
            before = b"</w:tr>"
        if not rows:
            end = rest.rfind(b">") + 1
            before, rest = rest[:end], rest[end:]
            yield before
    yield rest
    shapes.leave()


class _Shape(NamedTuple):
    """A row but its words: which of them each of its texts is, 0 for none; the rest of the row; how many there may be."""

    places: tuple[int, ...]
    look: tuple[str, Mapping[int, int], Mapping[int, bool], bool, bool]
    words: int


@lru_cache(maxsize=4)
def _memory(
    styles: tuple[tuple[str, Style], ...],
) -> tuple[dict[tuple[bytes, ...], _Shape | None], dict[bytes, BodyRow | None]]:
    """The shapes of rows and of cells that documents with these styles had: of one place's departments they are the same."""
    return {}, {}


class _Shapes:
    """The shapes of rows, and of the cells they are made of."""

    def __init__(self, reader: BodyReader) -> None:
        self._reader = reader
        self._rows, self._pieces = _memory(tuple(sorted(reader.styles.items())))
        self._known: dict[str, str] = {}
        self._own = BodyReader({})
        self._begin()

    def _begin(self) -> None:
        self._own.leave()
        self._own = BodyReader(self._reader.styles)
        self._parser = listen(self._own, True)
        self._parser.Parse(b"<w:tbl>")

    def leave(self) -> None:
        """The last row has been read."""
        self._own.leave()

    def read(self, xml: bytes) -> BodyRow | None:
        """The row between these bytes' begin and end; None where a parser must read it."""
        *parts, tail = xml.split(b"</w:t>")
        cut = [part.rpartition(b">") for part in parts]
        shape = self._shape((*[around for around, _, _ in cut], tail))
        if shape is None:
            return None
        try:
            said = b"<".join([b"", *[word for _, _, word in cut]]).decode()
        except UnicodeDecodeError:
            return None
        words = said.split("<")
        if len(words) != shape.words or "&" in said or not said.isprintable():
            return None
        words = [self._known.setdefault(word, word) for word in words]
        return BodyRow(tuple(map(words.__getitem__, shape.places)), *shape.look)

    def _shape(self, around: tuple[bytes, ...]) -> _Shape | None:
        shape = self._rows.get(around)
        if shape is None and around not in self._rows:
            shape = self._composed(around)
            if len(self._rows) < _MOST:
                self._rows[around] = shape
        return shape

    def _composed(self, around: tuple[bytes, ...]) -> _Shape | None:
        """The shape of what stands around words, from those of its cells."""
        texts: list[str] = []
        aligned, header, whole = "", False, False
        wide: dict[int, int] = {}
        merged: dict[int, bool] = {}
        for xml in f">{_WORD}</w:t>".encode().join(around).replace(b"<w:tc>", b"\0<w:tc>").split(b"\0"):
            piece = self._piece(xml)
            if piece is None:
                return None
            if piece.wide or piece.merged:
                wide |= {len(texts) + start: span for start, span in piece.wide.items()}
                merged |= {len(texts) + start: begins for start, begins in piece.merged.items()}
            texts += piece.texts
            aligned += piece.aligned
            header, whole = header or piece.header, whole or piece.whole
        number = count(1)
        places = tuple([next(number) if text else 0 for text in texts])
        return _Shape(places, (aligned, wide, merged, header, whole), len(around))

    def _piece(self, xml: bytes) -> BodyRow | None:
        """One cell, or what stands before a row's cells, as a row of its own."""
        if xml not in self._pieces:
            if len(self._pieces) == _MOST:
                self._pieces.clear()
            plain = re.sub(_LOOKS, b"", xml)
            self._pieces[xml] = self._parsed(xml) if plain == xml else self._piece(plain)
        return self._pieces[xml]

    def _parsed(self, xml: bytes) -> BodyRow | None:
        with suppress(expat.ExpatError):
            self._parser.Parse(b"<w:tr>" + xml + b"</w:tr>")
            own = self._own
            if len(own.rows) == 1 and not own.sections and own.body() == _NOTHING:
                row = own.rows.pop()
                if list(filter(None, row.texts)) == [_WORD] * xml.count(_WORD.encode()):
                    return row
        self._begin()
        return None
