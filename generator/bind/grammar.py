"""What Chinese grammar (model/sentence.py) binds beside the numbers that are known: a 占比 is of the amount before it,
增加/减少 and 持平 of what was named. A name that nobody knows is a scope of its own, so that sentences about it can be
asked too.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.basis import LAST_YEAR
from generator.model.bound import BoundNumber, LostNumber
from generator.model.ledger import DIMENSIONS, Filter
from generator.model.meaning import Meaning, Moved, Portion, Sum, normal
from generator.model.reading import ReadParagraph
from generator.model.sentence import (
    AMOUNT,
    NAMED,
    SHARE,
    Told,
    changes,
    clause,
    core,
    label,
    levels,
    nothings,
    without_reasons,
)

Known = Mapping[tuple[int, int], BoundNumber]
"""Numbers by paragraph and where they begin."""


class Names(NamedTuple):
    """What names in a section mean by themselves: ``others`` is the dimension of which a name that nobody knows is a value,
    ``scope_of(section, name)`` the scope of one that somebody does.
    """

    others: Mapping[str, str]
    scope_of: Callable[[str, str], Filter | None]


NO_NAMES = Names({}, lambda section, name: None)


class Numbers(NamedTuple):
    """The numbers found, in order, and those that should be there and are not."""

    found: tuple[BoundNumber, ...]
    lost: tuple[LostNumber, ...]


def not_read(section: str, words: str) -> str:
    return f"“{section}”里没有读到“{words}”的数"


def completed(paragraphs: Sequence[ReadParagraph], known: Known, names: Names = NO_NAMES) -> tuple[BoundNumber, ...]:
    """The known numbers, and what grammar binds by them."""
    grammar = _Grammar(known, names)
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

    def __init__(self, known: Known, names: Names) -> None:
        self.numbers = dict(known)
        self._names = names
        self._told: dict[str, list[_Said]] = {}

    def read(self, at: int, item: ReadParagraph) -> None:
        """Bind what a paragraph says."""
        text = without_reasons(item.text)
        moved = {told.start: told for told in changes(text)}
        before = self._told.setdefault(item.section, [])
        for hit in re.compile(AMOUNT).finditer(text):
            number = self.numbers.get((at, hit.start()))
            words = clause(text, hit.start())
            if number is None and hit.start() in moved:
                self._change(at, item.section, moved[hit.start()])
                continue
            meaning = number.meaning if number else self._named(at, item.section, text, hit.start(), before)
            self._bind(at, hit.start(), hit[0], meaning)
            if isinstance(meaning, Sum):
                before.append(_Said(at, hit.start(), core(words), meaning.scope))
        self._rates(at, moved.values())
        self._shares(at, text, before)
        for start, words, of in levels(text):
            self._bind(at, start, words, _moved_of(self._about(at, item.section, of, start - len(of)), "差额"))
        for start, words, of in nothings(text):
            self._bind(at, start, words, _fund(of))

    def _bind(self, at: int, start: int, text: str, meaning: Meaning | None) -> None:
        if meaning is not None and (at, start) not in self.numbers:
            self.numbers[at, start] = BoundNumber(at, start, text, meaning)

    def _change(self, at: int, section: str, told: Told) -> None:
        self._bind(
            at, told.start, told.by.printed, _moved_of(self._about(at, section, told.subject, told.words), "差额")
        )

    def _about(self, at: int, section: str, subject: str, start: int) -> Filter | None:
        """What a comparison is about: the amount of that name; where it has none, the one right before or the paragraph's first."""
        before, name = self._told[section], core(subject)
        if name in ("", "收支"):
            beside = next(
                (one for one in self.numbers.values() if (one.paragraph, one.start + len(one.text)) == (at, start - 1)),
                None,
            )
            if not name and beside is not None and isinstance(beside.meaning, Sum):
                return beside.meaning.scope
            return next((said.scope for said in before if said.paragraph == at), None)
        same = [said for said in before if said.words == name]
        like = [said for said in before if said.words and (said.words.endswith(name) or name.endswith(said.words))]
        return (same or like)[0].scope if same or like else self._names.scope_of(section, subject)

    def _rates(self, at: int, moved: Iterable[Told]) -> None:
        for told in moved:
            number = self.numbers.get((at, told.start))
            if told.rate and number and isinstance(number.meaning, Moved):
                self._bind(at, *told.rate, _moved_of(number.meaning.scope, "增幅"))

    def _named(self, at: int, section: str, text: str, start: int, before: Sequence[_Said]) -> Sum | None:
        """An amount nobody knows: by its name, and behind 其中 or （含 as a part of what was told before."""
        words = clause(text, start)
        name = core(words) or label(words)
        if not name:
            return None
        among = max(text.rfind("其中", 0, start), text.rfind("（含", 0, start))
        wholes = [said for said in before if said.paragraph == at and said.start < among] if among >= 0 else []
        held = next(
            ((one, (value,)) for one, row in DIMENSIONS.items() for value in row.choices if core(value) == name), None
        )
        if held is None and self._names.others.get(section):
            held = self._names.others[section], (name,)
        if wholes and held:
            return Sum(normal(wholes[-1].scope.narrowed(held)))
        inside = wholes[-1].scope.terms if wholes else ()
        return Sum(
            normal(Filter(tuple(term for term in inside if term[0] != NAMED)).narrowed((NAMED, (f"{section}·{name}",))))
        )

    def _shares(self, at: int, text: str, before: Sequence[_Said]) -> None:
        here = [one for one in before if one.paragraph == at]
        shared: set[int] = set()  # where amounts stand that a 占比 is behind: none of them is the whole of the next
        for hit in re.compile(SHARE).finditer(text):
            part = next((one for one in reversed(here) if one.start < hit.start()), None)
            whole = next(
                (one for one in reversed(here) if part and one.start < part.start and one.start not in shared), None
            )
            shared.update([part.start] if part else [])
            if part and whole:
                self._bind(at, hit.start(1), hit[0][hit.start(1) - hit.start() :], Portion(part.scope, whole.scope))


def _moved_of(scope: Filter | None, aspect: str) -> Moved | None:
    return Moved(scope, aspect, LAST_YEAR.name) if scope is not None else None


def _fund(words: str) -> Sum | None:
    """“政府性基金预算拨款” of “无政府性基金预算拨款安排的支出”."""
    found = next((value for value in DIMENSIONS["资金"].choices if core(value) in words), None)
    return Sum(normal(Filter((("资金", (found,)),)))) if found else None
