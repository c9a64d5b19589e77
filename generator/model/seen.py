"""What a check found when a person last looked through it, known again by rule, words and the line it is about: edits elsewhere make nothing new."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.model.problem import Problem, Problems, Severity
from generator.model.source import Source

Seen = Mapping[str, tuple[str, ...]]
"""By rule, what it found, each as ``known_as`` says it. Numbers of lines are not remembered: those move."""
UNITS_KEY = "单位"
"""Under which name the file has what was seen of units' documents."""
_PARTED = " ｜ "
_MOST = 40


class _Known(NamedTuple):
    code: str
    words: str
    about: str = ""


def known_as(problem: Problem, sources: Mapping[str, Source]) -> str:
    """A finding's words and, behind a bar, how the line it is about begins (or the place of the document): many say the same."""
    code, words, about = _known(problem, sources)
    return f"{words}{_PARTED}{about}" if about else words


def seen_of(problems: Iterable[Problem], sources: Mapping[str, Source]) -> dict[str, list[str]]:
    """The warnings and advice that stand, to be remembered."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            found.setdefault(problem.code, []).append(known_as(problem, sources))
    return {code: sorted(found[code]) for code in sorted(found)}


def new_since(problems: Iterable[Problem], seen: Seen, sources: Mapping[str, Source]) -> Problems:
    """The warnings and advice, in their order, that were not there when a person last looked.

    First those of the same words about the same line are taken for the same, then those of the same words.
    """
    others = [problem for problem in problems if problem.severity is not Severity.ERROR]
    left = Counter(_parted(code, entry) for code, entries in seen.items() for entry in entries)
    moved = [problem for problem in others if not _taken(left, _known(problem, sources))]
    in_words = Counter[_Known]()
    for known, times in left.items():
        in_words[known._replace(about="")] += times
    new = {id(problem) for problem in moved if not _taken(in_words, _known(problem, {})._replace(about=""))}
    return tuple(problem for problem in others if id(problem) in new)


def _taken(left: Counter[_Known], known: _Known) -> bool:
    """Whether it is among those that are left; then it is there once less."""
    if left[known] <= 0:
        return False
    left[known] -= 1
    return True


def _parted(code: str, entry: str) -> _Known:
    words, _, about = entry.rpartition(_PARTED)
    return _Known(code, words, about) if words else _Known(code, about)


def _known(problem: Problem, sources: Mapping[str, Source]) -> _Known:
    source = sources.get(problem.position.file)
    line = source.line(problem.position.line) if source else problem.position.place
    return _Known(problem.code, _plain(problem.message), _plain(line or "").replace("｜", " ")[:_MOST].strip())


def _plain(text: str) -> str:
    """On one line, without what nobody sees."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
