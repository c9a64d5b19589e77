"""Small tables to lay out, and the styles they are set in."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.document import HeaderCell, TableBlock, TableRow
from generator.model.ledger import Filter
from generator.render.docx.styles import TABLE_SIZES, Borders, CellMargins, Style, Styles

LINES = {21: 280, 18: 240, 15: 200}
STYLES = Styles(
    {
        f"Table{size}{kind}": Style(size=size, line=LINES[size], rule="exact", widows=False)
        for size in TABLE_SIZES
        for kind in "LCRH"
    },
    CellMargins(20, 20, 57, 57),
    Borders(),
)
PADDING = 114


def table(
    labels: Sequence[str],
    alignments: str,
    rows: Sequence[Sequence[str]],
    groups: Sequence[tuple[str, int, int]] = (),
    scopes: Sequence[Filter | None] = (),
) -> TableBlock:
    """A table of one row of labels, below cells over several of them: words, first column, span."""
    depth = 1 if groups else 0
    held = {column for _, start, span in groups for column in range(start, start + span)}
    header = [HeaderCell(text, 0, start, span, 1) for text, start, span in groups]
    header += [
        HeaderCell(text, depth if column in held else 0, column, 1, 1 if column in held else 1 + depth)
        for column, text in enumerate(labels)
    ]
    body = [
        TableRow(tuple(texts), (None,) * len(texts), scopes=(scopes[index],) if scopes else ())
        for index, texts in enumerate(rows)
    ]
    return TableBlock(
        "表",
        "表",
        "t",
        None,
        tuple(header) if labels else (),
        1 + depth if labels else 0,
        alignments,
        tuple(body),
        (),
        False,
    )
