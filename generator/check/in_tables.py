"""Relations inside one table: the sums of a row, the sums of a column, a part and its whole, cells that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.check.amounts import Printed
from generator.check.covers import covers, inside
from generator.check.relations import MEND, Asked, Relation, Tie, compared, two_decimals
from generator.check.rules import PASS, Answer, Finding
from generator.check.shapes import Shape
from generator.check.sheets import Sheet
from generator.model.extent import NOTHING, Extent, meet, within

_EACH = {"功能科目": "各科目", "部门经济": "各科目", "政府经济": "各科目", "单位": "各单位", "项目": "各项目"}


def in_rows(sheet: Sheet, zero: int) -> Iterator[Asked]:
    """In every row: each column that others make up is their sum, a column of which another is a part is not less."""
    if sheet.is_form:
        yield from _in_form(sheet, zero)
        return
    columns = list(sheet.amounts)
    extents = [sheet.column_extents[column] for column in columns]
    for place, whole in enumerate(extents):
        found = covers(whole, extents, zero)
        for cover in found:
            parts = [columns[part] for part in cover]
            said = f"“{{row}}”：{sheet.head(columns[place])}{{a}}≠{'＋'.join(map(sheet.short_head, parts))}{{b}}"
            relation = Relation(Tie.ROW, sheet, sheet, whole)
            yield relation, each_row(sheet, columns[place], parts, said)
        for part in _others(inside(whole, extents), found):
            yield (
                Relation(Tie.PART, sheet, sheet, whole),
                each_row(sheet, columns[place], [columns[part]], _more(sheet, columns[part], columns[place]), True),
            )
    yield from _empty_cells(sheet)


def _others(places: Sequence[int], found: Sequence[tuple[int, ...]]) -> list[int]:
    return [place for place in places if not any(place in cover for cover in found)]


def _more(sheet: Sheet, part: int, whole: int) -> str:
    return f"“{{row}}”：{sheet.head(whole)}{{a}}≠“{sheet.head(part)}”{{b}}"


def each_row(sheet: Sheet, whole: int, parts: Sequence[int], said: str, least: bool = False) -> Iterator[Answer]:
    """Whether a column is the sum of others, row by row; ``said`` and ``least`` as ``compared`` has them."""
    for row in sheet.rows:
        cells = [Printed(sheet, row, part) for part in parts]
        yield compared(Printed(sheet, row, whole), cells, said, least)


def _in_form(sheet: Sheet, zero: int) -> Iterator[Asked]:
    cells = [Printed(sheet, row, column) for row, column in sheet.cells]
    extents = [cell.extent for cell in cells]
    for place, whole in enumerate(extents):
        for cover in covers(whole, extents, zero):
            parts = [cells[part] for part in cover]
            said = f"{{row}}{{a}}≠{'＋'.join(sheet.label(cell.row) for cell in parts)}{{b}}"
            yield Relation(Tie.ROW, sheet, sheet, whole), [compared(cells[place], parts, said)]


def _empty_cells(sheet: Sheet) -> Iterator[Asked]:
    """A cell whose row and column exclude each other is blank: 退休费 is no 公用经费."""
    kinds = {(row, column): sheet.extent(row, column) for row in sheet.rows for column in sheet.amounts}
    if NOTHING in kinds.values():
        empty = [cell for cell, extent in kinds.items() if extent == NOTHING]
        yield Relation(Tie.NOTHING, sheet, sheet, sheet.whole), (_is_empty(sheet, *cell) for cell in empty)


def _is_empty(sheet: Sheet, row: int, column: int) -> Answer:
    amount = sheet.amount(row, column)
    if not amount:
        return PASS
    open_to = [
        other for other in sheet.amounts
        if sheet.extent(row, other) != NOTHING and meet(sheet.column_extents[other], sheet.column_extents[column]) == NOTHING
    ]  # fmt: skip
    name = f"“{sheet.name}”“{sheet.named(row)}”"
    said = f"{name}应填在“{sheet.head(open_to[0])}”" if len(open_to) == 1 else f"{name}不会有“{sheet.head(column)}”"
    return Finding(f"{said}，却在“{sheet.head(column)}”填了{two_decimals(amount)}", MEND, sheet.place(row, column))


def in_columns(sheet: Sheet, zero: int) -> Iterator[Asked]:
    """In every column: a row that others make up is their sum."""
    if sheet.is_form:
        return
    if sheet.is_read:
        yield from _same_rows(sheet)
    yield from _fixed_sums(sheet, zero)
    for shape in sheet.listed if sheet.is_read else ():
        yield from _listed_sums(sheet, shape, zero)
    for row, parts in sheet.coarser.items():
        shape, _ = sheet.shape_of[row]
        relation = Relation(Tie.COARSE, sheet, sheet, sheet.row_extents[row], shape.own)
        finest = [part for part in parts if part not in sheet.coarser]
        yield relation, each_column(sheet, row, finest, f"{{row}}{{a}}≠所属{_each(shape)}之和{{b}}")


def _same_rows(sheet: Sheet) -> Iterator[Asked]:
    """Rows of one meaning, as 合计 and the row of the only department: what stands between and is no entry adds to the later."""
    last: dict[Extent, int] = {}
    for row in sheet.fixed:
        extent = sheet.row_extents[row]
        above = last.get(extent)
        last[extent] = row
        if above is not None:
            between = sheet.between(above, row)
            whole, parts = (row, [above, *between]) if between else (above, [row])
            said = f"{{row}}{{a}}≠{'＋'.join(map(sheet.label, parts))}{{b}}"
            yield Relation(Tie.COLUMN, sheet, sheet, extent), each_column(sheet, whole, parts, said)


def _fixed_sums(sheet: Sheet, zero: int) -> Iterator[Asked]:
    """Rows that the definition writes one by one. Where two rows are one whole, it is the nearer one's parts that are added."""
    rows = list(sheet.fixed)
    extents = [sheet.row_extents[row] for row in rows]
    for whole in dict.fromkeys(extents):
        found = covers(whole, extents, zero)
        for row, parts in _covered(sheet, whole, found):
            said = f"{{row}}{{a}}≠{'＋'.join(map(sheet.label, parts))}{{b}}"
            yield Relation(Tie.COLUMN, sheet, sheet, whole), each_column(sheet, row, parts, said)
        for part in _others(inside(whole, extents), found):
            row = _nearest(sheet, whole, [rows[part]])
            said = f"{{row}}{{a}}≠{sheet.named(rows[part])}{{b}}"
            yield Relation(Tie.PART, sheet, sheet, whole), each_column(sheet, row, [rows[part]], said, whole.kinds)


def fixed_sums(sheet: Sheet, zero: int) -> Iterator[tuple[int, list[int]]]:
    """The rows that the definition writes one by one and that others of them make up, each with those."""
    extents = [sheet.row_extents[row] for row in sheet.fixed]
    for whole in dict.fromkeys(extents):
        yield from _covered(sheet, whole, covers(whole, extents, zero))


def _covered(sheet: Sheet, whole: Extent, found: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, list[int]]]:
    for cover in found:
        parts = [sheet.fixed[part] for part in cover]
        yield _nearest(sheet, whole, parts), parts


def _nearest(sheet: Sheet, whole: Extent, parts: Sequence[int]) -> int:
    same = [row for row in sheet.fixed if sheet.row_extents[row] == whole]
    return min(same, key=lambda row: min(abs(row - part) for part in parts) if parts else row)


def _listed_sums(sheet: Sheet, shape: Shape, zero: int) -> Iterator[Asked]:
    said = f"{{row}}{{a}}≠{_each(shape)}之和{{b}}"
    for whole, parts, missing in listed_wholes(sheet, shape):
        relation = Relation(Tie.COLUMN, sheet, sheet, sheet.row_extents[whole], shape.own)
        yield relation, each_column(sheet, whole, parts, said, missing & ~zero)


def _each(shape: Shape) -> str:
    return next((_EACH[name] for name in reversed(shape.own) if name in _EACH), "各项")


Whole = tuple[int, list[int], int]
"""A row, the rows of a list that are its parts, and which kinds of entry of it are in none of them."""


def listed_wholes(sheet: Sheet, shape: Shape) -> Iterator[Whole]:
    """The rows that a list of rows makes up."""
    return _below(sheet, shape) if shape.outer else _outermost(sheet, shape)


def _below(sheet: Sheet, shape: Shape) -> Iterator[Whole]:
    """A list inside the rows of another: each of those is the sum of what is listed under it."""
    assert shape.outer is not None
    outer = dict(shape.outer.lengths)
    under: dict[frozenset[tuple[str, str]], list[int]] = {}
    for row, values in sheet.listed[shape].items():
        cut = frozenset((name, values[name][:length]) for name, length in outer.items())
        under.setdefault(cut, []).append(row)
    for row, values in sheet.listed[shape.outer].items():
        yield row, under.get(frozenset(values.items()), []), sheet.row_extents[row].kinds & ~shape.extent.kinds


def _outermost(sheet: Sheet, shape: Shape) -> Iterator[Whole]:
    """A list inside no other: the nearest of the rows that are just enough to hold it, with the same list of other blocks."""
    listed = meet(sheet.whole, shape.extent)
    around = [row for row in sheet.fixed if within(listed, sheet.row_extents[row])]
    if not around:
        return
    least = min(sheet.row_extents[row].kinds.bit_count() for row in around)
    nearest = [row for row in around if sheet.row_extents[row].kinds.bit_count() == least]
    rows = list(sheet.listed[shape])
    total = min(nearest, key=lambda row: min((abs(row - part) for part in rows), default=row))
    blocks = [one for one in sheet.listed if one.own == shape.own and one.outer == shape.outer]
    blocks = [one for one in blocks if within(meet(sheet.whole, one.extent), sheet.row_extents[total])]
    if shape == blocks[0]:
        rows = [row for one in blocks for row in sheet.listed[one]]
        missing = sheet.row_extents[total].kinds
        for one in blocks:
            missing &= ~one.extent.kinds
        yield total, rows, missing


def each_column(sheet: Sheet, whole: int, parts: Sequence[int], said: str, missing: int = 0) -> Iterator[Answer]:
    """The same of a row, column by column. ``missing`` are the kinds of entry that none of the parts has: in their columns the whole may be more."""
    many = len(sheet.amounts) > 1
    for column in sheet.amounts:
        cells = [Printed(sheet, part, column) for part in parts]
        least = bool(missing & sheet.column_extents[column].kinds)
        yield compared(Printed(sheet, whole, column), cells, f"“{{column}}”：{said}" if many else said, least)


def sums_made(sheet: Sheet, zero: int) -> Iterator[frozenset[Extent]]:
    """The sums that a table makes of its totals itself, each as the meanings it ties, without the kinds known to be none."""
    if sheet.is_form:
        ways = [[Printed(sheet, *cell).extent for cell in sheet.cells]]
    else:
        ways = [[sheet.extent(row, column) for column in sheet.amounts] for row in sheet.fixed]
        ways += [[sheet.extent(row, column) for row in sheet.fixed] for column in sheet.amounts]
    for extents in ways:
        for whole in dict.fromkeys(extents):
            for cover in covers(whole, extents, zero):
                ties = (whole, *(extents[place] for place in cover))
                yield frozenset(one.without(zero) for one in ties)
