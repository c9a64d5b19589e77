"""What a document can be written as: a row for each format."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.work.stages import Finished, Unread


class File(NamedTuple):
    """A file's content: its bytes, how much it is in words for a person, and what such a person should know."""

    data: bytes
    extent: str = ""
    remarks: tuple[str, ...] = ()


class Format(NamedTuple):
    """A format: its files' ending and the name of the option, what it is good for, and its writer.

    ``read_back``: its file is read before it is handed out; else it is written of what has been read over already.
    """

    ending: str
    title: str
    write: Callable[[Unread | Finished], File]
    read_back: bool = False


def _docx(made: Unread | Finished) -> File:
    from generator.render.docx.render import render_docx

    rendered = render_docx(made.document, made.profile.master)
    return File(rendered.data, f"正文{rendered.pages}页", rendered.remarks)


def _html(made: Unread | Finished) -> File:
    return File(page_of(made).encode())


def page_of(made: Unread | Finished, version: str = "") -> str:
    """The document as a page that explains itself; with a ``version`` it asks its server for a newer one."""
    from generator.render.html.page import Material, render_html

    material = Material(made.document, made.book, made.inputs, made.problems, made.sources, made.accepted)
    return render_html(material, version)


FORMATS = {row.ending: row for row in (Format("docx", "", _docx, True), Format("html", "可以查来历的网页", _html))}
"""By ending; the first is what is made unless another is asked for."""
