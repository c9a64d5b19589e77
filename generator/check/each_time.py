"""The rules that every run asks: over what was typed, what was derived, how the document looks."""

from __future__ import annotations

from generator.check.book_rules import BOOK_RULES, Derived
from generator.check.change_rules import TOLD_CHANGE_RULES
from generator.check.code_rules import CODE_RULES
from generator.check.control_rules import CONTROL_RULES
from generator.check.file_rules import FILE_RULES
from generator.check.indicator_rules import INDICATOR_RULES
from generator.check.institution_rules import INSTITUTION_RULES
from generator.check.layout_rules import LAYOUT_RULES
from generator.check.ledger_rules import LEDGER_RULES
from generator.check.level_rules import LEVEL_RULES
from generator.check.list_rules import LIST_RULES
from generator.check.lookalike_rules import LOOKALIKE_RULES
from generator.check.measure_rules import MEASURE_RULES
from generator.check.mention_rules import MENTION_RULES
from generator.check.numbering_rules import NUMBERING_RULES
from generator.check.page import Page
from generator.check.pairing_rules import PAIRING_RULES
from generator.check.phrase_rules import WRITTEN_NUMBER_RULES
from generator.check.plausibility_rules import PLAUSIBILITY_RULES
from generator.check.prose import Prose
from generator.check.reason_rules import REASON_RULES
from generator.check.rules import Rule, by_code
from generator.check.sense_rules import SENSE_RULES
from generator.check.side_rules import SIDE_RULES
from generator.check.target_rules import TARGET_RULES
from generator.check.total_rules import TOTAL_RULES
from generator.check.typography_rules import TYPOGRAPHY_RULES
from generator.check.unit_rules import UNIT_RULES
from generator.check.word_rules import WORD_RULES
from generator.check.year_rules import YEAR_RULES
from generator.model.department import Inputs

INPUT_RULES: tuple[Rule[Inputs], ...] = (
    *UNIT_RULES, *LEDGER_RULES, *CODE_RULES, *PAIRING_RULES, *LEVEL_RULES, *PLAUSIBILITY_RULES, *INDICATOR_RULES, *MEASURE_RULES, *SENSE_RULES, *TARGET_RULES,
    *YEAR_RULES, *INSTITUTION_RULES, *LIST_RULES, *WORD_RULES, *TYPOGRAPHY_RULES, *LOOKALIKE_RULES,
)  # fmt: skip
DERIVED_RULES: tuple[Rule[Derived], ...] = (
    *CONTROL_RULES,
    *BOOK_RULES,
    *TOTAL_RULES,
    *REASON_RULES,
    *MENTION_RULES,
    *SIDE_RULES,
)
SAID_RULES: tuple[Rule[Prose], ...] = by_code(TOLD_CHANGE_RULES, WRITTEN_NUMBER_RULES)
PAGE_RULES: tuple[Rule[Page], ...] = by_code(LAYOUT_RULES, NUMBERING_RULES, FILE_RULES)
