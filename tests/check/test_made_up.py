"""Departments made up: every rule answers of each, and of numbers that only the ledger made none is called wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, INPUT_RULES
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.rules import Checked, Outcome, check
from generator.compose.document import compose
from generator.derive.book import derive
from generator.model.department import Inputs
from generator.model.money import Scale
from generator.model.numerals import numeral
from generator.model.problem import Severity, has_errors
from generator.readback.document import reading_of
from generator.work.reading import check_reading
from tests.departments import departments, yibin
from tests.made_up import KEPT, examples


def asked(inputs: Inputs, scale: Scale) -> Checked:
    """Every rule asked of the data, of what is derived from it, and of the document."""
    profile = yibin(scale)
    book, problems = derive(inputs, profile)
    assert not problems
    derived = Derived(inputs, profile, book)
    document, problems = compose(inputs, book, profile, KEPT)
    found = [problem for problem in problems if problem.code != "D066"]  # a person would have to say why
    assert not has_errors(found), found
    checked = check(inputs, INPUT_RULES).and_also(check(derived, DERIVED_RULES))
    checked = checked.and_also(check(Composed(document, inputs, ()), DOCUMENT_RULES))
    assert all(one.why for one in checked.asked if one.outcome is Outcome.UNABLE)
    return check_reading(reading_of(document), derived, "", document)


def of_plain_words(inputs: Inputs) -> Inputs:
    """The same amounts under names that no rule takes for something else."""
    department = inputs.department
    plain = department._replace(
        name="某局",
        agencies={code: f"单位{numeral(number)}" for number, code in enumerate(department.agencies, 1)},
        duties=("负责某项工作。",),
        reasons={name: text._replace(value="政策调整") for name, text in department.reasons.items()},
        projects={
            code: project._replace(name=f"项目{numeral(number)}")
            for number, (code, project) in enumerate(department.projects.items(), 1)
        },
        passages=(),
    )
    return inputs._replace(department=plain)


@pytest.mark.made_up
@pytest.mark.parametrize("typed", list(Scale))
@pytest.mark.parametrize("scale", list(Scale))
def test_no_rule_calls_our_own_numbers_wrong(typed: Scale, scale: Scale) -> None:
    """Whatever the units: zeros, lines that vanish in the tables' unit, funds and levels in any company."""

    @examples(20)
    @given(departments(scale=typed))
    def holds(inputs: Inputs) -> None:
        problems = asked(of_plain_words(inputs), scale).problems
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        assert not [(problem.code, problem.message) for problem in errors]

    holds()


@examples(20)
@given(departments(), st.data())
def test_no_amount_is_needed(inputs: Inputs, data: st.DataObject) -> None:
    """Any part of the ledger and of last year may be zero, or not be there."""
    keep = data.draw(st.integers(0, len(inputs.ledger.lines)))
    zero = data.draw(st.integers(0, 3))
    lines = [
        line if (number + zero) % 3 else line._replace(money=line.money._replace(amount=line.money.amount * 0))
        for number, line in enumerate(inputs.ledger.lines[:keep])
    ]
    ledger = inputs.ledger._replace(lines=tuple(lines))
    used = {line.project for line in lines}
    projects = {code: project for code, project in inputs.department.projects.items() if code in used}
    department = inputs.department._replace(projects=projects)
    assert asked(inputs._replace(ledger=ledger, department=department), Scale.WAN).asked
