"""Two Documents as one Word file with tracked changes: accepted it is the new one, rejected the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.comparison import BlockPair, Comparison, Mark, Pair, Words
from generator.model.document import (
    Block,
    ChartBlock,
    Document,
    Entry,
    Heading,
    Paragraph,
    TableBlock,
    TableRow,
)
from generator.render.docx.charts import caption_paragraph, drawing_paragraph, drawing_run, with_charts
from generator.render.docx.columns import column_widths, form_of
from generator.render.docx.entries import entry_text
from generator.render.docx.laid import LaidChart, LaidTable, LaidText
from generator.render.docx.layout import Layout, lay_out, set_sections
from generator.render.docx.master import Master, open_master
from generator.render.docx.package import package
from generator.render.docx.redline_table import Revised, tracked_table
from generator.render.docx.render import numbered_from_one
from generator.render.docx.revision import Reviser, Revision, Stretch, ends_of
from generator.render.docx.styles import TABLE_SIZES, Styles
from generator.render.docx.table_rows import cells_of
from generator.render.docx.xml import TAB, bookmark, field, paragraph, run

_Texts = dict[str, str]


def render_redline(comparison: Comparison, words: Words, master_data: bytes, revision: Revision) -> bytes:
    """The new document with every difference from the old one tracked; the same bytes from the same inputs.

    The contents show the page numbers that each of the two has by itself. Raises UsageError when the master
    can't be used.
    """
    old, new = comparison.documents
    furnished = {**dict(new.furnished), **dict(old.furnished)}  # the old one may know another master's templates
    before, after = (
        open_master(master_data, old._replace(furnished=tuple(furnished.items()))),
        open_master(master_data, new),
    )
    styles = after.styles
    redline = _Redline(comparison, (before, after), styles, Reviser(revision, words))
    parts = {
        name: redline.reviser.spliced(before.parts.get(name, b"").decode(), data.decode()).encode()
        if name.startswith("word/") and name.endswith(".xml") and data != before.parts.get(name)
        else data
        for name, data in after.parts.items()
    }  # fmt: skip
    layouts = lay_out(old, after, styles), lay_out(new, after, styles)
    return package(redline.with_charts(parts), redline.pieces(layouts), new.title, dict(new.furniture).get("部门", ""))


class _Redline:
    """Walks the pairs in step with a layout that has room for both sides."""

    def __init__(
        self, comparison: Comparison, masters: tuple[Master, Master], styles: Styles, reviser: Reviser
    ) -> None:
        self.comparison, self.before, self.master = comparison, *masters
        self.styles, self.reviser = styles, reviser
        self.ends = ends_of([self._stretch(pair.blocks) for pair in comparison.blocks])

    def pieces(self, layouts: tuple[Layout, Layout]) -> Iterator[str]:
        """document.xml, piece by piece."""
        yield self.reviser.spliced(self.before.opening, self.master.opening)
        old, new = self.comparison.documents
        yield paragraph("ContentsTitle", self.reviser.words(Pair(old.contents_title, new.contents_title)))
        for entry in self.comparison.entries:
            yield self._entry(entry, layouts)
        yield paragraph("SectionEnd", "", self.master.contents.xml)
        yield self.master.between
        yield from self._body(layouts)
        yield self.master.closing

    def _body(self, layouts: tuple[Layout, Layout]) -> Iterator[str]:
        together = self.comparison.documents[1]._replace(blocks=tuple(map(self._shown, self.comparison.blocks)))
        sections = set_sections(together, self.master, self.styles)
        texts = _heading_texts(layouts[0]), _heading_texts(layouts[1])
        pairs = iter(self.comparison.blocks)
        number = 0
        for index, section in enumerate(sections):
            sheet = self.master.landscape if section.landscape else self.master.portrait
            marks = set()
            for item, pair in zip(section.items, pairs, strict=False):
                number += 1
                marks.add(pair.blocks.mark)
                if isinstance(item, LaidTable):
                    yield from tracked_table(Revised(item, pair, number), sheet, self.reviser)
                elif isinstance(item, LaidText):
                    yield self._text(item, pair.blocks, number, texts)
                else:
                    yield self._chart(item, pair.blocks)
            properties = numbered_from_one(sheet) if index == 0 else sheet.continued
            if index == len(sections) - 1:
                yield self.master.last_section(properties)
            else:
                mark = self.reviser.paragraph_mark(marks.pop() if len(marks) == 1 else Mark.KEPT)
                yield paragraph("SectionEnd", "", mark + properties)

    def _shown(self, pair: BlockPair) -> Block:
        """What the page is laid out for: new blocks; gone ones under another anchor; tables with the rows of both."""
        block = pair.blocks.new or pair.blocks.old
        assert block is not None
        if pair.blocks.new is None and isinstance(block, Heading | TableBlock):
            block = block._replace(anchor=f"was_{block.anchor}")
        return self._roomy(block, pair) if isinstance(block, TableBlock) else block

    def _roomy(self, block: TableBlock, pair: BlockPair) -> TableBlock:
        """Columns for two amounts side by side, which nothing parts, if the page has room for that in any size."""
        rows = [(row, rows) for rows in pair.rows if (row := rows.new or rows.old)]
        both = block._replace(rows=tuple(_both(*row) for row in rows))
        width = (self.master.landscape if block.landscape else self.master.portrait).width
        padding = self.styles.margins.left + self.styles.margins.right
        if column_widths(form_of(both, [cells_of(both)]), TABLE_SIZES[-1], width, padding):
            return both
        return block._replace(rows=tuple(_longer(*row) for row in rows))

    def _entry(self, pair: Pair[Entry], layouts: tuple[Layout, Layout]) -> str:
        """A line of the contents; a gone one leads nowhere."""
        shown = pair.new or pair.old
        assert shown is not None
        name = f"Contents{shown.level}"
        mark, style = self.reviser.paragraph_mark(pair.mark), self.styles.paragraphs[name]
        was, now = (entry_text(entry.text, style, self.master.contents.width) if entry else "" for entry in pair)
        old, new = _page(pair.old, layouts[0]), _page(pair.new, layouts[1])
        if pair.new is None:
            line = self.reviser.runs(f"{run(was)}{TAB}{run(old)}", Mark.GONE)
            return paragraph(name, line, mark)
        number = field(f"PAGEREF {pair.new.anchor} \\h", run(new))
        if pair.old is None:
            line = self.reviser.runs(f"{run(now)}{TAB}{number}", Mark.ADDED)
        else:
            line = f"{self.reviser.words(Pair(was, now))}{TAB}"
            line += number if old == new else self.reviser.runs(run(old), Mark.GONE)
            line += "" if old == new else self.reviser.runs(number, Mark.ADDED)
        line = f'<w:hyperlink w:anchor="{shown.anchor}" w:history="1">{line}</w:hyperlink>'
        return paragraph(name, line, mark)

    def _stretch(self, pair: Pair[Block]) -> Stretch:
        if isinstance(pair.old, Paragraph) and isinstance(pair.new, Paragraph):
            return Stretch(Mark.KEPT, self.reviser.tail(Pair(pair.old.text, pair.new.text)), "")
        block = pair.new or pair.old
        return Stretch(pair.mark, pair.mark, "" if isinstance(block, Paragraph) else id(block))

    def _text(self, item: LaidText, pair: Pair[Block], number: int, texts: tuple[_Texts, _Texts]) -> str:
        mark = self.reviser.paragraph_mark(self.ends[number - 1])
        said = Pair(_said(pair.old, texts[0]), _said(pair.new, texts[1]))
        words = self.reviser.words(said)
        if not isinstance(item.block, Paragraph):
            words = bookmark(number, item.block.anchor, words)
        return paragraph(item.style, words, mark)

    def _chart(self, item: LaidChart, pair: Pair[Block]) -> str:
        """A drawing that is the same stands; one that changed goes with its caption, and the new one comes with its own.

        LibreOffice tracks no drawing and leaves both, so that only the captions say which is which.
        """
        old, new = (block if isinstance(block, ChartBlock) else None for block in pair)
        if old and new and _stands(old, new):
            caption = self.reviser.words(Pair(old.caption, new.caption))
            return drawing_paragraph(item, drawing_run(item, new)) + caption_paragraph(caption)
        gone = self._whole_chart(item, self._was(old), Mark.GONE) if old else ""
        return gone + (self._whole_chart(item, new, Mark.ADDED) if new else "")

    def _whole_chart(self, item: LaidChart, block: ChartBlock, mark: Mark) -> str:
        drawing = self.reviser.runs(drawing_run(item, block), mark)
        caption = self.reviser.runs(run(block.caption), mark)
        return drawing_paragraph(item, drawing, self.reviser.mark(mark)) + caption_paragraph(
            caption, self.reviser.paragraph_mark(mark)
        )

    def with_charts(self, parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """The parts of every chart that is drawn: the new ones, and the old ones that are not the same."""
        pairs = [pair.blocks for pair in self.comparison.blocks]
        gone = [self._was(old) for old, new in pairs if isinstance(old, ChartBlock) and not _stands(old, new)]
        return with_charts(parts, (*_charts(self.comparison.documents[1]), *gone))

    def _was(self, old: ChartBlock) -> ChartBlock:
        """Under a number that no new chart has."""
        return old._replace(number=old.number + len(_charts(self.comparison.documents[1])))


def _stands(old: Block | None, new: Block | None) -> bool:
    """Whether both are one drawing."""
    return isinstance(old, ChartBlock) and isinstance(new, ChartBlock) and old.drawn == new.drawn


def _charts(document: Document) -> tuple[ChartBlock, ...]:
    return tuple(block for block in document.blocks if isinstance(block, ChartBlock))


def _said(block: Block | None, texts: _Texts) -> str | None:
    """What a paragraph says, or a heading with the line breaks it is set with."""
    if isinstance(block, Paragraph):
        return block.text
    return texts[block.anchor] if isinstance(block, Heading) else None


def _longer(row: TableRow, pair: Pair[TableRow]) -> TableRow:
    """A row with the longer text of each cell."""
    if pair.old is None or pair.new is None:
        return row
    return row._replace(texts=tuple(max(texts, key=len) for texts in zip(pair.new.texts, pair.old.texts, strict=True)))


def _both(row: TableRow, pair: Pair[TableRow]) -> TableRow:
    """A row with both texts in each cell that changed, as they stand in the redline."""
    if pair.old is None or pair.new is None:
        return row
    texts = zip(pair.old.texts, pair.new.texts, strict=True)
    return row._replace(texts=tuple(new if old == new else old + new for old, new in texts))


def _heading_texts(layout: Layout) -> _Texts:
    """What each heading says, by its anchor, with the line breaks it is set with."""
    items = (item for section in layout.sections for item in section.items)
    return {
        item.block.anchor: item.text for item in items if isinstance(item, LaidText) and isinstance(item.block, Heading)
    }


def _page(entry: Entry | None, layout: Layout) -> str:
    return str(layout.pages[entry.anchor]) if entry else ""
