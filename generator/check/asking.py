"""Which rules are asked, and a document's own words and cells asked them."""

from __future__ import annotations

from generator.check.book_rules import Derived
from generator.check.catalogue import FORM_RULES, PAGE_RULES, SENTENCE_RULES
from generator.check.forms import Forms
from generator.check.page import Page
from generator.check.prose import Prose
from generator.check.rules import Checked, Noun, Rule, check
from generator.model.reading import Reading

PROVED: frozenset[str] = frozenset()
"""Rules whose answer follows from reading our own file back (R401, R402), as long as its profile is proved."""


def rules_for(rules: tuple[Rule[Noun], ...], ask_all: bool) -> tuple[Rule[Noun], ...]:
    """The rules, or those of them that are not proved."""
    return rules if ask_all or not PROVED else tuple(rule for rule in rules if rule.code not in PROVED)


def check_reading(
    reading: Reading, derived: Derived | None = None, file_name: str = "", ask_all: bool = True
) -> Checked:
    """The rules that a document's own words and cells can answer; more of them where its data is at hand."""
    forms = Forms(reading, derived)
    return (
        check(forms, rules_for(FORM_RULES, ask_all))
        .and_also(check(Prose(forms, derived), rules_for(SENTENCE_RULES, ask_all)))
        .and_also(check(Page(forms, derived, file_name), rules_for(PAGE_RULES, ask_all)))
    )
