"""The page every paragraph and table row falls on, counted the way LibreOffice Writer lays pages out.

All lengths are twips (1/20 pt); pages are counted from 0. It works because spacing is
exact everywhere: a paragraph is a number of lines of known height and a table row has
a known least height. The rules were measured against LibreOffice 7.4.7.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

RULE = 10
"""Thickness of a single border of four eighths of a point, twips."""


class FlowParagraph(NamedTuple):
    """A paragraph: `lines` of `line_height` each, spacing `before` and `after`.

    Spacing between neighbours is the larger of after and before (but see `paginate`). `before`
    counts at the top of a page that a break or a section began, and is dropped on any other. ``whole`` lines
    stay on one page; ``widows``: no line stands alone on one. Neighbours that are ``close`` by the same name have
    no spacing between them.
    """

    lines: int
    line_height: int
    before: int = 0
    after: int = 0
    keep_next: bool = False
    break_before: bool = False
    whole: bool = False
    widows: bool = False
    close: str = ""

    @property
    def least(self) -> int:
        """How many lines its first page holds at the least."""
        if self.whole or (self.widows and self.lines <= 3):
            return self.lines
        return min(2 if self.widows else 1, self.lines)


class FlowTable(NamedTuple):
    """A table by its row heights; `header` rows repeat on every page. A row does not split unless it is higher than a page:
    then it begins where it stands, and goes on page by page with lines of `text`, each page's with `around` beside them.

    A row's height is that of its text, its cell margins and one horizontal border (the one
    above it), or its least height if that is larger. `line` is the border that closes the
    table at a page's foot, `bottom` the one at its end.
    """

    header: tuple[int, ...]
    rows: tuple[int, ...]
    line: int = RULE
    bottom: int = RULE
    text: int = 240
    around: int = RULE


class FlowSection(NamedTuple):
    """A section on a new page with a text area of this height (see `grid_height`).

    The empty paragraph that ends the section before it is an item of the flow only where it
    follows a table: after another paragraph LibreOffice leaves it out.
    """

    height: int


FlowItem = FlowParagraph | FlowTable | FlowSection


class Placement(NamedTuple):
    """Pages from 0: of each item's start, of each body row (by item index), and the last one."""

    pages: tuple[int, ...]
    row_pages: Mapping[int, tuple[int, ...]]
    last_page: int


def grid_height(height: int, pitch: int) -> int:
    """Height LibreOffice really uses of a text area in a section with a line grid: whole lines only."""
    return height - height % pitch


class _Pages:
    """The pages laid so far: the current one and how much of it is used."""

    def __init__(self, added: bool) -> None:
        self.added = added
        self.page = -1
        self.height = 0
        self.used = 0
        self.after = 0
        self.close = ""
        self.fresh = True
        self.natural = False

    def begin(self) -> None:
        """A new page by a break or section."""
        self.turn()
        self.natural = False

    def turn(self) -> None:
        """A new page because the last one is full."""
        self.page += 1
        self.used = self.after = 0
        self.fresh = self.natural = True

    def fits(self, height: int) -> bool:
        return self.used + height <= self.height

    def room_before(self, paragraph: FlowParagraph) -> int:
        """Space above the paragraph if it were set here."""
        if self.fresh and self.natural:
            return 0
        return self.between(self.after, paragraph)

    def between(self, after: int, paragraph: FlowParagraph, close: str = "") -> int:
        """Space between a paragraph with so much after it and the next one."""
        if paragraph.close and paragraph.close == (close or self.close):
            return 0
        return after + paragraph.before if self.added else max(after, paragraph.before)

    def put(self, height: int) -> None:
        self.used += height
        self.fresh = False


def paginate(items: Sequence[FlowItem], added: bool = False) -> Placement:
    """Place every item, in one pass; the first must be a section. ``added``: spacing of neighbours is their sum."""
    if not items or not isinstance(items[0], FlowSection):
        raise ValueError("the flow must begin with a section")
    pages = _Pages(added)
    starts: list[int] = []
    rows: dict[int, tuple[int, ...]] = {}
    held = 0
    for index, item in enumerate(items):
        if _breaks(item) and (isinstance(item, FlowSection) or not pages.fresh):
            pages.begin()
        if isinstance(item, FlowSection):
            pages.height = item.height
            starts.append(pages.page)
        elif isinstance(item, FlowTable):
            rows[index] = _put_table(pages, item)
            starts.append(rows[index][0] if item.rows else pages.page)
        else:
            if index >= held:
                held = _hold_together(pages, items, index)
            starts.append(_put_paragraph(pages, item))
    return Placement(tuple(starts), rows, pages.page)


def _breaks(item: FlowItem) -> bool:
    return isinstance(item, FlowSection) or (isinstance(item, FlowParagraph) and item.break_before)


def _hold_together(pages: _Pages, items: Sequence[FlowItem], index: int) -> int:
    """Turn the page if the paragraphs kept with their next one do not fit; the index after them."""
    end, height, after, close = index, 0, 0, ""
    while end < len(items):
        item = items[end]
        if isinstance(item, FlowSection) or (end > index and _breaks(item)):
            break
        if isinstance(item, FlowTable):
            height += after + sum(item.header) + sum(item.rows[:1]) + item.line
            break
        before = pages.room_before(item) if end == index else pages.between(after, item, close)
        if not item.keep_next:
            height += before + item.least * item.line_height
            break
        height += before + item.lines * item.line_height
        after, close = item.after, item.close
        end += 1
    if end > index and not pages.fresh and not pages.fits(height):
        pages.turn()
    return max(end, index + 1)


def _put_paragraph(pages: _Pages, item: FlowParagraph) -> int:
    """Place the lines; the page of the first."""
    before = pages.room_before(item)
    if not pages.fresh and not pages.fits(before + item.least * item.line_height):
        pages.turn()
        before = 0
    first = pages.page
    pages.put(before)
    left = item.lines
    while left:
        count = _lines_here(pages, item, left)
        pages.put(count * item.line_height)
        left -= count
        if left:
            pages.turn()
    pages.after, pages.close = item.after, item.close
    return first


def _lines_here(pages: _Pages, item: FlowParagraph, left: int) -> int:
    """How many of the lines left the page holds; at the least one where it is empty."""
    count = min(left, max((pages.height - pages.used) // item.line_height, 0)) or (1 if not pages.used else 0)
    return count - 1 if item.widows and left - count == 1 and count > 1 else count


def _put_table(pages: _Pages, table: FlowTable) -> tuple[int, ...]:
    """Place header and rows; the page of each body row."""
    head = sum(table.header)
    placed: list[int] = []
    last = len(table.rows) - 1
    pages.used += pages.after
    pages.after, pages.close = 0, ""
    if not pages.fresh and not pages.fits(head + sum(table.rows[:1]) + (table.line if last else table.bottom)):
        pages.turn()
    pages.put(head)
    for number, height in enumerate(table.rows):
        edge = table.bottom if number == last else table.line
        if head + height + edge > pages.height > head + edge + table.around + table.text:
            placed.append(_put_tall_row(pages, table, height, edge))
            continue
        if number and not pages.fits(height + edge):
            _repeat(pages, head)
        placed.append(pages.page)
        pages.put(height)
    pages.used += table.bottom
    return tuple(placed)


def _put_tall_row(pages: _Pages, table: FlowTable, height: int, edge: int) -> int:
    """Place a row higher than a page line by line; the page where it begins."""
    head, left, begun = sum(table.header), -(-(height - table.around) // table.text), -1
    while True:
        count = min(left, (pages.height - pages.used - edge - table.around) // table.text)
        if count > 0:
            begun = pages.page if begun < 0 else begun
            left -= count
            pages.put(count * table.text + table.around)
        if not left:
            return begun
        _repeat(pages, head)


def _repeat(pages: _Pages, head: int) -> None:
    """Go on with the table on the next page, below its repeated header."""
    pages.turn()
    pages.put(head)
