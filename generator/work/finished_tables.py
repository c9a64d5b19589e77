"""A bureau's workbook of finished tables for the verb import: what can be read back to entries is, the rest is compared."""

from __future__ import annotations

from collections.abc import Sequence

from generator.intake.document.book import book_of, is_book, unsure
from generator.intake.document.printed import Printed
from generator.intake.ground import CODE
from generator.model.money import Scale
from generator.model.problem import Problem, Severity, UsageError
from generator.model.reading import year_of
from generator.sheets.read import read_workbook
from generator.sheets.sheet import Workbook
from generator.work.handed import Given, Handed, Taken
from generator.work.published import published

ENTRIES_SHEET = "台账"
"""The sheet of ``report --format xlsx`` that says every entry."""
_ENTRIES = ("basic.yaml", "projects.yaml")
"""The files that tables say whole. Others that are there already hold words that a workbook does not have."""


def is_finished(files: Sequence[Given]) -> bool:
    """Whether a file is a workbook with several finished tables, and without the entries that they were made from."""
    if len(files) != 1:
        return False
    try:
        book = read_workbook(files[0].name, files[0].data)
    except UsageError:
        return False
    return not _has_entries(book) and is_book(book)


def _has_entries(book: Workbook) -> bool:
    """Whether it is one of ours, with the entries: who has them need not guess them from tables."""
    sheet = book.named(ENTRIES_SHEET)
    return sheet is not None and any(cell.text == "填报位置" for cell in sheet.cells.values() if cell.row == 1)


def read_finished(handed: Handed) -> Taken:
    """The entries behind a workbook's tables. Sums that disagree are errors, with both figures and their cells."""
    file = handed.files[0]
    book = book_of(read_workbook(file.name, file.data))
    broken = tuple(
        Problem(CODE, Severity.ERROR, cell.problem, "请在原来的软件里打开，改正后重新保存。", sheet.position(cell))
        for sheet, cell in unsure(book)
    )
    reading = book.reading
    year = year_of(reading._replace(cover=(*reading.cover, *book.sheets))) or handed.year
    if not year:
        raise UsageError("表里没有写是哪一年的，请加上 --year，如 --year 2028。")
    if broken:
        return Taken({}, (), broken, year)
    taken = published(handed.shop, reading, year, Printed(Scale.WAN, book.scales, book.place))
    if not (handed.data / str(year)).is_dir():
        return taken
    kept = {
        name: tree
        for name, tree in taken.trees.items()
        if name in _ENTRIES or not (handed.data / str(year) / name).exists()
    }
    return taken._replace(trees=kept)
