"""Source lines that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.model.difference import FileChange, LineChange
from generator.model.source import Position, Source


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
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    for _, first, last, begin, until in _unequal(before, after):
        pairs = zip_longest(range(first, last), range(begin, until))
        for i, j in sorted(pairs, key=lambda pair: pair[1] is None):
            was, now = None if i is None else before[i], None if j is None else after[j]
            if was or now:  # an empty line more or less says nothing
                place = Position(old.name, start + i + 1, 1) if j is None else Position(new.name, start + j + 1, 1)
                yield LineChange(place, was, now)


def _unequal(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    opcodes = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > 2000).get_opcodes()
    return (code for code in opcodes if code[0] != "equal")


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return same
