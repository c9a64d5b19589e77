"""A part changed without being written anew."""

from collections.abc import Iterable

Change = tuple[int, int, bytes]
"""What stands from one place to another in a part, as other bytes."""


def spliced(data: bytes, changes: Iterable[Change], start: int = 0, end: int | None = None) -> bytes:
    """The part, or what stands from one place to another, changed; changes don't overlap."""
    end = len(data) if end is None else end
    pieces, place = [], start
    for first, last, new in sorted(changes):
        if start <= first and last <= end:
            pieces += [data[place:first], new]
            place = last
    return b"".join([*pieces, data[place:end]])
