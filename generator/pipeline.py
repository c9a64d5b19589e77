"""The whole run on one screen: calls in order, and when to stop. Prints, saves and exits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, FORM_RULES, INPUT_RULES, RULE_CODES, SENTENCE_RULES
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.forms import Forms
from generator.check.layout_rules import LAYOUT_RULES, Page
from generator.check.prose import Prose
from generator.check.rules import Checked, check
from generator.check.settle import settle
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.book import Book
from generator.model.department import Acceptance, Inputs
from generator.model.document import Document
from generator.model.problem import Problem, Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.reading import Reading
from generator.model.source import Position, Source
from generator.readback.document import reading_of

if TYPE_CHECKING:
    from generator.load.states import Place, Wanted
    from generator.model.difference import Difference, State
    from generator.render.docx.redline import Fill
    from generator.render.docx.revision import Revision


class Run(NamedTuple):
    """What a run came to: the document, or as far as it got, and every problem.

    ``checked`` is what the rules found, as long as ``read_over`` has not merged it into ``problems``.
    """

    problems: Problems
    sources: dict[str, Source]
    profile: Profile | None = None
    inputs: Inputs | None = None
    book: Book | None = None
    document: Document | None = None
    checked: Checked = Checked()
    accepted: tuple[tuple[Problem, Acceptance], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error forbids making the document."""
        return has_errors(self.problems) or self.document is None


def run(data: Path, templates: Path, profile_name: str, year: int, cache: Path | None = None) -> Run:
    """From folders to a checked Document: everything that can be said before there is a file."""
    return read_over(make(data, templates, profile_name, year, cache))


def make(data: Path, templates: Path, profile_name: str, year: int, cache: Path | None = None) -> Run:
    """From folders to a Document. A later phase does not run on broken nouns.

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
    checked = check(inputs, INPUT_RULES)
    book, found = derive(inputs, profile)
    problems += found
    checked = checked.and_also(check(Derived(inputs, profile, book), DERIVED_RULES))
    if has_errors(found):
        return Run(problems, known, profile, inputs, book, None, checked)

    from generator.compose.document import compose  # Jinja is only needed once the data is sound

    document, found = compose(inputs, book, profile, cache)
    problems += found
    return Run(problems, known, profile, inputs, book, document, checked)


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
        return checked.and_also(check_reading(meant, derived, file_name))

    from generator.readback.docx import read_docx  # a check without a file needs neither zip nor XML

    reading = read_docx(file)
    checked = checked.and_also(check_reading(reading, derived, file_name))
    return checked.and_also(check(Written(reading, meant, made.book), WRITTEN_RULES))


def check_reading(reading: Reading, derived: Derived | None = None, file_name: str = "") -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is at hand."""
    forms = Forms(reading)
    return (
        check(forms, FORM_RULES)
        .and_also(check(Prose(forms, derived), SENTENCE_RULES))
        .and_also(check(Page(forms, derived, file_name), LAYOUT_RULES))
    )


class Side(NamedTuple):
    """One side of a redline: what its data came to, or a finished file's bytes."""

    label: str
    run: Run | None = None
    file: bytes = b""


def compared(wanted: Wanted, profile_name: str, cache: Path | None = None) -> Difference:
    """Two states run side by side. A side that is not there is told; wrong use is only where neither is."""
    from generator.difference.compare import compare  # only this command needs git's room and this stage
    from generator.load.states import places_of

    with places_of(wanted) as places:
        if sum(place.document is None for place in places) == 1:
            raise UsageError("Word文件只能与另一个Word文件比较。")
        last_year = places[0].year == places[1].year  # another year's comparison would be last year's against itself
        old, new = (_state(place, profile_name, last_year, cache) for place in places)
    if old.remark and new.remark:
        raise UsageError(new.remark)
    return compare(old, new)


def sides(wanted: Wanted, profile_name: str, cache: Path | None = None) -> tuple[Side, Side]:
    """The two states of a redline. Raises UsageError where one is not there."""
    from generator.load.states import places_of

    with places_of(wanted) as places:
        old, new = (_side(place, profile_name, cache) for place in places)
    return old, new


def redlined(old: Side, new: Side, revision: Revision, fill: Fill) -> bytes:
    """Two sides that came to a document, as one file with tracked changes: laid out anew from data, else marked in
    the new side's file. Raises UsageError for a file that can't be marked.
    """
    from generator.compare import compare, compare_words
    from generator.model.comparison import Mark
    from generator.readback.settled import words_after
    from generator.render.docx.marked import mark_files
    from generator.render.docx.redline import render_redline

    if old.run is not None and new.run is not None:
        assert old.run.document is not None and new.run.document is not None and new.run.profile is not None
        comparison = compare(old.run.document, new.run.document)
        return render_redline(comparison, compare_words, new.run.profile.master, revision, fill)
    before, after = (_file(side, fill) for side in (old, new))
    data = mark_files(before, after, (compare, compare_words), revision)
    for file, taken in ((before, Mark.GONE), (after, Mark.ADDED)):
        if words_after(data, taken) != words_after(file, taken):
            raise UsageError("这两个Word文件里有程序不认识的内容，修订稿与它们对不上，没有写出。")
    return data


def _file(side: Side, fill: Fill) -> bytes:
    from generator.render.docx.render import render_docx

    if side.run is None:
        return side.file
    assert side.run.document is not None and side.run.profile is not None
    return render_docx(side.run.document, side.run.profile.master, fill).data


def _side(place: Place, profile_name: str, cache: Path | None) -> Side:
    from generator.load.states import read_bytes

    if place.document is None:
        return Side(place.label, _run(place, profile_name, cache))
    data = read_bytes(place.document)
    _read_file(place, data)
    return Side(place.label, None, data)


def _read_file(place: Place, data: bytes) -> Reading:
    from generator.readback.docx import read_docx

    try:
        return read_docx(data)
    except UsageError as error:
        raise UsageError(f"{place.label}：{error}") from error


def _run(place: Place, profile_name: str, cache: Path | None) -> Run:
    """A run as it would be told if its files stood where they belong."""
    try:
        done = run(place.data, place.templates, profile_name, place.year, cache)
    except UsageError as error:
        raise UsageError(place.shown(str(error))) from error
    sources = {place.shown(name): source for name, source in done.sources.items()}
    return done._replace(problems=tuple(_without_root(problem, place) for problem in done.problems), sources=sources)


def _state(place: Place, profile_name: str, last_year: bool, cache: Path | None) -> State:
    from generator.load.states import read_bytes, sources_of
    from generator.model.difference import State

    if place.document is not None:
        return State(place.label, 0, {}, reading=_read_file(place, read_bytes(place.document)))
    state = State(place.label, place.year, sources_of(place, profile_name, last_year))
    try:
        done = _run(place, profile_name, cache)
    except UsageError as error:
        return state._replace(remark=str(error))
    reading = reading_of(done.document) if done.document is not None else None
    skipped = RULE_CODES - {asked.code for asked in done.checked.asked}
    return state._replace(book=done.book, reading=reading, problems=done.problems, skipped=skipped)


def _without_root(problem: Problem, place: Place) -> Problem:
    """A problem as it would be told if its files stood where they belong."""
    if place.root is None:
        return problem

    def moved(position: Position) -> Position:
        return position._replace(file=place.shown(position.file))

    notes = tuple(note._replace(position=moved(note.position) if note.position else None) for note in problem.notes)
    message, remedy = place.shown(problem.message), place.shown(problem.remedy)
    return problem._replace(position=moved(problem.position), message=message, remedy=remedy, notes=notes)
