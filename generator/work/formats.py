"""What a document can be written as, a row for each format; and what can be read again."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.work.stages import Finished, Unread


class File(NamedTuple):
    """A file's content: its bytes, how much it is in words for a person, and what such a person should know."""

    data: bytes
    extent: str = ""
    remarks: tuple[str, ...] = ()


class Format(NamedTuple):
    """A format: its files' ending and the name of the option, what it is good for, and its writer.

    ``read_back``: it is the Word file, or made of it, and that is read before anything is handed out; else it is written
    of what has been read over already.
    """

    ending: str
    title: str
    write: Callable[["Unread | Finished"], File]
    read_back: bool = False


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


def page_of(made: "Unread | Finished", version: str = "") -> File:
    """The document as a page that explains itself; with a ``version`` it asks its server for a newer one."""
    from generator.render.html.page import Material, render_html

    material = Material(made.document, made.book, made.inputs, made.problems, made.sources, made.accepted)
    return File(render_html(material, version).encode())


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
        Format("pdf", "读屏软件也能读的 PDF（要装 LibreOffice）", _pdf, True),
    )
}
"""By ending; the first is what is made unless another is asked for."""
