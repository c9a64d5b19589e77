"""A Document into the Reading it should become: what the written file is compared with, and what is checked without one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import ChartBlock, Document, Heading, Paragraph, TableBlock, TableRow
from generator.model.reading import ContentsLine, ReadBlock, ReadHeading, Reading, ReadParagraph, ReadTable


def reading_of(document: Document) -> Reading:
    """The document as its reader will see it, before there is a file."""
    cover = tuple(dict.fromkeys(text for _, text in document.furniture if text))
    contents = tuple(ContentsLine(entry.text) for entry in document.entries)
    return Reading(cover, contents, tuple(_blocks(document)))


def _blocks(document: Document) -> Iterator[ReadBlock]:
    section = ""
    for block in document.blocks:
        match block:
            case Heading():
                section = block.ordinal + block.title
                yield ReadHeading(block.level, section)
            case Paragraph():
                yield ReadParagraph(block.text, section)
            case ChartBlock():
                yield ReadParagraph(block.caption, section)
            case TableBlock():
                yield _table(block)


def _table(block: TableBlock) -> ReadTable:
    rows = tuple(_row(row) for row in block.rows)
    headline = "\t".join(block.headline) if block.headline else ""
    return ReadTable(block.caption, headline, block.paths, rows, block.notes, tuple(len(row) for row in rows))


def _row(row: TableRow) -> tuple[str, ...]:
    if not row.spans:
        return row.texts
    return tuple(text for cell, span in zip(row.texts, row.spans, strict=True) for text in (cell, *[""] * (span - 1)))
