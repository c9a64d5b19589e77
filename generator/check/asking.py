"""Which rules are asked of what, and a document's own words and cells asked them."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, FORM_RULES, INPUT_RULES, PAGE_RULES, SENTENCE_RULES
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.forms import Forms
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Checked, Noun, Rule, check
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.model.department import Inputs
from generator.model.reading import Reading


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


_ALL = Rules(INPUT_RULES, DERIVED_RULES, DOCUMENT_RULES, FORM_RULES, SENTENCE_RULES, PAGE_RULES, WRITTEN_RULES)


def rules_for(asked: Ask) -> Rules:
    """All rules, or all but those that are proved."""
    if asked is Ask.ALL or not PROVED:
        return _ALL
    return Rules(
        _unproved(_ALL.typed),
        _unproved(_ALL.derived),
        _unproved(_ALL.composed),
        _unproved(_ALL.forms),
        _unproved(_ALL.sentences),
        _unproved(_ALL.page),
        _unproved(_ALL.written),
    )


def _unproved(rules: tuple[Rule[Noun], ...]) -> tuple[Rule[Noun], ...]:
    return tuple(rule for rule in rules if rule.code not in PROVED)


def check_reading(
    reading: Reading, derived: Derived | None = None, file_name: str = "", rules: Rules = _ALL
) -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is at hand."""
    forms = Forms(reading, derived)
    return (
        check(forms, rules.forms)
        .and_also(check(Prose(forms, derived), rules.sentences))
        .and_also(check(Page(forms, derived, file_name), rules.page))
    )
