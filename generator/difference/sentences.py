"""Sentences that changed: what only moved, or only got another ordinal, table number or year, did not."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from generator.difference.keys import Keys, recognised
from generator.model.difference import SentenceChange
from generator.model.reading import ReadHeading, Reading, ReadTable

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）】]*|[^。！？\n]+")
_ALIKE = 0.4
_MANY, _FEW, _MOST_PAIRS = 40, 2, 400_000
_MOST_LETTERS = 500_000_000
"""So many letters are set beside letters to tell how alike sentences are; after that the letters they share decide."""


class _Sentence(NamedTuple):
    """``name`` is what it goes by on the other side; ``key``, its words without the year's own, tells how alike two are."""

    section: str
    group: str
    text: str
    key: str
    name: str = ""


def changed_sentences(old: Reading, new: Reading, keys: tuple[Keys, Keys]) -> tuple[SentenceChange, ...]:
    """Pairs of sentences section by section, in the new document's order."""
    before, after = list(_sentences(old, keys[0])), list(_sentences(new, keys[1]))
    names = recognised([(item.text,) for item in before], [(item.text,) for item in after], keys)
    before, after = (
        [item._replace(name=name) for item, name in zip(side, by, strict=True)]
        for side, by in zip((before, after), names, strict=True)
    )
    for where in (lambda item: (item.group, item.name), lambda item: item.name):
        before, after = _unmatched(before, after, where), _unmatched(after, before, where)
    left: dict[str, tuple[list[_Sentence], list[_Sentence]]] = {}
    for side, sentences in ((1, after), (0, before)):
        for sentence in sentences:
            left.setdefault(sentence.group, ([], []))[side].append(sentence)
    budget = [_MOST_LETTERS]
    return tuple(change for sides in left.values() for change in _paired(*sides, budget))


def _sentences(reading: Reading, keys: Keys) -> Iterator[_Sentence]:
    for section, text in _texts(reading):
        for sentence in _cut(text):
            yield _Sentence(section, keys.of(section), sentence, keys.of(sentence))
    for story in reading.stories:  # words that went from a header into the body did not only move
        for sentence in (sentence for line in story.lines for sentence in _cut(line)):
            yield _Sentence(story.kind, story.kind, sentence, f"{story.kind}\0{keys.of(sentence)}")


def _cut(text: str) -> Iterator[str]:
    yield from (sentence for found in _SENTENCE.findall(text) if (sentence := found.strip()))


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    for line in reading.cover:
        yield "封面", line.replace("\n", "")  # a file breaks a long title
    for block in reading.blocks:
        match block:
            case ReadHeading():
                yield "标题", block.text
            case ReadTable():
                yield "表题", block.caption
                for text in (block.headline.replace("\t", "　"), *block.notes):
                    yield block.caption, text
            case _:
                yield block.section, block.text


def _unmatched(
    mine: Sequence[_Sentence], theirs: Sequence[_Sentence], where: Callable[[_Sentence], Hashable]
) -> list[_Sentence]:
    there = Counter(map(where, theirs))
    left = []
    for sentence in mine:
        if there[where(sentence)]:
            there[where(sentence)] -= 1
        else:
            left.append(sentence)
    return left


def _paired(before: list[_Sentence], after: list[_Sentence], budget: list[int]) -> Iterator[SentenceChange]:
    """Each lost sentence with the one that took its place: the only one, or the one most like it.

    Of very many only the next few are looked at, so that no file costs hours.
    """
    left = deque(after)
    most = max(_FEW, min(_MANY, _MOST_PAIRS // max(len(before), 1)))
    for sentence in before:
        place = 0 if len(before) == len(after) == 1 else _closest(sentence, list(islice(left, most)), budget)
        successor = None if place is None else left[place]
        if place is not None:
            del left[place]
        section = successor.section if successor else sentence.section
        yield SentenceChange(section, sentence.text, successor.text if successor else "")
    for sentence in left:
        yield SentenceChange(sentence.section, "", sentence.text)


def _closest(sentence: _Sentence, others: Sequence[_Sentence], budget: list[int]) -> int | None:
    best, found = _ALIKE, None
    for place, other in enumerate(others):
        matcher = SequenceMatcher(None, sentence.key, other.key, autojunk=False)
        ratio = matcher.quick_ratio()
        if ratio > best and budget[0] > 0:
            budget[0] -= len(sentence.key) * len(other.key)
            ratio = matcher.ratio() if budget[0] > 0 else ratio
        if ratio > best:
            best, found = ratio, place
    return found
