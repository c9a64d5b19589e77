"""A file that is to be written in place of what it held."""

from pathlib import Path
from typing import NamedTuple


class Replacement(NamedTuple):
    """A file: what it held when it was read (None: it was not there), and what it is to hold; ``mode`` of a new one."""

    path: Path
    before: bytes | None
    after: bytes
    mode: int = 0o644
