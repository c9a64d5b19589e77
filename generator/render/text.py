"""A finished document as lines of text, for git and for eyes: one sentence a line, one table row a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.reading import ReadHeading, Reading, ReadParagraph, ReadTable

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]+[”』」）]*|[^。；！？\n]+")


def reading_text(reading: Reading) -> str:
    """Cover, contents and body, then what stands beside it. A change of one sentence or one row changes one line."""
    return "\n".join(_lines(reading)) + "\n"


def _lines(reading: Reading) -> Iterator[str]:
    for line in reading.cover:
        yield from line.split("\n")
    if reading.contents:
        yield from ("", "目录")
        yield from (f"{line.text}\t{line.page}".rstrip("\t") for line in reading.contents)
    for block in reading.blocks:
        yield ""
        match block:
            case ReadHeading():
                yield f"{'#' * block.level} {block.text}"
            case ReadParagraph():
                yield from _sentences(block.text)
            case ReadTable():
                yield from _table(block)
    for story in reading.stories:
        yield from ("", f"〔{story.kind}〕")
        yield from (sentence for line in story.lines for sentence in _sentences(line))


def _sentences(text: str) -> list[str]:
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]


def _table(table: ReadTable) -> Iterator[str]:
    yield from filter(None, (table.caption, table.headline))
    if any(table.columns):
        yield _row(tuple("·".join(path) for path in table.columns))
    yield from map(_row, table.rows)
    yield from table.notes


def _row(texts: tuple[str, ...]) -> str:
    """Cells between tabs; a line break inside one is a space, empty ones at the end are left out."""
    return "\t".join(" ".join(text.split()) for text in texts).rstrip("\t")
