"""What may be kept between runs, as those see it who make it."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

Remember = Callable[[bytes, Callable[[], bytes]], bytes]
"""Given a key and how to make what belongs to it: the bytes, made now or by an earlier run. Never anything else."""


def anew(key: bytes, make: Callable[[], bytes]) -> bytes:
    """A ``Remember`` that keeps nothing."""
    return make()


@cache
def program(*rooms: str) -> bytes:
    """What something kept comes from beside its key: this Python, and the files in these folders of the program."""
    house = Path(__file__).parent.parent
    files = (entry for room in rooms for entry in os.scandir(house / room) if not entry.is_dir())
    return repr((sys.version, sorted((file.path, file.stat().st_mtime_ns) for file in files))).encode()
