"""The whole run on one screen: calls in order, and when to stop. Prints, saves and exits nothing."""

from pathlib import Path
from typing import NamedTuple

from generator.bind.document import bound_of
from generator.bind.prose import numbers_by, numbers_of
from generator.bind.tables import bind
from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, FORM_RULES, INPUT_RULES, PAGE_RULES, RULE_CODES, SENTENCE_RULES
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.forms import Forms
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Checked, check
from generator.check.settle import cause_of, settle
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.derive.book import derive
from generator.load.classification import NEWEST, load_classification
from generator.load.department import load_department
from generator.load.national import load_national
from generator.load.profile import load_profile
from generator.load.statement import load_statement
from generator.model.book import Book
from generator.model.bound import Bound, BoundTable
from generator.model.department import Acceptance, Inputs
from generator.model.document import Document
from generator.model.problem import Problem, Problems, has_errors
from generator.model.profile import Profile
from generator.model.reading import Reading, year_of
from generator.model.remember import Remember, anew
from generator.model.source import Source, Text
from generator.readback.document import reading_of


class Run(NamedTuple):
    """What a run came to: the document, or as far as it got, and every problem.

    ``checked`` is what the rules found, as long as ``read_over`` has not merged it into ``problems``. ``own_master``: the
    profile's master is what its statements came to in this run.
    """

    problems: Problems
    sources: dict[str, Source]
    profile: Profile | None = None
    inputs: Inputs | None = None
    book: Book | None = None
    document: Document | None = None
    checked: Checked = Checked()
    accepted: tuple[tuple[Problem, Acceptance], ...] = ()
    own_master: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error forbids making the document."""
        return has_errors(self.problems) or self.document is None


def run(data: Path, templates: Path, profile_name: str, year: int, remember: Remember = anew) -> Run:
    """From folders to a checked Document: everything that can be said before there is a file."""
    return read_over(make(data, templates, profile_name, year, remember))


def make(data: Path, templates: Path, profile_name: str, year: int, remember: Remember = anew) -> Run:
    """From folders to a Document. A later phase does not run on broken nouns.

    ``remember``: see ``compose``.
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
    profile, found = _with_titles(profile, inputs, remember)
    begun = Run(problems + found, known, profile, inputs)
    return begun if has_errors(found) else _composed(begun, profile, inputs, remember)


def _with_titles(profile: Profile, inputs: Inputs, remember: Remember) -> tuple[Profile, Problems]:
    if not profile.has_titles_to_fill:
        return profile, ()
    from generator.compose.titles import titled  # Jinja, which few tables' titles need

    return titled(profile, inputs, remember)


def _composed(begun: Run, profile: Profile, inputs: Inputs, remember: Remember) -> Run:
    checked = check(inputs, INPUT_RULES)
    cause = cause_of(checked, profile.severities)
    if cause is not None:
        return begun._replace(checked=cause)
    book, found = derive(inputs, profile)
    checked = checked.and_also(check(Derived(inputs, profile, book), DERIVED_RULES))
    begun = begun._replace(problems=begun.problems + found, book=book, checked=checked)
    if has_errors(found):
        return begun

    from generator.compose.document import MasterTexts, compose  # Jinja and Word are only needed once the data is sound
    from generator.render.docx.master import has_statements, master_problems, master_texts

    place = profile.master_position
    held: dict[str, str] = {}
    problems = master_problems(profile.master, place.file, remember)
    own = has_statements(profile.master)
    if own:
        profile, problems, held = _with_master(profile, inputs, book, remember)
    texts = () if has_statements(profile.master) else master_texts(profile.master)  # some left: it was not rendered
    master = MasterTexts([Text(text, place) for text in texts], held)
    document, found = compose(inputs, book, profile, remember, master)
    return begun._replace(
        problems=begun.problems + problems + found, profile=profile, document=document, own_master=own
    )


def _with_master(
    profile: Profile, inputs: Inputs, book: Book, remember: Remember
) -> tuple[Profile, Problems, dict[str, str]]:
    """The profile with its master's statements carried out, what is wrong in that, and words its templates name."""
    from generator.compose.master import master_templates
    from generator.render.docx.expand import expanded  # docxtpl, which few masters need

    templates = master_templates(inputs, book, profile, remember)
    master, problems = expanded(profile.master, templates.fill, profile.master_position)
    return profile._replace(master=master), (*templates.problems, *problems), templates.held


def read_over(made: Run, file: bytes | None = None, file_name: str = "") -> Run:
    """The document read as its public will read it, from the file where there is one, and every finding settled.

    Where a template is broken there is nothing to read; what a place switched off or a person accepted goes by
    the rules that were asked.
    """
    checked = made.checked
    if made.document is not None and not has_errors(made.problems):
        checked = checked.and_also(_read(made, made.document, file, file_name))
    if made.profile is None or made.inputs is None:
        return made
    settled = settle(checked, made.profile.severities, made.inputs.department.acceptances, RULE_CODES)
    return made._replace(
        problems=made.problems + settled.problems, accepted=settled.accepted, checked=Checked((), settled.asked)
    )


def _read(made: Run, document: Document, file: bytes | None, file_name: str) -> Checked:
    assert made.inputs is not None and made.profile is not None and made.book is not None
    meant, derived = reading_of(document), Derived(made.inputs, made.profile, made.book)
    checked = check(Composed(document, made.inputs, tuple(made.sources.values())), DOCUMENT_RULES)
    if file is None:
        return checked.and_also(check_reading(meant, derived, file_name, document))

    from generator.readback.docx import read_back  # a check without a file needs neither zip nor XML

    reading = read_back(file)
    checked = checked.and_also(check_reading(reading, derived, file_name, document))
    return checked.and_also(check(Written(reading, meant, made.book), WRITTEN_RULES))


def check_reading(
    reading: Reading,
    derived: Derived | None = None,
    file_name: str = "",
    document: Document | None = None,
    profile: Profile | None = None,
) -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is at hand.

    ``document`` is what the data came to, where the reading is of it or of what a hand made of it; ``profile`` the
    format of a document without its data.
    """
    forms = Forms(reading, derived)
    prose = Prose(bound_reading(reading, derived, document, profile), forms, derived, load_statement())
    return (
        check(forms, FORM_RULES)
        .and_also(check(prose, SENTENCE_RULES))
        .and_also(check(Page(forms, derived, file_name), PAGE_RULES))
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
    numbers = numbers_of(document, reading) if document is not None else numbers_by(load_statement(), reading)
    tables = _tables(reading, derived, document, derived.profile if derived else profile)
    return Bound(reading, tables, numbers.found, (), numbers.lost)


def _tables(
    reading: Reading, derived: Derived | None, document: Document | None, profile: Profile | None
) -> tuple[BoundTable, ...]:
    if document is not None and _shapes(reading) == _shapes(reading_of(document)):
        return bound_of(document, reading).tables
    if profile is None:
        return ()
    year = year_of(reading) or NEWEST
    codes = (
        derived.inputs.classification if derived else load_classification(year, profile.extra_codes, profile.editions)
    )
    return bind(reading, profile, load_national(), codes).tables


def _shapes(reading: Reading) -> list[tuple[str, int, int]]:
    """What a table of ours must keep to be read by its place: caption, columns and rows."""
    return [(table.caption, len(table.columns), len(table.rows)) for table in reading.tables]
