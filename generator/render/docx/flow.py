"""What is laid as paginate reads it: its paragraphs as lines, its tables as rows, and where each block is in them."""

from typing import NamedTuple

from generator.model.document import Heading, TableBlock
from generator.render.docx.laid import LaidChart, LaidSection, LaidTable, LaidText, Part
from generator.render.docx.master import Master
from generator.render.docx.measure import count_lines
from generator.render.docx.paginate import FlowItem, FlowParagraph, FlowSection, FlowTable, Placement
from generator.render.docx.styles import Style, Styles


class _Running(NamedTuple):
    """A text of the flow: its place there, and what its lines hang on."""

    place: int
    text: str
    style: Style
    width: int


class Flow(NamedTuple):
    """What paginate reads, with the places of headings and blocks in it, of each table's parts, with their first rows, and its texts."""

    items: list[FlowItem]
    anchors: dict[str, int]
    tables: list[tuple[tuple[int, int], ...]]
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

    def row_pages(self, placement: Placement) -> list[tuple[int, ...]]:
        """The page of each row of each table; a row that heads those below it is on the page of the first."""
        found = []
        for parts in self.tables:
            pages: list[int] = []
            for place, start in parts:
                if start > len(pages):
                    pages.append(placement.pages[place])
                pages += placement.row_pages[place]
            found.append(tuple(pages))
        return found

    def put_table(self, item: LaidTable, styles: Styles) -> None:
        """The one or two tables it is written as."""
        places: list[tuple[int, int]] = []
        for part in item.parts:
            if places:
                self.items.append(flow_paragraph(styles, "SectionEnd", 1))
            places.append((len(self.items), part.start))
            self.items.append(_table(item, part, styles))
        self.tables.append(tuple(places))

    def put(self, text: str, style: Style, width: int, styles: Styles, name: str) -> None:
        """A paragraph, set in a style by its name or in what is made of it."""
        self.texts.append(_Running(len(self.items), text, style, width))
        self.items.append(flow_paragraph(styles, name, lines_of(text, style, width)))


def flow_of(sections: tuple[LaidSection, ...], master: Master, styles: Styles) -> Flow:
    flow = Flow([], {}, [], [], [])
    for section in sections:
        sheet = master.landscape if section.landscape else master.portrait
        flow.items.append(FlowSection(sheet.height))
        for item in section.items:
            flow.blocks.append(len(flow.items))
            if isinstance(item, LaidTable):
                flow.anchors[item.block.anchor] = len(flow.items)
                above, below = around(item.block, styles, sheet.width, item.breaks)
                flow.items.extend(above)
                flow.put_table(item, styles)
                flow.items.extend(below)
            elif isinstance(item, LaidChart):
                flow.items.append(FlowParagraph(1, item.height, keep_next=True))
                style = styles.paragraphs["BodyGW"]._replace(first=0)
                flow.put(item.block.caption, style, sheet.width, styles, "BodyGW")
            else:
                if isinstance(item.block, Heading):
                    flow.anchors[item.block.anchor] = len(flow.items)
                flow.put(item.text, own_style(item, styles), sheet.width, styles, item.style)
        if ends_with_table(section):
            flow.items.append(flow_paragraph(styles, "SectionEnd", 1))
    return flow


def _table(item: LaidTable, part: Part, styles: Styles) -> FlowTable:
    borders, margins = styles.borders, styles.margins
    inside = 0 if item.tight else margins.top + margins.bottom
    line, around = styles.paragraphs[f"Table{item.size}L"].line, inside + borders.rule
    return FlowTable(part.header, item.heights[part.start : part.end], borders.rule, borders.frame, line, around)


def own_style(item: LaidText, styles: Styles) -> Style:
    """The style of a paragraph with its own letters."""
    style = styles.paragraphs[item.style]
    return style._replace(letters=item.letters) if item.letters else style


def ends_with_table(section: LaidSection) -> bool:
    """Whether the section's own last paragraph takes room: after a paragraph it is none."""
    last = section.items[-1]
    return isinstance(last, LaidTable) and not last.block.notes


def lines_of(text: str, style: Style, width: int) -> int:
    """How many lines a text of this style takes on paper of this width."""
    return count_lines(text, width - style.left - style.right, style.size, style.first, style.letters)


def around(
    block: TableBlock, styles: Styles, width: int, breaks: bool
) -> tuple[list[FlowParagraph], list[FlowParagraph]]:
    """The paragraphs above a table (caption, headline) and below it (notes)."""
    caption = lines_of(block.caption, styles.paragraphs["TableCaption"], width)
    above = [flow_paragraph(styles, "TableCaption", caption, breaks)]
    if block.headline is not None:
        headline = lines_of(" ".join(block.headline), styles.paragraphs["TableInfo"], width)
        above.append(flow_paragraph(styles, "TableInfo", headline))
    note = styles.paragraphs["TableNote"]
    return above, [flow_paragraph(styles, "TableNote", lines_of(text, note, width)) for text in block.notes]


def flow_paragraph(styles: Styles, name: str, lines: int, breaks: bool | None = None) -> FlowParagraph:
    style = styles.paragraphs[name]
    break_before = style.break_before if breaks is None else breaks
    return FlowParagraph(
        lines, style.line, style.before, style.after, style.keep_next, break_before,
        style.keep_lines, style.widows, name if style.close else "",
    )  # fmt: skip
