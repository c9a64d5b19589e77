"""The numbers of anybody's document, by the headings and labels of the national statement (a data file)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.bind.grammar import Known, Names, Numbers, completed, not_read
from generator.model.bound import BoundNumber, LostNumber
from generator.model.ledger import Filter
from generator.model.meaning import Sum, Typed
from generator.model.reading import Reading
from generator.model.sentence import AMOUNT, changes, clause, core, label, subject, without_reasons
from generator.model.statement import Label, Section, Statement


class Labelled(NamedTuple):
    """The numbers that labels tell, the sections by their headings, and those that can't be told from another."""

    known: Known
    sections: Mapping[str, Section]
    twice: Mapping[str, str]

    @property
    def names(self) -> Names:
        """What its sections' labels and other words mean where no amount stands behind them."""
        return Names({title: section.others for title, section in self.sections.items()}, self._scope_of)

    def _scope_of(self, title: str, name: str) -> Filter | None:
        section = self.sections.get(title) if title not in self.twice else None
        entry = _entry(subject(name), section.entries) if section else None
        return entry.meaning.scope if entry is not None and isinstance(entry.meaning, Sum) else None


def numbers_by(statement: Statement, reading: Reading) -> Numbers:
    """The numbers found by labels and by grammar, and those that a section should tell and does not."""
    labels = labelled(statement, reading)
    numbers = completed(reading.paragraphs, labels.known, labels.names)
    return Numbers(numbers, tuple(_unsaid(reading, labels, numbers)))


def labelled(statement: Statement, reading: Reading) -> Labelled:
    """The numbers right behind a label of the section they stand in."""
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
    return Labelled(known, sections, twice)


def _like(title: str, sections: Mapping[str, Section]) -> str | None:
    return next((other for other in sections if other != title and sections[other] is sections[title]), None)


def _labelled(at: int, text: str, entries: Sequence[Label]) -> Iterator[BoundNumber]:
    moved = {told.start for told in changes(text)}
    for hit in re.compile(AMOUNT).finditer(text):
        words = label(clause(text, hit.start()))
        entry = _entry(words, entries) if hit.start() not in moved else None
        if entry is not None:
            yield BoundNumber(at, hit.start(), hit[0], entry.meaning)
    for entry in entries:
        if isinstance(entry.meaning, Typed):
            yield from _counted(at, text, entry.words, entry.meaning)


def _entry(words: str, entries: Sequence[Label]) -> Label | None:
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
    found = re.search(rf"(?:{'|'.join(names)})(\d{{1,9}})([^\d.,，。；：、])(?:，其中[:：]([^；。]*))?", text)
    if found is None or found[2] in "万元%％":
        return
    yield BoundNumber(at, found.start(1), found[1], meaning)
    group = meaning.name.rpartition(".")[0]
    for part in re.finditer(rf"([^，、；\d]*)(\d{{1,9}}){found[2]}", found[3] or ""):
        yield BoundNumber(at, found.start(3) + part.start(2), part[2], Typed(f"{group}.{part[1].strip()}"))


def _unsaid(reading: Reading, labels: Labelled, found: Sequence[BoundNumber]) -> Iterator[LostNumber]:
    """What a section must say and does not; all of it where two sections can't be told apart."""
    said = {(reading.paragraphs[number.paragraph].section, number.meaning) for number in found}
    for title, section in labels.sections.items():
        why = f"“{title}”和“{labels.twice[title]}”分不清" if title in labels.twice else ""
        for entry in section.entries:
            if why or (entry.required and (title, entry.meaning) not in said):
                yield LostNumber(title, entry.words[0], entry.meaning, why or not_read(title, entry.words[0]))
        if section.none is not None and (title, Sum(section.none)) not in said:
            yield LostNumber(title, "无此项支出", Sum(section.none), why or not_read(title, "无此项支出"))
