"""Two sequences aligned: what is equal, then what is alike. Pure; knows nothing of documents."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

from generator.model.comparison import Pair

T = TypeVar("T")
_MOST_COMPARISONS = 40_000
_FEW = 50
"""What more have than so many, blank paragraphs or a common word, tells nobody apart."""


class By(NamedTuple, Generic[T]):
    """How to know a thing again: its key; failing that words it shares with another, at least so many; never if unlike."""

    key: Callable[[T], Hashable]
    words: Callable[[T], frozenset[Hashable]]
    least: float
    may_pair: Callable[[T, T], bool] = lambda old, new: True


def align(old: Sequence[T], new: Sequence[T], by: By[T]) -> Iterator[Pair[T]]:
    """Equal keys first; in what is left between them, the best chain of pairs that are alike."""
    before, after = [by.key(item) for item in old], [by.key(item) for item in new]
    same = len(list(takewhile(lambda keys: keys[0] == keys[1], zip(before, after, strict=False))))
    yield from _equal(old[:same], new[:same], by)
    if same == len(old) == len(new):
        return
    often = {key for key, times in Counter(after).items() if times > _FEW}  # known only beside what tells itself apart
    old, new = old[same:], new[same:]
    matcher = SequenceMatcher(often.__contains__, before[same:], after[same:], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        yield from (_equal if kind == "equal" else _closest)(old[i:i_end], new[j:j_end], by)


def _equal(old: Sequence[T], new: Sequence[T], by: By[T]) -> Iterator[Pair[T]]:
    for before, after in zip(old, new, strict=True):
        yield from [Pair(before, after)] if by.may_pair(before, after) else [Pair(before, None), Pair(None, after)]


def _closest(old: Sequence[T], new: Sequence[T], by: By[T]) -> Iterator[Pair[T]]:
    if len(old) * len(new) > _MOST_COMPARISONS:
        yield from _between_anchors(old, new, by)
        return
    i = j = 0
    for a, b in _chain(_likeness(old, new, by)):
        yield from (Pair(item, None) for item in old[i:a])
        yield from (Pair(None, item) for item in new[j:b])
        yield Pair(old[a], new[b])
        i, j = a + 1, b + 1
    yield from (Pair(item, None) for item in old[i:])
    yield from (Pair(None, item) for item in new[j:])


def _between_anchors(old: Sequence[T], new: Sequence[T], by: By[T]) -> Iterator[Pair[T]]:
    """Too many to compare each with each: those that share what few others say, and then what lies between them."""
    anchors = _anchors(old, new, by)
    if not anchors:  # all alike, or nothing is: what stands at the same place
        half, other = len(old) // 2, len(new) // 2
        yield from (*_closest(old[:half], new[:other], by), *_closest(old[half:], new[other:], by))
        return
    i = j = 0
    for a, b in anchors:
        yield from (*_closest(old[i:a], new[j:b], by), Pair(old[a], new[b]))
        i, j = a + 1, b + 1
    yield from _closest(old[i:], new[j:], by)


def _anchors(old: Sequence[T], new: Sequence[T], by: By[T]) -> list[tuple[int, int]]:
    """Pairs each of which is the other's likeliest partner, in order on both sides."""
    before, after = [by.words(item) for item in old], [by.words(item) for item in new]
    there, back = _likeliest(before, after), _likeliest(after, before)
    pairs = [
        (a, b)
        for a, b in there.items()
        if back.get(b) == a and _dice(before[a], after[b]) >= by.least and by.may_pair(old[a], new[b])
    ]
    return rising(pairs)


def _likeliest(ones: Sequence[frozenset[Hashable]], others: Sequence[frozenset[Hashable]]) -> dict[int, int]:
    """Of each one, the other that shares most with it; a word weighs less the more have it."""
    having: dict[Hashable, list[int]] = {}
    for place, words in enumerate(others):
        for word in words:
            having.setdefault(word, []).append(place)
    found = {}
    for place, words in enumerate(ones):
        shared: dict[int, float] = {}
        for others_with in (having[word] for word in words if 0 < len(having.get(word, ())) <= _FEW):
            for other in others_with:
                shared[other] = shared.get(other, 0.0) + 1 / len(others_with)
        if shared:
            found[place] = min(shared, key=lambda other: (-shared[other], abs(other - place)))
    return found


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as stand in the same order on both sides; they come in the order of the first."""
    lowest: list[int] = []  # the lowest end of a chain of each length
    ends: list[int] = []
    led_by: list[int] = []
    for number, (_, b) in enumerate(pairs):
        length = bisect_left(lowest, b)
        lowest[length : length + 1] = [b]
        ends[length : length + 1] = [number]
        led_by.append(ends[length - 1] if length else -1)
    chain, number = [], ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = led_by[number]
    return chain[::-1]


def _likeness(old: Sequence[T], new: Sequence[T], by: By[T]) -> list[list[float]]:
    """How alike any two are; 0 where they may not be one."""
    before, after = [by.words(item) for item in old], [by.words(item) for item in new]

    def alike(a: int, b: int) -> float:
        found = _dice(before[a], after[b])
        return found if found >= by.least and by.may_pair(old[a], new[b]) else 0.0

    return [[alike(a, b) for b in range(len(new))] for a in range(len(old))]


def _chain(table: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, whose likeness adds up to most."""
    height, width = len(table), len(table[0]) if table else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for a in range(height - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            both = best[a + 1][b + 1] + table[a][b] if table[a][b] else 0.0
            best[a][b] = max(both, best[a + 1][b], best[a][b + 1])
    found, a, b = [], 0, 0
    while a < height and b < width:
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            found.append((a, b))
            a, b = a + 1, b + 1
    return found


def bigrams(text: str) -> frozenset[Hashable]:
    """Every two letters that stand together."""
    return frozenset(text[place : place + 2] for place in range(max(1, len(text) - 1)))


def _dice(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0
