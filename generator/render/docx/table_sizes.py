"""Every table's size of type, widths and heights: as large as it can be, and of one look with the tables around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.model.document import HeaderCell, TableBlock
from generator.render.docx.columns import Form, column_widths, even_ems, form_of, squeezed_widths
from generator.render.docx.laid import LaidTable
from generator.render.docx.styles import TABLE_SIZES, Styles
from generator.render.docx.table_rows import Cells, RowMeasure, cells_of, heading_row, keep_groups, tops_of

SMALLEST_BY_CHOICE = 18
_BETWEEN = 60
"""What stands between the two tables of a form: a line of a point, and the frames."""
_FEW_PAGES = 3


class Place(NamedTuple):
    """Where a table stands: the width of its page, the height of one, and of what the first has left for its rows.

    ``breaks``: it begins a page.
    """

    block: TableBlock
    width: int
    page: int
    room: int
    breaks: bool

    def held(self, pages: int) -> int:
        """How high rows can be together on so many pages at the most."""
        return self.room + (pages - 1) * self.page

    def tops(self, table: LaidTable, frame: int) -> list[int]:
        """The rows that begin a page, 0 among them."""
        head = sum(table.header) + frame
        if sum(table.heights) <= self.room - head:
            return [0]
        return tops_of(table.heights, self.room - head, self.page - head)[0]


def set_tables(places: Sequence[Place], styles: Styles) -> list[LaidTable]:
    """The tables in the order of the document.

    Each is as large as its width allows; smaller, or its rows lower, where that saves a page. Those with the same header
    have the same widths and size, and a short one is not larger than those beside it.
    """
    bodies = [cells_of(place.block) for place in places]
    looks = [(place.block.header, place.block.alignments, place.block.widths, place.width) for place in places]
    alike: dict[object, list[Cells]] = {}
    for look, body in zip(looks, bodies, strict=True):
        alike.setdefault(look, []).append(body)
    shared: dict[object, _Shared] = {}
    setters = []
    for place, look, body in zip(places, looks, bodies, strict=True):
        if look not in shared:
            shared[look] = _Shared(form_of(place.block, alike[look]), {})
        setters.append(_Setter(styles, place, body, shared[look]))
    tables = [setter.best() for setter in setters]
    sizes: dict[object, int] = {}
    for look, table in zip(looks, tables, strict=True):
        sizes[look] = min(table.size, sizes.get(look, table.size))
    tables = [setter.sized(sizes[look], table) for setter, look, table in zip(setters, looks, tables, strict=True)]
    likes = [_like(tables, index, places[index].room) for index in range(len(tables))]
    tables = [setter.sized(size, table) for setter, size, table in zip(setters, likes, tables, strict=True)]
    return [setter.finished(table) for setter, table in zip(setters, tables, strict=True)]


def _like(tables: Sequence[LaidTable], index: int, room: int) -> int:
    """The size of a table: if it is short, no larger than the larger of its neighbours."""
    table = tables[index]
    beside = [tables[place].size for place in (index - 1, index + 1) if 0 <= place < len(tables)]
    if not beside or (sum(table.header) + sum(table.heights)) * 2 > room:
        return table.size
    return min(table.size, max(SMALLEST_BY_CHOICE, *beside))


class _Shared(NamedTuple):
    """What tables of one look share: their form, and its widths in each size that was asked for."""

    form: Form
    widths: dict[int, tuple[int, ...] | None]


class _Setter(NamedTuple):
    """Sets one table in its place."""

    styles: Styles
    place: Place
    body: Cells
    shared: _Shared

    def best(self) -> LaidTable:
        """The largest size that fits the width, or what takes fewer pages."""
        best = next(laid for size in TABLE_SIZES if (laid := self._laid(size)).fits or size == TABLE_SIZES[-1])
        tops = self._tops(best)
        if len(tops) == 1:
            return best
        for size in TABLE_SIZES:
            if best.size < size or size < min(best.size, SMALLEST_BY_CHOICE):
                continue
            for tight in (False, True) if len(tops) <= _FEW_PAGES else (False,):
                least = self._measure(size, tight).least(self.body.rows)
                if (size, tight) == (best.size, best.tight) or least > self.place.held(len(tops) - 1):
                    continue
                laid = self._laid(size, tight)
                found = self._tops(laid)
                if len(found) < len(tops):
                    best, tops = laid, found
        return best

    def sized(self, size: int, table: LaidTable) -> LaidTable:
        """The table in this size."""
        return table if size == table.size else self._laid(size, table.tight)

    def finished(self, table: LaidTable) -> LaidTable:
        """The table with rows that belong together on one page."""
        place, frame = self.place, self.styles.borders.frame
        table = table._replace(again=heading_row(table.block))
        heights, left, page = list(table.heights), place.room - frame, place.page - frame
        if table.again > 0:
            heights[table.again] += frame - self.styles.borders.rule
            table = table._replace(heights=tuple(heights))
        for header, start, end in table.parts:
            if sum(header) + sum(heights[start:end]) > left:
                block = table.block._replace(rows=table.block.rows[start:end])
                heights[start:end] = keep_groups(block, header, table.heights[start:end], left, page)
            left = tops_of(heights[start:end], left - sum(header), page - sum(header))[1] - _BETWEEN
        return table._replace(heights=tuple(heights), breaks=place.breaks, indents=self._indents(table))

    def _indents(self, table: LaidTable) -> dict[HeaderCell, int]:
        em, found = table.size * 10, {}
        for cell in table.block.header:
            room = sum(table.widths[cell.column : cell.column + cell.span]) - self._padding
            if len(cell.text) * em > room and (even := even_ems(cell.text, room // em)) < room // em:
                found[cell] = (room - even * em - em // 2) // 2
        return found

    @property
    def _padding(self) -> int:
        return self.styles.margins.left + self.styles.margins.right

    def _tops(self, table: LaidTable) -> list[int]:
        return self.place.tops(table, self.styles.borders.frame)

    def _laid(self, size: int, tight: bool = False) -> LaidTable:
        block, form = self.place.block, self.shared.form
        found = self._widths(size)
        if found is None and size > TABLE_SIZES[-1]:
            return LaidTable(block, size, (), (), (), False)
        widths = found or squeezed_widths(form, size, self.place.width, self._padding)
        measure = self._measure(size, tight)
        rows = measure.rows(self.body, widths)
        return LaidTable(block, size, widths, measure.header(block, widths), rows, found is not None, tight=tight)

    def _measure(self, size: int, tight: bool) -> RowMeasure:
        margins = self.styles.margins
        return RowMeasure(self.styles, size, self._padding, 0 if tight else margins.top + margins.bottom)

    def _widths(self, size: int) -> tuple[int, ...] | None:
        known = self.shared.widths
        if size not in known:
            known[size] = column_widths(self.shared.form, size, self.place.width, self._padding)
        return known[size]
