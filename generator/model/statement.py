"""The national statement (预算说明) as data: which sections it has, and what the amounts in them mean by the words before them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.ledger import Filter
from generator.model.meaning import Meaning


class Label(NamedTuple):
    """An amount a section tells: the words before it, any of them; ``required`` where it may not be left out."""

    words: tuple[str, ...]
    meaning: Meaning
    required: bool


class Section(NamedTuple):
    """A section, known by what its heading says.

    ``others`` is the dimension of which words that no entry has are a value; ``none`` what a sentence must deny where
    there is nothing of it; ``avoided`` are words that it should not use, with what to write instead.
    """

    titles: tuple[str, ...]
    entries: tuple[Label, ...]
    others: str = ""
    none: Filter | None = None
    avoided: Mapping[str, str] = MappingProxyType({})


class Statement(NamedTuple):
    """All sections; ``sums`` says of which typed numbers one is the sum (none: those listed behind it), ``counts`` which
    of them are no amounts.
    """

    sections: tuple[Section, ...] = ()
    sums: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    counts: frozenset[str] = frozenset()

    def section_of(self, heading: str) -> Section | None:
        """The section that a heading begins: of those whose words it has, the one with the longest."""
        plain = "".join(heading.split())
        found = [(len(title), section) for section in self.sections for title in section.titles if title in plain]
        return max(found, key=lambda one: one[0])[1] if found else None
