"""The document measured: sections, line counts, sizes of type, and so the page of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from generator.model.document import Block, ChartBlock, Document, Heading, Pages, Paragraph, TableBlock
from generator.render.docx.master import Master
from generator.render.docx.measure import Letters, balanced, count_lines, last_line
from generator.render.docx.paginate import FlowItem, FlowParagraph, FlowSection, FlowTable, Placement, paginate
from generator.render.docx.sheet import Sheet
from generator.render.docx.styles import Style, Styles
from generator.render.docx.table_sizes import LaidTable, Place, set_tables

_SPARE = 10
"""What a page is not filled to: programs differ by a few twips in what a page holds."""
_CLOSER = (5, 10)
"""Twips that each letter of a heading may give up: a quarter of a point, or half a one."""
_HEADING_STYLES = {1: "Heading1", 2: "Heading2", 3: "Heading3"}


class LaidText(NamedTuple):
    """A paragraph ready to write: its style and words, and how its letters stand if not as in the style."""

    block: Heading | Paragraph
    style: str
    text: str
    letters: Letters | None = None


class LaidChart(NamedTuple):
    """A chart ready to write: the size of its paragraph in twips."""

    block: ChartBlock
    width: int
    height: int


CHART_LINES = 9
"""Height of a chart in lines of body text: two with their captions and the heading above fill a page."""

Laid = LaidText | LaidTable | LaidChart


class LaidSection(NamedTuple):
    """Blocks on one kind of paper."""

    landscape: bool
    items: tuple[Laid, ...]


class Layout(NamedTuple):
    """All sections, the printed page of each anchor, the number of pages, and the anchors unsure of it."""

    sections: tuple[LaidSection, ...]
    pages: dict[str, int]
    page_count: int
    unsure: frozenset[str]


def lay_out(document: Document, master: Master, styles: Styles) -> Layout:
    """Measure the whole document against the master's paper and styles."""
    return _placed(_set(document, master, styles), master, styles)


def pages_in(document: Document, master: Master, styles: Styles) -> Pages:
    """The page of every block and of every row of a table."""
    flow = _flow(_set(document, master, styles), master, styles)
    placement, first = paginate(flow.items, master.added), master.portrait.first_page
    return Pages(
        tuple(placement.pages[index] + first for index in flow.blocks),
        tuple(tuple(page + first for page in placement.row_pages[index]) for index in flow.tables),
    )


def _set(document: Document, master: Master, styles: Styles) -> tuple[LaidSection, ...]:
    sections = [
        (landscape, _Setter(styles, master.landscape if landscape else master.portrait).section(blocks))
        for landscape, blocks in _sections(document.blocks)
    ]
    tables = iter(set_tables([item for _, items in sections for item in items if isinstance(item, Place)], styles))
    return tuple(
        LaidSection(landscape, tuple(next(tables) if isinstance(item, Place) else item for item in items))
        for landscape, items in sections
    )


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """Runs of blocks on the same paper; an annex title lies on the paper of the table below it."""
    current: list[Block] = []
    turned = False
    for index, block in enumerate(blocks):
        landscape = _landscape(blocks, index)
        if current and landscape != turned:
            yield turned, current
            current = []
        turned = landscape
        current.append(block)
    if current:
        yield turned, current


def _landscape(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if isinstance(block, Heading) and block.annex and index + 1 < len(blocks):
        return _landscape(blocks, index + 1)
    return isinstance(block, TableBlock) and block.landscape


class _Setter(NamedTuple):
    """Sets blocks on one sheet."""

    styles: Styles
    sheet: Sheet

    def section(self, blocks: Sequence[Block]) -> list[Laid | Place]:
        """The blocks in order."""
        items: list[Laid | Place] = []
        for block in blocks:
            match block:
                case Heading() | Paragraph():
                    items.append(self._text(block))
                case TableBlock():
                    items.append(self._place(block, items[-1] if items else None))
                case ChartBlock():
                    line = self.styles.paragraphs["BodyGW"].line
                    items.append(LaidChart(block, self.sheet.width, min(CHART_LINES * line, self.sheet.height - line)))
                case _:
                    assert_never(block)
        return items

    def _text(self, block: Heading | Paragraph) -> LaidText:
        if isinstance(block, Paragraph):
            return LaidText(block, "BodyGW", block.text)
        name = "Attachment" if block.annex else _HEADING_STYLES[block.level]
        style = self.styles.paragraphs[name]
        if block.level > 1:
            text = block.ordinal + block.title
        else:
            lines = balanced(block.title, self.sheet.width - style.left - style.right, style.size, style.letters)
            text = "\n".join([block.ordinal, *lines] if block.ordinal else lines)
        return LaidText(block, name, text, _squeezed(text, style, self.sheet.width))

    def _place(self, block: TableBlock, title: Laid | Place | None) -> Place:
        """Where a table stands; one right below its annex title shares the page with it."""
        shares = isinstance(title, LaidText) and isinstance(title.block, Heading) and title.block.annex
        parts = [part for side in _around(block, self.styles, self.sheet.width, not shares) for part in side]
        if isinstance(title, LaidText) and shares:
            lines = lines_of(title.text, own_style(title, self.styles), self.sheet.width)
            parts.append(_paragraph(self.styles, title.style, lines))
        parts.append(_paragraph(self.styles, "SectionEnd", 1))
        used = _SPARE + sum(part.lines * part.line_height + part.before + part.after for part in parts)
        return Place(block, self.sheet.width, self.sheet.height, self.sheet.height - used, not shares)


_DOUBT = (99, 101)


def _placed(sections: tuple[LaidSection, ...], master: Master, styles: Styles) -> Layout:
    flow = _flow(sections, master, styles)
    placement = paginate(flow.items, master.added)
    first = master.portrait.first_page
    pages = {anchor: placement.pages[index] + first for anchor, index in flow.anchors.items()}
    rows = iter([placement.row_pages[index] for index in flow.tables])
    finished = tuple(_with_repeats(section, rows) for section in sections)
    return Layout(finished, pages, placement.last_page + 1, _unsure(flow, placement, master.added))


def _unsure(flow: _Flow, placement: Placement, added: bool) -> frozenset[str]:
    """The anchors whose page would move if all text ran one percent wider or narrower, as other fonts may."""
    moved: set[str] = set()
    for percent in _DOUBT:
        items = flow.run(percent)
        if items != flow.items:
            found = paginate(items, added).pages
            moved |= {anchor for anchor, index in flow.anchors.items() if found[index] != placement.pages[index]}
    return frozenset(moved)


class _Running(NamedTuple):
    """A text of the flow: its place there, and what its lines hang on."""

    place: int
    text: str
    style: Style
    width: int


class _Flow(NamedTuple):
    """What paginate reads, with the places of headings, tables and blocks in it, and its texts."""

    items: list[FlowItem]
    anchors: dict[str, int]
    tables: list[int]
    blocks: list[int]
    texts: list[_Running]

    def run(self, percent: int) -> list[FlowItem]:
        """The items if the paper had so many percent of its width."""
        items = self.items.copy()
        for place, text, style, width in self.texts:
            item, lines = items[place], lines_of(text, style, width * percent // 100)
            if isinstance(item, FlowParagraph) and item.lines != lines:
                items[place] = item._replace(lines=lines)
        return items

    def put(self, text: str, style: Style, width: int, styles: Styles, name: str) -> None:
        """A paragraph, set in a style by its name or in what is made of it."""
        self.texts.append(_Running(len(self.items), text, style, width))
        self.items.append(_paragraph(styles, name, lines_of(text, style, width)))


def _flow(sections: tuple[LaidSection, ...], master: Master, styles: Styles) -> _Flow:
    flow = _Flow([], {}, [], [], [])
    for section in sections:
        sheet = master.landscape if section.landscape else master.portrait
        flow.items.append(FlowSection(sheet.height))
        for item in section.items:
            flow.blocks.append(len(flow.items))
            if isinstance(item, LaidTable):
                flow.anchors[item.block.anchor] = len(flow.items)
                above, below = _around(item.block, styles, sheet.width, item.breaks)
                flow.items.extend(above)
                flow.tables.append(len(flow.items))
                flow.items.extend([_table(item, styles), *below])
            elif isinstance(item, LaidChart):
                flow.items.append(FlowParagraph(1, item.height, keep_next=True))
                style = styles.paragraphs["BodyGW"]._replace(first=0)
                flow.put(item.block.caption, style, sheet.width, styles, "BodyGW")
            else:
                if isinstance(item.block, Heading):
                    flow.anchors[item.block.anchor] = len(flow.items)
                flow.put(item.text, own_style(item, styles), sheet.width, styles, item.style)
        if ends_with_table(section):
            flow.items.append(_paragraph(styles, "SectionEnd", 1))
    return flow


def _table(item: LaidTable, styles: Styles) -> FlowTable:
    borders, margins = styles.borders, styles.margins
    inside = 0 if item.tight else margins.top + margins.bottom
    line, around = styles.paragraphs[f"Table{item.size}L"].line, inside + borders.rule
    return FlowTable(item.header, item.heights, borders.rule, borders.frame, line, around)


def own_style(item: LaidText, styles: Styles) -> Style:
    """The style of a paragraph with its own letters."""
    style = styles.paragraphs[item.style]
    return style._replace(letters=item.letters) if item.letters else style


def _squeezed(text: str, style: Style, width: int) -> Letters | None:
    """Letters a little closer, where that spares a heading's last character a line of its own."""
    if len(last_line(text, width - style.left - style.right, style.size, style.first, style.letters)) == 1:
        lines = lines_of(text, style, width)
        for less in _CLOSER:
            letters = style.letters._replace(extra=style.letters.extra - less)
            if lines_of(text, style._replace(letters=letters), width) < lines:
                return letters
    return None


def ends_with_table(section: LaidSection) -> bool:
    """Whether the section's own last paragraph takes room: after a paragraph it is none."""
    last = section.items[-1]
    return isinstance(last, LaidTable) and not last.block.notes


def lines_of(text: str, style: Style, width: int) -> int:
    """How many lines a text of this style takes on paper of this width."""
    return count_lines(text, width - style.left - style.right, style.size, style.first, style.letters)


def _around(
    block: TableBlock, styles: Styles, width: int, breaks: bool
) -> tuple[list[FlowParagraph], list[FlowParagraph]]:
    """The paragraphs above a table (caption, headline) and below it (notes)."""
    caption = lines_of(block.caption, styles.paragraphs["TableCaption"], width)
    above = [_paragraph(styles, "TableCaption", caption, breaks)]
    if block.headline is not None:
        headline = lines_of(" ".join(block.headline), styles.paragraphs["TableInfo"], width)
        above.append(_paragraph(styles, "TableInfo", headline))
    note = styles.paragraphs["TableNote"]
    return above, [_paragraph(styles, "TableNote", lines_of(text, note, width)) for text in block.notes]


def _with_repeats(section: LaidSection, rows: Iterator[tuple[int, ...]]) -> LaidSection:
    items: list[Laid] = []
    for item in section.items:
        if isinstance(item, LaidTable):
            pages = next(rows)
            starts = frozenset(index for index in range(1, len(pages)) if pages[index] != pages[index - 1])
            item = item._replace(repeats=starts)
        items.append(item)
    return LaidSection(section.landscape, tuple(items))


def _paragraph(styles: Styles, name: str, lines: int, breaks: bool | None = None) -> FlowParagraph:
    style = styles.paragraphs[name]
    break_before = style.break_before if breaks is None else breaks
    return FlowParagraph(
        lines, style.line, style.before, style.after, style.keep_next, break_before,
        style.keep_lines, style.widows, name if style.close else "",
    )  # fmt: skip
