"""The rules that are asked of our own document until they are proved, and of documents of others always."""

from __future__ import annotations

from generator.check.agreements import agreement_rules
from generator.check.change_rules import CHANGE_RULES
from generator.check.listing_rules import LISTING_RULES
from generator.check.name_rules import NAME_RULES
from generator.check.phrase_rules import PHRASE_RULES
from generator.check.prose import Prose
from generator.check.prose_rules import PROSE_RULES
from generator.check.rules import Rule, by_code
from generator.check.table_rules import AMOUNT_RULES, TABLE_RULES
from generator.check.tables import Tables
from generator.check.typed_rules import TYPED_RULES

FORM_RULES: tuple[Rule[Tables], ...] = by_code(agreement_rules(), TABLE_RULES, NAME_RULES, AMOUNT_RULES)
"""What follows, of our own document, from the definitions of its tables and from reading the file back (R401, R402)."""
PROVED_SENTENCES: tuple[Rule[Prose], ...] = by_code(PROSE_RULES, LISTING_RULES, TYPED_RULES, CHANGE_RULES, PHRASE_RULES)
"""What follows, of our own document, from the templates that its sentences were made of."""
