"""Where a value was typed."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a source file; line and column count from 1, columns count characters. 0 = the whole file.

    ``place`` instead of a file is a place of the produced document: “表!行/栏”, or a heading.
    """

    file: str
    line: int = 0
    column: int = 0
    place: str = ""

    def __str__(self) -> str:
        """``file:line:column``, as editors and terminals link it; or the place of the document."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file or self.place

    @property
    def file_and_line(self) -> str:
        """``file:line``, for whoever is told of the line as a whole."""
        return f"{self.file}:{self.line}" if self.line else str(self)


def in_document(place: str) -> Position:
    """A place of the produced document."""
    return Position("", place=place)


class Text(NamedTuple):
    """A text as typed, with its place."""

    value: str
    position: Position

    def __str__(self) -> str:
        """The text alone."""
        return self.value


class Passage(NamedTuple):
    """A department's own words: what they are (``kind``), and for whom.

    Kinds: 名称、职责、机构、项目、原因、目标、任务、指标、指标值、说明、事项. ``literal`` when they stand on one line of
    the file as they are: no escapes, not folded.
    """

    kind: str
    place: str
    text: Text
    literal: bool = True

    def at(self, offset: int) -> Position:
        """Where its character ``offset`` stands; the whole text's place unless the file holds it letter by letter."""
        start = self.text.position
        return start._replace(column=start.column + offset) if self.literal else start


class Source(NamedTuple):
    """A file's name and text, kept so that a problem can show the line it is about."""

    name: str
    text: str

    def line(self, number: int) -> str | None:
        """A line, counted from 1 as positions do; None where there is none."""
        lines = lines_of(self)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def at(self, index: int) -> Position:
        """Where its character ``index`` stands."""
        start = self.text.rfind("\n", 0, index) + 1
        return Position(self.name, self.text.count("\n", 0, index) + 1, index - start + 1)


def occurrences(words: str, text: str) -> Iterator[int]:
    """Where words stand in a text, also where one of them begins inside another."""
    place = text.find(words) if words else -1
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def all_seen(text: str) -> bool:
    """Whether a text is all letters and signs that print, blanks and line ends: quick, and true of nearly every text."""
    return text.replace("\n", "").replace("\u3000", "").isprintable()


@lru_cache(maxsize=64)
def lines_of(source: Source) -> tuple[str, ...]:
    """The lines of a file, as positions count them. A long list of problems asks for them again and again."""
    return tuple(source.text.split("\n"))
