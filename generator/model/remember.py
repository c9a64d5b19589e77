"""What may be kept between runs, as those see it who make it."""

from collections.abc import Callable

Remember = Callable[[bytes, Callable[[], bytes]], bytes]
"""Given a key and how to make what belongs to it: the bytes, made now or by an earlier run. Never anything else."""


def anew(key: bytes, make: Callable[[], bytes]) -> bytes:
    """A ``Remember`` that keeps nothing."""
    return make()
