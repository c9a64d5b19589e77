"""What 一图读懂 can be drawn as, a row for each form."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.model.picture import Picture


class Drawing(NamedTuple):
    """A form of it: its files' ending, what it is good for, and its writer."""

    ending: str
    title: str
    write: Callable[[Picture], bytes]


def _html(picture: Picture) -> bytes:
    from generator.render.picture.page import picture_html

    return picture_html(picture).encode()


def _svg(picture: Picture) -> bytes:
    from generator.render.picture.sheet import picture_svg

    return picture_svg(picture).encode()


def _png(picture: Picture) -> bytes:
    from generator.render.picture.browser import picture_png

    return picture_png(picture)


def _pdf(picture: Picture) -> bytes:
    from generator.render.picture.browser import picture_pdf

    return picture_pdf(picture)


DRAWINGS = {
    row.ending: row
    for row in (
        Drawing("html", "网页，手机上也好看", _html),
        Drawing("svg", "A4 一页的矢量图", _svg),
        Drawing("png", "A4 一页的图片（要有浏览器）", _png),
        Drawing("pdf", "A4 一页（要有浏览器）", _pdf),
    )
}
"""By ending; the first is what is made unless another is asked for."""
