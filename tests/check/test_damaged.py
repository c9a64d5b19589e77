"""Documents of other hands: whatever is lost or changed in them, each rule answers, and none ends the run."""

from __future__ import annotations

import random

import pytest

from generator.check.book_rules import Derived
from generator.check.rules import Checked, Outcome, check
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.difference.compare import compare
from generator.model.difference import State
from generator.model.reading import ReadHeading, Reading, ReadParagraph, ReadTable
from generator.readback.document import reading_of
from generator.render.difference.text import difference_text
from generator.work.reading import check_reading
from tests import damaged_readings
from tests.conftest import LATER, SOAK, seeds
from tests.damaged_readings import damaged
from tests.runs import Run

FORMS = (
    "部门收支预算表", "部门收入预算表", "部门支出预算表", "财政拨款收支预算表", "一般公共预算支出预算表", "一般公共预算基本支出预算表",
    "支出经济分类汇总表", "一般公共预算“三公”经费预算表", "政府性基金预算支出预算表", "国有资本经营预算支出预算表", "项目支出预算表",
    "部门（单位）整体绩效目标表",
)  # fmt: skip


def with_table(reading: Reading, title: str, damage: damaged_readings.Damage) -> Reading:
    found = [block for block in reading.blocks if isinstance(block, ReadTable) and block.caption.endswith(title)]
    assert len(found) == 1, title
    changed = damage(random.Random(0), found[0])
    return reading._replace(blocks=tuple(changed if block is found[0] else block for block in reading.blocks))


def unable(checked: Checked) -> set[str]:
    return {asked.why for asked in checked.asked if asked.outcome is Outcome.UNABLE}


@pytest.mark.parametrize("title", FORMS)
def test_a_form_without_rows_can_not_be_checked(title: str, reading_2022: Reading, run_2022: Run) -> None:
    damaged_one = with_table(reading_2022, title, damaged_readings.without_body)
    assert f"“{title}”没有一行内容" in unable(check_reading(damaged_one, run_2022.profile))


def test_one_form_that_can_not_be_read_does_not_stop_the_others(reading_2022: Reading, run_2022: Run) -> None:
    reading = with_table(reading_2022, "部门支出预算表", damaged_readings.without_body)
    reading = with_table(reading, "一般公共预算支出预算表", lambda _, table: table._replace(rows=table.rows[:1]))
    problems = check_reading(reading, run_2022.profile).problems
    assert any(problem.code == "J112" and "“一般公共预算支出预算表”" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "words",
    [
        "负责增加就业岗位、减少返贫等工作。",
        "减少排放补助",
        "占，占比，增长。",
        "主要原因：增加",
        "比2021年减少万元，下降%。",
    ],
)
def test_words_that_a_rule_looks_for_may_stand_without_their_number(
    words: str, reading_2022: Reading, derived_2022: Derived
) -> None:
    paragraph = ReadParagraph(
        words, next(block.text for block in reading_2022.blocks if isinstance(block, ReadHeading))
    )
    checked = check_reading(reading_2022._replace(blocks=(*reading_2022.blocks, paragraph)), derived_2022)
    assert not [problem for problem in checked.problems if problem.code.startswith("T")]


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "0." + "0" * 40 + "1"])
def test_numbers_of_any_length_are_answered(number: str) -> None:
    words = (
        f"支出合计{number}万元，其中：甲0.01元，占1.00%；乙{number}元，占{number}%。总额比2021年增加{number}万元，"
        f"增长{number}%。共有车辆{number}辆，其中：一般公务用车{number}辆。{number}.丙{number}、丁"
    )
    headings = ("（一）国有资产", "三、支出预算总体情况")
    blocks = [block for text in headings for block in (ReadHeading(2, text), ReadParagraph(words, text))]
    assert check_reading(Reading(("2022年部门预算",), (), tuple(blocks))).asked


@pytest.fixture(scope="module")
def derived_2022(run_2022: Run) -> Derived:
    assert run_2022.inputs is not None and run_2022.profile is not None and run_2022.book is not None
    return Derived(run_2022.inputs, run_2022.profile, run_2022.book)


@pytest.mark.parametrize("part", seeds(10, 2, 10))
def test_every_rule_answers_whatever_was_lost(
    part: int, run_2022: Run, derived_2022: Derived, reading_2022: Reading
) -> None:
    """With the data behind it and without, from a file and before there is one; written over, and compared."""
    assert run_2022.document is not None
    meant = reading_of(run_2022.document)
    codes = {asked.code for asked in check_reading(reading_2022).asked}
    for seed in range(part, 20_000 if SOAK else 150, 10):
        rng = random.Random(seed)
        found = damaged(rng, rng.choice((reading_2022, meant)))
        try:
            checked = check_reading(found, rng.choice((derived_2022, derived_2022.profile, None)))
            check(Written(found, meant, derived_2022.book), WRITTEN_RULES)
            difference_text(compare(State("甲", 0, {}, reading=reading_2022), State("乙", 0, {}, reading=found)))
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        assert {asked.code for asked in checked.asked} == codes
        assert all(asked.why for asked in checked.asked if asked.outcome is Outcome.UNABLE)


@pytest.mark.parametrize("many", [15, pytest.param(100, marks=LATER)])
def test_damage_reaches_the_rules(many: int, reading_2022: Reading, run_2022: Run) -> None:
    """Most damaged documents draw a finding, and many leave something that can't be checked."""
    profile = run_2022.profile
    found = [check_reading(damaged(random.Random(seed), reading_2022), profile) for seed in range(many)]
    sound = check_reading(reading_2022, profile)
    assert sum(len(checked.problems) > len(sound.problems) for checked in found) > 0.5 * many
    assert sum(len(unable(checked)) > len(unable(sound)) for checked in found) > 0.3 * many
