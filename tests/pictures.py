"""Pictures of documents, and what may be on one: what stands in the document, read by who knows neither of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.model.document import ChartBlock, Document
from generator.model.picture import NOTHING, Bar, Picture
from generator.readback.document import reading_of
from generator.render.text import reading_text
from generator.work.picture import picture_in
from generator.work.stages import Finished
from tests.html_reading import parsed as read_html
from tests.runs import ROOT, held

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
URL = "https://example.org/a"


def picture_of(run: Finished, url: str = URL) -> Picture:
    """The picture of a run of one of the repository's own places."""
    folder = run.profile.title.position.file.split("/")[-2]
    drawn, problems, _ = picture_in(held(ROOT / "templates", folder), run, url)
    assert drawn is not None and problems == ()
    return drawn


def text_of(document: Document) -> str:
    """All words of a document, its charts apart: they are drawn of the same numbers."""
    plain = document._replace(blocks=tuple(block for block in document.blocks if not isinstance(block, ChartBlock)))
    return reading_text(reading_of(plain))


def bars_of(picture: Picture) -> Iterator[Bar]:
    """Everything that has a number."""
    groups = (picture.income, picture.spending, picture.public, picture.projects)
    every = (picture.total, *picture.split, picture.public_total, *(bar for group in groups for bar in group.bars))
    return (bar for bar in every if bar != NOTHING)


def words_of_page(html: str) -> str:
    """What a page shows, line by line."""
    [body] = read_html(html).all("body")
    pieces = (element.text for element in body.all("h1", "h2", "p", "li", "figcaption"))
    return "\n".join(pieces)


def words_of_sheet(svg: str) -> str:
    """What a drawing shows, and what it says of itself; words that go on below are joined."""
    root = etree.fromstring(svg.encode())
    return "\n".join("".join(element.itertext()) for element in root.iter("{*}text", "{*}title", "{*}desc"))


def made_up(shown: str, known_words: str) -> set[str]:
    """The numbers in words that do not stand in what is known."""
    known = set(_NUMBER.findall(known_words))
    return {number.rstrip(",") for number in _NUMBER.findall(shown)} - {number.rstrip(",") for number in known}
