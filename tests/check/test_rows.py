"""Each rule over what a department types has a case in the gallery and an example of wrong and right."""

from __future__ import annotations

from generator.check.indicator_rules import INDICATOR_RULES
from generator.check.ledger_rules import LEDGER_RULES
from generator.check.plausibility_rules import PLAUSIBILITY_RULES
from generator.check.reason_rules import REASON_RULES
from generator.check.target_rules import TARGET_RULES
from generator.check.typography_rules import TYPOGRAPHY_RULES
from generator.check.word_rules import WORD_RULES
from tests.test_gallery import CASES

ROWS = (
    *LEDGER_RULES,
    *PLAUSIBILITY_RULES,
    *INDICATOR_RULES,
    *TARGET_RULES,
    *WORD_RULES,
    *TYPOGRAPHY_RULES,
    *REASON_RULES,
)


def test_every_rule_has_a_case() -> None:
    shown = {case.name[:4] for case in CASES}
    assert not [row.code for row in ROWS if row.code not in shown]


def test_every_rule_has_an_example() -> None:
    assert not [row.code for row in ROWS if not row.wrong or not row.right or row.wrong == row.right]


def test_no_code_twice() -> None:
    codes = [row.code for row in ROWS]
    assert len(codes) == len(set(codes))
