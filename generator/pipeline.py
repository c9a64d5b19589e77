"""The whole run on one screen: calls in order, and when to stop. Prints, saves and exits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.check.book_rules import BOOK_RULES, Derived
from generator.check.document_rules import DOCUMENT_RULES
from generator.check.ledger_rules import LEDGER_RULES
from generator.check.rules import check
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.book import Book
from generator.model.document import Document
from generator.model.problem import Problems, has_errors
from generator.model.profile import Profile
from generator.model.source import Source


class Run(NamedTuple):
    """What a run came to: the document, or as far as it got, and every problem."""

    problems: Problems
    sources: dict[str, Source]
    profile: Profile | None = None
    book: Book | None = None
    document: Document | None = None

    @property
    def failed(self) -> bool:
        """Whether an error forbids making the document."""
        return has_errors(self.problems) or self.document is None


def run(data: Path, templates: Path, profile_name: str, year: int, cache: Path | None = None) -> Run:
    """From folders to a checked Document. A later phase does not run on broken nouns.

    ``cache``: see ``compose``.
    """
    profile, problems, sources = load_profile(templates / profile_name)
    known = {source.name: source for source in sources}
    if profile is None:
        return Run(problems, known)
    inputs, found, sources = load_department(data, year, profile)
    problems += found
    known |= {source.name: source for source in sources}
    if inputs is None:
        return Run(problems, known, profile)
    problems += check(inputs, LEDGER_RULES)
    book, found = derive(inputs, profile)
    problems += found + check(Derived(inputs, profile, book), BOOK_RULES)
    if has_errors(found):
        return Run(problems, known, profile, book)

    from generator.compose.document import compose  # Jinja is only needed once the data is sound

    document, found = compose(inputs, book, profile, cache)
    problems += found
    if not has_errors(found):
        problems += check(document, DOCUMENT_RULES)
    return Run(problems, known, profile, book, document)
