"""Sentences of a document set beside sentences whose words are known: what stands where a word or a number should be.

A probe is the place's own document with marks (〖7〗) for words that a person types. Its paragraphs become patterns; the
longest chain of patterns and paragraphs that fit, in their order, tells what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.document import Block, Document, Heading, Paragraph, Run
from generator.model.figure import Change, Fact, Figure
from generator.model.ledger import Filter
from generator.model.meaning import normal
from generator.model.profile import Profile, ordinal_pattern
from generator.model.reading import ReadHeading, Reading, ReadParagraph

_MARK = r"〖(\d+)〗"
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_JOINT = "[^〖〗]{1,3}"
_LABEL = 4
"""A label with fewer letters may be anything's."""


def mark(number: int) -> str:
    """What stands for a word in a probe."""
    return f"〖{number}〗"


class Slot(NamedTuple):
    """What a group of a pattern captures: a word by its mark, a typed number by its name, or a compared one.

    ``label`` are the letters before a number, back to the number or word before it; ``summed``: it is a sum of
    entries. ``joints`` is what stands between the items of a list that are told in one sentence.
    """

    mark: int = -1
    fact: str = ""
    scope: Filter = Filter()
    basis: str = ""
    aspect: str = ""
    less: bool = False
    unit: str = ""
    label: str = ""
    summed: bool = False
    joints: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """A paragraph or heading of a probe as a pattern. ``weight`` is how many of its letters are its own."""

    pattern: re.Pattern[str]
    slots: tuple[Slot, ...]
    weight: int
    heading: bool
    repeats: bool = False


class Heard(NamedTuple):
    """What a place of the document says of a slot."""

    slot: Slot
    text: str
    at: int


class Chain(NamedTuple):
    """A document set beside a probe: what was heard, which of its paragraphs fit, how many letters agree."""

    heard: tuple[Heard, ...]
    met: frozenset[int]
    weight: int


def phrases_of(document: Document, profile: Profile, lists: frozenset[int]) -> tuple[Phrase, ...]:
    """A probe's paragraphs and headings. Marks in ``lists`` are of items that there may be more or fewer of."""
    ordinals = "|".join(ordinal_pattern(one) for one in dict.fromkeys(profile.numbering.ordinals))
    found = [_phrase((Run(_letters(text)),), True, lists, ordinals) for text in _cover(document)]
    for block in document.blocks:
        runs, heading = _runs(block)
        if runs is None:
            continue
        phrase = _phrase(runs, heading, lists, ordinals)
        if found and phrase.repeats and found[-1].pattern.pattern == phrase.pattern.pattern:
            continue
        found.append(phrase)
    return tuple(found)


def _cover(document: Document) -> Iterator[str]:
    """What the cover says: its title, and what the master prints of the department."""
    yield from (text for name, text in document.furniture if text and name != "部门")
    yield from (text for _, text in document.furnished if re.search(_MARK, text))


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def _items(reading: Reading) -> list[tuple[str, bool]]:
    """What a document says in words, in its order: the cover's lines without blanks, headings, paragraphs; which are no paragraphs."""
    blocks = [block for block in reading.blocks if isinstance(block, (ReadHeading, ReadParagraph))]
    covers = [(_letters(line), True) for line in reading.cover]
    return [*covers, *((block.text, isinstance(block, ReadHeading)) for block in blocks)]


def _runs(block: Block) -> tuple[tuple[Run, ...] | None, bool]:
    if isinstance(block, Heading):
        return (Run(block.ordinal + block.title),), True
    if isinstance(block, Paragraph):
        return block.runs, False
    return None, False


def _phrase(runs: Sequence[Run], heading: bool, lists: frozenset[int], ordinals: str) -> Phrase:
    written = _Pattern(lists)
    text = "".join(run.text for run in runs)
    hit = re.match(ordinals, text)
    skip = hit.end() if hit is not None else 0
    if skip:
        written.pattern = f"(?:{ordinals})"
    figures = [(run.text, run) for run in runs] if any(run.figure is not None for run in runs) else [(text, None)]
    for said, run in figures:
        words, skip = said[skip:], max(0, skip - len(said))
        number = re.search(_NUMBER, words) if run is not None and run.figure is not None else None
        if number is not None and run is not None:
            written.number(words[: number.start()], words[number.end() :], _slot(run))
        else:
            written.words(words)
    return written.phrase(heading)


class _Pattern:
    """A pattern being written, from left to right."""

    def __init__(self, lists: frozenset[int]) -> None:
        self.lists, self.pattern, self.label, self.weight, self.repeats = lists, "", "", 0, False
        self.slots: list[Slot] = []

    def number(self, before: str, after: str, slot: Slot) -> None:
        """A number of its own unit, behind what stands before it."""
        self.pattern += f"{_quoted(before)}({_NUMBER}){_quoted(after)}"
        self.slots.append(slot._replace(unit=after, label=self.label + before))
        self.label = after

    def words(self, text: str) -> None:
        """Letters, and words where marks are; items of a list side by side are one."""
        at = 0
        for hit in re.finditer(rf"{_MARK}(?:{_JOINT}{_MARK})*", text):
            self._letters(text[at : hit.start()])
            first = int(hit[1])
            if first in self.lists:
                self.repeats = self.repeats or hit[2] is None
                self.pattern += "(.+?)"
                self.slots.append(Slot(mark=first, joints=tuple(re.split(_MARK, hit[0])[2:-1:2])))
            else:
                self._each(hit[0])
            self.label, at = "", hit.end()
        self._letters(text[at:])

    def _each(self, text: str) -> None:
        """Words that are no list's though they stand side by side."""
        for number, letters in re.findall(rf"{_MARK}([^〖]*)", text):
            self.pattern += "(.+?)"
            self.slots.append(Slot(mark=int(number)))
            self._letters(letters)

    def _letters(self, text: str) -> None:
        self.pattern += _quoted(text)
        self.label += text
        self.weight += len(text)

    def phrase(self, heading: bool) -> Phrase:
        """The finished pattern."""
        repeats = self.repeats and len(self.slots) == 1
        return Phrase(re.compile(self.pattern, re.DOTALL), tuple(self.slots), self.weight, heading, repeats)


def _quoted(text: str) -> str:
    return re.escape(text)


def _slot(run: Run) -> Slot:
    match run.figure:
        case Change() as change:
            scope = change.current.scope if change.current.scope is not None else Filter()
            return Slot(scope=normal(scope), basis=change.basis.name, aspect=run.aspect, less=change.delta.amount < 0)
        case Fact(key=key):
            return Slot(fact=key)
        case Figure(scope=Filter() as scope):
            return Slot(scope=normal(scope), summed=True)
    return Slot()


def heard_in(reading: Reading, phrases: Sequence[Phrase]) -> Chain:
    """The chain of phrases and paragraphs that agree in most letters, in order on both sides."""
    texts = _items(reading)
    fits = [
        {j: hit for j, (text, head) in enumerate(texts) if head == one.heading and (hit := _fit(one, text))}
        for one in phrases
    ]
    width = len(texts) + 1
    best = [[0] * width for _ in range(len(phrases) + 1)]
    for i in range(len(phrases) - 1, -1, -1):
        one, row, below, found = phrases[i], best[i], best[i + 1], fits[i]
        for j in range(len(texts) - 1, -1, -1):
            most = max(below[j], row[j + 1])
            if j in found:
                most = max(most, one.weight * 4 + 1 + (row if one.repeats else below)[j + 1])
            row[j] = most
    return _walked(phrases, fits, best, len(texts))


def _walked(
    phrases: Sequence[Phrase], fits: Sequence[dict[int, re.Match[str]]], best: Sequence[Sequence[int]], count: int
) -> Chain:
    heard, met = list[Heard](), set[int]()
    i = j = 0
    while i < len(phrases) and j < count:
        one = phrases[i]
        then = best[i] if one.repeats else best[i + 1]
        if j in fits[i] and best[i][j] == one.weight * 4 + 1 + then[j + 1]:
            hit = fits[i][j]
            heard += [Heard(slot, said, j) for slot, said in zip(one.slots, hit.groups(), strict=True)]
            met.add(j)
            j += 1
            i += 0 if one.repeats else 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return Chain(tuple(heard), frozenset(met), best[0][0])


def labelled_in(reading: Reading, phrases: Sequence[Phrase], met: frozenset[int]) -> Iterator[Heard]:
    """Compared and typed numbers behind the letters that a phrase has before them, in paragraphs that no phrase fits.

    A paragraph that takes a turn no probe takes (one amount fell, another rose) still says its numbers. Letters that stand
    before several amounts (与上年相比增加) tell of none.
    """
    owners: dict[str, dict[tuple[Filter, str, str], Slot]] = {}
    for slot in (slot for one in phrases for slot in one.slots if slot.basis or slot.fact):
        label = re.split("[，；。]", slot.label)[-1]
        owners.setdefault(label, {})[slot.scope, slot.basis, slot.fact] = slot
    told = {
        label: slot
        for label, some in owners.items()
        if len(label) >= _LABEL and len(some) == 1
        for slot in some.values()
    }
    for at, (text, _) in enumerate(_items(reading)):
        for label, slot in told.items() if at not in met else ():
            if text.count(label) == 1:
                start = text.index(label) + len(label)
                hit = re.compile(rf"({_NUMBER}){_quoted(slot.unit)}").match(text, start)
                if hit is not None:
                    yield Heard(slot, hit[1], at)


def _fit(one: Phrase, text: str) -> re.Match[str] | None:
    return one.pattern.fullmatch(text)


def split_items(text: str, joints: Sequence[str]) -> list[str]:
    """The items of a list as a sentence writes them (甲、乙和丙); all of it where it is told otherwise than ``joints`` say."""
    if not joints:
        return [text]
    head, joint, last = text.rpartition(joints[-1])
    items = [*head.split(joints[0]), last] if joint else [text]
    again = "".join(f"{item}{joints[0]}" for item in items[:-2]) + joints[-1].join(items[-2:])
    return items if all(items) and again == text else [text]
