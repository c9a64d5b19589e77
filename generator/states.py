"""Two states of a budget run side by side: what ``diff`` compares and ``redline`` marks. Prints and saves nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.check.catalogue import RULE_CODES
from generator.compare import compare as align
from generator.compare import compare_words
from generator.difference.compare import compare
from generator.difference.stories import changed_seals, changed_stories
from generator.load.states import Place, Wanted, places_of, sources_of
from generator.model.comparison import Mark
from generator.model.difference import Difference, State
from generator.model.problem import Problem, UsageError
from generator.model.reading import Reading, ReadTable
from generator.model.remember import Remember, anew
from generator.model.source import Position
from generator.opc import MOST_LETTERS, Package, bytes_of
from generator.pipeline import Run, run
from generator.readback.document import reading_of
from generator.readback.docx import read_package
from generator.readback.settled import has_changes, words_after

if TYPE_CHECKING:
    from generator.render.docx.marked import Marked
    from generator.render.docx.revision import Revision


class Side(NamedTuple):
    """One side of a redline: what its data came to, or a finished file's bytes; ``inputs`` it was read from."""

    label: str
    run: Run | None = None
    file: bytes = b""
    inputs: tuple[Path, ...] = ()


def compared(wanted: Wanted, profile_name: str, remember: Remember = anew) -> Difference:
    """Two states run side by side. A side that is not there is told; wrong use is only where neither is.

    Data beside a Word file is compared by what its own file shows: the other has no sources and no problems to set beside.
    """
    with places_of(wanted) as places:
        last_year = places[0].year == places[1].year  # another year's comparison would be last year's against itself
        as_file = any(place.document for place in places)
        old, new = (_state(place, profile_name, last_year, remember, as_file) for place in places)
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
    """A file with tracked changes; ``clean`` when no part of it holds any.

    ``unmarked`` is what differs without a mark: 文本框, 脚注, 图片.
    """

    data: bytes
    clean: bool
    unmarked: tuple[str, ...] = ()


def redlined(old: Side, new: Side, revision: Revision) -> Redline:
    """Two sides that came to a document, as one file with tracked changes: laid out anew from data, else marked in
    the new side's file. Raises UsageError for a file that can't be marked.
    """
    from generator.render.docx.marked import mark_files
    from generator.render.docx.redline import render_redline

    if old.run is not None and new.run is not None and _one_cover(old.run, new.run):
        assert old.run.document is not None and new.run.document is not None and new.run.profile is not None
        comparison = align(old.run.document, new.run.document)
        data = render_redline(comparison, compare_words, new.run.profile.master, revision)
        return Redline(data, not has_changes(Package(data, trusted=True), ours=True))
    before, after = (_opened(side.label, _file(side), whole=True) for side in (old, new))
    made = mark_files(before.package, after.package, (align, compare_words), revision)
    _prove(before.package, after.package, made)
    others = (*changed_stories(before.reading, after.reading), *changed_seals(before.reading, after.reading))
    unmarked = (*made.left, *(kind for kind in others if not kind.endswith(("页眉", "页脚"))))
    return Redline(made.data, not has_changes(Package(made.data)), unmarked)


def _one_cover(old: Run, new: Run) -> bool:
    """Whether the new master, filled with the old data, says what the old file says."""
    assert old.profile is not None and new.profile is not None
    return not (old.own_master or new.own_master) or old.profile.master == new.profile.master


class _Opened(NamedTuple):
    package: Package
    reading: Reading


def _opened(label: str, data: bytes, whole: bool = False) -> _Opened:
    """A file of anybody's, read; ``whole``: every part of it is sound. Raises UsageError, which names it."""
    try:
        package = Package(data)
        if whole:
            package.parts()
        reading = read_package(package)
        if _letters(reading) > MOST_LETTERS:
            raise UsageError(f"文字过多（最多{MOST_LETTERS // 10_000}万字），没有比较。")
        return _Opened(package, reading)
    except UsageError as error:
        raise UsageError(f"{label}：{error}") from error


def _letters(reading: Reading) -> int:
    words = (*reading.cover, *(block.text for block in reading.blocks if not isinstance(block, ReadTable)))
    cells = (text for table in reading.tables for row in table.rows for text in row)
    return (
        sum(map(len, words))
        + sum(map(len, cells))
        + sum(len(line) for story in reading.stories for line in story.lines)
    )


def _prove(before: Package, after: Package, made: Marked) -> None:
    """Rejected, the redline says what the old file says; accepted, the new one: in every part that was marked."""
    package = Package(made.data)
    for was, now in made.pairs:
        old = words_after(before, was, Mark.GONE) if was else ()
        settled = words_after(package, now, Mark.GONE), words_after(package, now, Mark.ADDED)
        if settled != (old, words_after(after, now, Mark.ADDED)):
            raise UsageError("这两个Word文件里有程序不认识的内容，修订稿与它们对不上，没有写出。")


def _file(side: Side) -> bytes:
    return side.file if side.run is None else _rendered(side.run)


def _rendered(done: Run) -> bytes:
    from generator.render.docx.render import render_docx

    assert done.document is not None and done.profile is not None
    return render_docx(done.document, done.profile.master).data


def _side(place: Place, profile_name: str, remember: Remember) -> Side:
    if place.document is None:
        return Side(place.label, _run(place, profile_name, remember), inputs=place.inputs(profile_name))
    return Side(place.label, None, bytes_of(place.document), place.inputs(profile_name))


def _run(place: Place, profile_name: str, remember: Remember) -> Run:
    """A run as it would be told if its files stood where they belong."""
    try:
        kept = remember if place.root is None else partial(_but_of, str(place.root), remember)
        done = run(place.data, place.templates, profile_name, place.year, kept)
    except UsageError as error:
        raise UsageError(place.shown(str(error))) from error
    sources = {place.shown(name): source for name, source in done.sources.items()}
    return done._replace(problems=tuple(_without_root(problem, place) for problem in done.problems), sources=sources)


def _but_of(folder: str, remember: Remember, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Keeps all but what names a folder: a revision is taken to another one at every run, and never found again there."""
    return make() if folder.encode() in key else remember(key, make)


def _state(place: Place, profile_name: str, last_year: bool, remember: Remember, as_file: bool) -> State:
    """A state; ``as_file``, as the file that it comes to, which alone has headers and footers."""
    if place.document is not None:
        return State(place.label, 0, {}, reading=_opened(place.label, bytes_of(place.document)).reading)
    state = State(place.label, place.year, sources_of(place, profile_name, last_year))
    try:
        done = _run(place, profile_name, remember)
    except UsageError as error:
        return state._replace(remark=str(error))
    reading = None
    if done.document is not None:
        reading = _opened(place.label, _rendered(done)).reading if as_file else reading_of(done.document)
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
