"""How wide a table's columns are: of all widths that fill the page, those that make the table lowest.

Words are counted in ems, a Chinese character each, which holds in any size of type; a line of words costs as much in
the header, once a page, as in a row, and so does a single character that is left over for a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.model.document import HeaderCell, TableBlock
from generator.render.docx.measure import cell_ems, cell_end
from generator.render.docx.table_rows import Cells

_LABEL_EMS, _LEAST_LABEL = 3, 2
_LEAST_EMS = {"l": 6, "c": 4, "r": 4}
_MOST_LINES = 6
_ROWS_A_PAGE = 25
_TWIPS_PER_HALF_POINT = 10
_BORDERS = 20
_ALONE = 1
_AMOUNT = r"[≤≥]?\d[\d,]*\.\d+"
_TOLD = 200
"""Of more different texts than these, so many of every length tell what the rest needs."""

_Told = tuple[int, int, int]
"""Ems of a text, the rows it has to stand in, and how many there are of the kind."""


class Column(NamedTuple):
    """What stands in a column: the longest amount or code in half ems, which nothing parts, and the words.

    ``least`` is how many ems the words need at the least, ``longest`` how many they take on one line; ``steps`` are the
    widths at which they take fewer lines, each with what it costs. ``label`` stands in the header's last row, beside
    ``above`` rows of other cells.
    """

    narrow: int
    least: int
    longest: int
    words: tuple[_Told, ...]
    steps: tuple[tuple[int, int], ...]
    label: str
    above: int

    def alone(self, ems: int) -> int:
        """How many texts leave a single character on their last line."""
        return sum([count for length, _, count in self.words if length > ems and length % ems == 1])


class Form(NamedTuple):
    """What the widths of one table hang on, or of several with the same header: they look alike."""

    columns: tuple[Column, ...]
    groups: tuple[HeaderCell, ...]
    pages: int
    given: tuple[int, ...] = ()


def form_of(block: TableBlock, bodies: Sequence[Cells]) -> Form:
    """What stands in the columns of a table and of others with the same header."""
    labels = {cell.column: cell for cell in block.header if cell.span == 1}
    last = max((cell.row for cell in block.header), default=0)
    told: list[list[tuple[str, int, int]]] = [[] for _ in block.alignments]
    for body in bodies:
        for column, span, _, texts in body.single:
            if span == 1:
                told[column] += _told(texts)
        for text, column, span, start, end in body.merged:
            if span == 1:
                told[column].append((text, end - start, 1))
    columns = [
        _column(texts, alignment, labels.get(index), last)
        for index, (texts, alignment) in enumerate(zip(told, block.alignments, strict=True))
    ]
    groups = tuple(cell for cell in block.header if cell.span > 1)
    return Form(tuple(columns), groups, 1 + max(body.rows for body in bodies) // _ROWS_A_PAGE, block.widths)


def column_widths(form: Form, size: int, width: int, padding: int) -> tuple[int, ...] | None:
    """Widths in twips that fill ``width``; None when the columns don't fit in this size (half-points)."""
    setting = _Setting(form, size * _TWIPS_PER_HALF_POINT, padding + _BORDERS, width)
    if form.given:
        return setting.moved(_proportional(form.given, width))
    return setting.best() if sum(setting.usual()) <= width else None


def squeezed_widths(form: Form, size: int, width: int, padding: int) -> tuple[int, ...]:
    """Widths for a table that does not fit: first the labels give way, then every column alike."""
    setting = _Setting(form, size * _TWIPS_PER_HALF_POINT, padding + _BORDERS, width)
    least = setting.usual(_LEAST_LABEL)
    return setting.filled(least) if sum(least) <= width else _proportional(least, width)


class _Setting(NamedTuple):
    """A form in one size of type; ``around`` is what a column has beside its words. All in twips."""

    form: Form
    em: int
    around: int
    width: int

    def usual(self, label: int = _LABEL_EMS) -> list[int]:
        """The narrowest widths that read well: so many characters of each label."""
        return [self._least(column, min(len(column.label), label)) for column in self.form.columns]

    def best(self) -> tuple[int, ...]:
        """The widths of the lowest table, with what room is left shared out."""
        found: tuple[int, list[int]] | None = None
        tried: list[int] = []
        leasts = [self._least(column, 0) for column in self.form.columns]
        for lines in range(1, _MOST_LINES + 1):
            floors = self._floors(leasts, lines)
            if floors == tried or (found and lines * self.form.pages >= found[0]):
                break
            tried = floors
            if sum(floors) <= self.width:
                cost, widths = self._lowest(floors)
                cost += lines * self.form.pages
                if found is None or cost < found[0]:
                    found = cost, widths
        return self.filled(found[1] if found else self.usual())

    def moved(self, widths: Sequence[int]) -> tuple[int, ...]:
        """The widths that a place gives, with an em or two from the widest column where fewer are left alone than it then takes lines more."""
        found = list(widths)
        widest = max(range(len(found)), key=found.__getitem__)
        other = self.form.columns[widest]
        for index, column in enumerate(self.form.columns):
            steps = [0, *((self._ems(widths[index]) + more) * self.em + self.around - widths[index] for more in (1, 2))]
            if index != widest:
                more = min(
                    steps,
                    key=lambda more: (
                        column.alone(self._ems(widths[index] + more))
                        + _cost(other.words, self._ems(found[widest] - more))
                    ),
                )
                found[index] += more
                found[widest] -= more
        return tuple(found)

    def _least(self, column: Column, label: int) -> int:
        return max(column.narrow * self.em // 2, max(column.least, label) * self.em) + self.around

    def _floors(self, leasts: Sequence[int], lines: int) -> list[int]:
        """The least widths with which the labels take so many lines, and the cells over several columns one."""
        floors = []
        for column, least in zip(self.form.columns, leasts, strict=True):
            label = _label_ems(column.label, self._ems(least), lines + column.above) if column.label else 0
            floors.append(max(least, label * self.em + self.around))
        for cell in self.form.groups:
            held = range(cell.column, cell.column + cell.span)
            missing = cell_ems(cell.text) * self.em + self.around - sum([floors[index] for index in held])
            if 0 < missing <= self.width - sum(floors):
                floors[max(held, key=lambda index: self.form.columns[index].longest)] += missing
        return floors

    def _lowest(self, floors: Sequence[int]) -> tuple[int, list[int]]:
        """From the floors up, each time the step that saves most lines for its width; the lines left, the widths."""
        widths, spare = list(floors), self.width - sum(floors)
        worded = [(index, column) for index, column in enumerate(self.form.columns) if column.steps]
        costs = {index: _cost(column.words, self._ems(widths[index])) for index, column in worded}
        while True:
            best, saved = None, 0.0
            for index, column in worded:
                for ems, cost in column.steps:
                    more, less = ems * self.em + self.around - widths[index], costs[index] - cost
                    if 0 < more <= spare and less > saved * more:
                        best, saved = (index, more, cost), less / more
            if best is None:
                return sum(costs.values()), widths
            index, more, costs[index] = best
            widths[index] += more
            spare -= more

    def filled(self, widths: Sequence[int]) -> tuple[int, ...]:
        """The widths in proportion filling the page, but for columns that would look worse for being wider."""
        kept: set[int] = set()
        while True:
            spare = self.width - sum(widths)
            open_ = sum(width for index, width in enumerate(widths) if index not in kept)
            grown = [width if index in kept else width + spare * width // open_ for index, width in enumerate(widths)]
            worse = {
                index
                for index, width in enumerate(grown)
                if index not in kept and self._worse(index, widths[index], width)
            }
            if not worse or len(kept | worse) == len(widths):
                break
            kept |= worse
        last = max((index for index in range(len(widths)) if index not in kept), default=len(widths) - 1)
        grown[last] += self.width - sum(grown)
        return tuple(grown)

    def _worse(self, index: int, width: int, wider: int) -> bool:
        """Whether a wider column takes more lines or leaves more characters alone."""
        column, ems, now = self.form.columns[index], self._ems(width), self._ems(wider)
        return ems != now and (
            _cost(column.words, now) > _cost(column.words, ems) or _alone(column.label, now) > _alone(column.label, ems)
        )

    def _ems(self, width: int) -> int:
        return max(1, (width - self.around) // self.em)


def _cost(words: Sequence[_Told], ems: int) -> int:
    """How many lines words take more than their rows have; a character alone on the last counts as lines more."""
    found = 0
    for length, rows, count in words:
        if length > ems:
            lines = -(-length // ems)
            found += count * (max(0, lines - rows) + (_ALONE if length % ems == 1 or ems == 1 else 0))
    return found


def even_ems(label: str, ems: int) -> int:
    """The width in which a label should be set in a cell so wide: the narrowest that spares a character left alone."""
    lines, last = cell_end(label, ems)
    if lines == 1 or last > 1:
        return ems
    even = ems
    for less in range(ems - 1, 1, -1):
        needed, last = cell_end(label, less)
        if needed > lines:
            break
        even = less if last > 1 else even
    return even


@lru_cache(maxsize=1 << 10)
def _alone(label: str, ems: int) -> bool:
    lines, last = cell_end(label, even_ems(label, ems))
    return lines > 1 and last == 1


@lru_cache(maxsize=1 << 10)
def _label_ems(label: str, least: int, lines: int) -> int:
    """The least width in which a label takes so many lines at most, none of them a single character if it can be."""
    least = min(len(label), max(_LEAST_LABEL, least))
    first = 0
    for ems in range(least, len(label) + 1):
        if cell_end(label, ems)[0] <= lines:
            first = first or ems
            if not _alone(label, ems):
                return ems
    return first or least


def _told(texts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Texts of a column, each with the rows it has and how often it stands there; of amounts and codes the longest, of very many a few."""
    if "".join(texts).isascii():
        yield max(texts, key=len, default=""), 1, 1
        return
    counts = sorted(Counter(texts).items(), key=lambda told: (-len(told[0]), told[0]))
    each = 1 + len(counts) // _TOLD
    for index in range(0, len(counts), each):
        yield counts[index][0], 1, sum([count for _, count in counts[index : index + each]])


def _column(texts: Sequence[tuple[str, int, int]], alignment: str, label: HeaderCell | None, last: int) -> Column:
    numbers = [(text, text.isascii()) for text, _, _ in texts if "." in text or text.isascii()]
    narrow = max([len(text) if plain else _amount_in(text) for text, plain in numbers], default=0)
    sums: dict[tuple[int, int], int] = {}
    for text, rows, count in texts:
        if not text.isascii():
            key = cell_ems(text), rows
            sums[key] = sums.get(key, 0) + count
    words = tuple((length, rows, count) for (length, rows), count in sorted(sums.items()))
    longest = words[-1][0] if words else 0
    least = min(longest, _LEAST_EMS[alignment])
    wanted = {-(-length // lines) for length, _, _ in words for lines in range(1, _MOST_LINES)}
    steps = tuple((ems, _cost(words, ems)) for ems in sorted(wanted) if ems >= least)
    return Column(narrow, least, longest, words, steps, label.text if label else "", last - label.row if label else 0)


def _amount_in(text: str) -> int:
    """Half ems of the longest amount that stands in words (≤1234.56万元) with the sign before it, which nothing parts either."""
    return max(map(len, re.findall(_AMOUNT, text)), default=0)


def _proportional(parts: Sequence[int], width: int) -> tuple[int, ...]:
    total = sum(parts)
    widths = [part * width // total for part in parts]
    widths[-1] += width - sum(widths)
    return tuple(widths)
