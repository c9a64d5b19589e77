"""Source lines that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.align import rising
from generator.model.difference import FileChange, LineChange
from generator.model.source import Position, Source

_MANY = 500


def changed_files(old: Mapping[str, Source], new: Mapping[str, Source]) -> tuple[FileChange, ...]:
    """Files that only one side has."""
    gained = [FileChange(new[key].name, _count(new[key]), True) for key in new if key not in old]
    return (*gained, *(FileChange(old[key].name, _count(old[key]), False) for key in old if key not in new))


def changed_lines(old: Mapping[str, Source], new: Mapping[str, Source]) -> tuple[LineChange, ...]:
    """Lines of the files that both have."""
    return tuple(change for key in new if key in old for change in _of_file(old[key], new[key]))


def _count(source: Source) -> int:
    return len(source.text.splitlines())


def _of_file(old: Source, new: Source) -> Iterator[LineChange]:
    if old.text == new.text:
        return
    before, after = old.text.split("\n"), new.text.split("\n")
    for first, last, begin, until in _unequal(before, after):
        pairs = zip_longest(range(first, last), range(begin, until))
        for i, j in sorted(pairs, key=lambda pair: pair[1] is None):
            was = before[i] or None if i is not None else None  # an empty line more or less says nothing
            now = after[j] or None if j is not None else None
            if now is not None and j is not None:
                yield LineChange(Position(new.name, j + 1, 1), was, now)
            elif was is not None and i is not None:
                yield LineChange(Position(old.name, i + 1, 1), was, None)


def _unequal(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where the lines differ, from and to on both sides: between lines that both have once, and in the same order.

    A file of many projects has the same few lines over and over: difflib alone is slow there, or loses its way.
    """
    i = j = 0
    for end, until in (*_anchors(before, after), (len(before), len(after))):
        gaps = SequenceMatcher(None, before[i:end], after[j:until], autojunk=end - i > _MANY).get_opcodes()
        for tag, first, last, begin, stop in gaps:
            if tag != "equal":
                yield i + first, i + last, j + begin, j + stop
        i, j = end + 1, until + 1


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of lines that stand once on each side, in the same order (patience sorting)."""
    here, there = _once(before), _once(after)
    return rising([(number, there[line]) for line, number in here.items() if line in there])


def _once(lines: Sequence[str]) -> dict[str, int]:
    counts = Counter(lines)
    return {line: number for number, line in enumerate(lines) if counts[line] == 1}
