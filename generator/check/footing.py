"""Tables that can't foot: a total, in a row or a column, that is not what a reader adds up beside it.

Asked of a made-up department's tables, which have some of everything: where a kind of money is in the total and in none
of its parts, the definition of the table is wrong, whoever fills it in. The rules of agreement (in_tables.py) ask only
what meanings promise; this asks what the words 合计, 小计 and 总计 promise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.check.relations import two_decimals
from generator.check.rules import Finding
from generator.model.book import Book, Cell, Grid, GridRow
from generator.model.classification import LISTS
from generator.model.figure import Figure
from generator.model.ledger import DIMENSIONS, LedgerLine
from generator.model.money import ZERO
from generator.model.source import Position
from generator.model.table_spec import AmountColumn, Column, ColumnGroup, Panel, TextColumn, leaves

_TOTAL = r"(?:合\s*计|总\s*计|小\s*计|共\s*计)$"
_GRAND = r"(?:合\s*计|总\s*计|共\s*计)$"
_SUBTOTAL = r"小\s*计"
_OF_WHICH = "其中"
_TOLD_BY = ("资金", "年度", "来源", "类别", "经费", "项目类型", "单位")


class _Side(NamedTuple):
    """A panel, the place of its first column, its rows that have amounts, and what these are in (万元)."""

    grid: Grid
    panel: Panel
    start: int
    rows: tuple[GridRow, ...]
    unit: str

    def lines(self, row: GridRow, column: int) -> dict[int, LedgerLine]:
        """The entries that a cell adds up and that have money, by what tells them apart."""
        return _lines(row.figures[self.start + column])

    def name(self, row: GridRow) -> str:
        """A row's words; of a 小计 what it is of, where that stands beside it."""
        words = [
            row.texts[self.start + place]
            for place, leaf in enumerate(leaves(self.panel.columns))
            if isinstance(leaf, TextColumn)
        ]
        said = [word.strip() for word in reversed(words) if word.strip()]
        return next((word for word in said if not re.fullmatch(_SUBTOTAL, word)), *said[:1]) if said else ""

    @property
    def table(self) -> str:
        """The table's name, and its panel's where it has several."""
        panel = f"的“{self.panel.title}”栏" if self.panel.title and len(self.grid.spec.panels) > 1 else ""
        return f"表“{self.grid.spec.title.value}”{panel}"

    @property
    def place(self) -> Position:
        """The table's file."""
        return self.grid.spec.title.position


def footing(book: Book) -> Iterator[Finding]:
    """Every total of the book's tables that its parts don't make up, once for each row or column that is one."""
    for grid in book.grids.values():
        start = 0
        for number, panel in enumerate(grid.spec.panels):
            rows = tuple(row for row in grid.rows if number < len(row.scopes) and row.scopes[number] is not None)
            side = _Side(grid, panel, start, rows, book.scale.label)
            yield from _across(side)
            yield from _down(side)
            yield from _twice(side)
            start += len(leaves(panel.columns))


def _across(side: _Side) -> Iterator[Finding]:
    """A column 合计 is the sum of those beside it under the same heading."""
    names = [leaf.label for leaf in leaves(side.panel.columns)]
    for total, groups in _sums(side.panel.columns, 0):
        parts = [part for group in groups for part in group]
        for row in side.rows:
            whole, added = side.lines(row, total), [side.lines(row, part) for part in parts]
            left, right = _amount(whole.values()), sum((_amount(part.values()) for part in added), ZERO)
            if left == right or _each_as_often(whole, added):
                continue
            alone = ([side.lines(row, part) for part in group] for group in groups if len(group) > 1)
            if not any(_each_as_often(whole, one) for one in alone):
                every = {number: line for part in added for number, line in part.items()}
                said = f"“{side.name(row)}”这一行：“{names[total]}”{_told_as(left, side)}，{'、'.join(names[part] for part in parts)}相加是{_told_as(right, side)}"
                yield _found(side, said, _why(whole, every, added), "列")
                break


def _each_as_often(whole: dict[int, LedgerLine], parts: Iterable[dict[int, LedgerLine]]) -> bool:
    """Whether the parts are the whole, told apart in more than one way (by 单位, and by 年度)."""
    often = Counter(number for part in parts for number in part)
    return often.keys() == whole.keys() and len(set(often.values())) == 1


def _sums(columns: Sequence[Column], start: int) -> Iterator[tuple[int, list[list[int]]]]:
    """The columns that are totals of their neighbours, each with those it is the total of, neighbour by neighbour; by place
    among the leaves.
    """
    totals, parts, place = list[int](), list[list[int]](), start
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from _sums(column.columns, place)
            if not column.label.startswith(_OF_WHICH):
                parts.append(_stand_for(column, place))
            place += len(leaves((column,)))
            continue
        if isinstance(column, AmountColumn):
            if re.search(_TOTAL, column.label):
                totals.append(place)
            elif not column.label.startswith(_OF_WHICH):
                parts.append([place])
        place += 1
    if len(totals) == 1 and sum(map(len, parts)) > 1:
        yield totals[0], parts


def _stand_for(group: ColumnGroup, start: int) -> list[int]:
    """What stands for a group of columns in the sum around it: its own total, else all that are in it."""
    place, found = start, list[int]()
    for column in group.columns:
        if isinstance(column, ColumnGroup):
            found += _stand_for(column, place) if not column.label.startswith(_OF_WHICH) else []
            place += len(leaves((column,)))
            continue
        if isinstance(column, AmountColumn):
            if re.search(_TOTAL, column.label):
                return [place]
            found += [place] if not column.label.startswith(_OF_WHICH) else []
        place += 1
    return found


def _down(side: _Side) -> Iterator[Finding]:
    """All that a row 合计 has stands in some row; all that the rows have is in some 合计."""
    totals = [row for row in side.rows if re.search(_TOTAL, side.name(row))]
    parts = [row for row in side.rows if row not in totals and not side.name(row).startswith(_OF_WHICH)]
    grand = [row for row in totals if re.search(_GRAND, side.name(row))]
    if not totals or not parts:
        return
    for column, leaf in enumerate(leaves(side.panel.columns)):
        if not isinstance(leaf, AmountColumn):
            continue
        listed = {number: line for row in parts for number, line in side.lines(row, column).items()}
        for row in totals:
            whole = side.lines(row, column)
            missing = {number: line for number, line in whole.items() if number not in listed}
            if missing:
                said = (
                    f"“{side.name(row)}”行的“{leaf.label}”有{_told_as(_amount(missing.values()), side)}没有列在任何一行"
                )
                yield _found(side, said, _told(missing.values(), listed.values()), "行")
                return
        summed = {number: line for row in grand for number, line in side.lines(row, column).items()}
        for row in parts if grand else ():
            more = {number: line for number, line in side.lines(row, column).items() if number not in summed}
            if more:
                said = f"“{side.name(row)}”行的“{leaf.label}”有{_told_as(_amount(more.values()), side)}不在“{side.name(grand[-1])}”里"
                yield _found(side, said, _told(more.values(), summed.values()), "行")
                return


def _twice(side: _Side) -> Iterator[Finding]:
    """Rows numbered on one level have nothing in common."""
    levels: dict[int, list[GridRow]] = {}
    here = range(side.start, side.start + len(leaves(side.panel.columns)))
    for row in side.rows:
        for label in row.labels:
            if label.column in here and not re.search(_TOTAL, side.name(row)):
                levels.setdefault(label.level, []).append(row)
    for rows in levels.values():
        for column, leaf in enumerate(leaves(side.panel.columns)):
            owner: dict[int, GridRow] = {}
            for row in rows if isinstance(leaf, AmountColumn) else ():
                twice = [number for number in side.lines(row, column) if number in owner]
                if twice:
                    first = side.name(owner[twice[0]])
                    said = f"“{first}”和“{side.name(row)}”两行都有同一笔钱，相加就多了"
                    yield _found(side, said, "", "行")
                    return
                owner |= dict.fromkeys(side.lines(row, column), row)


def _found(side: _Side, said: str, why: str, which: str) -> Finding:
    where = {"行": "“行”里补上没有列的，或改合计的“取”", "列": "“列”里补上没有列的，或改合计的条件"}[which]
    remedy = f"请在{where}；只列一部分的，名称写成“其中：…”。"
    return Finding(f"{side.table}加不起来：{said}{f'（{why}）' if why else ''}", remedy, side.place)


def _lines(cell: Cell) -> dict[int, LedgerLine]:
    return {id(line): line for line in cell.lines if line.money} if isinstance(cell, Figure) else {}


def _told_as(amount: Decimal, side: _Side) -> str:
    return two_decimals(amount) + side.unit


def _amount(lines: Iterable[LedgerLine]) -> Decimal:
    return sum((line.money.amount for line in lines), ZERO)


def _why(whole: dict[int, LedgerLine], every: dict[int, LedgerLine], parts: Sequence[dict[int, LedgerLine]]) -> str:
    missing = [line for number, line in whole.items() if number not in every]
    if missing:
        return f"没有列的：{_told(missing, every.values())}"
    more = [line for number, line in every.items() if number not in whole]
    if more:
        return f"合计里没有的：{_told(more, whole.values())}"
    return "有的钱列了两遍" if sum(map(len, parts)) > len(every) else ""


def _told(some: Iterable[LedgerLine], others: Iterable[LedgerLine]) -> str:
    """What some entries have in common that none of the others has; else, and beside no others, what the first of them is."""
    some, others = list(some), list(others)
    for name in _TOLD_BY if others else ():
        of = DIMENSIONS[name].of
        values = sorted({of(line) for line in some})
        if all(values) and not {of(line) for line in others} & set(values):
            return f"{name}是{'、'.join(values)}的"
    for name in LISTS if others else ():
        of = DIMENSIONS[name].of
        codes = sorted({of(line)[:3] for line in some})
        if all(codes) and not {of(line)[:3] for line in others} & set(codes):
            return f"{name}是{'、'.join(codes[:5])}{'等' if len(codes) > 5 else ''}的"
    first = some[0]
    return (
        f"如{first.fund}、{first.period}的{first.kind}，功能科目{first.function}，部门经济{first.department_economic}"
    )
