"""How a process that makes thousands of documents keeps its memory small without paying for it at every object."""

from __future__ import annotations

import gc
import sys
from itertools import count

EVERY = 8
"""Documents after which garbage is collected: cycles pile up at some MB each."""
_made = count(1)


def begin() -> None:
    """In a new worker: what it has come with lives as long as it does, and nothing is collected unasked."""
    gc.disable()
    gc.freeze()


def after_each() -> None:
    """After a document. What the first one left is the place, which stays: nobody has to look through it again."""
    made = next(_made)
    if made == 1 or made % EVERY == 0:
        gc.collect()
    if made == 1:
        gc.freeze()


def held() -> int:
    """The most this process has held, in MB; 0 where the system can't be asked."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
