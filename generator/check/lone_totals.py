"""Totals that are called so and by their meaning are not: a definition whose filter is wrong.

Where 合计 stands beside columns, or below rows, that its own filter leaves out or that overlap each other, nothing
follows from what they mean. What their words promise is asked: that the total is the sum of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.check.covers import covers
from generator.check.in_tables import each_column, each_row
from generator.check.relations import Asked, Relation, Tie
from generator.check.sheets import Sheet, together
from generator.model.extent import Extent, meet, within

_TOTALS, _OF_WHICH = ("合计", "小计", "总计"), "其中"


def lone_totals(sheet: Sheet, zero: int) -> Iterator[Asked]:
    """What the totals' words promise where their meaning does not."""
    if sheet.is_form or not sheet.is_read:
        return
    known = sheet.wholes(zero)
    for column in sheet.amounts:
        parts = _beside(sheet, column) if _is_total(_path(sheet, column)[-1:]) else []
        if _disagree(sheet.column_extents[column], [sheet.column_extents[part] for part in parts], column in known):
            said = f"“{{row}}”：{sheet.head(column)}{{a}}≠{'＋'.join(map(sheet.short_head, parts))}{{b}}"
            yield Relation(Tie.ROW, sheet, sheet, sheet.column_extents[column]), each_row(sheet, column, parts, said)
    for row in sheet.fixed:
        parts = _above(sheet, row) if _is_total((sheet.label(row),)) else []
        known_row = len(parts) > 1 and _adds_up(sheet, row, zero)
        if _disagree(sheet.row_extents[row], [sheet.row_extents[part] for part in parts], known_row):
            yield (
                Relation(Tie.COLUMN, sheet, sheet, sheet.row_extents[row]),
                each_column(sheet, row, parts, "{row}{a}≠上面各行之和{b}"),
            )


def _disagree(whole: Extent, parts: Sequence[Extent], adds_up: bool) -> bool:
    """Whether these can't be parts of the whole: one is not in it; or, where nothing else adds up to it, two are the same."""
    if len(parts) < 2:
        return False
    return any(not within(part, whole) for part in parts) or (not adds_up and len({*parts}) < len(parts))


def _is_total(words: Sequence[str]) -> bool:
    return any(word.endswith(_TOTALS) for word in words)


def _path(sheet: Sheet, column: int) -> tuple[str, ...]:
    path = sheet.table.columns[column] if column < len(sheet.table.columns) else ()
    return tuple(map(together, path))


def _beside(sheet: Sheet, column: int) -> list[int]:
    """The columns of a total's header group: of a group in it, its own total, or else all of its columns."""
    group = _path(sheet, column)[:-1]
    found: dict[str, list[int]] = {}
    for other in sheet.amounts:
        path = _path(sheet, other)
        if other != column and path[: len(group)] == group and not path[-1].startswith(_OF_WHICH):
            found.setdefault(path[len(group)], []).append(other)
    return [part for inside in found.values() for part in _totals_of(sheet, inside)]


def _totals_of(sheet: Sheet, columns: list[int]) -> list[int]:
    totals = [column for column in columns if len(columns) > 1 and _is_total(_path(sheet, column)[-1:])]
    return totals[:1] or columns


def _adds_up(sheet: Sheet, row: int, zero: int) -> bool:
    extents = [sheet.row_extents[one] for one in sheet.fixed]
    lists = (meet(sheet.whole, shape.extent) for shape in sheet.listed if shape.outer is None)
    whole = sheet.row_extents[row]
    return bool(covers(whole, extents, zero)) or any(within(one, whole) for one in lists) or extents.count(whole) > 1


def _above(sheet: Sheet, row: int) -> list[int]:
    """What a total row stands below, up to the total before it: the rows of a list, or the lines of the form.

    Nothing in a table of blocks, where totals stand above theirs and below those of another block; nor in a form whose
    小计 stand above their lines.
    """
    if any(shape.written for shape in sheet.listed) or any(_heads(sheet, one, row) for one in sheet.fixed):
        return []
    start = max((one for one in sheet.fixed if one < row and _is_total((sheet.label(one),))), default=-1)
    outermost = [one for shape, rows in sheet.listed.items() if shape.outer is None for one in rows]
    between = [one for one in outermost if start < one < row]
    lines = [one for one in sheet.fixed if start < one < row and not sheet.label(one).startswith(_OF_WHICH)]
    return between or [one for one in lines if not _is_of_another(sheet, one, lines)]


def _heads(sheet: Sheet, total: int, like: int) -> bool:
    """Whether a total of the same name stands above its lines."""
    below = next((one for one in sheet.fixed if one > total), None)
    if below is None or sheet.label(total)[-2:] != sheet.label(like)[-2:] or _is_total((sheet.label(below),)):
        return False
    own, part = sheet.row_extents[total], sheet.row_extents[below]
    return within(part, own) and not any(
        within(sheet.row_extents[one], own) for one in sheet.fixed if one < total and not _is_total((sheet.label(one),))
    )


def _is_of_another(sheet: Sheet, row: int, lines: Sequence[int]) -> bool:
    """Whether a line tells a part of another line (1.一般公共预算 below 一、财政拨款)."""
    own = sheet.row_extents[row]
    return any(within(own, other) and not within(other, own) for other in map(sheet.row_extents.__getitem__, lines))
