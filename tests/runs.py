"""A year of a place made and checked, as most tests want it: in one call.

Of the repository's own places the workshops are held, as no test writes there; of any other, nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.model.remember import Remember, anew
from generator.work.check import check
from generator.work.check import make as make_at
from generator.work.stages import Ended, Stopped, Unread
from generator.work.stages import Finished as Run
from generator.work.workshop import Workshop

__all__ = ["Ended", "Run", "Stopped", "Unread", "make", "run"]


ROOT = Path(__file__).parent.parent


def shop_of(templates: Path, profile: str, remember: Remember) -> Workshop:
    """The workshop of a place."""
    own = remember is anew and templates in (ROOT / "templates", ROOT / "tests" / "profiles")
    return held(templates, profile) if own else Workshop(templates, profile, remember)


held = cache(Workshop)


def run(data: Path, templates: Path, profile: str, year: int, remember: Remember = anew) -> Ended:
    """A year's run without a file."""
    return check(shop_of(templates, profile, remember), data, year)


def make(data: Path, templates: Path, profile: str, year: int, remember: Remember = anew) -> Ended | Unread:
    """A year's run up to its document, which no rule has read."""
    return make_at(shop_of(templates, profile, remember), data, year)
