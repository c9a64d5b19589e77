"""A Document as plain text, for mail, readers and eyes: paragraphs, and tables whose columns stand below each other in a Chinese font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from generator.model.document import ChartBlock, Document, HeaderCell, Heading, Paragraph, TableBlock, TableRow
from generator.render.cells import starts_of, width_of
from generator.render.width import lines_of, width

_GAP = 2
_NAME, _LEAST = 44, 4
Placed = tuple[int, int, str, str]
"""Words in a line of cells: their first column, over how many, the words, and l, c or r."""


def plain_text(document: Document) -> str:
    """The whole document, a paragraph a line. A table has a line of dashes above its body, one group a column."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip(" ") for line in _lines(document)).rstrip("\n")) + "\n"


def cover_of(document: Document) -> tuple[str, ...]:
    """What the cover says beside the title, each once."""
    return tuple(dict.fromkeys(text for _, text in document.furniture if text and text != document.title))


def heading_of(block: Heading) -> str:
    """A heading on one line: a part's number stands apart from its title."""
    return f"{block.ordinal}　{block.title}" if block.level == 1 and block.ordinal else block.ordinal + block.title


def _lines(document: Document) -> Iterator[str]:
    yield document.title
    yield from (line for text in cover_of(document) for line in text.split("\n"))
    yield from ("", document.contents_title)
    yield from (f"{'　' * (entry.level - 1)}{entry.text}" for entry in document.entries)
    for block in document.blocks:
        match block:
            case Heading():
                yield from ("", heading_of(block), "")
            case Paragraph():
                yield from (f"　　{line}" for line in block.text.split("\n"))
            case ChartBlock():
                yield from (f"〔图〕{block.alt}", block.caption)
            case TableBlock():
                yield from ("", *_table(block), "")


def _table(block: TableBlock) -> Iterator[str]:
    widths = _widths(block)
    yield block.caption
    if block.headline and any(block.headline):
        left, right = block.headline
        room = sum(widths) + _GAP * (len(widths) - 1) - width(left) - width(right)
        yield left + " " * max(room, _GAP) + right
    for row in range(block.header_rows):
        yield from _set([(cell.column, cell.span, cell.text, "c") for cell in _heads(block, row)], widths)
    yield (" " * _GAP).join("-" * one for one in widths)
    apart = _breaks(block, widths)
    for number, texts in enumerate(block.rows):
        yield from _set(_cells(texts, block.alignments), widths)
        if apart and number < len(block.rows) - 1:
            yield ""
    yield from block.notes


def _heads(block: TableBlock, row: int) -> list[HeaderCell]:
    return sorted((cell for cell in block.header if cell.row == row), key=lambda cell: cell.column)


def _cells(row: TableRow, alignments: str) -> list[Placed]:
    kinds, spans = row.alignments or alignments, row.spans or (1,) * len(row.texts)
    return list(zip(starts_of(row), spans, row.texts, kinds, strict=True))


def _breaks(block: TableBlock, widths: Sequence[int]) -> bool:
    """Whether some cell takes more than one line: then a blank line tells rows apart."""
    return any(
        len(lines_of(text, _room(widths, start, span))) > 1
        for row in block.rows
        for start, span, text, _ in _cells(row, block.alignments)
    )


def _widths(block: TableBlock) -> list[int]:
    """As wide as the longest word of a column, but names no wider than a line is read; over several columns, as they give."""
    found = [_LEAST] * width_of(block)
    placed = [cell for row in block.rows for cell in _cells(row, block.alignments)]
    placed += [(cell.column, cell.span, cell.text, "c") for cell in block.header]
    for start, span, text, _ in sorted(placed, key=lambda cell: cell[1]):
        wanted = min(max(map(width, text.split("\n"))), _NAME * span)
        missing = wanted - _room(found, start, span)
        for number in range(max(missing, 0)):
            found[start + number % span] += 1
    return found


def _room(widths: Sequence[int], start: int, span: int) -> int:
    return sum(widths[start : start + span]) + _GAP * (span - 1)


def _set(cells: Sequence[Placed], widths: Sequence[int]) -> Iterator[str]:
    """Cells side by side, as many lines as the longest takes."""
    broken = [lines_of(text, _room(widths, start, span)) for start, span, text, _ in cells]
    for lines in zip_longest(*broken, fillvalue=""):
        line = ""
        for (start, span, _, side), words in zip(cells, lines, strict=True):
            line += " " * (sum(widths[:start]) + _GAP * start - width(line))
            line += _aligned(words, _room(widths, start, span), side)
        yield line


def _aligned(words: str, room: int, side: str) -> str:
    free = max(room - width(words), 0)
    before = {"l": 0, "c": free // 2, "r": free}[side]
    return " " * before + words + " " * (free - before)
