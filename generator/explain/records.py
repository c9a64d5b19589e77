"""清单: what a person typed record by record, as an explanation names it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.department import Department
from generator.model.money import Money
from generator.model.record import Record
from generator.model.source import Passage, Position, Text

LIST = "清单"


def record_words(department: Department) -> Iterator[Passage]:
    """Every text of every record, each with its place; the rules on words don't read them."""
    for name, _, record in _each(department):
        for column, place in record.places.items():
            if record.text(column):
                yield Passage(LIST, f"“{name}”的“{column}”", Text(record.text(column), place))


def record_amounts(department: Department) -> dict[Position, tuple[str, Money | int]]:
    """Every amount and count by where it was typed: which it is of which record, and how much."""
    found: dict[Position, tuple[str, Money | int]] = {}
    for name, whose, record in _each(department):
        for column, place in record.places.items():
            value = record.values[column]
            if not isinstance(value, str):
                found[place] = f"“{name}”{whose} {column}", value
    return found


def _each(department: Department) -> Iterator[tuple[str, str, Record]]:
    """List, the words that tell a record from the others, and the record."""
    for name, records in department.records.items():
        for record in records:
            said = (record.text(column) for column in record.values)
            yield name, "、".join(filter(None, said)), record
