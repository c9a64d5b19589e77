"""Sentences that changed: what only moved, or only got another ordinal, table number or year, did not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.difference.keys import Keys, recognised
from generator.model.difference import SentenceChange
from generator.model.reading import ReadHeading, Reading, ReadTable

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）】]*|[^。！？\n]+")
_ALIKE = 0.4
_MANY = 40


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
    sections = dict.fromkeys(sentence.group for sentence in (*after, *before))
    return tuple(
        change
        for section in sections
        for change in _paired(
            [sentence for sentence in before if sentence.group == section],
            [sentence for sentence in after if sentence.group == section],
        )
    )


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


def _paired(before: list[_Sentence], after: list[_Sentence]) -> Iterator[SentenceChange]:
    """Each lost sentence with the one that took its place: the only one, or the one most like it."""
    left = list(after)
    for sentence in before:
        successor = left[0] if len(before) == len(after) == 1 else _closest(sentence, left[:_MANY])
        if successor is not None:
            left.remove(successor)
        section = successor.section if successor else sentence.section
        yield SentenceChange(section, sentence.text, successor.text if successor else "")
    for sentence in left:
        yield SentenceChange(sentence.section, "", sentence.text)


def _closest(sentence: _Sentence, others: Sequence[_Sentence]) -> _Sentence | None:
    best, found = _ALIKE, None
    for other in others:
        matcher = SequenceMatcher(None, sentence.key, other.key, autojunk=False)
        if matcher.quick_ratio() > best and matcher.ratio() > best:
            best, found = matcher.ratio(), other
    return found
