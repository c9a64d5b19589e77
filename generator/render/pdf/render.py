"""A Word file of ours into a PDF: tagged (PDF/UA), with bookmarks, and compared with what the document says of its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.render.docx.render import Rendered
from generator.render.pdf.described import described, silent_figures
from generator.render.pdf.finish import finished
from generator.render.pdf.fonts import Wanted, is_font, lines_in, wanted_fonts
from generator.render.pdf.objects import Objects, embedded_fonts, named_places, objects_of, pages_in
from generator.render.pdf.office import OFFICE, converted

_INSTEAD = "也可以先生成 Word 文档，再用 Word 或 WPS 另存为 PDF。"
_OPTIONS = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "ExportBookmarksToPDFDestination": True,
    "DisplayPDFDocumentTitle": True,
    "ExportFormFields": False,
    "InitialView": 1,
}
"""Of LibreOffice's filter: https://help.libreoffice.org/latest/en-US/text/shared/guide/pdf_params.html. 1: with bookmarks."""
_FILE = "document.docx"
_TYPES = {bool: "boolean", int: "long"}


class RenderedPdf(NamedTuple):
    """The file, its number of pages, and what a person should be told."""

    data: bytes
    pages: int
    remarks: tuple[str, ...]


def render_pdf(word: Rendered, contents: Mapping[str, str], charts: Sequence[str] = ()) -> RenderedPdf:
    """The Word file as a PDF; ``contents`` are the words of its contents by the bookmark they lead to.

    ``charts`` says of each of its charts what it shows.

    The same bytes from the same file, as long as LibreOffice and fonts are the same ones. Raises UsageError where
    LibreOffice is missing or fails.
    """
    fonts = wanted_fonts(word.data)
    lines = lines_in(fonts)
    made = converted(OFFICE, OFFICE.path(" PDF ", _INSTEAD), {_FILE: word.data, **lines}, _filter())
    data = finished(described(made[_FILE], charts))
    objects = objects_of(data)
    printed = {font: embedded_fonts(objects_of(made[line])) for font, line in zip(fonts, lines, strict=True)}
    remarks = (*_conformance(data, objects), *_pages(objects, word, contents), *_replaced(printed))
    return RenderedPdf(data, len(pages_in(objects)), (*word.remarks, *remarks))


def _filter() -> str:
    options = {name: {"type": _TYPES[type(value)], "value": str(value).lower()} for name, value in _OPTIONS.items()}
    return f"pdf:writer_pdf_Export:{json.dumps(options, separators=(',', ':'))}"


def _conformance(data: bytes, objects: Objects) -> Iterator[str]:
    if b"/MarkInfo" not in data or b"pdfuaid" not in data:
        yield "这个 LibreOffice 太旧（7.4 起才行），PDF 没有无障碍标记（PDF/UA）；读屏软件可能读不好。"
    silent = len(silent_figures(objects))
    if silent:
        yield f"PDF 里有{silent}幅图没有文字说明，看不见的人不知道画的是什么；母版里的图，请在 Word 里给它加“替换文字”。"


def _pages(objects: Objects, word: Rendered, contents: Mapping[str, str]) -> Iterator[str]:
    """Whether each thing stands on the page that the contents name, and the body has as many pages as was counted."""
    found, last = named_places(objects), len(pages_in(objects))
    known = [(anchor, page) for anchor, page in word.places.items() if anchor in found]
    if not known:
        return
    before = found[known[0][0]] - known[0][1]
    moved = [(anchor, page) for anchor, page in known if found[anchor] - before != page and anchor in contents]
    if moved:
        anchor, page = moved[0]
        more = f"等{len(moved)}处" if len(moved) > 1 else ""
        yield (
            f"目录说“{contents[anchor]}”在第{page}页，PDF 里在第{found[anchor] - before}页{more}；"
            "多半是这台机器的字体与母版要的不同，请装上母版的字体再生成。"
        )
    elif last - before < word.pages or (last - before > word.pages and not word.followed):
        yield f"按母版算，正文有{word.pages}页，PDF 里有{last - before}页；请打开看看最后几页。"


def _replaced(printed: Mapping[Wanted, tuple[str, ...]]) -> Iterator[str]:
    """Which fonts of the master are not there, and what is printed in their stead."""
    found: dict[str, list[str]] = {}
    for font, names in printed.items():
        if names and not any(is_font(font.name, name) for name in names):
            words = found.setdefault("、".join(names), [])
            words += [] if font.name in words else [font.name]
    if found:
        pairs = "；".join(f"“{'”“'.join(wanted)}”→{names}" for names, wanted in found.items())
        yield f"这台机器上没有母版要的字体，PDF 里换成了别的：{pairs}。请装上字体再生成，版面才与 Word 里一样。"
