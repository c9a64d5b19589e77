"""Formulas that only add are computed by us; whatever the file stored for them is compared.

A stored result may be missing (programs that write a workbook without computing it), or older than the cells it is made of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import cached_property

from generator.sheets.adding import NotAdding, Operand, operands_of
from generator.sheets.formats import shown
from generator.sheets.numbers import LOST_DIGITS, lost_digits, plain, typed_number
from generator.sheets.sheet import Cell, Kind, Range, Sheet

_EXACT = Context(prec=60)
_CLOSE = Decimal("0.000001")
_MOST_ADDED = 5_000_000
"""Cells added in all: a running total over each column of a large sheet is a thousand times less."""
Place = tuple[int, int, int]
"""Which sheet, row and column."""


def settled(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets with our results for the formulas we know; a stored result that differs is a cell's ``note``."""
    if not any(cell.formula for sheet in sheets for cell in sheet.cells.values()):
        return tuple(sheets)
    sums = _Sums(sheets)
    return tuple(
        sheet._replace(
            cells={place: sums.result(index, place) if cell.formula else cell for place, cell in sheet.cells.items()}
        )
        for index, sheet in enumerate(sheets)
    )


class _Sums:
    """The cells of all sheets, and the results found so far (None: not ours to compute)."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = [_Columns(sheet.cells) for sheet in sheets]
        self._names = {sheet.name.casefold(): index for index, sheet in enumerate(sheets)}
        self._found: dict[Place, Decimal | None] = {}
        self._left = _MOST_ADDED

    def result(self, index: int, place: tuple[int, int]) -> Cell:
        """A cell of a formula as it comes to."""
        cell = self._sheets[index].cells[place]
        value = self._value((index, *place)) if cell.kind is not Kind.TEXT else None
        if value is None:
            return self._copied(cell, index) if cell.kind is Kind.FORMULA else cell
        note = ""
        if cell.text and (cell.number is None or abs(cell.number - value) > _CLOSE * max(abs(value), Decimal(1))):
            note = f"文件里存的结果是{cell.text}，按公式算是{value:f}"
        problem = LOST_DIGITS if lost_digits(value) else ""
        return cell._replace(text=shown(value, cell.format), kind=Kind.NUMBER, number=value, problem=problem, note=note)

    def _copied(self, cell: Cell, index: int) -> Cell:
        """A formula without a result that only names another cell, and that one is a text."""
        try:
            [operand] = operands_of(cell.formula)
            [source] = self._cells(self._sheet(operand, index), operand)
        except (NotAdding, ValueError):
            return cell
        plain_text = source.kind is Kind.TEXT and operand.sign == 1 and not operand.summed
        return cell._replace(text=source.text, kind=Kind.TEXT, problem=source.problem) if plain_text else cell

    def _value(self, start: Place) -> Decimal | None:
        """A formula's result, after those of the formulas it adds; without recursion, chains are as long as sheets."""
        waiting, opened = [start], set[Place]()
        while waiting:
            place = waiting[-1]
            if place not in self._found and not self._tried(place, waiting, opened):
                continue
            waiting.pop()
        return self._found[start]

    def _tried(self, place: Place, waiting: list[Place], opened: set[Place]) -> bool:
        """Whether a formula has come to its end; else those that it adds wait to be computed before it."""
        try:
            operands = [(self._sheet(operand, place[0]), operand) for operand in self._operands(place)]
            needed = [other for other in self._formulas(operands) if other not in self._found]
            if needed and place not in opened:
                opened.add(place)
                waiting += needed
                return False
            if needed:
                raise NotAdding  # it adds itself
            self._found[place] = plain(self._added(operands))
        except NotAdding:
            self._found[place] = None
        return True

    def _operands(self, place: Place) -> tuple[Operand, ...]:
        return operands_of(self._sheets[place[0]].cells[place[1:]].formula)

    def _sheet(self, operand: Operand, own: int) -> int:
        index = self._names.get(operand.sheet.casefold()) if operand.sheet else own
        if index is None:
            raise NotAdding
        return index

    def _formulas(self, operands: Sequence[tuple[int, Operand]]) -> Iterator[Place]:
        for index, operand in operands:
            for cell in self._cells(index, operand):
                if cell.formula:
                    yield (index, cell.row, cell.column)

    def _cells(self, index: int, operand: Operand) -> Iterator[Cell]:
        if operand.cells is not None:
            for cell in self._sheets[index].inside(operand.cells):
                self._left -= 1
                if self._left < 0:
                    raise NotAdding
                yield cell

    def _added(self, operands: Sequence[tuple[int, Operand]]) -> Decimal:
        total = Decimal(0)
        for index, operand in operands:
            if operand.cells is None:
                total += operand.sign * operand.number
            for cell in self._cells(index, operand):
                total = _EXACT.add(total, operand.sign * self._number(cell, index, operand.summed))
        return total

    def _number(self, cell: Cell, index: int, summed: bool) -> Decimal:
        own = self._found.get((index, cell.row, cell.column)) if cell.formula else None
        if own is not None:
            return own
        if cell.kind in (Kind.ERROR, Kind.FORMULA):
            raise NotAdding
        if cell.kind in (Kind.NUMBER, Kind.DATE) and cell.number is not None:
            return cell.number
        typed = Decimal(0) if summed else typed_number(cell.text)  # SUM passes over texts, + takes them
        if typed is None:
            raise NotAdding
        return typed


class _Columns:
    """A sheet's cells, found by block without walking over what is empty."""

    def __init__(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        self.cells = cells

    @cached_property
    def _rows(self) -> dict[int, list[int]]:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(column, []).append(row)
        return rows

    def inside(self, block: Range) -> Iterator[Cell]:
        """The cells of a block that hold anything."""
        for column, rows in self._rows.items():
            if block.left <= column <= block.right:
                for row in rows[bisect_left(rows, block.top) : bisect_right(rows, block.bottom)]:
                    yield self.cells[row, column]
