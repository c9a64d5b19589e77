"""Rendered prose into headings and paragraphs.

Mark-up: “## ” a section, “### ” a sub-section, “- ” an item, “+ ” a paragraph numbered like a section,
“++ ” one numbered like a sub-section; a blank line ends a paragraph, other line ends join.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.compose.numerals import Counter
from generator.compose.templates import Templates
from generator.model.document import Heading, Paragraph, Run
from generator.model.profile import Numbering

_MARK = re.compile(r"(#{2,3}|\+{1,2}|-) +")
_LEVELS = {"##": 1, "+": 1, "###": 2, "++": 2, "-": 3}


def blocks_of(
    rendered: str, templates: Templates, numbering: Numbering, heading: Callable[[int, str, str], Heading]
) -> Iterator[Heading | Paragraph]:
    """The blocks of one part; ``heading(level, ordinal, title)`` makes its headings."""
    counter = Counter(numbering)
    for text in _pieces(rendered):
        found = _MARK.match(text)
        mark = found[1] if found else ""
        body = text[found.end() :] if found else text
        ordinal = counter.next(_LEVELS[mark]) if mark else ""
        if not mark:
            counter.start_below(2)
        if mark.startswith("#"):
            yield heading(len(mark), ordinal, templates.plain(body))
        else:
            runs = tuple(templates.runs(body))
            yield Paragraph((Run(ordinal), *runs) if ordinal else runs)


def _pieces(rendered: str) -> Iterator[str]:
    lines: list[str] = []
    for line in [*rendered.split("\n"), ""]:
        bare = line.strip(" \t")
        if lines and (not bare or _MARK.match(bare)):
            yield "".join(lines)
            lines = []
        if bare:
            lines.append(bare)
