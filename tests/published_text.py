"""A published document as a person copied it, page by page, against one of ours: rows cell by cell, prose letter by letter."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from generator.model.document import Document, Heading, Paragraph, TableBlock

FOLDER = Path(__file__).parent / "published" / "places"
_PAGE = re.compile(r"---- \d+")


class Published(NamedTuple):
    """A document's table rows, each a tuple of cells, and all its other letters without blanks."""

    rows: tuple[tuple[str, ...], ...]
    prose: str


class Compared(NamedTuple):
    """What ours has and the published has not, and the other way round; how many there are of each kind.

    ``paragraphs`` of ours that are not in the published text, ``left`` are the stretches of it that none of ours has.
    """

    rows: list[tuple[str, ...]]
    rows_lost: list[tuple[str, ...]]
    paragraphs: list[str]
    left: list[str]
    counts: tuple[int, int]


def published(name: str) -> Published:
    """The text of a published document: lines with tabs are rows of its tables, the others its prose."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    rows = tuple(_cells(line) for line in lines if "\t" in line)
    prose = "\n".join(line for line in lines if "\t" not in line and not _PAGE.fullmatch(line))
    return Published(tuple(row for row in rows if any(row)), _letters(prose))


def compared(document: Document, theirs: Published) -> Compared:
    """Our document against a published one."""
    ours = [
        _cells("\t".join(row.texts)) for block in document.blocks if isinstance(block, TableBlock) for row in block.rows
    ]
    heads = [row for block in document.blocks if isinstance(block, TableBlock) for row in _header(block)]
    ours = [row for row in ours if any(row)]
    lost = Counter(theirs.rows) - Counter(ours) - Counter(heads)
    added = Counter(ours) - Counter(theirs.rows)
    texts = [_letters(text) for text in _texts(document)]
    left, missing = theirs.prose, []
    for text in sorted(filter(None, texts), key=len, reverse=True):
        if text in left:
            left = left.replace(text, "\n", 1)
        else:
            missing.append(text)
    stretches = [stretch for stretch in left.split("\n") if stretch]
    return Compared(list(added.elements()), list(lost.elements()), missing, stretches, (len(ours), len(texts)))


def _header(block: TableBlock) -> list[tuple[str, ...]]:
    """The rows of a header as they are copied: a cell over several columns or rows stands in the first."""
    grid = [[""] * len(block.alignments) for _ in range(block.header_rows)]
    for cell in block.header:
        grid[cell.row][cell.column] = cell.text
    return [_cells("\t".join(row)) for row in grid]


def _texts(document: Document) -> list[str]:
    texts = [document.title, *(entry.text for entry in document.entries)]
    for block in document.blocks:
        if isinstance(block, Heading):
            texts += [block.ordinal + block.title]
        elif isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, TableBlock):
            texts += [block.caption, *(block.headline or ()), *block.notes]
    return texts


def _cells(line: str) -> tuple[str, ...]:
    cells = [_letters(cell) for cell in line.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)
