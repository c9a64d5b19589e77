"""What rules ask, for those who have a few codes to tell: without loading the rules that only a proof needs."""

from collections.abc import Iterable

from generator.check.document_rules import DOCUMENT_RULES
from generator.check.each_time import DERIVED_RULES, INPUT_RULES, PAGE_RULES, SAID_RULES
from generator.check.written_rules import WRITTEN_RULES


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """By code, what each of them asks; the others' titles may be among them."""
    every = (INPUT_RULES, DERIVED_RULES, DOCUMENT_RULES, SAID_RULES, PAGE_RULES, WRITTEN_RULES)
    found = {rule.code: rule.title for rules in every for rule in rules}
    if found.keys() >= set(codes):
        return found
    from generator.check.catalogue import catalogue  # what loading says, and what was proved and is so no more

    return {entry.code: entry.title for entry in catalogue()}
