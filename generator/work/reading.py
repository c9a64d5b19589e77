"""A finished document, ours or others', bound to its meanings and asked the rules that its own words and cells can answer."""

from __future__ import annotations

from generator.bind.document import bound_of
from generator.bind.prose import numbers_of
from generator.bind.statement import numbers_by
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.check.asking import ALL, Rules
from generator.check.book_rules import Derived
from generator.check.forms import Forms
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Checked, check
from generator.load.classification import NEWEST, load_classification
from generator.load.national import load_national
from generator.load.statement import load_statement
from generator.model.bound import Bound
from generator.model.document import Document
from generator.model.profile import Profile
from generator.model.reading import Reading, ReadTable, year_of
from generator.readback.document import reading_of


def check_reading(
    reading: Reading,
    derived: Derived | None = None,
    file_name: str = "",
    document: Document | None = None,
    profile: Profile | None = None,
    rules: Rules = ALL,
) -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is at hand.

    ``document`` is what the data came to, where the reading is of it or of what a hand made of it; ``profile`` the
    format of a document without its data.
    """
    forms = Forms(reading, derived)
    bound = bound_reading(reading, derived, document, profile)
    return (
        check(forms, rules.forms)
        .and_also(check(Prose(bound, forms, derived, load_statement()), rules.sentences))
        .and_also(check(Page(forms, derived, file_name), rules.page))
    )


def bound_reading(
    reading: Reading,
    derived: Derived | None = None,
    document: Document | None = None,
    profile: Profile | None = None,
) -> Bound:
    """The reading with what its cells and numbers mean: by what they were composed of, else by the words of its tables'
    definitions and of the national statement.
    """
    said = load_statement()
    numbers = numbers_of(document, reading, said) if document is not None else numbers_by(said, reading)
    bound = _tables(reading, derived, document, derived.profile if derived else profile)
    return bound._replace(numbers=numbers.found, lost=numbers.lost)


def _tables(reading: Reading, derived: Derived | None, document: Document | None, profile: Profile | None) -> Bound:
    if profile is None:
        return Bound(reading, (), ())
    national = load_national()
    if document is not None and _words(reading) == _words(reading_of(document)):
        return bound_of(document, reading, kinds_of(profile, national))
    year = year_of(reading) or NEWEST
    codes = (
        derived.inputs.classification if derived else load_classification(year, profile.extra_codes, profile.editions)
    )
    return bind(reading, profile, national, codes)


def _words(reading: Reading) -> list[ReadTable]:
    """The tables without what only a file shows."""
    return [table._replace(look=None) for table in reading.tables]
