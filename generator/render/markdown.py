"""A Document as Markdown (GFM), for web pages and repositories: the same words; a table's merged head in one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model.document import ChartBlock, Document, Heading, Paragraph, TableBlock
from generator.render.cells import starts_of, width_of
from generator.render.plain import cover_of, heading_of

_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_BEGINNINGS = re.compile(r"^(\s*)([#+>=-]|\d+(?=[.)]))", re.MULTILINE)
_SIDES = {"l": ":--", "c": ":-:", "r": "--:"}


def markdown(document: Document) -> str:
    """The whole document."""
    return "\n\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_escaped(document.title)}"
    yield from (_escaped(text) for text in cover_of(document))
    yield f"## {_escaped(document.contents_title)}"
    yield "\n".join(f"{'  ' * (entry.level - 1)}- {_inline(entry.text)}" for entry in document.entries)
    for block in document.blocks:
        match block:
            case Heading():
                yield f"{'#' * min(block.level + 1, 6)} {_inline(heading_of(block))}"
            case Paragraph():
                yield _escaped(block.text)
            case ChartBlock():
                yield f"〔图〕{_escaped(block.alt)}"
                yield _escaped(block.caption)
            case TableBlock():
                yield from _table(block)


def _table(block: TableBlock) -> Iterator[str]:
    yield f"#### {_inline(block.caption)}"
    if block.headline and any(block.headline):
        yield "　".join(_escaped(text) for text in block.headline if text)
    count = width_of(block)
    heads = ["／".join(path) for path in block.paths] if block.header_rows else [""] * count
    sides = [_SIDES[side] for side in block.alignments.ljust(count, "l")]
    lines = [_row(heads), f"| {' | '.join(sides)} |"]
    for row in block.rows:
        texts = [""] * count
        for start, text in zip(starts_of(row), row.texts, strict=True):
            texts[start] = text
        lines.append(_row(texts))
    yield "\n".join(lines)
    yield from (_escaped(note) for note in block.notes)


def _row(texts: Sequence[str]) -> str:
    return f"| {' | '.join(_inline(text).replace(chr(10), '<br>') for text in texts)} |"


def _inline(text: str) -> str:
    """Words that stand after something else on their line: only marks are to be told apart."""
    return _MARKS.sub(r"\\\1", text)


def _escaped(text: str) -> str:
    """Words at the beginning of a line, which must not become a list, a heading or a rule; each line of its own."""
    plain = _BEGINNINGS.sub(_kept, _inline(text))
    return "  \n".join(line.lstrip(" \t") for line in plain.split("\n"))


def _kept(found: re.Match[str]) -> str:
    before, sign = found.groups()
    return f"{before}{sign}\\" if sign.isdigit() else f"{before}\\{sign}"
