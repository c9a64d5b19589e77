"""Numbers that no figure stands behind: in the department's own words, in codes, years, ordinals, the format's words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from generator.explain.printed import Made, Number, Origin, clause, is_ordinal
from generator.model.explanation import Explanation, Kind, Typed
from generator.model.ledger import value_of
from generator.model.profile import ordinal_pattern
from generator.model.source import Passage, Position, occurrences

_WINDOWS = (12, 8, 5, 2, 0)
Keyed = tuple[Hashable, Explanation]


class _Found(NamedTuple):
    """A passage in a stretch, and where in the passage the number stands; −1 when the stretch says it differently."""

    passage: Passage
    offset: int


class Words:
    """Tells of the numbers in words."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._department = made.inputs.department
        self.typed = self._department.passages
        if self._department.records:
            from generator.explain.records import record_words  # few places have lists

            self.typed += tuple(record_words(self._department))

    def tell(self, number: Number) -> Keyed:
        """What to know the number by, and its explanation without places."""
        if number.printed.origin is Origin.CODE:
            return self._code(number)
        if number.printed.origin is Origin.ORDINAL:
            return _ordinal(number)
        found = self.passages(number)
        if found:
            return self._own(number, found)
        return self._year(number) or self._counted(number) or self._format(number)

    def passages(self, number: Number) -> list[_Found]:
        """The department's words that stand where the number is: those typed there, else the longest that fit."""
        hint = number.printed.hint
        exact = [item for item in self.typed if item.text.position == hint]
        fitting = list(_fitting(exact, number)) or list(_fitting(self.typed, number))
        if exact and number.printed.numeric is not None:
            return list(_fitting(exact, number))[:1] or [_Found(exact[0], -1)]
        longest = max((len(found.passage.text.value) for found in fitting), default=0)
        return _nearest([found for found in fitting if len(found.passage.text.value) == longest], hint)

    def _own(self, number: Number, found: list[_Found]) -> Keyed:
        typed = tuple(
            Typed(
                item.passage.at(item.offset) if item.offset >= 0 else item.passage.text.position,
                clause(item.passage.text.value, max(item.offset, 0), max(item.offset, 0) + len(number.text)),
            )
            for item in found
        )
        names = "，或".join(_name(item.passage) for item in found)
        notes = ("同样的话填了几处，这里可能是其中任何一处",) if len(found) > 1 else ()
        key = ("own", tuple(item.position for item in typed), number.text)
        return key, Explanation(Kind.OWN, names, number.text, notes, typed)

    def _code(self, number: Number) -> Keyed:
        dimension, code = number.printed.code
        typed: tuple[Typed, ...]
        if dimension:
            named = f"{code} {self._made.inputs.classification.names(dimension).get(code, '')}".strip()
            lines = [line for line in self._made.inputs.ledger.all_lines if value_of(dimension)(line).startswith(code)]
            typed = tuple(Typed(line.position, named) for line in lines)
            return ("code", dimension, code), Explanation(Kind.CODE, dimension + named, number.text, (), typed)
        project = self._department.projects.get(code)
        if project is not None:
            typed = (Typed(project.position, f"项目“{project.name}”"),)
            return ("code", "项目", code), Explanation(Kind.CODE, f"项目编码：{project.name}", code, (), typed)
        name = self._department.agencies.get(code) or self._department.name
        typed = (Typed(self._file("department.yaml", f'"{code}"'), name),)
        return ("code", "单位", code), Explanation(Kind.CODE, f"单位代码：{name}", code, (), typed)

    def _year(self, number: Number) -> Keyed | None:
        year, text = self._department.year, number.printed.text
        if number.text not in (str(year), str(year - 1)) or (text != number.text and f"{number.text}年" not in text):
            return None
        name = "预算年度" if number.text == str(year) else "上一年度，预算年度减1"
        typed = (Typed(self._file("department.yaml", "年度:"), f"年度：{year}"),)
        return ("year", number.text), Explanation(Kind.YEAR, name, number.text, ("也是数据目录的名称",), typed)

    def _counted(self, number: Number) -> Keyed | None:
        """A number the program counts: at the start of a line or a label, a table's number, a reference to a table."""
        numbering, place = self._made.profile.numbering, number.printed.place
        text = number.printed.text
        line = text.rfind("\n", 0, number.start) + 1
        for pattern in numbering.ordinals:
            found = re.match(ordinal_pattern(pattern), text[line:])
            if found and found.end() > number.start - line and is_ordinal(found[0], self._made.profile):
                return _ordinal(number)
        references = re.finditer(ordinal_pattern(numbering.reference), text)
        if any(found.start() <= number.start < found.end() for found in references):
            return _ordinal(number)
        caption = place.table and not place.row and not place.column and number.text == str(place.table)
        return _ordinal(number) if caption else None

    def _format(self, number: Number) -> Keyed:
        position, words = self._in_format(number)
        return ("format", position, words, number.text), Explanation(
            Kind.FORMAT, words, number.text, (), (Typed(position, words),)
        )

    def _in_format(self, number: Number) -> tuple[Position, str]:
        """Where the profile says so: the widest words around the number that one of its files holds."""
        printed, end = number.printed, number.start + len(number.text)
        words = clause(printed.text, number.start, end)
        spec = next((table for table in self._made.profile.tables if table.title.value == printed.place.title), None)
        own = spec.title.position.file if spec else ""
        names = [own] if own else [name for name in self._made.texts if not name.startswith(self._made.inputs.folder)]
        for width in _WINDOWS:
            wanted = printed.text[max(0, number.start - width) : end + width]
            for name in names:
                place = self._found(name, wanted)
                if place is not None:
                    return place._replace(column=place.column + wanted.index(number.text)), words
        return Position(own or self._made.profile.title.position.file), words

    def _file(self, name: str, words: str) -> Position:
        """Where words stand in a file of the year's folder; the file alone when they don't."""
        path = f"{self._made.inputs.folder}/{name}"
        return self._found(path, words) or Position(path)

    def _found(self, name: str, words: str) -> Position | None:
        source = self._made.texts.get(name)
        place = source.text.find(words) if source else -1
        return source.at(place) if source and place >= 0 else None


def _fitting(passages: Iterable[Passage], number: Number) -> Iterator[_Found]:
    """The passages that the stretch holds around the number."""
    start, end = number.start, number.start + len(number.text)
    for passage in passages:
        words = passage.text.value.strip()
        before = passage.text.value.find(words)
        for place in occurrences(words, number.printed.text):
            if place <= start and end <= place + len(words):
                yield _Found(passage, start - place + before)


def _nearest(found: list[_Found], hint: Position | None) -> list[_Found]:
    """The one typed nearest to where the document says; all of them when it doesn't say."""
    unique = list({item.passage.text.position: item for item in found}.values())
    if hint is None or len(unique) < 2:
        return unique
    same = [item for item in unique if item.passage.text.position.file == hint.file]
    return sorted(same, key=lambda item: abs(item.passage.text.position.line - hint.line))[:1] or unique


def _ordinal(number: Number) -> Keyed:
    return ("ordinal", number.text), Explanation(Kind.ORDINAL, "程序按先后编的号", number.text)


def _name(passage: Passage) -> str:
    return f"{passage.kind}（{passage.place}）" if passage.place else passage.kind
