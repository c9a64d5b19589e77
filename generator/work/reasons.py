"""The verb reasons: what moved against last year, by how much, what the ledgers tell of it, and how others word it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.load.reason_bank import DOWN, UP, phrases, read_banks
from generator.model.figure import Change, Mover
from generator.model.problem import Problems, UsageError, has_errors, which_of
from generator.work.check import make
from generator.work.stages import Sources, Stopped
from generator.work.workshop import Workshop


class Reasoned(NamedTuple):
    """A figure that moved, and all that may help to say why: ``movers`` are what the ledgers tell, ``offered`` phrases of the banks."""

    name: str
    change: Change
    movers: tuple[Mover, ...]
    offered: tuple[str, ...]

    @property
    def direction(self) -> str:
        """增加 or 减少."""
        return UP if self.change.delta.amount > 0 else DOWN


class Reasons(NamedTuple):
    """Every figure that moved, in the profile's order; none where data was too wrong to count. ``unfilled``: some are still 待填."""

    figures: tuple[Reasoned, ...]
    problems: Problems
    sources: Sources
    unfilled: bool = False


def reasons(shop: Workshop, data: Path, year: int, figure: str = "", unit: str = "") -> Reasons:
    """What moved in ``data/<year>``, all or one ``figure``. Raises UsageError for one that is not compared or has not moved."""
    banks, problems = read_banks(data)
    made = make(shop, data, year, unit, draft=True)
    if isinstance(made, Stopped) or has_errors(problems):
        return Reasons((), (*problems, *made.problems), made.sources)
    changes = {name: change for name, change in made.book.changes.items() if change.delta}
    if figure and figure not in made.book.changes:
        raise UsageError(f"“{figure}”不是与上年比较的数。{which_of(figure, list(made.book.changes))}")
    if figure and figure not in changes:
        raise UsageError(f"“{figure}”与上年持平，不用写原因。")
    found = tuple(
        _reasoned(name, change, phrases(banks, name, UP if change.delta.amount > 0 else DOWN))
        for name, change in changes.items()
        if figure in ("", name)
    )
    unfilled = any(problem.code == "D064" for problem in made.problems)
    return Reasons(found, problems, made.sources, unfilled)


def _reasoned(name: str, change: Change, offered: tuple[str, ...]) -> Reasoned:
    known = change.draft is not None and not change.draft.unknown
    return Reasoned(name, change, change.draft.movers if known and change.draft else (), offered)
