"""The document measured: sections, line counts, sizes of type, and so the page of everything."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from generator.model.document import Block, ChartBlock, Document, Heading, Pages, Paragraph, TableBlock
from generator.render.docx.flow import Flow, around, flow_of, flow_paragraph, lines_of, own_style
from generator.render.docx.laid import Laid, LaidChart, LaidSection, LaidTable, LaidText
from generator.render.docx.master import Master
from generator.render.docx.measure import Letters, balanced, last_line
from generator.render.docx.paginate import Placement, paginate
from generator.render.docx.sheet import Sheet
from generator.render.docx.styles import Style, Styles
from generator.render.docx.table_sizes import Place, set_tables

_SPARE = 10
"""What a page is not filled to: programs differ by a few twips in what a page holds."""
_CLOSER = (5, 10)
"""Twips that each letter of a heading may give up: a quarter of a point, or half a one."""
_HEADING_STYLES = {1: "Heading1", 2: "Heading2", 3: "Heading3"}


CHART_LINES = 9
"""Height of a chart in lines of body text: two with their captions and the heading above fill a page."""


class Layout(NamedTuple):
    """All sections, the printed page of each anchor, the number of pages, and the anchors unsure of it."""

    sections: tuple[LaidSection, ...]
    pages: dict[str, int]
    page_count: int
    unsure: frozenset[str]


def lay_out(document: Document, master: Master, styles: Styles) -> Layout:
    """Measure the whole document against the master's paper and styles."""
    return _placed(set_sections(document, master, styles), master, styles)


def pages_in(document: Document, master: Master, styles: Styles) -> Pages:
    """The page of every block and of every row of a table."""
    flow = flow_of(set_sections(document, master, styles), master, styles)
    placement, first = paginate(flow.items, master.added), master.portrait.first_page
    return Pages(
        tuple(placement.pages[index] + first for index in flow.blocks),
        tuple(tuple(page + first for page in pages) for pages in flow.row_pages(placement)),
    )


def set_sections(document: Document, master: Master, styles: Styles) -> tuple[LaidSection, ...]:
    """All blocks ready to write; on which pages they stand is not asked."""
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
            if block.kind:
                letters = self.styles.paragraphs["ContentsTitle"].letters
                return LaidText(block, "ContentsTitle", block.text, letters._replace(extra=0))
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
        parts = [part for side in around(block, self.styles, self.sheet.width, not shares) for part in side]
        if isinstance(title, LaidText) and shares:
            lines = lines_of(title.text, own_style(title, self.styles), self.sheet.width)
            parts.append(flow_paragraph(self.styles, title.style, lines))
        parts.append(flow_paragraph(self.styles, "SectionEnd", 1))
        used = _SPARE + sum(part.lines * part.line_height + part.before + part.after for part in parts)
        return Place(block, self.sheet.width, self.sheet.height, self.sheet.height - used, not shares)


_DOUBT = (99, 101)


def _placed(sections: tuple[LaidSection, ...], master: Master, styles: Styles) -> Layout:
    flow = flow_of(sections, master, styles)
    placement = paginate(flow.items, master.added)
    first = master.portrait.first_page
    pages = {anchor: placement.pages[index] + first for anchor, index in flow.anchors.items()}
    rows = iter(flow.row_pages(placement))
    finished = tuple(_with_repeats(section, rows) for section in sections)
    return Layout(finished, pages, placement.last_page + 1, _unsure(flow, placement, master.added))


def _unsure(flow: Flow, placement: Placement, added: bool) -> frozenset[str]:
    """The anchors whose page would move if all text ran one percent wider or narrower, as other fonts may."""
    moved: set[str] = set()
    for percent in _DOUBT:
        items = flow.run(percent)
        if items != flow.items:
            found = paginate(items, added).pages
            moved |= {anchor for anchor, index in flow.anchors.items() if found[index] != placement.pages[index]}
    return frozenset(moved)


def _squeezed(text: str, style: Style, width: int) -> Letters | None:
    """Letters a little closer, where that spares a heading's last character a line of its own."""
    if len(last_line(text, width - style.left - style.right, style.size, style.first, style.letters)) == 1:
        lines = lines_of(text, style, width)
        for less in _CLOSER:
            letters = style.letters._replace(extra=style.letters.extra - less)
            if lines_of(text, style._replace(letters=letters), width) < lines:
                return letters
    return None


def _with_repeats(section: LaidSection, rows: Iterator[tuple[int, ...]]) -> LaidSection:
    items: list[Laid] = []
    for item in section.items:
        if isinstance(item, LaidTable):
            pages = next(rows)
            starts = frozenset(index for index in range(1, len(pages)) if pages[index] != pages[index - 1])
            item = item._replace(repeats=starts)
        items.append(item)
    return LaidSection(section.landscape, tuple(items))
