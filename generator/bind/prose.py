"""The numbers of our own document's prose, by its runs; also where a hand has changed it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.bind.grammar import Known, Numbers, completed, not_read
from generator.bind.statement import labelled
from generator.model.bound import BoundNumber, LostNumber
from generator.model.document import ChartBlock, Document, Heading, Paragraph
from generator.model.meaning import Meaning, Portion, meaning_of
from generator.model.reading import Reading, ReadParagraph
from generator.model.sentence import AMOUNT, alike, clause, label
from generator.model.statement import Statement

_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元|[%％])?")
_HELD = "\ue000"


def numbers_of(document: Document, reading: Reading, statement: Statement) -> Numbers:
    """The numbers of our own document in a reading of it, also one that a hand has changed.

    A number that stands where a run stood, behind the same words, is that run's; in a paragraph that is not ours, what
    the national statement's labels tell.
    """
    meant = tuple(_composed(document))
    known = {(at, number.start): number for at, (_, numbers) in enumerate(meant) for number in numbers}
    ours, theirs = [item for item, _ in meant], reading.paragraphs
    whole = completed(ours, known)
    if [item.text for item in ours] == [item.text for item in theirs]:
        return Numbers(whole, ())
    labels, kept = labelled(statement, reading), {item.text for item in ours}
    others = {place: number for place, number in labels.known.items() if theirs[place[0]].text not in kept}
    found = completed(theirs, {**others, **dict(_carried(ours, theirs, known))}, labels.names)
    return Numbers(found, tuple(_missing(ours, whole, found)))


def _composed(document: Document) -> Iterator[tuple[ReadParagraph, tuple[BoundNumber, ...]]]:
    section, at = "", 0
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.ordinal + block.title
        elif isinstance(block, ChartBlock):
            yield ReadParagraph(block.caption, section), ()
            at += 1
        elif isinstance(block, Paragraph):
            yield ReadParagraph(block.text, section), tuple(_runs(block, at))
            at += 1


def _runs(block: Paragraph, at: int) -> Iterator[BoundNumber]:
    start = 0
    for run in block.runs:
        meaning = meaning_of(run.figure, run.aspect)
        if meaning is not None:
            yield BoundNumber(at, start, run.text, meaning)
        start += len(run.text)


def _carried(
    ours: Sequence[ReadParagraph], theirs: Sequence[ReadParagraph], known: Known
) -> Iterator[tuple[tuple[int, int], BoundNumber]]:
    """The known numbers where they stand now."""
    from generator.align import By, align, bigrams  # only what a hand has changed needs it

    by = By[int](
        lambda at: _side(at, ours, theirs), lambda at: bigrams(_DIGITS.sub(_HELD, _side(at, ours, theirs).text)), 0.5
    )
    for pair in align(range(len(ours)), range(-1, -len(theirs) - 1, -1), by):
        if pair.old is None or pair.new is None:
            continue
        at = -1 - pair.new
        for start, place, text in _moved(ours[pair.old].text, theirs[at].text):
            number = known.get((pair.old, start))
            if number is not None and _unit(text) in (_unit(number.text), ""):
                yield (at, place), number._replace(paragraph=at, start=place, text=text)
            elif number is not None and not _unit(number.text):  # the unit is the template's
                yield (at, place), number._replace(paragraph=at, start=place, text=text.rstrip("万元%％"))


def _unit(text: str) -> str:
    """元 of an amount, % of a share."""
    return text[-1:].replace("％", "%") if text[-1:] in "元%％" else ""


def _side(at: int, ours: Sequence[ReadParagraph], theirs: Sequence[ReadParagraph]) -> ReadParagraph:
    return ours[at] if at >= 0 else theirs[-1 - at]


def _moved(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where each number of a paragraph stands in another: its start in both, and its text there; only behind the same words."""
    from difflib import SequenceMatcher

    before, after = list(_DIGITS.finditer(old)), list(_DIGITS.finditer(new))
    was, now = _DIGITS.sub(_HELD, old), _DIGITS.sub(_HELD, new)
    ours = [place for place, letter in enumerate(was) if letter == _HELD]
    theirs = {place: number for number, place in enumerate(place for place, x in enumerate(now) if x == _HELD)}
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    there = {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}
    for hit, place in zip(before, ours, strict=True):
        at = there.get(place)
        if at is not None and at in theirs and alike(_words_before(was, place), _words_before(now, at)):
            found = after[theirs[at]]
            yield hit.start(), found.start(), found[0]


def _words_before(masked: str, place: int) -> str:
    return re.split(rf"[，。；：、{_HELD}]", masked[:place])[-1]


def _missing(
    ours: Sequence[ReadParagraph], whole: Iterable[BoundNumber], found: Iterable[BoundNumber]
) -> Iterator[LostNumber]:
    there = Counter(map(_kind, found))
    for number in whole:
        there[_kind(number)] -= 1
        if there[_kind(number)] < 0:
            item = ours[number.paragraph]
            said = number.text if _denies(number) else _name(item.text, number)
            yield LostNumber(item.section, said, number.meaning, not_read(item.section, said))


def _kind(number: BoundNumber) -> tuple[Meaning, bool]:
    return number.meaning, _denies(number)


def _denies(number: BoundNumber) -> bool:
    """Whether it is a sentence that says there is nothing."""
    return number.text.startswith("无")


def _name(text: str, number: BoundNumber) -> str:
    """The words that a number follows; a 占比 is its amount's."""
    if isinstance(number.meaning, Portion):
        amount = max((hit.start() for hit in re.compile(AMOUNT).finditer(text, 0, number.start)), default=number.start)
        return f"{label(clause(text, amount))}的占比"
    words = label(clause(text, number.start)) or label(text[: number.start])
    return re.sub("(?:增加|减少|增长|下降)$", "", words) or words
