"""Two states of a budget run side by side: what ``diff`` compares and ``redline`` marks. Prints and saves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.check.catalogue import RULE_CODES
from generator.compare import compare as align
from generator.compare import compare_words
from generator.difference.compare import compare
from generator.load.states import Place, Wanted, places_of, read_bytes, sources_of
from generator.model.comparison import Mark
from generator.model.difference import Difference, State
from generator.model.problem import Problem, UsageError
from generator.model.reading import Reading
from generator.model.remember import Remember, anew
from generator.model.source import Position
from generator.pipeline import Run, run
from generator.readback.document import reading_of
from generator.readback.docx import read_docx
from generator.readback.settled import words_after

if TYPE_CHECKING:
    from generator.render.docx.redline import Fill
    from generator.render.docx.revision import Revision


class Side(NamedTuple):
    """One side of a redline: what its data came to, or a finished file's bytes; ``inputs`` it was read from."""

    label: str
    run: Run | None = None
    file: bytes = b""
    inputs: tuple[Path, ...] = ()


def compared(wanted: Wanted, profile_name: str, remember: Remember = anew) -> Difference:
    """Two states run side by side. A side that is not there is told; wrong use is only where neither is.

    Data beside a Word file is compared by words and cells alone: the file has no sources and no problems to set beside.
    """
    with places_of(wanted) as places:
        last_year = places[0].year == places[1].year  # another year's comparison would be last year's against itself
        old, new = (_state(place, profile_name, last_year, remember) for place in places)
    if old.remark and new.remark:
        raise UsageError(new.remark)
    if len({place.document is None for place in places}) > 1:
        old, new = (_words_only(state) for state in (old, new))
    return compare(old, new)


def sides(wanted: Wanted, profile_name: str, remember: Remember = anew) -> tuple[Side, Side]:
    """The two states of a redline. Raises UsageError where one is not there."""
    with places_of(wanted) as places:
        old, new = (_side(place, profile_name, remember) for place in places)
    return old, new


class Redline(NamedTuple):
    """A file with tracked changes; ``alike`` when there are none, both sides saying the same.

    ``unmarked`` are the parts of it whose words differ without a mark (文本框, 脚注, 尾注).
    """

    data: bytes
    alike: bool
    unmarked: tuple[str, ...] = ()


def redlined(old: Side, new: Side, revision: Revision, fill: Fill) -> Redline:
    """Two sides that came to a document, as one file with tracked changes: laid out anew from data, else marked in
    the new side's file. Raises UsageError for a file that can't be marked.
    """
    from generator.render.docx.marked import mark_files, unmarked
    from generator.render.docx.redline import render_redline

    if old.run is not None and new.run is not None:
        assert old.run.document is not None and new.run.document is not None and new.run.profile is not None
        comparison = align(old.run.document, new.run.document)
        data = render_redline(comparison, compare_words, new.run.profile.master, revision, fill)
        return Redline(data, words_after(data, Mark.GONE) == words_after(data, Mark.ADDED))
    before, after = (_file(side, fill) for side in (old, new))
    data = mark_files(before, after, (align, compare_words), revision)
    meant = words_after(before, Mark.GONE), words_after(after, Mark.ADDED)
    if (words_after(data, Mark.GONE), words_after(data, Mark.ADDED)) != meant:
        raise UsageError("这两个Word文件里有程序不认识的内容，修订稿与它们对不上，没有写出。")
    return Redline(data, meant[0] == meant[1], unmarked(before, after))


def _file(side: Side, fill: Fill) -> bytes:
    from generator.render.docx.render import render_docx

    if side.run is None:
        return side.file
    assert side.run.document is not None and side.run.profile is not None
    return render_docx(side.run.document, side.run.profile.master, fill).data


def _side(place: Place, profile_name: str, remember: Remember) -> Side:
    if place.document is None:
        return Side(place.label, _run(place, profile_name, remember), inputs=place.inputs(profile_name))
    data = read_bytes(place.document)
    _read_file(place, data)
    return Side(place.label, None, data, place.inputs(profile_name))


def _read_file(place: Place, data: bytes) -> Reading:
    try:
        return read_docx(data)
    except UsageError as error:
        raise UsageError(f"{place.label}：{error}") from error


def _run(place: Place, profile_name: str, remember: Remember) -> Run:
    """A run as it would be told if its files stood where they belong."""
    try:
        kept = remember if place.root is None else anew  # another folder at every run: nothing to be found again
        done = run(place.data, place.templates, profile_name, place.year, kept)
    except UsageError as error:
        raise UsageError(place.shown(str(error))) from error
    sources = {place.shown(name): source for name, source in done.sources.items()}
    return done._replace(problems=tuple(_without_root(problem, place) for problem in done.problems), sources=sources)


def _state(place: Place, profile_name: str, last_year: bool, remember: Remember) -> State:
    if place.document is not None:
        return State(place.label, 0, {}, reading=_read_file(place, read_bytes(place.document)))
    state = State(place.label, place.year, sources_of(place, profile_name, last_year))
    try:
        done = _run(place, profile_name, remember)
    except UsageError as error:
        return state._replace(remark=str(error))
    reading = reading_of(done.document) if done.document is not None else None
    skipped = RULE_CODES - {asked.code for asked in done.checked.asked}
    return state._replace(book=done.book, reading=reading, problems=done.problems, skipped=skipped)


def _words_only(state: State) -> State:
    return state._replace(sources={}, book=None, problems=() if state.reading is not None else state.problems)


def _without_root(problem: Problem, place: Place) -> Problem:
    """A problem as it would be told if its files stood where they belong."""
    if place.root is None:
        return problem

    def moved(position: Position) -> Position:
        return position._replace(file=place.shown(position.file))

    notes = tuple(note._replace(position=moved(note.position) if note.position else None) for note in problem.notes)
    message, remedy = place.shown(problem.message), place.shown(problem.remedy)
    return problem._replace(position=moved(problem.position), message=message, remedy=remedy, notes=notes)
