"""How a process that makes thousands of documents keeps its memory small without paying for it at every object."""

from __future__ import annotations

import gc
import os
import sys
from itertools import count
from pathlib import Path

EVERY = 64
"""Documents after which garbage is collected. A document leaves none (tests/work/test_garbage.py); what a library leaves some day must not pile up."""
PROGRAM = 40
"""MB that the program itself takes, before it has read anything."""
_made, _beside = count(1), 0


def begin() -> None:
    """In a new worker: what it has come with lives as long as it does, and nothing is collected unasked."""
    global _beside  # noqa: PLW0603 - a worker has one beginning
    gc.disable()
    gc.freeze()
    _beside = max(0, _held() - PROGRAM)


def after_each() -> None:
    """After a document. What the first one left is the place, which stays: nobody has to look through it again."""
    made = next(_made)
    if made == 1 or made % EVERY == 0:
        gc.collect()
    if made == 1:
        gc.freeze()


def most_held() -> int:
    """The most this process has held, in MB; 0 where the system can't be asked.

    A forked worker is also said to hold what its parent had read: the orders of a whole province. It shares them, so they are not counted.
    """
    try:
        import resource
    except ImportError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
    return most - _beside


def _held() -> int:
    """What it holds now, in MB; 0 where no process is forked."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
