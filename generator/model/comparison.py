"""Two Documents side by side: what belongs together, and what became of it."""

from collections.abc import Callable
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from generator.model.document import Block, Document, Entry, TableRow

T = TypeVar("T")


class Mark(Enum):
    """What became of something."""

    KEPT = " "
    GONE = "-"
    ADDED = "+"


class Pair(NamedTuple, Generic[T]):
    """The same thing in the old document and in the new one; None where it isn't there."""

    old: T | None
    new: T | None

    @property
    def mark(self) -> Mark:
        """What became of the whole of it."""
        return Mark.ADDED if self.old is None else Mark.GONE if self.new is None else Mark.KEPT


class Piece(NamedTuple):
    """A stretch of text and what became of it."""

    text: str
    mark: Mark


Words = Callable[[str, str], tuple[Piece, ...]]
"""From an old text and a new one to what is to be struck and written."""


class BlockPair(NamedTuple):
    """A block and what became of it, both of one kind; of a table also its rows and notes. Paired rows have the
    same cells, paired tables the same columns.
    """

    blocks: Pair[Block]
    rows: tuple[Pair[TableRow], ...] = ()
    notes: tuple[Pair[str], ...] = ()


class Comparison(NamedTuple):
    """All blocks and all lines of the contents, paired, in an order that holds both documents' own orders."""

    documents: tuple[Document, Document]
    entries: tuple[Pair[Entry], ...]
    blocks: tuple[BlockPair, ...]
