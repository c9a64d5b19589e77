"""The verb check: a year read, derived, composed and checked, without a file."""

from __future__ import annotations

from pathlib import Path

from generator.work.run import make, read_over
from generator.work.stages import Ended, Unread
from generator.work.workshop import Workshop


def check(shop: Workshop, data: Path, year: int) -> Ended:
    """Everything that is wrong or odd in ``data/<year>``, and the document as far as it came.

    >>> ended = check(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> [problem.code for problem in ended.problems]

    ``Finished`` has a document, sound unless it is ``failed``; ``Counted`` has numbers only, ``Stopped`` neither.
    Raises UsageError where a folder is missing or can't be read.
    """
    made = make(shop, data, year)
    return read_over(made) if isinstance(made, Unread) else made
