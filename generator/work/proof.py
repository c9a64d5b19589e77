"""The relations of our own document, proved once for a format, the sentences it takes and the kinds of money in a ledger.

Our cells are sums of the ledger and our sentences print them, so that whether they agree follows from what definitions
and templates select. What is asked again is a changed definition, a sentence no earlier document had, a kind of entry that
no earlier ledger had, or a changed program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.rules import Asked, Checked, Outcome
from generator.model.department import Department
from generator.model.document import Document, Heading, Paragraph, Run
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.remember import Remember, program
from generator.model.table_spec import TableSpec

Ask = Callable[[], Checked]
Prove = Callable[[Ask, Derived, Document], Checked]
"""Given how to ask the relations of a document: what they come to, asked now or known from earlier documents."""
_DIGITS = frozenset("123456789")
_MOST = 1 << 12


def asked_always(ask: Ask, derived: Derived, document: Document) -> Checked:
    """A ``Prove`` that knows nothing."""
    return ask()


class Proofs:
    """The relations of many departments' documents: asked of those that have something no earlier document had.

    That is a sentence, a number of a sentence that is 0 or is not, a kind of entry down to the 类 of its 部门经济, or two kinds
    beside each other without that. ``proved`` asks for every combination of them: of thousands of departments each has its
    own. A rule that is not asked again came to what it came to for the first document of the place.
    """

    def __init__(self, remember: Remember) -> None:
        self._remember = remember
        self._known: dict[bytes, _Known] = {}

    def prove(self, ask: Ask, derived: Derived, document: Document) -> Checked:
        """A ``Prove``: what is wrong is always told anew, and what was found wrong proves nothing."""
        place, kinds = _place(derived), _kinds(derived)
        coarse = {(*kind[:_ECONOMIC], *kind[_ECONOMIC + 1 :]) for kind in kinds}
        pairs = combinations(sorted(coarse, key=repr), 2)
        parts = {*kinds, *pairs, *_anybodys(derived, document)}
        known = self._known.get(place)
        if known is not None and parts <= known.parts:
            return known.came_to
        checked = proved(self._remember, ask, derived, document)
        if not any(one.outcome is Outcome.FAILED for one in checked.asked):
            known = self._known.setdefault(place, _Known(checked, set()))
            if len(known.parts) > _MOST:
                known.parts.clear()
            known.parts.update(parts)
        return checked


class _Known(NamedTuple):
    """What asking a place's first document came to, and all that documents had of which nothing was wrong."""

    came_to: Checked
    parts: set[Hashable]


def proved(remember: Remember, ask: Ask, derived: Derived, document: Document) -> Checked:
    """What ``ask`` finds, or what it came to for an earlier document like this one; what is wrong is always told anew."""
    now: list[Checked] = []

    def asked() -> bytes:
        now.append(ask())
        return "\n".join(f"{one.code}\t{one.outcome.value}\t{one.why}" for one in now[0].asked).encode()

    kept = remember(_like(derived, document), asked).decode()
    if now:
        return now[0]
    lines = [line.split("\t") for line in kept.split("\n")]
    outcomes = tuple(Asked(code, Outcome(outcome), why) for code, outcome, why in lines)
    return ask() if any(one.outcome is Outcome.FAILED for one in outcomes) else Checked((), outcomes)


def _like(derived: Derived, document: Document) -> bytes:
    """What documents have in common whose relations hold alike; whose they are is no part of it."""
    return _place(derived) + (
        repr((sorted(_kinds(derived)), tuple(_sentences(document))))
        .replace(derived.inputs.department.name, "")
        .encode()
    )


def _place(derived: Derived) -> bytes:
    """The program, the definitions, and in what unit."""
    profile = derived.profile
    tables = [_words(_Same(table)) for table in profile.tables]
    place = (tables, profile.conventions, profile.own, profile.sums, profile.compositions, derived.inputs.ledger.scale)
    return program("check", "bind", "model") + repr(place).encode()


_ECONOMIC = 5
"""Where a kind of entry has the 类 of its 部门经济."""


def _kinds(derived: Derived) -> set[tuple[Hashable, ...]]:
    """The kinds of entry of a ledger."""
    return {
        (
            line.fund, line.origin, line.period, line.use, line.project_kind, line.department_economic[:3], line.own,
            bool(line.money),
        )
        for line in derived.inputs.ledger.all_lines
    }  # fmt: skip


class _Same:
    """A definition as a key: only itself is the same, since to compare all that is in it takes as long as to tell it."""

    def __init__(self, table: TableSpec) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.table is other.table


@lru_cache(maxsize=1 << 7)
def _words(same: _Same) -> str:
    """All of a definition, told once for every document of its place."""
    return repr(same.table)


def _sentences(document: Document) -> Iterator[str | tuple[Hashable, ...]]:
    """Headings and paragraphs with what their numbers are in place of the numbers; words that a person typed left out."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.ordinal
        elif isinstance(block, Paragraph):
            yield tuple(map(_part, block.runs))


def _anybodys(derived: Derived, document: Document) -> Iterator[Hashable]:
    """The same without a department's own words and what moved its amounts; whether a number is 0 is told of each by itself."""
    own, changes = _own(derived.inputs.department), derived.book.comparisons.values()
    drafts = (change.draft for group in changes for change in group.values() if change.draft is not None)
    movers = {mover.name for draft in drafts for mover in draft.movers}
    for sentence in _sentences(document):
        if isinstance(sentence, str):
            yield _without(own, sentence)
            continue
        said = tuple(
            [
                part[:-1] if isinstance(part, tuple) else "" if part in movers else _without(own, str(part))
                for part in sentence
            ]
        )
        yield said
        yield from ((said, at, part[-1]) for at, part in enumerate(sentence) if isinstance(part, tuple))


def _own(department: Department) -> list[str]:
    """What a department alone says: names, duties, offices, lists. The longest first, as one may be part of another.

    Words with an amount in them are like a template's: a rule may hold it against others.
    """
    structure = department.structure
    said = {
        department.name, *department.agencies.values(), *department.duties, structure.scope, structure.owner, *structure.offices,
        *(text.value for texts in department.words.values() for text in texts),
    }  # fmt: skip
    return sorted((words for words in said if words and not re.search(_TELLING, words)), key=len, reverse=True)


_TELLING = r"\d(?:万?元|[%％])|绩效目标|年(?:期?末|底|12月31日)"
"""Words that rules of sentences look for."""


def _without(own: Sequence[str], text: str) -> str:
    """A text without them; nothing of one that only lists some."""
    left = text
    for words in own:
        if words in left:
            left = left.replace(words, "")
    return left if left == text else left.strip("、和")


def _part(run: Run) -> Hashable:
    match run.figure:
        case None:
            return "" if run.position else run.text
        case Figure(key=key, scope=scope):
            what: Hashable = key or scope
        case Share(part=part, whole=whole):
            what = part.key, whole.key
        case Change(current=current, basis=basis):
            what = current.key, basis.name
        case Fact(key=key):
            what = key
        case _:
            what = ""
    return what, run.aspect, not _DIGITS.isdisjoint(run.text)
