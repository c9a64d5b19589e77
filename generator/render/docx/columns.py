"""How wide a table's columns are, and in which size it is set: what fits the page, as large as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse
from typing import NamedTuple

from generator.model.document import TableBlock

_HEADER_EMS = 3
_LEAST_EMS = {"l": 6, "c": 4, "r": 4}
_MOST_EMS = {"l": 22, "c": 8, "r": 12}
_TWIPS_PER_HALF_POINT = 10
_BORDERS = 20


class Demand(NamedTuple):
    """What a column must have and would like, in twips, margins included."""

    least: int
    wanted: int


def column_widths(block: TableBlock, size: int, width: int, padding: int) -> tuple[int, ...] | None:
    """Widths in twips that fill ``width``; None when the columns don't fit in this size (half-points)."""
    if block.widths:
        return _proportional(block.widths, width)
    em = size * _TWIPS_PER_HALF_POINT
    demands = _demands(block, em, padding)
    spare = width - sum(demand.least for demand in demands)
    if spare < 0:
        return None
    longing = [demand.wanted - demand.least for demand in demands]
    share = min(1.0, spare / sum(longing)) if sum(longing) else 0.0
    widths = [demand.least + int(more * share) for demand, more in zip(demands, longing, strict=True)]
    return _proportional(widths, width)


def squeezed_widths(block: TableBlock, size: int, width: int, padding: int) -> tuple[int, ...]:
    """Widths for a table that does not fit: every column gives way alike."""
    demands = _demands(block, size * _TWIPS_PER_HALF_POINT, padding)
    return _proportional([demand.least for demand in demands], width)


def _demands(block: TableBlock, em: int, padding: int) -> list[Demand]:
    labels = {cell.column: cell.text for cell in block.header if cell.span == 1}
    columns = zip(*(row.texts for row in block.rows), strict=True) if block.rows else [()] * len(block.alignments)
    return [
        _demand(texts, alignment, min(len(labels.get(index, "")), _HEADER_EMS), em, padding)
        for index, (texts, alignment) in enumerate(zip(columns, block.alignments, strict=True))
    ]


def _demand(texts: Sequence[str], alignment: str, header: int, em: int, padding: int) -> Demand:
    narrow = max(map(len, filter(str.isascii, texts)), default=0) * em // 2
    wide = max(map(len, filterfalse(str.isascii, texts)), default=0) * em
    least = max(narrow, header * em, min(wide, _LEAST_EMS[alignment] * em))
    wanted = max(least, min(wide, _MOST_EMS[alignment] * em))
    return Demand(least + padding + _BORDERS, wanted + padding + _BORDERS)


def _proportional(parts: Sequence[int], width: int) -> tuple[int, ...]:
    total = sum(parts)
    widths = [part * width // total for part in parts]
    widths[-1] += width - sum(widths)
    return tuple(widths)
