"""The relations of our own document, proved once for a format, the sentences it takes and the kinds of money in a ledger.

Our cells are sums of the ledger and our sentences print them, so that whether they agree follows from what definitions
and templates select. What is asked again is a changed definition, a sentence no earlier document had, a kind of entry that
no earlier ledger had, or a changed program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.check.book_rules import Derived
from generator.check.rules import Asked, Checked, Outcome
from generator.model.document import Document, Heading, Paragraph, Run
from generator.model.figure import Change, Fact, Figure, Share
from generator.model.remember import Remember, program
from generator.model.table_spec import TableSpec

_DIGITS = frozenset("123456789")


def proved(ask: Callable[[], Checked], derived: Derived, document: Document, remember: Remember) -> Checked:
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
    profile, ledger = derived.profile, derived.inputs.ledger
    kinds = {
        (
            line.fund, line.origin, line.period, line.use, line.project_kind, line.department_economic[:3], line.own,
            bool(line.money),
        )
        for line in ledger.all_lines
    }  # fmt: skip
    tables = [_words(_Same(table)) for table in profile.tables]
    place = (tables, profile.conventions, profile.own, profile.sums, profile.compositions)
    return (
        program("check", "bind", "model")
        + repr((place, ledger.scale, sorted(kinds), tuple(_sentences(document))))
        .replace(derived.inputs.department.name, "")
        .encode()
    )


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


def _sentences(document: Document) -> Iterator[object]:
    """Headings and paragraphs with what their numbers are in place of the numbers; words that a person typed left out."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.ordinal
        elif isinstance(block, Paragraph):
            yield tuple(map(_part, block.runs))


def _part(run: Run) -> object:
    match run.figure:
        case None:
            return "" if run.position else run.text
        case Figure(key=key, scope=scope):
            what: object = key or scope
        case Share(part=part, whole=whole):
            what = part.key, whole.key
        case Change(current=current, basis=basis):
            what = current.key, basis.name
        case Fact(key=key):
            what = key
        case _:
            what = ""
    return what, run.aspect, not _DIGITS.isdisjoint(run.text)
