"""Everything derived: the figures prose may name, and the tables' cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.figure import Change, Fact, Figure, Share
from generator.model.money import Scale
from generator.model.profile import TableSpec


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: words and figures column by column. A cell with a figure has an empty text.

    ``level`` and ``ordinal`` ask for a number before the label in column ``label``; ``height`` rows
    hang together (a project and its indicators): the first carries the figures.
    """

    texts: tuple[str, ...]
    figures: tuple[Figure | None, ...]
    level: int = 0
    ordinal: int = 0
    label: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's body. ``empty`` when no line of the ledger is in it."""

    spec: TableSpec
    rows: tuple[GridRow, ...]
    empty: bool


@dataclass(frozen=True, slots=True)
class Book:
    """All numbers of a document, each with what it was derived from; amounts are in ``scale``."""

    scale: Scale
    figures: Mapping[str, Figure]
    facts: Mapping[str, Fact]
    shares: Mapping[tuple[str, str], Share]
    changes: Mapping[str, Change]
    grids: Mapping[str, Grid]
