"""The document as blocks of words that still hold their figures; every renderer walks the same blocks."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.figure import Numeric


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; a printed number keeps the figure it prints."""

    text: str
    figure: Numeric | None = None

    def __str__(self) -> str:
        """Its words."""
        return self.text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``level`` 1 a part, 2 a section, 3 a sub-section. ``anchor`` is its bookmark.

    A part's ordinal (第一部分) stands on a line of its own, so it is kept apart.
    """

    level: int
    ordinal: str
    title: str
    anchor: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a table's header: ``span`` columns wide, ``depth`` rows high, at ``column`` of header row ``row``."""

    text: str
    row: int
    column: int
    span: int
    depth: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row. ``spans`` is empty where every cell is one column wide.

    ``joined[i]`` says that cell i continues the cell above it; empty: none does. ``alignments`` is one
    letter a cell; empty: the table's own.
    """

    texts: tuple[str, ...]
    figures: tuple[Numeric | None, ...]
    spans: tuple[int, ...] = ()
    joined: tuple[bool, ...] = ()
    alignments: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption and notes. ``alignments`` is one letter a column: l, c or r."""

    key: str
    caption: str
    anchor: str
    headline: tuple[str, str] | None
    header: tuple[HeaderCell, ...]
    header_rows: int
    alignments: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]
    landscape: bool
    widths: tuple[int, ...] = ()


Block = Heading | Paragraph | TableBlock


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: what it says and the bookmark it leads to; ``level`` 1 a part, 2 inside it."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document, before any file format. ``furniture`` fills the master's cover, header and footer."""

    title: str
    file_name: str
    contents_title: str
    furniture: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
