"""What a check found when a person last looked through it: by rule and words, so that edits elsewhere make nothing new."""

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model.problem import Problem, Problems, Severity

Seen = Mapping[str, tuple[str, ...]]
"""By rule, the words of what it found, as often as it found it. Lines and columns are not remembered: those move."""
SEEN_FILE = "seen.yaml"
"""Where it stands, in a year's folder; a unit's under ``单位``."""
UNITS_KEY = "单位"


def words_of(problem: Problem) -> str:
    """A finding's words, as they are remembered: on one line, without what nobody sees."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in problem.message).split())


def seen_of(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """The warnings and advice that stand, to be remembered."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            found.setdefault(problem.code, []).append(words_of(problem))
    return {code: sorted(found[code]) for code in sorted(found)}


def new_since(problems: Iterable[Problem], seen: Seen) -> Problems:
    """The warnings and advice, in their order, that were not there when a person last looked."""
    left = Counter((code, words) for code, several in seen.items() for words in several)
    found = []
    for problem in problems:
        if problem.severity is Severity.ERROR:
            continue
        if left[key := (problem.code, words_of(problem))] > 0:
            left[key] -= 1
        else:
            found.append(problem)
    return tuple(found)
