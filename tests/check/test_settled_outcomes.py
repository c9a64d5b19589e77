"""What a place switched off is said to be 不适用, whatever came of it."""

from __future__ import annotations

from generator.check.rules import Answer, Asked, Checked, NotApplicable, Outcome, Unable, answers_of, attempt
from generator.check.settle import settle
from generator.model.source import Position, Text


def test_a_rule_that_is_switched_off() -> None:
    place = Position("report.yaml", 1, 1)
    asked = Asked("T212", Outcome.FAILED), Asked("T213", Outcome.FAILED), Asked("T214", Outcome.PASSED)
    chosen = {"T212": Text("关", place), "T213": Text("建议", place)}
    settled = settle(Checked((), asked), chosen, (), frozenset(chosen))
    assert settled.asked == (Asked("T212", Outcome.NOT_APPLICABLE, "格式方案关闭了这条规则"), *asked[1:])


def test_an_answer_of_one_kind_is_none_of_another() -> None:
    """Whether it was yielded or raised: “can't be asked” is not “is not there”, whatever the words."""

    def raises() -> Answer:
        raise Unable("没有读到")

    assert NotApplicable("没有读到") != Unable("没有读到")
    [yielded], raised = list(answers_of([NotApplicable("没有读到")])), attempt(raises)
    assert isinstance(yielded, NotApplicable) and isinstance(raised, Unable) and str(raised) == "没有读到"
