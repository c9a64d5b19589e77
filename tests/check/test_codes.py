"""When a code began, against the day of the document."""

from __future__ import annotations

import pytest

from generator.check.code_rules import CODE_RULES
from generator.check.rules import Outcome, check
from tests.check.test_ledger import inputs_of
from tests.runs import Run


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2026年4月", True),
        ("2026年5月", False),  # within the month nobody knows
        ("2026年4月30日", True),
        ("2026年5月7日", False),
        ("2026年5月1日印发", True),
        ("2025年12月", True),
        ("2027年1月", False),
        ("", None),
        ("二〇二六年二月", None),
    ],
)
@pytest.mark.parametrize("code", ["2080150", "30101", "50501"])
def test_a_code_that_began_after_the_document(date: str, told: bool | None, code: str, run_2022: Run) -> None:
    given = inputs_of(run_2022, {}, {"economic": "30102", "government": "50501"})
    given = given._replace(
        department=given.department._replace(date=date),
        classification=given.classification._replace(begun={code: "2026-05-02"}),
    )
    done = check(given, CODE_RULES)
    assert len(done.problems) == (1 if told else 0)
    assert (done.asked[0].outcome is Outcome.NOT_APPLICABLE) == (told is None)
    if told:
        [problem] = done.problems
        assert problem.message.startswith(f"科目“{code} ") and "从2026-05-02起才有" in problem.message
        assert problem.length == len(code)


def test_nothing_new_is_nothing_to_ask(run_2022: Run) -> None:
    [asked] = check(inputs_of(run_2022, {}), CODE_RULES).asked
    assert asked.why == "没有用到年度中间新增的科目"
