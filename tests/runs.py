"""A year of a place made and checked, as most tests want it: in one call, nothing held between two of them."""

from __future__ import annotations

from pathlib import Path

from generator.model.remember import Remember, anew
from generator.work.check import check
from generator.work.check import make as make_at
from generator.work.stages import Ended, Stopped, Unread
from generator.work.stages import Finished as Run
from generator.work.workshop import Workshop

__all__ = ["Ended", "Run", "Stopped", "Unread", "make", "run"]


def run(data: Path, templates: Path, profile: str, year: int, remember: Remember = anew) -> Ended:
    """A year's run without a file."""
    return check(Workshop(templates, profile, remember), data, year)


def make(data: Path, templates: Path, profile: str, year: int, remember: Remember = anew) -> Ended | Unread:
    """A year's run up to its document, which no rule has read."""
    return make_at(Workshop(templates, profile, remember), data, year)
