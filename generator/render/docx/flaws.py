"""What is wrong with a master, in words for the person who keeps it."""

from typing import NamedTuple

from generator.model.problem import Severity, shortened


class Flaw(NamedTuple):
    """One thing wrong, and how to mend it."""

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


class Flawed(Exception):
    """A flaw with which nothing more can be said of the master."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.flaw = Flaw(code, message, remedy)


def brief(words: str) -> str:
    """The beginning of some words of a master."""
    return shortened(" ".join(words.split()), 41)
