"""Blocks measured and ready to write."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.document import ChartBlock, HeaderCell, Heading, Paragraph, TableBlock
from generator.render.docx.measure import Letters


class LaidText(NamedTuple):
    """A paragraph ready to write: its style and words, and how its letters stand if not as in the style."""

    block: Heading | Paragraph
    style: str
    text: str
    letters: Letters | None = None


class LaidChart(NamedTuple):
    """A chart ready to write: the size of its paragraph in twips."""

    block: ChartBlock
    width: int
    height: int


class Part(NamedTuple):
    """Rows of a table that stand under the same header: its heights, the first of them, and one past the last."""

    header: tuple[int, ...]
    start: int
    end: int


class LaidTable(NamedTuple):
    """A table ready to write: everything in twips. ``repeats`` are rows that begin a page.

    ``tight``: its cells have no margin above and below. ``indents`` keep the words of its header's cells from the sides
    where they read better in a narrower cell. ``again`` is a form's row that heads those below on each of their pages:
    from it on the form is a table of its own; -1: none.
    """

    block: TableBlock
    size: int
    widths: tuple[int, ...]
    header: tuple[int, ...]
    heights: tuple[int, ...]
    fits: bool
    breaks: bool = True
    repeats: frozenset[int] = frozenset()
    tight: bool = False
    indents: Mapping[HeaderCell, int] = MappingProxyType({})
    again: int = -1

    @property
    def parts(self) -> tuple[Part, ...]:
        """The tables it is written as."""
        end, start = len(self.heights), self.again
        if start < 0:
            return (Part(self.header, 0, end),)
        below = Part((self.heights[start],), start + 1, end)
        return (Part(self.header, 0, start), below) if start else (below,)


Laid = LaidText | LaidTable | LaidChart


class LaidSection(NamedTuple):
    """Blocks on one kind of paper."""

    landscape: bool
    items: tuple[Laid, ...]
