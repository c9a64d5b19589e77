"""A table block as a real table: header tree, row headers, merges; scrolls inside itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.model.document import HeaderCell, TableBlock, TableRow
from generator.render.html.panel import Explained
from generator.render.html.text import attributes_html, escape, tag

Marks = Mapping[tuple[int, int], str]
"""Row and cell → the marks of the problems that are about it, as HTML."""


def table_html(block: TableBlock, explained: Explained, marks: Marks) -> Iterator[str]:
    """The table in a frame that scrolls, and its notes below."""
    kind = "form" if not block.header_rows else "pivot"
    region = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": block.caption}
    yield f'<div{attributes_html(region)}><table class="{kind}">'
    yield _caption(block)
    if block.widths:
        whole = sum(block.widths)
        columns = "".join(f'<col width="{100 * width / whole:.2f}%">' for width in block.widths)
        yield f"<colgroup>{columns}</colgroup>"
    if block.header_rows:
        yield tag("thead", "".join(_header_rows(block)))
    yield "<tbody>"
    yield from _rows(block, explained, marks)
    yield "</tbody></table></div>"
    yield from (tag("p", escape(note), {"class": "note"}) for note in block.notes)


def _caption(block: TableBlock) -> str:
    title = tag("h3", escape(block.caption), {"id": block.anchor})
    headline = ""
    if block.headline is not None:
        headline = tag("p", "".join(tag("span", escape(text)) for text in block.headline), {"class": "headline"})
    return tag("caption", tag("div", title + headline))


def _header_rows(block: TableBlock) -> Iterator[str]:
    for row in range(block.header_rows):
        cells = sorted((cell for cell in block.header if cell.row == row), key=lambda cell: cell.column)
        yield tag("tr", "".join(map(_header_cell, cells)))


def _header_cell(cell: HeaderCell) -> str:
    scope = "colgroup" if cell.span > 1 else "col"
    return tag("th", escape(cell.text), {"scope": scope, "colspan": _more(cell.span), "rowspan": _more(cell.depth)})


def _rows(block: TableBlock, explained: Explained, marks: Marks) -> Iterator[str]:
    heights = _heights(block)
    labels = _column_labels(block)
    for index, row in enumerate(block.rows):
        kinds = row.alignments or block.alignments
        head = _row_head(row, kinds)
        cells = []
        for column, text in enumerate(row.texts):
            if row.is_joined(column):
                continue
            where = labels.get(column) if not row.spans else None
            content = explained.html(text, row.figures[column], where) + marks.get((index, column), "")
            attributes = {
                "class": kinds[column],
                "scope": "row" if column == head else None,
                "colspan": _more(row.spans[column] if row.spans else 1),
                "rowspan": _more(heights(index, column)),
            }
            cells.append(tag("th" if column == head else "td", content, attributes))
        yield tag("tr", "".join(cells))


def _row_head(row: TableRow, kinds: str) -> int | None:
    """The cell that says what the row is about: its first name, else its first words; none where it stands alone."""
    words = [column for column, text in enumerate(row.texts) if text and row.figures[column] is None]
    names = [column for column in words if kinds[column] == "l"]
    return (names or words)[0] if words and len(row.texts) > 1 else None


def _heights(block: TableBlock) -> Callable[[int, int], int]:
    """How many rows high a cell is, given its row and column."""
    if not any(row.joined for row in block.rows):
        return lambda index, column: 1
    found: dict[tuple[int, int], int] = {}
    for index in range(len(block.rows) - 1, -1, -1):
        row = block.rows[index]
        for column in range(len(row.texts)):
            below = found.get((index + 1, column), 1)
            joined = index + 1 < len(block.rows) and block.rows[index + 1].is_joined(column)
            found[index, column] = 1 + below if joined else 1
    return lambda index, column: found[index, column]


def _column_labels(block: TableBlock) -> dict[int, str]:
    """The words right above each column."""
    lowest = sorted((cell for cell in block.header if cell.span == 1), key=lambda cell: cell.row)
    return {cell.column: cell.text for cell in lowest}


def _more(number: int) -> int | None:
    return number if number > 1 else None
