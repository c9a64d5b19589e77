"""How far a run has come, a type for each stage. None is half there: a run that ends early is a type of its own."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.check.rules import Asked, Checked
from generator.model.book import Book
from generator.model.department import Acceptance, Inputs
from generator.model.document import Document
from generator.model.problem import Problem, Problems, has_errors
from generator.model.profile import Profile
from generator.model.source import Source
from generator.work.proof import Prove

Accepted = tuple[tuple[Problem, Acceptance], ...]
"""What a person has accepted, each with the record of it."""
Sources = Mapping[str, Source]
"""The files that were read, by the name messages have for them."""


class Loaded(NamedTuple):
    """Sound nouns, and what is to be said of them: warnings."""

    problems: Problems
    sources: Sources
    profile: Profile
    inputs: Inputs


class Unread(NamedTuple):
    """A document, and what the first rules found; nobody has read it over yet.

    ``own_master``: the profile's master is what its statements came to in this run. ``prove`` knows what was proved.
    """

    problems: Problems
    sources: Sources
    profile: Profile
    inputs: Inputs
    book: Book
    document: Document
    own_master: bool
    checked: Checked
    prove: Prove

    @property
    def accepted(self) -> Accepted:
        """None yet: that is settled when all rules have been asked."""
        return ()


class Stopped(NamedTuple):
    """The end of a run that came to no document: why, and what the rules asked until then came to."""

    problems: Problems
    sources: Sources
    accepted: Accepted = ()
    asked: tuple[Asked, ...] = ()

    @property
    def failed(self) -> bool:
        """It has no document."""
        return True


class Counted(NamedTuple):
    """The end of a run whose numbers are known and are not enough for a document."""

    problems: Problems
    sources: Sources
    accepted: Accepted
    asked: tuple[Asked, ...]
    profile: Profile
    inputs: Inputs
    book: Book

    @property
    def failed(self) -> bool:
        """It has no document."""
        return True


class Finished(NamedTuple):
    """The end of a run that came to a document, read over as its public will read it; every finding is settled."""

    problems: Problems
    sources: Sources
    accepted: Accepted
    asked: tuple[Asked, ...]
    profile: Profile
    inputs: Inputs
    book: Book
    document: Document
    own_master: bool

    @property
    def failed(self) -> bool:
        """Whether an error forbids handing the document out."""
        return has_errors(self.problems)


Ended = Stopped | Counted | Finished
"""A run that is over: its problems, and as much as it came to."""
