"""What stands behind every number, as data for the page's panel: its story, and which numbers have it in common."""

from collections.abc import Hashable, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple

from generator.model.department import Inputs
from generator.model.figure import Numeric, identity
from generator.model.ledger import LedgerLine
from generator.render.html.text import attributes_html, escape
from generator.render.story import story, value_text

SHOWN = 12
"""How many source lines the panel names; the rest are counted."""


class Behind(NamedTuple):
    """One number explained.

    ``figure`` numbers what is one figure, by whatever name and in whatever cell; ``same`` is what equal amounts of
    the same kind share, empty for nothing (zero).
    """

    kind: str
    name: str
    how: tuple[str, ...]
    lines: tuple[int, ...]
    total: int
    figure: int
    same: str


class Explained:
    """Collects the entries of a page as it is written; numbers explained alike are one entry."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._entries: dict[Behind, int] = {}
        self._lines: dict[tuple[str, str, str, str], int] = {}
        self._figures: dict[Hashable, int] = {}
        self._firsts: dict[frozenset[int], tuple[int, ...]] = {}
        self._occurrences = 0

    def html(self, text: str, figure: Numeric | None, where: str | None = None) -> str:
        """The text; where it prints a figure, something to point at and tab to."""
        if figure is None or not text:
            return escape(text)
        self._occurrences += 1
        attributes = attributes_html(
            {"class": "n", "id": f"n{self._occurrences}", "data-f": self.number(figure), "data-at": where}
        )
        return f'<span{attributes} tabindex="0" role="button">{escape(text)}</span>'

    def number(self, figure: Numeric) -> int:
        """The entry's place in ``data``."""
        return self._entries.setdefault(self._entry(figure), len(self._entries))

    def data(self) -> dict[str, Any]:
        """Lists, not names, for what there is much of: the page's script knows the order."""
        return {"entries": [list(entry) for entry in self._entries], "lines": [list(line) for line in self._lines]}

    def _entry(self, numeric: Numeric) -> Behind:
        told = story(numeric)
        same = f"{told.kind}{value_text(told.value)}" if told.value else ""
        return Behind(told.kind, told.name, told.how, *self._named(told.lines), self._figure(identity(numeric)), same)

    def _figure(self, identity_: Hashable) -> int:
        return self._figures.setdefault(identity_, len(self._figures))

    def _named(self, lines: Sequence[LedgerLine]) -> tuple[tuple[int, ...], int]:
        """The first lines in the order of the files, whatever order a table adds them up in."""
        which = frozenset(map(id, lines))
        if which not in self._firsts:
            first = nsmallest(SHOWN, lines, key=lambda line: line.position)
            self._firsts[which] = tuple(self._lines.setdefault(self._line(line), len(self._lines)) for line in first)
        return self._firsts[which], len(lines)

    def _line(self, line: LedgerLine) -> tuple[str, str, str, str]:
        classification, project = self._inputs.classification, self._inputs.department.projects.get(line.project)
        economic = line.department_economic
        names = [
            project.name if project else "",
            classification.function.get(line.function, ""),
            classification.department_economic.get(economic, ""),
        ]
        codes = f"{line.function} {economic}"
        return line.position.file_and_line, codes, "·".join(filter(None, names)), str(line.money)


class Unexplained(Explained):
    """Of a page for the public: numbers are words like any other."""

    def html(self, text: str, figure: Numeric | None, where: str | None = None) -> str:
        """The text alone."""
        return escape(text)
