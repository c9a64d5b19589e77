"""Which header or footer of one file was which of the other: by section and kind, whatever their parts are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple


class Told(NamedTuple):
    """Neighbouring sections' stories of one kind that say the same; ``names`` are their parts."""

    kind: str
    text: str
    names: tuple[str, ...]


def told(parts: Sequence[tuple[str, str, str]]) -> tuple[Told, ...]:
    """Kinds, texts and names of parts: neighbours with the same words as one; what says nothing is left out."""
    groups = groupby((part for part in parts if part[1]), key=lambda part: part[:2])
    return tuple(Told(kind, text, tuple(dict.fromkeys(name for *_, name in group))) for (kind, text), group in groups)


def pairs_of(old: Sequence[Told], new: Sequence[Told]) -> Iterator[tuple[Told | None, Told | None]]:
    """Which story of the old file each of the new one was: in the order of the sections, kind by kind.

    One that came where its section went on with the one before was that one.
    """
    for kind in dict.fromkeys(item.kind for item in (*new, *old)):
        yield from _pairs([item for item in old if item.kind == kind], [item for item in new if item.kind == kind])


def _pairs(old: Sequence[Told], new: Sequence[Told]) -> Iterator[tuple[Told | None, Told | None]]:
    matcher = SequenceMatcher(None, [item.text for item in old], [item.text for item in new], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        before, after = old[first:last] or old[max(first - 1, 0) : first], new[begin:end]
        for place, item in enumerate(after):
            yield before[min(place, len(before) - 1)] if before else None, item
        yield from ((item, None) for item in old[first + len(after) : last])
