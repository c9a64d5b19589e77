"""Two states into their Difference."""

from __future__ import annotations

from collections import Counter

from generator.difference.figures import changed_figures
from generator.difference.keys import keys_of
from generator.difference.sentences import changed_sentences
from generator.difference.sources import changed_files, changed_lines
from generator.difference.stories import changed_seals
from generator.difference.tables import changed_tables
from generator.model.difference import Difference, State
from generator.model.problem import Problem, Problems
from generator.model.reading import year_of


def compare(old: State, new: State) -> Difference:
    """Everything that differs; where a side came to no book or no document, what can be compared without."""
    found = Difference(
        old,
        new,
        changed_files(old.sources, new.sources),
        changed_lines(old.sources, new.sources),
        appeared=_only(new.problems, old),
        gone=_only(old.problems, new),
    )
    if old.book is not None and new.book is not None:
        found = found._replace(figures=changed_figures(old.book, new.book))
    if old.reading is not None and new.reading is not None:
        keys = keys_of(old.year or year_of(old.reading), new.year or year_of(new.reading))
        pieces, cells = changed_tables(old.reading, new.reading, keys)
        sentences = changed_sentences(old.reading, new.reading, keys)
        seals = changed_seals(old.reading, new.reading)
        found = found._replace(pieces=pieces, sentences=sentences, cells=cells, seals=seals)
    return found


def _only(mine: Problems, theirs: State) -> tuple[Problem, ...]:
    """Problems by code and message: the same one on another line is the same.

    What the other side was never asked may be there as well, so nothing is said of it.
    """
    there = Counter((problem.code, problem.message) for problem in theirs.problems)
    left = []
    for problem in mine:
        if problem.code in theirs.skipped:
            continue
        if there[problem.code, problem.message]:
            there[problem.code, problem.message] -= 1
        else:
            left.append(problem)
    return tuple(left)
