"""What a rule is, and how a tuple of them is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from generator.model.problem import Note, Problem, Problems, Severity
from generator.model.source import Position

Noun = TypeVar("Noun")


class Finding(NamedTuple):
    """What a rule found: the sentence, the remedy, and where."""

    message: str
    remedy: str
    position: Position
    notes: tuple[Note, ...] = ()


class Rule(NamedTuple, Generic[Noun]):
    """A row of a rule tuple; ``source`` says which rule of the catalogue, regulation or form it comes from."""

    code: str
    title: str
    severity: Severity
    find: Callable[[Noun], Iterable[Finding]]
    source: str


def check(noun: Noun, rules: Iterable[Rule[Noun]]) -> Problems:
    """Every finding of every rule, in the rules' order."""
    return tuple(
        Problem(rule.code, rule.severity, found.message, found.remedy, found.position, 1, found.notes)
        for rule in rules
        for found in rule.find(noun)
    )
