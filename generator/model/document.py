"""The document as blocks of words that still hold their figures; every renderer walks the same blocks."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.model.figure import Numeric
from generator.model.ledger import Filter
from generator.model.source import Position
from generator.model.table_spec import AmountColumn, FormCell, Leaf, TextColumn

Cell = tuple[int, int]
"""A place in a table's body: row and grid column, from 0."""
Sums = Mapping[Cell, tuple[tuple[Cell, ...], ...]]
"""The totals of a table, each with the ways in which other cells of it make it up."""


class Run(NamedTuple):
    """A stretch of text; a printed number keeps the figure it prints.

    ``aspect`` says which of a Change's numbers it is: 差额, 上年数, 增幅 or 完成率. ``position`` is where a person's words
    were typed, for words that may be typed more than once.
    """

    text: str
    figure: Numeric | None = None
    aspect: str = ""
    position: Position | None = None

    def __str__(self) -> str:
        """Its words."""
        return self.text


class Heading(NamedTuple):
    """A heading: ``level`` 1 a part, 2 a section, 3 a sub-section. ``anchor`` is its bookmark.

    A part's ordinal (第一部分) stands on a line of its own, so it is kept apart.
    """

    level: int
    ordinal: str
    title: str
    anchor: str
    annex: bool = False


class Paragraph(NamedTuple):
    """A paragraph of body text; of ``kind`` “Cover” it is a line of an annex's own cover."""

    runs: tuple[Run, ...]
    kind: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join([run.text for run in self.runs])


class HeaderCell(NamedTuple):
    """A cell of a table's header: ``span`` columns wide, ``depth`` rows high, at ``column`` of header row ``row``."""

    text: str
    row: int
    column: int
    span: int
    depth: int


class TableRow(NamedTuple):
    """A body row. ``spans`` is empty where every cell is one column wide.

    ``joined[i]`` says that cell i continues the cell above it; empty: none does. ``alignments`` is one
    letter a cell; empty: the table's own. ``scopes`` are what the row selects, one for each panel; None where it has
    no amounts. ``cells`` are a form's row as its definition has it. ``typed`` says where a person typed a cell's words.
    """

    texts: tuple[str, ...]
    figures: tuple[Numeric | None, ...]
    spans: tuple[int, ...] = ()
    joined: tuple[bool, ...] = ()
    alignments: str = ""
    scopes: tuple[Filter | None, ...] = ()
    cells: tuple[FormCell, ...] = ()
    typed: tuple[Position | None, ...] = ()

    def typed_at(self, place: int) -> Position | None:
        """Where a person typed the cell's words; None for words that nobody typed as they stand."""
        return self.typed[place] if place < len(self.typed) else None

    def is_joined(self, column: int) -> bool:
        """Whether the cell continues the one above."""
        return column < len(self.joined) and self.joined[column]


class TableBlock(NamedTuple):
    """A table with its caption and notes. ``title`` is the caption without number and year. ``alignments`` is one letter a column: l, c or r.

    ``columns`` say what stands in each column, ``panels`` in which panel it is, ``scope`` what all of the table selects.
    """

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
    columns: tuple[Leaf, ...] = ()
    panels: tuple[int, ...] = ()
    scope: Filter = Filter()
    title: str = ""

    def scope_of(self, row: TableRow, place: int) -> Filter | None:
        """What the amount in a cell adds up; None for a cell without an amount, and in a row without any."""
        if row.cells:
            cell = row.cells[place]
            return self.scope.narrowed(*cell.filter.terms) if cell.filter is not None else None
        column = self.columns[place] if place < len(self.columns) else None
        selected = row.scopes[self.panels[place]] if row.scopes else None
        if not isinstance(column, AmountColumn) or selected is None:
            return None
        return self.scope.narrowed(*selected.terms, *column.filter.terms)

    def first_joined(self, row: int) -> int:
        """The first of the rows that merged cells join with this one: there stand a project's name and its amounts."""
        while row and self.carries_on(self.rows[row]):
            row -= 1
        return row

    def carries_on(self, row: TableRow) -> bool:
        """Whether merged cells make a row part of the one above; where only words go on, it is a row of its own."""
        if not self.columns:
            return any(row.joined)
        return True in row.joined and any(
            row.is_joined(place) and not isinstance(leaf, TextColumn) for place, leaf in enumerate(self.columns)
        )

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """Each column's header words, outermost first."""
        columns: list[list[str]] = [[] for _ in self.alignments]
        for cell in sorted(self.header, key=lambda cell: (cell.row, cell.column)):
            for path in columns[cell.column : cell.column + cell.span]:
                path.append(cell.text)
        return tuple(tuple(word for word in path if word) for path in columns)


class ChartSeries(NamedTuple):
    """Bars of one colour: for each category the amount as its label prints it and the figure; "" is no bar."""

    name: str
    texts: tuple[str, ...]
    figures: tuple[Numeric | None, ...]


class ChartBlock(NamedTuple):
    """A bar chart, ``number``th of the document, with the caption below it. ``alt`` says it in words.

    ``key`` is what it shows: 收支 or 增减. ``pattern`` is its labels' number format, as a spreadsheet writes it.
    """

    key: str
    number: int
    caption: str
    alt: str
    pattern: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]

    @property
    def drawn(self) -> tuple[object, ...]:
        """All that can be seen of it but its caption and its number: two charts with the same are one drawing."""
        series = tuple((series.name, series.texts) for series in self.series)
        return self.key, self.alt, self.pattern, self.categories, series


Block = Heading | Paragraph | TableBlock | ChartBlock


class Entry(NamedTuple):
    """A line of the contents: what it says and the bookmark it leads to; ``level`` 1 a part, 2 inside it."""

    level: int
    text: str
    anchor: str


class Document(NamedTuple):
    """The whole document, before any file format.

    ``furniture`` fills the master's cover, header and footer; ``furnished`` are its templates as they read then.
    """

    title: str
    file_name: str
    contents_title: str
    furniture: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    furnished: tuple[tuple[str, str], ...] = ()


class Pages(NamedTuple):
    """The printed page of each block of a Document, in order, and of each row of its tables, table by table."""

    blocks: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
