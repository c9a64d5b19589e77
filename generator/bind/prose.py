"""The numbers of prose with their meanings: of our own document by its runs, of others by the national statement.

Then Chinese grammar (model/sentence.py) binds what follows from them: a 占比 is of the amount before it, 增加/减少 and
持平 of what was named. A name that nobody knows is a scope of its own, so that sentences about it can be asked too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.align import By, align, bigrams
from generator.model.basis import LAST_YEAR
from generator.model.bound import BoundNumber, LostNumber
from generator.model.document import ChartBlock, Document, Heading, Paragraph
from generator.model.ledger import DIMENSIONS, Filter
from generator.model.meaning import Meaning, Moved, Part, Sum, Typed, meaning_of, normal
from generator.model.reading import Reading, ReadParagraph
from generator.model.sentence import (
    AMOUNT,
    SHARE,
    Told,
    alike,
    changes,
    clause,
    core,
    label,
    levels,
    nothings,
    without_reasons,
)
from generator.model.statement import Entry, Section, Statement

_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元|[%％])?")
_HELD = "\ue000"
NAMED = "称"
"""The dimension of amounts that only a sentence names."""


class Numbers(NamedTuple):
    """The numbers found, in order, and those that should be there and are not."""

    found: tuple[BoundNumber, ...]
    lost: tuple[LostNumber, ...]


def numbers_of(document: Document, reading: Reading) -> Numbers:
    """The numbers of our own document in a reading of it, also one that a hand has changed.

    A number that stands where a run stood, behind the same words, is that run's.
    """
    meant = tuple(_composed(document))
    known = {(at, number.start): number for at, (_, numbers) in enumerate(meant) for number in numbers}
    ours, theirs = [item for item, _ in meant], reading.paragraphs
    whole = _completed(ours, known)
    if [item.text for item in ours] == [item.text for item in theirs]:
        return Numbers(whole, ())
    found = _completed(theirs, dict(_carried(ours, theirs, known)))
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
    ours: Sequence[ReadParagraph], theirs: Sequence[ReadParagraph], known: Mapping[tuple[int, int], BoundNumber]
) -> Iterator[tuple[tuple[int, int], BoundNumber]]:
    """The known numbers where they stand now."""
    by = By[int](
        lambda at: _side(at, ours, theirs), lambda at: bigrams(_DIGITS.sub(_HELD, _side(at, ours, theirs).text)), 0.5
    )
    for pair in align(range(len(ours)), range(-1, -len(theirs) - 1, -1), by):
        if pair.old is None or pair.new is None:
            continue
        at = -1 - pair.new
        for start, place, text in _moved(ours[pair.old].text, theirs[at].text):
            number = known.get((pair.old, start))
            if number is not None:
                bare = text.rstrip("万元%％") if number.text[-1:].isdigit() else text
                yield (at, place), number._replace(paragraph=at, start=place, text=bare)


def _side(at: int, ours: Sequence[ReadParagraph], theirs: Sequence[ReadParagraph]) -> ReadParagraph:
    return ours[at] if at >= 0 else theirs[-1 - at]


def _moved(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where each number of a paragraph stands in another: its start in both, and its text there; only behind the same words."""
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
    there = Counter(number.meaning for number in found)
    for number in whole:
        there[number.meaning] -= 1
        if there[number.meaning] < 0:
            item = ours[number.paragraph]
            words = _name(item.text, number)
            said = number.text if not number.text[-1:].isdigit() and number.text.startswith("无") else words
            yield LostNumber(item.section, said, number.meaning, _not_read(item.section, said))


def _name(text: str, number: BoundNumber) -> str:
    """The words that a number follows; a 占比 is its amount's."""
    if isinstance(number.meaning, Part):
        amount = max((hit.start() for hit in AMOUNT.finditer(text, 0, number.start)), default=number.start)
        return f"{label(clause(text, amount))}的占比"
    return label(clause(text, number.start)) or label(text[: number.start])


def _not_read(section: str, words: str) -> str:
    return f"“{section}”里没有读到“{words}”的数"


def numbers_by(statement: Statement, reading: Reading) -> Numbers:
    """The numbers of anybody's document, by the headings and labels of the national statement."""
    sections: dict[str, Section] = {}
    spoken = {item.section for item in reading.paragraphs}
    for heading in reading.headings:
        found = statement.section_of(heading.text) if heading.level > 1 and heading.text in spoken else None
        if found is not None:
            sections[heading.text] = found
    twice = {title: also for title in sections if (also := _like(title, sections)) is not None}
    known: dict[tuple[int, int], BoundNumber] = {}
    for at, item in enumerate(reading.paragraphs):
        section = sections.get(item.section) if item.section not in twice else None
        for number in _labelled(at, without_reasons(item.text), section.entries) if section else ():
            known[at, number.start] = number
    others = {title: section.others for title, section in sections.items()}
    numbers = _completed(reading.paragraphs, known, others)
    return Numbers(numbers, tuple(_unsaid(reading, sections, twice, numbers)))


def _like(title: str, sections: Mapping[str, Section]) -> str | None:
    return next((other for other in sections if other != title and sections[other] is sections[title]), None)


def _labelled(at: int, text: str, entries: Sequence[Entry]) -> Iterator[BoundNumber]:
    moved = {told.start for told in changes(text)}
    for hit in AMOUNT.finditer(text):
        words = label(clause(text, hit.start()))
        entry = _entry(words, entries) if hit.start() not in moved else None
        if entry is not None:
            yield BoundNumber(at, hit.start(), hit[0], entry.meaning)
    for entry in entries:
        if isinstance(entry.meaning, Typed):
            yield from _counted(at, text, entry.words, entry.meaning)


def _entry(words: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry with the longest words that these end in, 预算, 支出 and the like not counted."""
    fits = [
        (len(known), entry)
        for entry in entries
        for known in entry.words
        if words.endswith(known) or (core(known) and core(words).endswith(core(known)))
    ]
    return max(fits, key=lambda one: one[0])[1] if fits else None


def _counted(at: int, text: str, names: Sequence[str], meaning: Typed) -> Iterator[BoundNumber]:
    """A count (车辆3辆) and those listed behind 其中, each named as its group's: 国有资产.其他用车."""
    found = re.search(rf"(?:{'|'.join(names)})(\d{{1,9}})([^\d，。；：、])(?:，其中[:：]([^；。]*))?", text)
    if found is None or found[2] in "万元%％":
        return
    yield BoundNumber(at, found.start(1), found[1], meaning)
    group = meaning.name.rpartition(".")[0]
    for part in re.finditer(rf"([^，、；\d]*)(\d{{1,9}}){found[2]}", found[3] or ""):
        yield BoundNumber(at, found.start(3) + part.start(2), part[2], Typed(f"{group}.{part[1].strip()}"))


def _unsaid(
    reading: Reading, sections: Mapping[str, Section], twice: Mapping[str, str], found: Sequence[BoundNumber]
) -> Iterator[LostNumber]:
    """What a section must say and does not; all of it where two sections can't be told apart."""
    said = {(reading.paragraphs[number.paragraph].section, number.meaning) for number in found}
    for title, section in sections.items():
        why = f"“{title}”和“{twice[title]}”分不清" if title in twice else ""
        for entry in section.entries:
            if why or (entry.required and (title, entry.meaning) not in said):
                yield LostNumber(title, entry.words[0], entry.meaning, why or _not_read(title, entry.words[0]))
        if section.none is not None and (title, Sum(section.none)) not in said:
            yield LostNumber(title, "无此项支出", Sum(section.none), why or _not_read(title, "无此项支出"))


def _completed(
    paragraphs: Sequence[ReadParagraph],
    known: Mapping[tuple[int, int], BoundNumber],
    others: Mapping[str, str] | None = None,
) -> tuple[BoundNumber, ...]:
    """The known numbers, and what grammar binds by them."""
    grammar = _Grammar(known, others or {})
    for at, item in enumerate(paragraphs):
        grammar.read(at, item)
    return tuple(sorted(grammar.numbers.values(), key=lambda number: number[:2]))


class _Said(NamedTuple):
    """An amount told before: where, its words, its scope."""

    paragraph: int
    start: int
    words: str
    scope: Filter


class _Grammar:
    """Reads paragraph after paragraph; what a section has told so far is what later sentences are about."""

    def __init__(self, known: Mapping[tuple[int, int], BoundNumber], others: Mapping[str, str]) -> None:
        self.numbers = dict(known)
        self._others = others
        self._told: dict[str, list[_Said]] = {}
        self._shared: set[tuple[int, int]] = set()  # where amounts stand that a 占比 is behind

    def read(self, at: int, item: ReadParagraph) -> None:
        """Bind what a paragraph says."""
        text = without_reasons(item.text)
        moved = {told.start: told for told in changes(text)}
        before = self._told.setdefault(item.section, [])
        for hit in AMOUNT.finditer(text):
            number = self.numbers.get((at, hit.start()))
            words = clause(text, hit.start())
            if number is None and hit.start() in moved:
                self._change(at, moved[hit.start()], before)
                continue
            meaning = number.meaning if number else self._named(at, item.section, text, hit.start(), before)
            self._bind(at, hit.start(), hit[0], meaning)
            if isinstance(meaning, Sum):
                before.append(_Said(at, hit.start(), core(words), meaning.scope))
        self._rates(at, moved.values())
        self._shares(at, text, before)
        for start, words, of in levels(text):
            self._bind(at, start, words, _moved_of(_about(at, of, before), "差额"))
        for start, words, of in nothings(text):
            self._bind(at, start, words, _fund(of))

    def _bind(self, at: int, start: int, text: str, meaning: Meaning | None) -> None:
        if meaning is not None and (at, start) not in self.numbers:
            self.numbers[at, start] = BoundNumber(at, start, text, meaning)

    def _change(self, at: int, told: Told, before: Sequence[_Said]) -> None:
        self._bind(at, told.start, told.by.printed, _moved_of(_about(at, told.subject, before), "差额"))

    def _rates(self, at: int, moved: Iterable[Told]) -> None:
        for told in moved:
            number = self.numbers.get((at, told.start))
            if told.rate and number and isinstance(number.meaning, Moved):
                self._bind(at, *told.rate, _moved_of(number.meaning.scope, "增幅"))

    def _named(self, at: int, section: str, text: str, start: int, before: Sequence[_Said]) -> Sum | None:
        """An amount nobody knows: by its name, and behind 其中 as a part of what was told before."""
        words = clause(text, start)
        name = core(words) or label(words)
        if not name:
            return None
        among = text.rfind("其中", 0, start)
        wholes = [said for said in before if said.paragraph == at and said.start < among] if among >= 0 else []
        held = next(
            ((one, (value,)) for one, row in DIMENSIONS.items() for value in row.choices if core(value) == name), None
        )
        if held is None and self._others.get(section):
            held = self._others[section], (name,)
        if wholes and held:
            return Sum(normal(wholes[-1].scope.narrowed(held)))
        inside = wholes[-1].scope.terms if wholes else ()
        return Sum(
            normal(Filter(tuple(term for term in inside if term[0] != NAMED)).narrowed((NAMED, (f"{section}·{name}",))))
        )

    def _shares(self, at: int, text: str, before: Sequence[_Said]) -> None:
        for hit in SHARE.finditer(text):
            part = next((one for one in reversed(before) if one[:2] < (at, hit.start())), None)
            whole = next(
                (one for one in reversed(before) if part and one[:2] < part[:2] and one[:2] not in self._shared), None
            )
            if part:
                self._shared.add(part[:2])
            if part and whole:
                self._bind(at, hit.start(1), hit[0][hit.start(1) - hit.start() :], Part(part.scope, whole.scope))


def _about(at: int, subject: str, before: Sequence[_Said]) -> Filter | None:
    """What a comparison is about: the amount of that name, or the paragraph's first where it has none."""
    name = core(subject)
    if name in ("", "收支"):
        return next((said.scope for said in before if said.paragraph == at), None)
    same = [said for said in before if said.words == name]
    like = [said for said in before if said.words and (said.words.endswith(name) or name.endswith(said.words))]
    return (same or like)[0].scope if same or like else None


def _moved_of(scope: Filter | None, aspect: str) -> Moved | None:
    return Moved(scope, aspect, LAST_YEAR.name) if scope is not None else None


def _fund(words: str) -> Sum | None:
    """“政府性基金预算拨款” of “无政府性基金预算拨款安排的支出”."""
    found = next((value for value in DIMENSIONS["资金"].choices if core(value) in words), None)
    return Sum(normal(Filter((("资金", (found,)),)))) if found else None
