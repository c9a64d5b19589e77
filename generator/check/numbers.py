"""A number of prose with its section, its words and its meaning; a change as a sentence tells it."""

from decimal import Decimal
from typing import NamedTuple

from generator.model.bound import BoundNumber
from generator.model.ledger import Filter
from generator.model.meaning import Meaning, Moved, Sum
from generator.model.sentence import NOTHING, Said, Told, spoken
from generator.model.source import Position, in_document


class Number(NamedTuple):
    """A number of prose: its section, the words it follows, and its meaning."""

    bound: BoundNumber
    section: str
    words: str

    @property
    def meaning(self) -> Meaning:
        """What it means."""
        return self.bound.meaning

    @property
    def said(self) -> Said:
        """The amount; nothing where words say that there is none."""
        return spoken(self.bound.text) if self.is_amount else NOTHING

    @property
    def is_amount(self) -> bool:
        """Whether it is printed as a number."""
        return self.bound.text[:1].isdigit() or self.bound.text[:1] == "-"

    @property
    def printed(self) -> str:
        """As it stands in the sentence."""
        return self.bound.text

    @property
    def scope(self) -> Filter:
        """What an amount of the ledger, or a change of one, is of."""
        assert isinstance(self.meaning, Sum | Moved)
        return self.meaning.scope

    @property
    def place(self) -> Position:
        """Its section, as problems name it."""
        return in_document(self.section)


class ToldChange(NamedTuple):
    """A change as told: its section, its paragraph's place and words."""

    told: Told
    section: str
    paragraph: int
    text: str

    @property
    def signed(self) -> Decimal:
        """By how much, in 元; less than nothing where it fell."""
        return self.told.by.yuan if self.told.up else -self.told.by.yuan

    @property
    def verb(self) -> str:
        """增加 or 减少."""
        return "增加" if self.told.up else "减少"

    @property
    def rest(self) -> str:
        """What follows up to the next change, with the reason."""
        return self.text[self.told.after : self.told.end]
