"""A Document into the bytes of a .docx."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model.comment import Comment, Spot
from generator.model.document import ChartBlock, Document, Entry, Heading, Pages, Run
from generator.render.docx.charts import chart_xml, with_charts
from generator.render.docx.comments import Notes, notes_of, with_comments
from generator.render.docx.entries import entry_text
from generator.render.docx.laid import LaidChart, LaidTable, LaidText
from generator.render.docx.layout import Layout, lay_out, pages_in
from generator.render.docx.master import Master, open_master
from generator.render.docx.package import package
from generator.render.docx.sheet import Sheet
from generator.render.docx.table import table_xml
from generator.render.docx.xml import TAB, bookmark, field, paragraph, run


class Rendered(NamedTuple):
    """The file, its number of body pages, and what a person should be told.

    ``places``: the page of each bookmark. ``followed``: the master has more after the body.
    """

    data: bytes
    pages: int
    remarks: tuple[str, ...]
    places: Mapping[str, int]
    followed: bool


MOST_DOUBTS = 4


def render_docx(document: Document, master_data: bytes, comments: tuple[Comment, ...] = ()) -> Rendered:
    """The complete document: cover from the master, contents with page numbers, body, tables.

    The same bytes from the same inputs. Raises UsageError when the master can't be used. ``comments`` make it a
    reviewer's copy.
    """
    master = open_master(master_data, document)
    layout = lay_out(document, master, master.styles)
    creator = dict(document.furniture).get("部门", "")
    charts = tuple(block for block in document.blocks if isinstance(block, ChartBlock))
    parts = with_charts(with_comments(master.parts, comments), charts)
    data = package(parts, _pieces(document, master, layout, notes_of(comments)), document.title, creator)
    remarks = tuple(_remarks(document, layout, master.doubts))
    return Rendered(data, layout.page_count, remarks, layout.pages, bool(master.back))


def pages_of(document: Document, master_data: bytes) -> Pages:
    """The page of everything, without a file: an unfilled master has the paper and styles of the filled one."""
    master = open_master(master_data)
    return pages_in(document, master, master.styles)


def _pieces(document: Document, master: Master, layout: Layout, notes: Notes) -> Iterator[str | bytes]:
    yield master.opening
    yield paragraph("ContentsTitle", run(document.contents_title))
    for entry in document.entries:
        yield _entry(entry, layout.pages[entry.anchor], master)
    yield paragraph("SectionEnd", "", master.contents.xml)
    yield master.between
    number = 0
    last = len(layout.sections) - 1
    for index, section in enumerate(layout.sections):
        sheet = master.landscape if section.landscape else master.portrait
        for item in section.items:
            number += 1
            if isinstance(item, LaidTable):
                yield from table_xml(item, number, sheet.width, sheet.height, notes)
            elif isinstance(item, LaidChart):
                yield chart_xml(item)
            else:
                yield _text(item, number, notes)
        properties = numbered_from_one(sheet) if index == 0 else sheet.continued
        yield paragraph("SectionEnd", "", properties) if index < last else master.last_section(properties)
    yield master.closing


def numbered_from_one(sheet: Sheet) -> str:
    """The properties of the first section of the body."""
    if re.search("<w:pgNumType[^>]* w:start=", sheet.xml):
        return sheet.xml
    if "<w:pgNumType" in sheet.xml:  # LibreOffice writes one in every section
        return sheet.xml.replace("<w:pgNumType", '<w:pgNumType w:start="1"')
    start = '<w:pgNumType w:start="1"/>'
    place = sheet.xml.find("<w:cols")
    place = place if place >= 0 else sheet.xml.find("<w:docGrid")
    return sheet.xml[:place] + start + sheet.xml[place:]


def _entry(entry: Entry, page: int, master: Master) -> str:
    name = f"Contents{entry.level}"
    text = run(entry_text(entry.text, master.styles.paragraphs[name], master.contents.width))
    number = field(f"PAGEREF {entry.anchor} \\h", f"<w:r><w:t>{page}</w:t></w:r>")
    return paragraph(name, f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{text}{TAB}{number}</w:hyperlink>')


def _text(item: LaidText, number: int, notes: Notes) -> str:
    """A heading or a paragraph, the ``number``th block of the document, counted from 1."""
    block = item.block
    if isinstance(block, Heading):
        words = notes.marked(Spot(number - 1), run(item.text, item.letters.extra if item.letters else None))
        return paragraph(item.style, bookmark(number, block.anchor, words))
    if item.letters:  # a line of a cover, of one run
        return paragraph(item.style, notes.marked(Spot(number - 1, -1, 0), run(item.text, item.letters.extra)))
    runs = enumerate(block.runs) if notes.at else ()
    noted = {place for place, _ in runs if Spot(number - 1, -1, place) in notes.at}
    return paragraph(
        item.style,
        "".join(notes.marked(Spot(number - 1, -1, place), run(text)) for place, text in _joined(block.runs, noted)),
    )


def _joined(runs: tuple[Run, ...], noted: set[int]) -> Iterator[tuple[int, str]]:
    """Neighbouring words as one run, with the place it begins; a figure, or a run with a comment, stays its own."""
    words, start = "", 0
    for place, part in enumerate(runs):
        if part.figure is None and place not in noted:
            start = start if words else place
            words += part.text
            continue
        if words:
            yield start, words
            words = ""
        yield place, part.text
    if words:
        yield start, words


def _remarks(document: Document, layout: Layout, doubts: tuple[str, ...]) -> Iterator[str]:
    if doubts:
        more = f"等{len(doubts)}处设置" if len(doubts) > MOST_DOUBTS else ""
        yield (
            f"母版里{'、'.join(doubts[:MOST_DOUBTS])}{more}，程序算不准，目录页码可能不对；"
            "请用Word打开，全选后按F9更新页码，再核对。"
        )
    unsure = next((entry for entry in document.entries if entry.anchor in layout.unsure), None)
    if unsure is not None:
        yield f"“{unsure.text}”之前的一页几乎正好排满，字体不同时目录页码可能差一页，请打开核对。"
    for section in layout.sections:
        for item in section.items:
            if isinstance(item, LaidTable) and not item.fits:
                yield f"“{item.block.caption}”的列太多，最小字号也放不下，已压缩列宽，请核对。"
