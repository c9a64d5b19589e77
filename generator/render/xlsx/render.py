"""A Document's tables into the bytes of a workbook: 目录, a sheet a table, and the entries of the ledger (台账)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from generator.model.document import Document, Sums, TableBlock
from generator.render.entries import Entries
from generator.render.width import width
from generator.render.xlsx.looks import Look, Looks
from generator.render.xlsx.sizes import height
from generator.render.xlsx.table import Box, Page, set_paper, words, write_table

CONTENTS, LEDGER = "目录", "台账"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - written as it is: the same bytes each time
_WIDEST = 26


def render_xlsx(document: Document, sums: Sequence[Sums], entries: Entries | None = None) -> bytes:
    """The workbook. ``sums`` says of each table which cells make up its totals; with ``entries`` there is a sheet of them.

    The same bytes from the same inputs.
    """
    blocks = [block for block in document.blocks if isinstance(block, TableBlock)]
    names = [f"表{number}" for number in range(1, len(blocks) + 1)]
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": document.title, "created": _MADE})
    looks = Looks(book)
    contents = book.add_worksheet(CONTENTS)
    _contents(contents, looks, document.title, list(zip(names, (block.caption for block in blocks), strict=True)))
    for name, block, of_table in zip(names, blocks, sums, strict=True):
        write_table(book.add_worksheet(name), looks, block, of_table)
    if entries is not None:
        _ledger(book.add_worksheet(LEDGER), looks, entries)
    book.close()
    return file.getvalue()


def _contents(sheet: Any, looks: Looks, title: str, tables: list[tuple[str, str]]) -> None:
    page = Page(sheet, looks, 1, 2, 2)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 76)
    sheet.set_row(0, 60)
    words(page, Box(0, 0, 2), title, Look("c", 16, heavy=True, framed=False))
    sheet.set_row(1, height(1))
    for column, head in enumerate((CONTENTS, "表名")):
        words(page, Box(1, column), head, Look("c", bold=True, filled=True))
    for row, (name, caption) in enumerate(tables, 2):
        sheet.set_row(row, height(1))
        for column, text, align in ((0, name, "c"), (1, caption, "l")):
            sheet.write_url(row, column, f"internal:'{name}'!A1", looks.of(Look(align, link=True)), text)
    sheet.repeat_rows(1)
    set_paper(sheet, False)


def _ledger(sheet: Any, looks: Looks, entries: Entries) -> None:
    """The entries, one a row, with their sum below: who filters or sorts them sees the same words as in the tables."""
    page = Page(sheet, looks, 0, 1, len(entries.fields) + 1)
    heads = [*(field.name for field in entries.fields), f"金额（{entries.unit}）"]
    columns = list(zip(*(told for told, _ in entries.rows), strict=True)) or [()] * len(entries.fields)
    for column, head in enumerate(heads):
        longest = max(map(width, (head, *(columns[column] if column < len(columns) else ()))))
        sheet.set_column(column, column, min(longest + 4, _WIDEST))
        words(page, Box(0, column), head, Look("c", bold=True, filled=True))
    sheet.set_row(0, height(2))
    amount = looks.of(Look("r", pattern="#,##0.00"))
    for row, (told, money) in enumerate(entries.rows, 1):
        for column, text in enumerate(told):
            words(page, Box(row, column), text, Look())
        sheet.write_number(row, len(told), money, amount)
    last, place = len(entries.rows), len(entries.fields)
    if last:
        from xlsxwriter.utility import xl_range

        words(page, Box(last + 1, 0, place), "合计", Look("c", bold=True))
        total = sum(money for _, money in entries.rows)
        sheet.write_formula(last + 1, place, f"=SUBTOTAL(9,{xl_range(1, place, last, place)})", amount, total)
        sheet.autofilter(0, 0, last, place)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 2}"})
    set_paper(sheet, True)
