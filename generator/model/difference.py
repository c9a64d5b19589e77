"""Two states of a budget side by side, and all that differs between them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from generator.model.book import Book
from generator.model.money import Money
from generator.model.problem import Problem, Problems
from generator.model.reading import Reading
from generator.model.source import Position, Source


class State(NamedTuple):
    """One side, as far as it came. ``sources`` go by what they are (本年/basic.yaml), whatever their folder is called.

    ``remark`` says in one line why there is nothing to read at all. ``skipped`` are the rules that were not asked,
    because it did not come to what they are about.
    """

    label: str
    year: int
    sources: Mapping[str, Source]
    book: Book | None = None
    reading: Reading | None = None
    problems: Problems = ()
    remark: str = ""
    skipped: frozenset[str] = frozenset()


class LineChange(NamedTuple):
    """A source line; ``old`` or ``new`` is None where there was or is none, ``position`` then names the other side's."""

    position: Position
    old: str | None
    new: str | None


class FileChange(NamedTuple):
    """A source file that only one side has, and how many lines it has there."""

    name: str
    lines: int
    gained: bool


Value = Money | Decimal | int
"""An amount, a percentage, a count."""


class FigureChange(NamedTuple):
    """A number that prose may name: before, after, and the difference where both are there."""

    name: str
    old: Value | None
    new: Value | None
    delta: Value | None


class SentenceChange(NamedTuple):
    """A sentence under its heading; empty where it was not, or is no more."""

    section: str
    old: str
    new: str


class CellChange(NamedTuple):
    """A table's cell."""

    table: str
    row: str
    column: str
    old: str
    new: str


class PieceChange(NamedTuple):
    """A whole table, row, column or heading that only one side has; ``text`` is what stood in it."""

    kind: str
    place: str
    text: str
    gained: bool


class Difference(NamedTuple):
    """Everything that differs between two states, in the new one's order. ``failed`` are the sides without a document.

    ``seals`` is what differs and has no words to compare (图片).
    """

    old: State
    new: State
    files: tuple[FileChange, ...] = ()
    lines: tuple[LineChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    pieces: tuple[PieceChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    appeared: tuple[Problem, ...] = ()
    gone: tuple[Problem, ...] = ()
    seals: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[State, ...]:
        """The sides that came to no document, so that words and cells could not be compared."""
        return tuple(state for state in (self.old, self.new) if state.reading is None)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not any(self[2:]) and not any(state.remark for state in (self.old, self.new))
