"""Which rules are asked of what."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, FORM_RULES, INPUT_RULES, PAGE_RULES, SENTENCE_RULES
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.forms import Forms
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Noun, Rule
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.model.department import Inputs


class Ask(Enum):
    """How much is asked: every rule, or not those that reading our own file back has proved."""

    ALL = "全部"
    TYPED = "填报"


PROVED: frozenset[str] = frozenset()
"""Codes of the rules whose answer follows from reading our own file back (R401, R402), as long as its profile is proved."""


class Rules(NamedTuple):
    """The rules to ask, a tuple for each noun."""

    typed: tuple[Rule[Inputs], ...]
    derived: tuple[Rule[Derived], ...]
    composed: tuple[Rule[Composed], ...]
    forms: tuple[Rule[Forms], ...]
    sentences: tuple[Rule[Prose], ...]
    page: tuple[Rule[Page], ...]
    written: tuple[Rule[Written], ...]


ALL = Rules(INPUT_RULES, DERIVED_RULES, DOCUMENT_RULES, FORM_RULES, SENTENCE_RULES, PAGE_RULES, WRITTEN_RULES)


def rules_for(asked: Ask) -> Rules:
    """All rules, or all but those that are proved."""
    if asked is Ask.ALL or not PROVED:
        return ALL
    return Rules(
        _unproved(ALL.typed),
        _unproved(ALL.derived),
        _unproved(ALL.composed),
        _unproved(ALL.forms),
        _unproved(ALL.sentences),
        _unproved(ALL.page),
        _unproved(ALL.written),
    )


def _unproved(rules: tuple[Rule[Noun], ...]) -> tuple[Rule[Noun], ...]:
    return tuple(rule for rule in rules if rule.code not in PROVED)
