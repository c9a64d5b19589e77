"""A finished document, ours or others', bound to its meanings and asked the rules that its own words and cells can answer."""

from __future__ import annotations

from functools import partial

from generator.bind.document import bound_of
from generator.bind.prose import numbers_of
from generator.bind.statement import numbers_by
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.check.agreements import Forms, Tables
from generator.check.book_rules import Derived
from generator.check.catalogue import FORM_RULES, PAGE_RULES, PROVED_SENTENCES, SAID_RULES
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
from generator.model.remember import Remember
from generator.readback.document import reading_of
from generator.work.proof import proved


def check_reading(
    reading: Reading,
    known: Derived | Profile | None = None,
    file_name: str = "",
    document: Document | None = None,
    remember: Remember | None = None,
) -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is ``known``, or its format.

    ``document`` is what the data came to, where the reading is of it or of what a hand made of it. With ``remember``
    (our own document, just made) the relations of its tables are asked only where they were not proved before.
    """
    if remember is None or document is None or not isinstance(known, Derived):
        tables, prose = nouns(reading, known, document)
        agreed = _agreed(tables, prose)
    else:
        tables, prose = nouns(reading, known, document, plain=True)
        agreed = proved(lambda: _agreed(*nouns(reading, known, document)), known, document, remember)
    said = agreed.and_also(check(prose, SAID_RULES))
    return said.and_also(check(Page(tables, tables.derived, file_name), PAGE_RULES))


def _agreed(tables: Tables, prose: Prose) -> Checked:
    return check(tables, FORM_RULES).and_also(check(prose, PROVED_SENTENCES))


def nouns(
    reading: Reading, known: Derived | Profile | None = None, document: Document | None = None, plain: bool = False
) -> tuple[Tables, Prose]:
    """The reading as the rules of tables, and those of sentences, look at it; ``plain``: without what forms its tables are."""
    derived = known if isinstance(known, Derived) else None
    profile = known.profile if isinstance(known, Derived) else known
    forms = Forms({}, {})
    if not plain:
        national = load_national()
        forms = Forms(national.names, kinds_of(profile, national) if profile is not None else {})
    bound = _with_tables(reading, known, document, forms)
    tables = Tables(bound, profile.tables if profile is not None else (), forms, derived)
    return tables, Prose(tables, partial(with_numbers, bound, document), derived, load_statement)


def with_numbers(bound: Bound, document: Document | None = None) -> Bound:
    """The reading with what the numbers of its prose mean: by what they were composed of, else by the national statement."""
    said, reading = load_statement(), bound.reading
    numbers = numbers_of(document, reading, said) if document is not None else numbers_by(said, reading)
    return bound._replace(numbers=numbers.found, lost=numbers.lost)


def _with_tables(reading: Reading, known: Derived | Profile | None, document: Document | None, forms: Forms) -> Bound:
    """The reading with what the cells of its tables mean: by what they were composed of, else by their definitions' words."""
    if known is None:
        return Bound(reading, (), ())
    profile, codes = (known, None) if isinstance(known, Profile) else (known.profile, known.inputs.classification)
    if document is not None and _words(reading) == _words(reading_of(document)):
        return bound_of(document, reading, forms.kinds)
    if codes is None:
        codes = load_classification(year_of(reading) or NEWEST, profile.extra_codes, profile.editions)
    return bind(reading, profile, load_national(), codes)


def _words(reading: Reading) -> list[ReadTable]:
    """The tables without what only a file shows."""
    return [table._replace(look=None) for table in reading.tables]
