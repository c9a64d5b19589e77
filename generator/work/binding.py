"""A finished document, ours or others', bound to what its cells and numbers mean, and asked whether they agree."""

from __future__ import annotations

from functools import partial

from generator.bind.document import bound_of
from generator.bind.prose import numbers_of
from generator.bind.statement import labelled, numbers_by
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.check.book_rules import Derived
from generator.check.prose import Prose
from generator.check.proved import FORM_RULES, PROVED_SENTENCES
from generator.check.rules import Checked, check
from generator.check.tables import Forms, Place, Tables
from generator.load.classification import NEWEST, load_classification
from generator.load.national import load_national
from generator.load.statement import load_statement
from generator.model.bound import Bound
from generator.model.document import Document
from generator.model.extent import learn
from generator.model.profile import Profile
from generator.model.reading import Reading, ReadTable, year_of
from generator.readback.document import reading_of


def agreements(tables: Tables, prose: Prose) -> Checked:
    """Whether its tables and sentences agree with each other."""
    return check(tables, FORM_RULES).and_also(check(prose, PROVED_SENTENCES))


def nouns(
    reading: Reading, known: Derived | Profile | None = None, document: Document | None = None
) -> tuple[Tables, Prose]:
    """The reading as the rules of tables, and those of sentences, look at it."""
    derived = known if isinstance(known, Derived) else None
    profile = known.profile if isinstance(known, Derived) else known
    learn(profile.added if profile is not None else {})
    national = load_national()
    forms = Forms(national.names, kinds_of(profile, national) if profile is not None else {})
    bound = _with_tables(reading, known, document, forms)
    tables = Tables(
        bound,
        profile.tables if profile is not None else (),
        forms,
        derived,
        Place(profile.own, bool(profile.added)) if profile is not None else Place(),
    )
    return tables, Prose(tables, partial(with_numbers, bound, document), derived, load_statement)


def with_numbers(bound: Bound, document: Document | None = None) -> Bound:
    """The reading with what the numbers of its prose mean: by what they were composed of, else by the national statement."""
    said, reading = load_statement(), bound.reading
    numbers = numbers_of(document, reading, said) if document is not None else numbers_by(said, reading)
    told = tuple(labelled(said, reading).known.values()) if document is not None else ()
    return bound._replace(numbers=numbers.found, lost=numbers.lost, labelled=told)


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
