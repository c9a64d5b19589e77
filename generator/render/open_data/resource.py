"""One table of open data: what its columns are, and its rows as texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

Row = tuple[str, ...]


class Field(NamedTuple):
    """A column: its name, its ``kind`` as Table Schema calls it (string, number, integer), what it is, in which unit.

    A ``required`` one is never empty.
    """

    name: str
    kind: str = "string"
    meaning: str = ""
    unit: str = ""
    required: bool = False


class Resource(NamedTuple):
    """A table: its ``name`` for programs, the ``file`` it is in, its title, its columns and rows; ``key`` tells rows apart.

    Numbers are written plainly: a point, no thousands, as many decimals as the document prints.
    """

    name: str
    file: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]
    meaning: str = ""


def named_apart(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The columns, of which none has another's name: a second one of a name has its number behind it."""
    seen: Counter[str] = Counter()
    found = []
    for field in fields:
        name = field.name or "列"
        seen[name] += 1
        found.append(field._replace(name=name if seen[name] == 1 else f"{name}（{seen[name]}）"))
    return tuple(found)
