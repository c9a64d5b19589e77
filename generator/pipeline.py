"""The whole run on one screen: calls in order, and when to stop. Prints, saves and exits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.check.book_rules import BOOK_RULES, Derived
from generator.check.document_rules import DOCUMENT_RULES
from generator.check.indicator_rules import INDICATOR_RULES
from generator.check.ledger_rules import LEDGER_RULES
from generator.check.plausibility_rules import PLAUSIBILITY_RULES
from generator.check.reason_rules import REASON_RULES
from generator.check.rules import Asked, check
from generator.check.target_rules import TARGET_RULES
from generator.check.typography_rules import TYPOGRAPHY_RULES
from generator.check.word_rules import WORD_RULES
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.book import Book
from generator.model.document import Document
from generator.model.problem import Problems, has_errors
from generator.model.profile import Profile
from generator.model.source import Source

_INPUT_RULES = (
    *LEDGER_RULES,
    *PLAUSIBILITY_RULES,
    *INDICATOR_RULES,
    *TARGET_RULES,
    *WORD_RULES,
    *TYPOGRAPHY_RULES,
)


class Run(NamedTuple):
    """What a run came to: the document, or as far as it got, and every problem."""

    problems: Problems
    sources: dict[str, Source]
    profile: Profile | None = None
    book: Book | None = None
    document: Document | None = None
    asked: tuple[Asked, ...] = ()

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
    of_inputs = check(inputs, _INPUT_RULES)
    book, found = derive(inputs, profile)
    of_book = check(Derived(inputs, profile, book), BOOK_RULES + REASON_RULES)
    problems += of_inputs.problems + found + of_book.problems
    asked = of_inputs.asked + of_book.asked
    if has_errors(found):
        return Run(problems, known, profile, book, None, asked)

    from generator.compose.document import compose  # Jinja is only needed once the data is sound

    document, found = compose(inputs, book, profile, cache)
    problems += found
    if not has_errors(found):
        of_document = check(document, DOCUMENT_RULES)
        problems, asked = problems + of_document.problems, asked + of_document.asked
    return Run(problems, known, profile, book, document, asked)
