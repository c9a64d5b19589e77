"""The size of type of tables: as large as it can be, and of one look with the tables around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.document import TableBlock, TableRow
from generator.model.table_spec import FormCell
from generator.render.docx.columns import even_ems
from generator.render.docx.laid import LaidTable
from generator.render.docx.layout import lay_out
from generator.render.docx.master import open_master
from generator.render.docx.measure import cell_end, cell_lines
from generator.render.docx.styles import Styles
from generator.render.docx.table_rows import Cells, RowMeasure, cells_of
from generator.render.docx.table_sizes import Place, set_tables
from tests import varied
from tests.conftest import ROOT
from tests.render.docx.laid_tables import PADDING, STYLES, table
from tests.runs import Run, run

PAGE = 10000


def place(block: TableBlock, width: int = 8845) -> Place:
    return Place(block, width, PAGE, PAGE, True)


def rows(count: int, name: str = "办公费", amount: str = "1.00") -> TableBlock:
    return table(("科目名称", "金额"), "lr", [(name, amount)] * count)


@pytest.mark.parametrize(
    ("count", "size", "tight", "pages"),
    [
        (29, 21, False, 1),
        (30, 21, True, 1),
        (33, 21, True, 1),
        (34, 18, True, 1),
        (38, 18, True, 1),
        (39, 21, False, 2),
    ],
)
def test_a_few_rows_too_many_are_kept_on_the_page(count: int, size: int, tight: bool, pages: int) -> None:
    """A page holds 29 rows of 五号, 33 without margins, and 38 of 小五."""
    [laid] = set_tables([place(rows(count))], STYLES)
    assert (laid.size, laid.tight) == (size, tight)
    assert (pages == 1) == (sum(laid.header) + sum(laid.heights) + STYLES.borders.frame <= PAGE)


WIDE = table(("金额",) * 8, "r" * 8, [("1234567.89",) * 8] * 2)


@pytest.mark.parametrize(
    ("blocks", "sizes"),
    [
        ([WIDE], [18]),
        ([WIDE, rows(3), WIDE], [18, 18, 18]),
        ([WIDE, rows(3)], [18, 18]),
        ([rows(3), rows(3)], [21, 21]),
        ([rows(3), WIDE], [18, 18]),
        ([WIDE, rows(20), WIDE], [18, 21, 18]),
        ([rows(20), rows(3, "印刷费"), WIDE], [21, 21, 18]),
    ],
    ids=["alone", "between", "last", "no need", "first", "not short", "one neighbour is as large"],
)
def test_a_short_table_is_no_larger_than_those_beside_it(blocks: list[TableBlock], sizes: list[int]) -> None:
    assert [laid.size for laid in set_tables([place(block) for block in blocks], STYLES)] == sizes


def test_tables_with_the_same_header_look_alike() -> None:
    many = table(
        ("科目", "名称", "金额"), "clr", [("2080101", "机关事业单位基本养老保险缴费支出" * 2, "12345678.90")] * 12
    )
    none = table(("科目", "名称", "金额"), "clr", [("", "合计", "")])
    laid = set_tables([place(many, 4000), place(rows(20)), place(none, 4000)], STYLES)
    assert laid[0].widths == laid[2].widths and laid[0].size == laid[2].size


def test_a_form_repeats_the_heading_of_its_columns() -> None:
    words, wanted = FormCell(text="指标"), FormCell(value="指标")
    body = [TableRow((f"{n}", "甲"), (None,) * 2, (1, 1), (), "", (), (wanted, wanted)) for n in range(40)]
    form = TableBlock(
        "表", "表", "t", None, (), 0, "ll",
        (
            TableRow(("部门", "财政局"), (None,) * 2, (1, 1), (), "", (), (words, wanted)),
            TableRow(("指标", "指标值"), (None,) * 2, (1, 1), (), "", (), (words, words)), *body,
        ), (), False, (50, 50),
    )  # fmt: skip
    [laid] = set_tables([place(form)], STYLES)
    assert [(part.start, part.end) for part in laid.parts] == [(0, 1), (2, 42)]
    assert laid.parts[1].header == laid.heights[1:2]
    [headed] = set_tables([place(form._replace(rows=form.rows[1:]))], STYLES)
    assert [(part.start, part.end) for part in headed.parts] == [(0, 41)]  # a reader would take it for a table's head
    [plain] = set_tables([place(form._replace(rows=form.rows[2:]))], STYLES)
    assert [(part.start, part.end) for part in plain.parts] == [(0, 40)]


def laid_tables(done: Run) -> tuple[list[LaidTable], Styles]:
    assert done.document is not None and done.profile is not None
    master = open_master(done.profile.master, done.document)
    sections = lay_out(done.document, master, master.styles).sections
    return [item for section in sections for item in section.items if isinstance(item, LaidTable)], master.styles


def made(seed: int, folder: Path) -> Run:
    varied.make(seed, folder)
    return run(folder, ROOT / "templates", "yibin", 2022)


SEEDS = [0, 2, *[pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40)]]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_column_could_give_a_character_away_so_that_the_table_is_lower(seed: int, tmp_path: Path) -> None:
    """… while its own words take no more lines, and its label reads as well."""
    tables, styles = laid_tables(made(seed, tmp_path / "data"))
    assert len(tables) == 13
    for laid in tables:
        if laid.fits and not laid.block.widths:
            assert list(lower(laid, styles)) == []


def lower(laid: LaidTable, styles: Styles) -> list[tuple[int, int]]:
    em, cells = laid.size * 10, cells_of(laid.block)
    measure = RowMeasure(styles, laid.size, PADDING, 0 if laid.tight else styles.margins.top + styles.margins.bottom)

    def height(widths: tuple[int, ...]) -> int:
        return sum(measure.header(laid.block, widths)) + sum(measure.rows(cells, widths))

    found, now = [], height(laid.widths)
    givers = [column for column in range(len(laid.widths)) if gives(laid, cells, column)]
    for giver in givers:
        for taker in range(len(laid.widths)):
            widths = list(laid.widths)
            widths[giver] -= em
            widths[taker] += em
            if taker != giver and height(tuple(widths)) < now:
                found.append((giver, taker))
    return found


def gives(laid: LaidTable, cells: Cells, column: int) -> bool:
    em, width = laid.size * 10, laid.widths[column]
    texts = [text for place, span, _, texts in cells.single if (place, span) == (column, 1) for text in texts]
    texts += [text for text, place, span, *_ in cells.merged if (place, span) == (column, 1)]
    least = {"l": 6, "c": 4, "r": 2}[laid.block.alignments[column]] if any(map(str.isalnum, "".join(texts))) else 2
    ems, less = ((width - PADDING - 20 - taken) // em for taken in (0, em))
    amounts = [len(found) for text in texts for found in re.findall(r"[≤≥]?\d+\.\d+", text)]
    if 2 * (width - PADDING - 20 - em) < max(amounts, default=0) * em:  # nothing parts an amount that stands in words
        return False
    if less < min(least, max((len(text) for text in texts), default=2)) or less < 2:
        return False
    if any(
        cell_lines(text, width - em - PADDING, laid.size) > cell_lines(text, width - PADDING, laid.size)
        for text in texts
    ):
        return False
    label = next((cell.text for cell in laid.block.header if cell.span == 1 and cell.column == column), "")
    lines, last = cell_end(label, even_ems(label, less))
    return lines <= cell_end(label, ems)[0] and (lines == 1 or last > 1)


def test_no_label_of_the_real_document_leaves_a_character_alone(run_2022: Run) -> None:
    tables, _ = laid_tables(run_2022)
    for laid in tables:
        for cell in laid.block.header:
            room = sum(laid.widths[cell.column : cell.column + cell.span]) - PADDING - 2 * laid.indents.get(cell, 0)
            lines, last = cell_end(cell.text, room // (laid.size * 10))
            assert lines == 1 or last > 1, (laid.block.caption, cell.text)
