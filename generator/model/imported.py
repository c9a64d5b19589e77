"""What an import of codes came to: a noun of its own, since no other command needs it."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.model.classification import Edition


class Imported(NamedTuple):
    """An edition from files, and what differs from the one before it (of the year ``base``).

    ``from_base`` are codes above others that the files do not have; ``unknown`` those whose fund nobody knows.
    """

    edition: Edition
    base: int
    added: Mapping[str, str]
    gone: Mapping[str, str]
    renamed: Mapping[str, tuple[str, str]]
    from_base: Mapping[str, str]
    unknown: Mapping[str, str]
