"""Two sides of a comparison, each a run or a Word file; what the place of both is the same for is read once."""

from collections.abc import Callable
from typing import NamedTuple

from generator.load.states import Where
from generator.load.watch import alike, layers_of
from generator.model.problem import Problem, UsageError
from generator.model.reading import Reading, ReadTable
from generator.model.source import Position
from generator.opc import MOST_LETTERS, Package
from generator.readback.docx import read_package
from generator.work.check import check
from generator.work.stages import Ended, Finished
from generator.work.workshop import Workshop


def run_at(shop: Workshop, place: Where) -> Ended:
    """A run as it would be told if its files stood where they belong."""
    try:
        ended = check(_shop_at(shop, place), place.data, place.year)
    except UsageError as error:
        raise UsageError(place.shown(str(error))) from error
    if place.root is None:
        return ended
    sources = {place.shown(name): source for name, source in ended.sources.items()}
    return ended._replace(problems=tuple(_without_root(problem, place) for problem in ended.problems), sources=sources)


def _shop_at(shop: Workshop, place: Where) -> Workshop:
    """The place's own; the one at hand where the profile is the same, byte by byte."""
    theirs = layers_of(place.templates / shop.name)
    if place.root is None or alike(theirs, shop.folders):
        return shop
    root = place.root.as_posix().encode()  # a revision is taken to another folder at every run, and never found again

    def remember(key: bytes, make: Callable[[], bytes]) -> bytes:
        return make() if root in key else shop.remember(key, make)

    return Workshop(place.templates, shop.name, remember, shop.ask_all)


def _without_root(problem: Problem, place: Where) -> Problem:
    def moved(position: Position) -> Position:
        return position._replace(file=place.shown(position.file))

    notes = tuple(note._replace(position=moved(note.position) if note.position else None) for note in problem.notes)
    message, remedy = place.shown(problem.message), place.shown(problem.remedy)
    return problem._replace(position=moved(problem.position), message=message, remedy=remedy, notes=notes)


class Opened(NamedTuple):
    """A Word file of anybody's: its parts, and what it says."""

    package: Package
    reading: Reading


def opened(label: str, data: bytes, whole: bool = False) -> Opened:
    """A file of anybody's, read; ``whole``: every part of it is sound. Raises UsageError, which names it."""
    try:
        package = Package(data)
        if whole:
            package.parts()
        reading = read_package(package)
        if _letters(reading) > MOST_LETTERS:
            raise UsageError(f"文字过多（最多{MOST_LETTERS // 10_000}万字），没有比较。")
        return Opened(package, reading)
    except UsageError as error:
        raise UsageError(f"{label}：{error}") from error


def _letters(reading: Reading) -> int:
    words = (*reading.cover, *(block.text for block in reading.blocks if not isinstance(block, ReadTable)))
    cells = (text for table in reading.tables for row in table.rows for text in row)
    lines = (line for story in reading.stories for line in story.lines)
    return sum(map(len, (*words, *cells, *lines)))


def file_of(done: Finished) -> bytes:
    """The file that a run's document comes to."""
    from generator.work.formats import FORMATS

    return FORMATS["docx"].write(done).data
