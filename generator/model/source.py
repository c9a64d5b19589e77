"""Where a value was typed."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a source file; line and column count from 1, columns count characters. 0 = the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``file:line:column``, as editors and terminals link it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Text(NamedTuple):
    """A text as typed, with its place."""

    value: str
    position: Position

    def __str__(self) -> str:
        """The text alone."""
        return self.value


class Source(NamedTuple):
    """A file's name and text, kept so that a problem can show the line it is about."""

    name: str
    text: str
