"""A Word file of ours into a PDF: tagged (PDF/UA), with bookmarks, and compared with what the document says of its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.render.docx.render import Rendered
from generator.render.pdf.finish import finished
from generator.render.pdf.objects import Objects, named_places, objects_of, pages_in
from generator.render.pdf.office import converted, office

_WHAT, _INSTEAD = "PDF", "也可以先生成 Word 文档，再用 Word 或 WPS 另存为 PDF。"
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
_TYPES = {bool: "boolean", int: "long"}


class RenderedPdf(NamedTuple):
    """The file, its number of pages, and what a person should be told."""

    data: bytes
    pages: int
    remarks: tuple[str, ...]


def render_pdf(word: Rendered, contents: Mapping[str, str]) -> RenderedPdf:
    """The Word file as a PDF; ``contents`` are the words of its contents by the bookmark they lead to.

    The same bytes from the same file, as long as LibreOffice and fonts are the same ones. Raises UsageError where
    LibreOffice is missing or fails.
    """
    made = converted(office(_WHAT, _INSTEAD), {"document.docx": word.data}, _filter(), "pdf")
    data = finished(made["document.docx"])
    objects = objects_of(data)
    remarks = (*_conformance(data), *_pages(objects, word, contents))
    return RenderedPdf(data, len(pages_in(objects)), (*word.remarks, *remarks))


def _filter() -> str:
    options = {name: {"type": _TYPES[type(value)], "value": str(value).lower()} for name, value in _OPTIONS.items()}
    return f"pdf:writer_pdf_Export:{json.dumps(options, separators=(',', ':'))}"


def _conformance(data: bytes) -> Iterator[str]:
    if b"/MarkInfo" not in data or b"pdfuaid" not in data:
        yield "这个 LibreOffice 太旧（7.4 起才行），PDF 没有无障碍标记（PDF/UA）；读屏软件可能读不好。"


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
