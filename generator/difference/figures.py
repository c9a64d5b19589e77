"""The named figures of two books, and what became of their shares and changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.model.basis import key_of
from generator.model.book import Book
from generator.model.difference import FigureChange, Value
from generator.model.figure import Change
from generator.model.money import Money


def changed_figures(old: Book, new: Book) -> tuple[FigureChange, ...]:
    """Every figure, fact, share and change that has another value, in the new book's order."""
    before, after = dict(_values(old)), dict(_values(new))
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FigureChange(name, before.get(name), after.get(name), _delta(before.get(name), after.get(name)))
        for name in names
        if not _same(before.get(name), after.get(name))
    )


def _values(book: Book) -> Iterator[tuple[str, Value]]:
    for name, figure in book.figures.items():
        yield name, figure.money
    for name, fact in book.facts.items():
        yield name, fact.value
    for (part, whole), share in book.shares.items():
        if share.percent is not None:
            yield f"{part}占{whole}", share.percent
    for changes in book.comparisons.values():
        for name, change in changes.items():
            yield from _of_change(name, change)


def _of_change(name: str, change: Change) -> Iterator[tuple[str, Value]]:
    basis = key_of(change.basis)
    yield f"{name}{basis}数", change.prior_money
    yield f"{name}比{basis}增减", change.delta
    if change.rate is not None:
        yield f"{name}比{basis}增减幅度", -change.rate if change.delta.amount < 0 else change.rate


def _same(old: Value | None, new: Value | None) -> bool:
    if isinstance(old, Money) and isinstance(new, Money):
        return old == new or old.convert(new.scale) == new
    return type(old) is type(new) and old == new


def _delta(old: Value | None, new: Value | None) -> Value | None:
    if isinstance(old, Money) and isinstance(new, Money):
        return new - old.convert(new.scale)
    if isinstance(old, Decimal) and isinstance(new, Decimal):
        return new - old
    if isinstance(old, int) and isinstance(new, int):
        return new - old
    return None
