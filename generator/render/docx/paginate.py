"""Flow to pages: exact heights on a fixed sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """Lines of one exact height."""

    lines: int
    line_height: int
    before: int = 0
    after: int = 0
    keep_next: bool = False
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class FlowTable:
    """Row heights."""

    header: tuple[int, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FlowSection:
    """A new sheet."""

    height: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where everything is."""

    pages: tuple[int, ...]
    row_pages: Mapping[int, tuple[int, ...]]
    last_page: int
    close: tuple[int, ...]


def paginate(items: Sequence[FlowParagraph | FlowTable | FlowSection]) -> Placement:
    """First version."""
    page, y, height = -1, 0, 0
    pages, rows = [], {}
    for index, item in enumerate(items):
        if isinstance(item, FlowSection):
            page, y, height = page + 1, 0, item.height
            pages.append(page)
        elif isinstance(item, FlowParagraph):
            if item.break_before and y:
                page, y = page + 1, 0
            if y:
                y += item.before
            first = None
            for _ in range(item.lines):
                if y + item.line_height > height:
                    page, y = page + 1, 0
                first = page if first is None else first
                y += item.line_height
            pages.append(first if first is not None else page)
            y += item.after
        else:
            y += sum(item.header)
            found = []
            for row in item.rows:
                if y + row > height:
                    page, y = page + 1, sum(item.header)
                found.append(page)
                y += row
            rows[index] = tuple(found)
            pages.append(found[0] if found else page)
    return Placement(tuple(pages), rows, page, ())
