"""What a document can be written as, a row for each format; and what can be read again."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.model.document import Sums
    from generator.render.open_data.resource import Resource
    from generator.work.stages import Finished, Unread


class File(NamedTuple):
    """A file's content: its bytes, how much it is in words for a person, and what such a person should know.

    ``beside`` are files that belong to it, by their names in its folder.
    """

    data: bytes
    extent: str = ""
    remarks: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = MappingProxyType({})


class Format(NamedTuple):
    """A format: its files' ending and the name of the option, what it is good for, and its writer.

    ``read_back``: it is the Word file, or made of it, and that is read before anything is handed out; else it is written
    of what has been read over already.
    ``name`` is the file's behind the document's; a format of several files has a folder of its own.
    """

    ending: str
    title: str
    write: Callable[["Unread | Finished"], File]
    read_back: bool = False
    name: str = ""

    def named(self, document: str) -> str:
        """What the file of a document of this name is called."""
        return document + (self.name or f".{self.ending}")


def _docx(made: "Unread | Finished") -> File:
    from generator.render.docx.render import render_docx

    rendered = render_docx(made.document, made.profile.master)
    return File(rendered.data, f"正文{rendered.pages}页", rendered.remarks)


def _pdf(made: "Unread | Finished") -> File:
    from generator.model.document import ChartBlock
    from generator.render.docx.render import render_docx
    from generator.render.pdf.render import render_pdf

    contents = {entry.anchor: entry.text for entry in made.document.entries}
    charts = [block.alt for block in made.document.blocks if isinstance(block, ChartBlock)]
    word = render_docx(made.document, made.profile.master)
    rendered = render_pdf(word, contents, charts)
    return File(rendered.data, f"共{rendered.pages}页，正文{word.pages}页", rendered.remarks)


def page_of(made: "Unread | Finished", version: str = "", accept: str = "") -> File:
    """The document as a page that explains itself; with a ``version`` it asks its server for a newer one (``render_html``)."""
    from generator.render.html.page import Material, render_html

    material = Material(made.document, made.book, made.inputs, made.problems, made.sources, made.accepted)
    return File(render_html(material, version, accept).encode())


def sums_in(made: "Unread | Finished") -> "tuple[Sums, ...]":
    """Which cells of each table make up its totals."""
    from generator.check.book_rules import Derived
    from generator.check.sums import sums_of
    from generator.readback.document import reading_of
    from generator.work.binding import nouns

    tables, _ = nouns(reading_of(made.document), Derived(made.inputs, made.profile, made.book), made.document)
    return sums_of(tables, made.document)


def workbook(made: "Unread | Finished", ledger: bool = True) -> File:
    """The tables as a workbook; with the ``ledger``'s entries or without."""
    from generator.render.entries import entries_of
    from generator.render.xlsx.render import render_xlsx

    sums, entries = sums_in(made), entries_of(made.inputs, made.book, made.profile) if ledger else None
    extent = f"{len(sums)}张表" + (f"，台账{len(entries.rows)}笔" if entries is not None else "")
    return File(render_xlsx(made.document, sums, entries), extent)


def _md(made: "Unread | Finished") -> File:
    from generator.render.markdown import markdown

    return File(markdown(made.document).encode())


def _txt(made: "Unread | Finished") -> File:
    """With the mark by which old editors on Windows know UTF-8, and its line ends."""
    from generator.render.plain import plain_text

    return File(plain_text(made.document).replace("\n", "\r\n").encode("utf-8-sig"))


def _resources(made: "Unread | Finished", ledger: bool) -> "tuple[Resource, ...]":
    from generator.render.entries import entries_of
    from generator.render.open_data.tables import resources_of
    from generator.render.units import units_of

    entries = entries_of(made.inputs, made.book, made.profile) if ledger else None
    return tuple(resources_of(made.document, units_of(made.document, made.profile), entries))


def open_data(made: "Unread | Finished", ledger: bool = True) -> File:
    """The document as a folder of CSV and their description; with the ``ledger`` or without."""
    from generator.render.open_data.package import DESCRIPTION, files_of

    files = files_of(made.document.title, _resources(made, ledger))
    return File(files.pop(DESCRIPTION), f"另有{len(files)}个 CSV", (), files)


def _json(made: "Unread | Finished") -> File:
    from generator.render.open_data.package import json_bytes

    return File(json_bytes(made.document.title, _resources(made, True)))


def public_page(made: "Finished") -> File:
    """The document as a page for the public: what it says and nothing behind it."""
    from generator.render.html.page import Material, render_html

    material = Material(made.document, made.book, made.inputs, (), made.sources, (), public=True)
    return File(render_html(material).encode())


def reviewed(done: "Finished") -> File:
    """The document once more, in Word, with comments; the clean one never has any."""
    from generator.render.docx.render import render_docx
    from generator.render.review import review

    comments = review(done.document, done.problems, done.sources)
    return File(render_docx(done.document, done.profile.master, comments).data, f"批注{len(comments)}条")


def words_of(path: Path) -> str:
    """What a Word file says, one sentence or row a line; or why it can't be read: git would stop at a driver that fails."""
    from generator.opc import bytes_of
    from generator.readback.docx import read_docx
    from generator.render.text import reading_text

    try:
        return reading_text(read_docx(bytes_of(path)))
    except UsageError as error:
        return f"（不能读：{error}）\n"


FORMATS = {
    row.ending: row
    for row in (
        Format("docx", "", _docx, True),
        Format("html", "可以查来历的网页", page_of),
        Format("xlsx", "各表的工作簿，合计是公式", workbook),
        Format("md", "Markdown 全文", _md),
        Format("txt", "纯文本全文", _txt),
        Format("csv", "开放数据，一个目录的 CSV", open_data, name="（开放数据）/datapackage.json"),
        Format("json", "开放数据，一个文件", _json),
        Format("pdf", "读屏软件也能读的 PDF（要装 LibreOffice）", _pdf, True),
    )
}
"""By ending; the first is what is made unless another is asked for."""
