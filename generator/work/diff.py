"""The verb diff: two states compared: what was typed, what it came to, and where it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.check.catalogue import RULE_CODES
from generator.difference.compare import compare
from generator.load.states import Where, places_of, sources_of
from generator.model.difference import Difference, State
from generator.model.problem import UsageError
from generator.opc import bytes_of
from generator.readback.document import reading_of
from generator.work.sides import file_of, opened, run_at
from generator.work.stages import Finished, Stopped
from generator.work.workshop import Workshop


def diff(shop: Workshop, data: Path, names: Sequence[str], year: int = 0) -> Difference:
    """All that differs between two states: years, git revisions, data folders or Word files; one name: against now.

    >>> found = diff(Workshop(Path("templates"), "yibin"), Path("data"), ["HEAD~1", "HEAD"])
    >>> [(change.name, change.old, change.new) for change in found.figures]

    ``year`` 0 is the newest. A side that is missing becomes a remark; UsageError only if both are, or a name means none.
    Data beside a Word file is compared by what its own file shows: the other has no sources and no problems.
    """
    with places_of(names, data, shop.templates, year) as both:
        last_year = both[0].year == both[1].year  # another year's comparison would be last year's against itself
        as_file = any(place.document for place in both)
        old, new = (_state(shop, place, last_year, as_file) for place in both)
    if old.remark and new.remark:
        raise UsageError(new.remark)
    if len({place.document is None for place in both}) > 1:
        old, new = _words_only(old), _words_only(new)
    return compare(old, new)


def _state(shop: Workshop, place: Where, last_year: bool, as_file: bool) -> State:
    """A state; ``as_file``, as the file that it comes to, which alone has headers and footers."""
    if place.document is not None:
        return State(place.label, 0, {}, reading=opened(place.label, bytes_of(place.document)).reading)
    state = State(place.label, place.year, sources_of(place, shop.name, last_year))
    try:
        ended = run_at(shop, place)
    except UsageError as error:
        return state._replace(remark=str(error))
    state = state._replace(problems=ended.problems, skipped=RULE_CODES - {asked.code for asked in ended.asked})
    if isinstance(ended, Stopped):
        return state
    state = state._replace(book=ended.book)
    if not isinstance(ended, Finished):
        return state
    return state._replace(
        reading=opened(place.label, file_of(ended)).reading if as_file else reading_of(ended.document)
    )


def _words_only(state: State) -> State:
    return state._replace(sources={}, book=None, problems=() if state.reading is not None else state.problems)
