"""The read-back proper: the written file against the document it was made from, and against the Book."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.check.rules import PASS, Answer, Finding, Rule
from generator.check.sheets import amount_in, title_of
from generator.model.book import Book, Grid
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.money import ZERO, Money
from generator.model.problem import Severity, shortened
from generator.model.reading import ReadBlock, Reading, ReadTable
from generator.model.source import in_document
from generator.model.table_spec import NUMBERS, AmountColumn, ComparedColumn, Leaf

_AGAIN = "写出的文件不可用，没有替换原来的文件；请重试，仍然如此请报告程序错误。"


class Written(NamedTuple):
    """What was read back, what should have been written, and the numbers it should show."""

    reading: Reading
    meant: Reading
    book: Book


def every_word_is_there(written: Written) -> Iterator[Answer]:
    """Contents, headings, paragraphs, captions, cells and notes are those of the document, in order."""
    ours, theirs = [line.text for line in written.meant.contents], [line.text for line in written.reading.contents]
    if ours != theirs:
        yield Finding("目录与排版前不同", _AGAIN, in_document("目录"))
    for meant, found in zip(written.meant.blocks, written.reading.blocks, strict=False):
        yield from _compared(meant, found)
    if len(written.meant.blocks) != len(written.reading.blocks):
        yield Finding(
            f"文件里有{len(written.reading.blocks)}段（含标题和表），应有{len(written.meant.blocks)}段",
            _AGAIN,
            in_document("全文"),
        )


def _compared(meant: ReadBlock, found: ReadBlock) -> Iterator[Answer]:
    if isinstance(meant, ReadTable) and isinstance(found, ReadTable):
        yield from _tables_compared(meant, found)
    elif type(meant) is type(found) and _name(meant) == _name(found):
        yield PASS
    else:
        ours, theirs = shortened(_name(meant), 41), shortened(_name(found), 41)
        yield Finding(f"文件里写“{theirs}”，应为“{ours}”", _AGAIN, in_document(ours))


def _name(block: ReadBlock) -> str:
    return block.caption if isinstance(block, ReadTable) else block.text


def _tables_compared(meant: ReadTable, found: ReadTable) -> Iterator[Answer]:
    name = title_of(meant.caption)
    for what, one, other in (
        ("表题", meant.caption, found.caption), ("表头行", meant.headline, found.headline), ("表头", meant.columns, found.columns),
        ("注", meant.notes, found.notes), ("行数", len(meant.rows), len(found.rows)),
    ):  # fmt: skip
        if one != other:
            yield Finding(f"文件里“{name}”的{what}与排版前不同", _AGAIN, in_document(name))
    for number, (row, there) in enumerate(zip(meant.rows, found.rows, strict=False), 1):
        for column, text in enumerate(row if row != there else ()):
            shown = there[column] if column < len(there) else "（没有这一格）"
            if shown != text:
                yield Finding(
                    f"文件里“{name}”第{number}行第{column + 1}格是“{shortened(shown, 41)}”，应为“{shortened(text, 41)}”",
                    _AGAIN,
                    in_document(f"{name}!第{number}行/第{column + 1}格"),
                )
        yield PASS


def every_figure_is_there(written: Written) -> Iterator[Answer]:
    """Every figure of the Book stands in its cell, and no other cell of its table holds an amount."""
    grids, tables = tuple(written.book.grids.values()), written.reading.tables
    for grid, table in zip(grids, tables, strict=False):
        yield from _form_figures(grid, table) if grid.spec.form else _grid_figures(grid, table)
    if len(grids) != len(tables):
        yield Finding(f"文件里有{len(tables)}张表，应有{len(grids)}张", _AGAIN, in_document("附表"))


def _grid_figures(grid: Grid, table: ReadTable) -> Iterator[Answer]:
    name, leaves = title_of(table.caption), grid.spec.leaves
    for number, (row, there) in enumerate(zip(grid.rows, table.rows, strict=False), 1):
        if there == row.texts and not any(row.figures):  # as of most rows of a project's indicators
            yield PASS
            continue
        cells = *there, *["（没有这一格）"] * (len(row.texts) - len(there))
        for column, (text, figure, shown) in enumerate(zip(row.texts, row.figures, cells, strict=False)):
            if text or not (figure or shown):
                continue
            leaf = leaves[column]
            if isinstance(figure, Figure):
                way = leaf.format if isinstance(leaf, AmountColumn) else None
                amount = figure.money.amount if way is None else way.value(figure.money)
                printed = amount_in(shown)
            else:
                amount, printed = number_of(figure, leaf), amount_in(shown.removesuffix("%"))
            if printed != amount:
                yield Finding(
                    f"文件里“{name}”第{number}行第{column + 1}格是“{shown}”，台账合计是{amount:.2f}",
                    _AGAIN,
                    in_document(f"{name}!第{number}行/第{column + 1}格"),
                )
        yield PASS


def number_of(figure: Fact | Change | Share | None, leaf: Leaf) -> Decimal:
    """The amount, count or percentage of a cell that is no sum of the ledger, as it is printed."""
    number, way = _told(figure, leaf), leaf.format if isinstance(leaf, NUMBERS) else None
    if isinstance(number, Money):
        return way.value(number) if way is not None else number.amount
    if way is None or isinstance(figure, Fact):
        return number
    return way.rate(number, _exact(figure, leaf))


def _exact(figure: Change | Share | None, leaf: Leaf) -> Decimal:
    """A rate before it is rounded."""
    if isinstance(figure, Change):
        return figure.exact(leaf.aspect) if isinstance(leaf, ComparedColumn) else ZERO
    return figure.exact if figure is not None else ZERO


def _told(figure: Fact | Change | Share | None, leaf: Leaf) -> Money | Decimal:
    match figure:
        case Change():
            number = figure.number(leaf.aspect if isinstance(leaf, ComparedColumn) else "")
            return number if isinstance(number, Money) else number or ZERO
        case Share():
            return figure.percent or ZERO
        case Fact(value=int(count)):
            return Decimal(count)
        case Fact():
            return figure.money
        case None:
            return ZERO


def _form_figures(grid: Grid, table: ReadTable) -> Iterator[Answer]:
    name, way = title_of(table.caption), grid.spec.format
    figures = (figure for row in grid.rows for figure in row.figures if isinstance(figure, Figure))
    meant = [amount for one in figures if (amount := one.money.amount if way is None else way.value(one.money))]
    found = [
        amount
        for row in table.rows
        for text in row
        if re.fullmatch(r"[\d,]+\.\d\d" if way is None else r"-?[\d,]+(?:\.\d+)?", text) and (amount := _number(text))
    ]
    others = iter(found)  # with a format of its own, an amount may look as a count does
    yield (
        PASS
        if (meant == found if way is None else all(amount in others for amount in meant))
        else Finding(
            f"文件里“{name}”的金额是{'、'.join(map(str, found))}，台账合计是{'、'.join(map(str, meant))}",
            _AGAIN,
            in_document(name),
        )
    )


def _number(text: str) -> Decimal:
    return amount_in(text) or ZERO


WRITTEN_RULES: tuple[Rule[Written], ...] = (
    Rule("R401", "写出的文件与排版前逐字相同", Severity.ERROR, every_word_is_there, "读回检查",
         "少写了一行、两格对调、一段被截断", "由程序保证；不符时不替换原来的文件"),
    Rule("R402", "写出的每个数等于台账合计", Severity.ERROR, every_figure_is_there, "读回检查",
         "某格印成了别的数", "由程序保证；不符时不替换原来的文件"),
)  # fmt: skip
