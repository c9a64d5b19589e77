"""A laid table as XML: its header tree, rows of exact heights, merges that start anew on each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import getitem
from typing import NamedTuple

from generator.model.comment import Spot
from generator.model.document import HeaderCell, TableRow
from generator.render.docx.comments import Notes
from generator.render.docx.laid import LaidTable
from generator.render.docx.table_rows import merges, spanned
from generator.render.docx.xml import TAB, bookmark, paragraph, run

KINDS = {"l": "L", "c": "C", "r": "R"}
_MOST_CELLS = 256
_TIGHT = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/></w:tblCellMar>'
_PLAIN = frozenset("0123456789.,%-")


def table_xml(table: LaidTable, number: int, width: int, page_height: int, notes: Notes) -> Iterator[str | bytes]:
    """Caption, headline, the table, the ``number``th block of the document counted from 1, and its notes.

    Its rows are in UTF-8: most of a document is cells, many of them again and again.
    """
    block = table.block
    caption = bookmark(number, block.anchor, notes.marked(Spot(number - 1), run(block.caption)))
    yield paragraph("TableCaption", caption, "<w:pageBreakBefore/>" if table.breaks else "")
    if block.headline is not None:
        left, right = block.headline
        yield paragraph("TableInfo", f"{run(left)}{TAB}{run(right)}", right_tab(width))
    yield frame(table)
    yield from _header(table)
    yield from _rows(table, page_height, _Noted(notes, number - 1))
    yield "</w:tbl>"
    for note in block.notes:
        yield paragraph("TableNote", run(note))


def right_tab(width: int) -> str:
    """The tab stop that puts the unit at the right end of a table's headline."""
    return f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'


def between(table: LaidTable, row: int, mark: str = "") -> str:
    """What parts a form's rows from those above them, that their heading stands on each of their pages."""
    return f"</w:tbl>{paragraph('SectionEnd', '', mark)}{frame(table)}" if row and row == table.again else ""


def frame(table: LaidTable) -> str:
    """A table's beginning: its style and its grid."""
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in table.widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="BudgetTable"/>'
        f'<w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{_TIGHT if table.tight else ''}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _header(table: LaidTable) -> Iterator[str]:
    for row, height in enumerate(table.header):
        cells = "".join(_header_cell(cell, row, table) for cell in across(table.block.header, row))
        yield f"<w:tr>{row_properties(height, split=False, header=True)}{cells}</w:tr>"


def across(cells: tuple[HeaderCell, ...], row: int) -> list[HeaderCell]:
    """The header cells that a header row passes through, from left to right."""
    found = [cell for cell in cells if cell.row <= row < cell.row + cell.depth]
    return sorted(found, key=lambda cell: cell.column)


def _header_cell(cell: HeaderCell, row: int, table: LaidTable) -> str:
    merge = "" if cell.depth == 1 else '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
    width = sum(table.widths[cell.column : cell.column + cell.span])
    text = run(cell.text) if cell.row == row else ""
    return f"{cell_opening(width, cell.span, merge)}{paragraph(f'Table{table.size}H', text, indent_of(cell, table))}</w:tc>"


def indent_of(cell: HeaderCell, table: LaidTable) -> str:
    """What keeps a header cell's words from its sides."""
    twips = table.indents.get(cell)
    return f'<w:ind w:left="{twips}" w:right="{twips}"/>' if twips else ""


class _Noted(NamedTuple):
    """The comments on one table's cells."""

    notes: Notes
    block: int

    def marked(self, row: int, column: int, runs: str) -> str:
        return self.notes.marked(Spot(self.block, row, column), runs) if self.notes.at else runs


def _rows(table: LaidTable, page_height: int, noted: _Noted) -> Iterator[str | bytes]:
    block = table.block
    columns = _Columns(table)
    limit = page_height - sum(table.header)
    restarts = _restarts(table) if any([row.joined for row in block.rows]) else {}
    marked = noted.notes.of_table(noted.block)
    for index, (row, height) in enumerate(zip(block.rows, table.heights, strict=True)):
        properties = row_properties(height, split=height > limit, header=index == table.again)
        yield between(table, index)
        if row.spans or row.alignments or index in marked:
            cells = "".join(_special(table, index, restarts.get(index, {}), noted)).encode()
        elif index in restarts:
            cells = b"".join(columns.begun(row, restarts[index]))
        else:
            cells = b"".join(map(getitem, columns.joined(row.joined), row.texts))
        yield b"<w:tr>%b%b</w:tr>" % (properties.encode(), cells)


class _Columns:
    """The cells of a table's columns by their texts: those that stand alone, those that go on from above, and a merge's first."""

    def __init__(self, table: LaidTable) -> None:
        styles = [f"Table{table.size}{KINDS[kind]}" for kind in table.block.alignments]
        self._alone, self._below, self._first = (
            [_Cells(_opening(width, 1, merge, style)) for width, style in zip(table.widths, styles, strict=True)]
            for merge in ("", "<w:vMerge/>", '<w:vMerge w:val="restart"/>')
        )
        self._joined: dict[tuple[bool, ...], list[_Cells]] = {(): self._alone}

    def joined(self, which: tuple[bool, ...]) -> list[_Cells]:
        """The cells of a row of which these go on from above."""
        if which not in self._joined:
            self._joined[which] = [
                below if at < len(which) and which[at] else alone
                for at, (alone, below) in enumerate(zip(self._alone, self._below, strict=True))
            ]
        return self._joined[which]

    def begun(self, row: TableRow, restarts: Mapping[int, str]) -> list[bytes]:
        """The cells of a row in which merges begin, with their texts."""
        cells = list(map(getitem, self.joined(row.joined), row.texts))
        for column, text in restarts.items():
            cells[column] = self._first[column][text]
        return cells


class _Cells(dict[str, bytes]):
    """The plain cells of a column by their text; as many are kept as may come again, names and amounts seldom do."""

    def __init__(self, opening: str) -> None:
        super().__init__()
        self.opening = opening

    def __missing__(self, text: str) -> bytes:
        cell = f"{self.opening}{_text(text)}</w:p></w:tc>".encode()
        if len(self) < _MOST_CELLS:
            self[text] = cell
        return cell


def _text(text: str) -> str:
    if not text:
        return ""
    if _PLAIN.issuperset(text):
        return f"<w:r><w:t>{text}</w:t></w:r>"
    return run(text)


def _special(table: LaidTable, index: int, restarts: dict[int, str], noted: _Noted) -> Iterator[str]:
    row = table.block.rows[index]
    kinds = row.alignments or table.block.alignments
    spans = row.spans or (1,) * len(row.texts)
    for column, (text, width, span) in enumerate(zip(row.texts, spanned(row, table.widths), spans, strict=True)):
        merge, shown = "", text
        if column in restarts:
            merge, shown = '<w:vMerge w:val="restart"/>', restarts[column]
        elif row.is_joined(column):
            merge = "<w:vMerge/>"
        yield _cell(
            width, span, merge, f"Table{table.size}{KINDS[kinds[column]]}", noted.marked(index, column, _text(shown))
        )


def _restarts(table: LaidTable) -> dict[int, dict[int, str]]:
    """Row → column → text where a vertical merge begins, again on every page it reaches."""
    found: dict[int, dict[int, str]] = {}
    for column in range(len(table.widths)):
        for start, end in merges(table.block, column):
            text = table.block.rows[start].texts[column]
            found.setdefault(start, {})[column] = text
            for row in range(start + 1, end):
                if row in table.repeats:
                    found.setdefault(row, {})[column] = text
    return found


def row_properties(height: int, split: bool, header: bool, mark: str = "") -> str:
    """A row's properties; ``mark`` says that the row itself came or went.

    One higher than a page goes over pages, and has no least height: LibreOffice cuts off what such a row has below a page.
    """
    if split:
        return f"<w:trPr>{mark}</w:trPr>" if mark else ""
    repeated = "<w:tblHeader/>" if header else ""
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeated}{mark}</w:trPr>'


def _cell(width: int, span: int, merge: str, style: str, content: str) -> str:
    return f"{_opening(width, span, merge, style)}{content}</w:p></w:tc>"


@lru_cache(maxsize=1 << 10)
def _opening(width: int, span: int, merge: str, style: str) -> str:
    return f'{cell_opening(width, span, merge)}<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'


@lru_cache(maxsize=1 << 10)
def cell_opening(width: int, span: int, merge: str) -> str:
    """A cell's beginning: its width, and what it is merged with."""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}<w:vAlign w:val="center"/></w:tcPr>'
