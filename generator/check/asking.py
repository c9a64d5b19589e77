"""Which rules are asked."""

from __future__ import annotations

from generator.check.rules import Noun, Rule

PROVED: frozenset[str] = frozenset()
"""Rules whose answer follows from reading our own file back (R401, R402), as long as its profile is proved."""


def rules_for(rules: tuple[Rule[Noun], ...], ask_all: bool) -> tuple[Rule[Noun], ...]:
    """The rules, or those of them that are not proved."""
    return rules if ask_all or not PROVED else tuple(rule for rule in rules if rule.code not in PROVED)
