"""A finished document as a reader sees it: words and cells, without figures, templates or data behind them."""

from typing import NamedTuple


class ContentsLine(NamedTuple):
    """A line of the 目录: what it says, and the page number printed after it."""

    text: str
    page: str = ""


class ReadHeading(NamedTuple):
    """A heading of the body: level 1 a part, 2 a section, 3 a sub-section."""

    level: int
    text: str


class ReadParagraph(NamedTuple):
    """A paragraph of the body and the heading it stands under."""

    text: str
    section: str


class TableLook(NamedTuple):
    """What only a file can say of a table; widths in twips, one letter (l, c, r) a cell."""

    repeats_header: bool
    rows_kept_whole: bool
    grid: tuple[int, ...]
    text_width: int
    alignments: tuple[str, ...]


class ReadTable(NamedTuple):
    """A table: its caption, the line above it, its columns by header path, its rows, the notes below.

    ``columns[i]`` is the path of words over grid column i, outermost first. ``rows`` have one text for
    each grid column; a wide cell's words stand in its first column. ``cells`` is how many columns each row fills.
    """

    caption: str
    headline: str
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    cells: tuple[int, ...] = ()
    look: TableLook | None = None


class FileLook(NamedTuple):
    """What only a file can say of the whole: 修订 and 批注 left in, who made it, fonts set by hand, page numbers.

    ``custom`` are properties that a person gave names to; ``beside`` is where else (页脚) how many 修订, 批注 and
    hidden words were left.
    """

    revisions: int
    comments: int
    hidden: int
    properties: tuple[tuple[str, str], ...]
    fonts: tuple[str, ...]
    number_restarts: tuple[int, ...]
    numbered_footers: int
    custom: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, int, int, int], ...] = ()


class ReadStory(NamedTuple):
    """What stands beside the body: ``kind`` as a reader calls it (页眉, 首页页脚, 脚注, 批注, 图表), and its lines."""

    kind: str
    lines: tuple[str, ...]


ReadBlock = ReadHeading | ReadParagraph | ReadTable


class Reading(NamedTuple):
    """A document read from its outside. ``look`` is None when it was read before it became a file.

    ``stories`` are the words beside the body; ``sealed`` what has no words that we read (图片, 嵌入的文件), with a
    fingerprint of it.
    """

    cover: tuple[str, ...]
    contents: tuple[ContentsLine, ...]
    blocks: tuple[ReadBlock, ...]
    look: FileLook | None = None
    stories: tuple[ReadStory, ...] = ()
    sealed: tuple[tuple[str, str], ...] = ()

    @property
    def headings(self) -> tuple[ReadHeading, ...]:
        """The headings, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ReadHeading))

    @property
    def paragraphs(self) -> tuple[ReadParagraph, ...]:
        """The body paragraphs, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ReadParagraph))

    @property
    def tables(self) -> tuple[ReadTable, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ReadTable))
