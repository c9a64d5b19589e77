"""Rendered prose into headings, paragraphs and tables.

Mark-up: “## ” a section, “### ” a sub-section, “#### ” and “##### ” headings numbered like items and their details,
“# ” a heading without a number that begins a page; “- ” an item, “-- ” a detail of it; “+ ” a paragraph numbered like a
section, “++ ” one numbered like a sub-section; “@表 name” a table, “@附表” those not placed yet. Behind a heading's
words may stand {编号=否}, {目录=…}. A blank line ends a paragraph, other line ends join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from generator.compose.numerals import Counter
from generator.compose.templates import Templates
from generator.model.document import Block, Heading, Paragraph, Run
from generator.model.profile import UNLISTED, Numbering

_MARK = re.compile(r"(#{1,5}|\+{1,2}|-{1,2}|@表|@附表)(?: +|$)")
_OPTIONS = r" *\{([^{}]*=[^{}]*)\}$"
_LEVELS = {"##": 1, "+": 1, "###": 2, "++": 2, "####": 3, "#####": 4, "-": 5, "--": 6}
"""How deep a mark's number is; those above it begin it again."""


class Title(NamedTuple):
    """A heading of the prose. ``entry`` is what the contents call it: None as it is called, nothing: not at all."""

    level: int
    ordinal: str
    title: str
    entry: str | None = None


class Around(Protocol):
    """What a part's words stand in."""

    def heading(self, title: Title) -> Heading:
        """A heading of its own."""

    def placed(self, key: str) -> Iterator[Block]:
        """The table of this name, all that are left where it is empty."""


def blocks_of(rendered: str, templates: Templates, numbering: Numbering, around: Around) -> Iterator[Block]:
    """The blocks of one part."""
    counter = Counter((*numbering.ordinals, *numbering.ordinals[2:]))
    for text in _pieces(rendered):
        found = _MARK.match(text)
        mark = found[1] if found else ""
        body = text[found.end() :] if found else text
        if mark.startswith("@"):
            counter.start_below(_LEVELS["#####"])
            yield from around.placed(body.strip() if mark == "@表" else "")
        elif mark.startswith("#"):
            yield around.heading(_title(mark, body, counter, templates))
        elif mark:
            yield Paragraph((Run(counter.next(_LEVELS[mark])), *templates.runs(body)))
        else:
            counter.start_below(_LEVELS["#####"])
            yield Paragraph(tuple(templates.runs(body)))


def _title(mark: str, body: str, counter: Counter, templates: Templates) -> Title:
    found = re.search(_OPTIONS, body) if body.endswith("}") else None
    options = dict(word.split("=", 1) for word in found[1].split()) if found else {}
    words = templates.plain(body[: found.start()] if found else body)
    level = _LEVELS.get(mark, 0)
    ordinal = counter.next(level) if level and options.get("编号") != "否" else ""
    counter.start_below(level)
    entry = templates.plain(options["目录"]) if "目录" in options else None
    entry = "" if entry == UNLISTED else entry
    return Title(len(mark), ordinal, words, entry)


def _pieces(rendered: str) -> Iterator[str]:
    lines: list[str] = []
    for line in [*rendered.split("\n"), ""]:
        bare = line.strip(" \t")
        if lines and (not bare or _MARK.match(bare) or lines[0].startswith("@")):
            yield "".join(lines)
            lines = []
        if bare:
            lines.append(bare)
