"""A bureau's workbook of finished tables as a Reading: sheets with tables become tables, sheets with words paragraphs.

A table is known by its title (…表), whatever its sheet is called and whatever number stands before it. Its unit is said
beside its head (单位：元); its amounts become the data's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model.money import Scale
from generator.model.reading import ReadBlock, ReadHeading, Reading, ReadParagraph, ReadTable
from generator.sheets.sheet import Cell, Kind, Sheet, Workbook, letters_of

_NUMBERED = r"^(?:表?\d{1,2}(?:[.．]\d+)*[.．、]?(?![\d年])|表?[一二三四五六七八九十]+、)\s*"
_TITLE = r"表(?:[（(].*[)）])?$"
_UNIT = r"(?:金额)?单位[:：]\s*((?:人民币)?(万元|元))"
_NOTHING = frozenset("…．.·—-－ ")
_WHOLE_SET = 5
_TOP = 8
"""A title stands in the first rows of its sheet."""


class Book(NamedTuple):
    """A workbook's reading. By caption: which sheet a table is, the rows of the sheet that its rows are, its unit."""

    reading: Reading
    sheets: Mapping[str, Sheet]
    rows: Mapping[str, tuple[int, ...]]
    scales: Mapping[str, Scale]

    def place(self, caption: str, row: int, column: int) -> str:
        """Where a table's cell stands: “表.xlsx 收入总表!E9”."""
        sheet = self.sheets[caption]
        named = f"{sheet.name}!" if sheet.name else ""
        return f"{sheet.file} {named}{letters_of(column + 1)}{self.rows[caption][row]}"


def is_book(book: Workbook) -> bool:
    """Whether a workbook is one of finished tables: several sheets with a title and a unit, and none with single entries
    unless it is a whole set of tables.
    """
    tables = sum(1 for sheet in book.visible if _title_row(sheet) and _unit_row(sheet))
    return tables >= _WHOLE_SET or (tables > 1 and not any(map(_is_detail, book.visible)))


def book_of(book: Workbook) -> Book:
    """The reading of all visible sheets, in their order; a contents sheet (目录) is left out."""
    cover = [cell.text.strip() for sheet in book.visible if sheet.name == "封面" for cell in sheet.cells.values()]
    blocks, sheets = list[ReadBlock](), dict[str, Sheet]()
    rows, scales = dict[str, tuple[int, ...]](), dict[str, Scale]()
    for sheet in book.visible:
        if sheet.name in ("封面", "目录") or not sheet.cells:
            continue
        caption = _caption(sheet)
        if not caption:
            blocks += _words(sheet)
            continue
        if caption in sheets:  # 部门 and 单位 in one file have other captions: the same one again is a copy
            continue
        table, numbers = _table(sheet, caption)
        blocks.append(table)
        sheets[caption], rows[caption] = sheet, numbers
        scales |= _scale(sheet, caption)
    return Book(Reading(tuple(cover), (), tuple(blocks)), sheets, rows, scales)


def unsure(book: Book) -> Iterator[tuple[Sheet, Cell]]:
    """The cells of its tables whose value can't be relied on."""
    for sheet in book.sheets.values():
        yield from ((sheet, cell) for cell in sheet.cells.values() if cell.problem)


def _is_detail(sheet: Sheet) -> bool:
    """Whether a row of its head names 功能科目 and 经济科目 side by side: an entry a line, which says more than any table."""
    for _, cells in list(sheet.rows())[: _TOP + 4]:
        said = [cell.text for cell in cells]
        if any("功能" in text for text in said) and any("经济" in text and "功能" not in text for text in said):
            return True
    return False


def _text(cell: Cell) -> str:
    if cell.kind is Kind.NUMBER and cell.number is not None:
        return f"{cell.number:f}"
    text = cell.text.strip()
    return "" if _NOTHING.issuperset(text) else text


def _alone(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The first rows with one text each: number and words."""
    for number, cells in list(sheet.rows())[:_TOP]:
        said = [re.sub(r"\s", "", re.sub(_NUMBERED, "", cell.text.strip())) for cell in cells if cell.text.strip()]
        if len(said) == 1:
            yield number, said[0]


def _title_row(sheet: Sheet) -> tuple[int, str] | None:
    return next(((number, text) for number, text in _alone(sheet) if re.search(_TITLE, text)), None)


def _unit_row(sheet: Sheet) -> tuple[int, str] | None:
    """The row that says the unit, and all of its words."""
    for number, cells in list(sheet.rows())[:_TOP]:
        said = "\t".join(cell.text.strip() for cell in cells if cell.text.strip())
        if re.search(_UNIT, said):
            return number, said
    return None


def _caption(sheet: Sheet) -> str:
    found = _title_row(sheet)
    name = sheet.name if sheet.name.endswith("表") and _unit_row(sheet) else ""
    return found[1] if found else re.sub(_NUMBERED, "", name)


def _scale(sheet: Sheet, caption: str) -> dict[str, Scale]:
    found = _unit_row(sheet)
    hit = re.search(_UNIT, found[1]) if found else None
    return {caption: Scale.YUAN if hit[2] == "元" else Scale.WAN} if hit is not None else {}


def _table(sheet: Sheet, caption: str) -> tuple[ReadTable, tuple[int, ...]]:
    unit = _unit_row(sheet)
    title = _title_row(sheet)
    first, headline = unit if unit is not None else (title[0] if title is not None else 0, "")
    width = max(column for _, column in sheet.cells)
    found = [(number, cells) for number, cells in sheet.rows() if number > first]
    rows = [(number, _row(cells, width)) for number, cells in found]
    rows = [(number, texts) for number, texts in rows if any(texts)]
    texts = tuple(texts for _, texts in rows)
    return ReadTable(caption, headline, ((),) * width, texts, (), (width,) * len(texts)), tuple(n for n, _ in rows)


def _row(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    texts = [""] * width
    for cell in cells:
        texts[cell.column - 1] = _text(cell)
    return tuple(texts)


def _words(sheet: Sheet) -> Iterator[ReadBlock]:
    """A sheet of words has them in its first column alone."""
    if any(column > 1 for _, column in sheet.cells):
        return
    lines = [line.strip() for cell in sheet.cells.values() for line in cell.text.split("\n") if line.strip()]
    section = lines[0] if lines else ""
    if lines:
        yield ReadHeading(1, section)
    for line in lines[1:]:
        yield ReadParagraph(line, section)
