"""Which cells of a table make up which: what the relations inside a table ask, as places instead of answers.

A workbook's totals are formulas over just these cells. Amounts are not looked at: whether a sum comes out is the asker's to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.check.amounts import Printed
from generator.check.between_tables import grouped
from generator.check.covers import covers
from generator.check.in_tables import fixed_sums, listed_wholes
from generator.check.sheets import Sheet
from generator.check.tables import Tables
from generator.model.document import Cell, Document, Sums, TableBlock
from generator.model.figure import Fact, Numeric
from generator.model.source import Position
from generator.model.table_spec import RecordColumn


class _Sum(NamedTuple):
    """A cell and those that make it up."""

    whole: Cell
    parts: tuple[Cell, ...]


def sums_of(tables: Tables, document: Document) -> tuple[Sums, ...]:
    """Of each table, in the document's order, its totals and the ways to make them, nearest the eye first: the rows below
    (those of 款 make up their 类), then the columns beside. ``tables`` are the ``document``'s.
    """
    zero = grouped(tables.amounts).zero
    found: dict[int, dict[Cell, list[tuple[Cell, ...]]]] = {id(one.table): {} for one in tables.bound.tables}
    for sheet in tables.sheets:
        for whole, parts in _in_form(sheet, zero) if sheet.is_form else (*_down(sheet, zero), *_across(sheet, zero)):
            found[id(sheet.table)].setdefault(whole, []).append(parts)
    blocks = [block for block in document.blocks if isinstance(block, TableBlock)]
    for one, block in zip(tables.bound.tables, blocks, strict=True):
        for whole, parts in _of_records(block):
            found[id(one.table)].setdefault(whole, []).append(parts)
    return tuple({cell: tuple(ways) for cell, ways in found[id(one.table)].items()} for one in tables.bound.tables)


def _down(sheet: Sheet, zero: int) -> Iterator[_Sum]:
    for row, parts in _rows(sheet, zero):
        for column in sheet.amounts:
            yield _Sum((row, column), tuple((part, column) for part in parts))


def _rows(sheet: Sheet, zero: int) -> Iterator[tuple[int, list[int]]]:
    for row, parts in sheet.coarser.items():
        yield row, [part for part in parts if part not in sheet.coarser]
    for shape in sheet.listed:
        for row, parts, _ in listed_wholes(sheet, shape):
            if parts:
                yield row, parts
    for row, parts in fixed_sums(sheet, zero):
        yield row, parts


def _across(sheet: Sheet, zero: int) -> Iterator[_Sum]:
    for column, ways in sheet.wholes(zero).items():
        for parts in ways:
            for row in sheet.rows:
                yield _Sum((row, column), tuple((row, part) for part in parts))


def _in_form(sheet: Sheet, zero: int) -> Iterator[_Sum]:
    extents = [Printed(sheet, row, column).extent for row, column in sheet.cells]
    for place, whole in enumerate(extents):
        for cover in covers(whole, extents, zero):
            yield _Sum(sheet.cells[place], tuple(sheet.cells[part] for part in cover))


def _of_records(block: TableBlock) -> Iterator[_Sum]:
    """The rows of a list (清单): a group's are those of its records, the total's those of the groups, which stand below it;
    told by what was typed.
    """
    for column, leaf in enumerate(block.columns):
        if isinstance(leaf, RecordColumn):
            typed = {row: _typed(block.rows[row].figures[column]) for row in range(len(block.rows))}
            for row, whole in typed.items():
                below = {other: part for other, part in typed.items() if other > row and part and part <= whole}
                parts = _largest(whole, below)
                if parts:
                    yield _Sum((row, column), tuple((part, column) for part in parts))


def _typed(figure: Numeric | None) -> frozenset[Position]:
    """Where the numbers were typed that a number adds up."""
    if not isinstance(figure, Fact):
        return frozenset()
    return frozenset(one.position for one in (figure.parts or (figure,)) if one.position is not None)


def _largest(whole: frozenset[Position], below: Mapping[int, frozenset[Position]]) -> list[int]:
    """The rows that are part of no other, the first of those that say the same; none where they are not all of the whole, each number once."""
    first: dict[frozenset[Position], int] = {}
    for row, part in below.items():
        first.setdefault(part, row)
    found = [row for part, row in first.items() if not any(part < other for other in first)]
    added = [position for row in found for position in below[row]]
    return found if len(added) == len(whole) and set(added) == whole else []
