"""Wrong data is a value: what is wrong, where, and how to mend it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from generator.model.source import Position


class Severity(StrEnum):
    """How bad: errors stop the document, warnings want a person to look, advice may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The Chinese word a clerk sees."""
        return {"error": "错误", "warning": "警告", "advice": "建议"}[self.value]


class Note(NamedTuple):
    """A related place of a problem, and what stands there."""

    text: str
    position: Position | None = None


class Problem(NamedTuple):
    """One thing wrong with what a person typed; ``length`` is how many characters the caret marks."""

    code: str
    severity: Severity
    message: str
    remedy: str
    position: Position
    length: int = 1
    notes: tuple[Note, ...] = ()


Problems = tuple[Problem, ...]
SEEN_FILE = "seen.yaml"
"""What a year's folder has where a person keeps which problems were seen (``model/seen.py``)."""


class UsageError(Exception):
    """Wrong use of the program (no such year, a folder that can't be written): one line, exit code 2."""


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """“是否为…？” with the closest known names, or nothing."""
    from difflib import get_close_matches  # only a mistake needs it

    close = get_close_matches(name, known, 2, 0.5)
    return f"是否为“{'”或“'.join(close)}”？" if close else ""


def which_of(name: str, known: Sequence[str], there: str = "可用的有") -> str:
    """The closest of the known names, or else all there are."""
    return did_you_mean(name, known) or f"{there}：{'、'.join(known) or '无'}。"


def shortened(text: str, most: int) -> str:
    """The text as a message quotes it: at most so many characters, the last an ellipsis where more follows."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them forbids making the document."""
    return any(problem.severity is Severity.ERROR for problem in problems)
