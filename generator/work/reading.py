"""A finished document, ours or others', asked the rules that its own words and cells can answer."""

from __future__ import annotations

from generator.bind.document import bound_of
from generator.check.book_rules import Derived
from generator.check.each_time import PAGE_RULES, SAID_RULES
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Checked, check
from generator.check.tables import Place, Tables
from generator.model.bound import Bound
from generator.model.document import Document
from generator.model.profile import Profile
from generator.model.reading import Reading
from generator.work.proof import Prove


def check_reading(
    reading: Reading, known: Derived | Profile | None = None, file_name: str = "", document: Document | None = None
) -> Checked:
    """All rules of a document of anybody's; more of them where its data is ``known``, or its format.

    ``document`` is what the data came to, where the reading is of it or of what a hand made of it.
    """
    from generator.work.binding import agreements, nouns  # much, which a document just made has proved before

    tables, prose = nouns(reading, known, document)
    return _and_looks(agreements(tables, prose), tables, prose, file_name)


def check_made(reading: Reading, derived: Derived, document: Document, file_name: str, prove: Prove) -> Checked:
    """The same of our own document, just made: ``prove`` knows whether it agrees with itself, or asks."""
    tables = Tables(bound_of(document, reading), derived.profile.tables, None, derived, Place(derived.profile.own))

    def ask() -> Checked:
        from generator.work.binding import agreements, nouns

        return agreements(*nouns(reading, derived, document))

    def with_numbers() -> Bound:
        from generator.work.binding import with_numbers  # for the words of a finding

        return with_numbers(tables.bound, document)

    agreed = prove(ask, derived, document)
    return _and_looks(agreed, tables, Prose(tables, with_numbers, derived), file_name)


def _and_looks(agreed: Checked, tables: Tables, prose: Prose, file_name: str) -> Checked:
    said = agreed.and_also(check(prose, SAID_RULES))
    return said.and_also(check(Page(tables, tables.derived, file_name), PAGE_RULES))
