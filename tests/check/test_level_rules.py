"""What names and codes of projects say of their level."""

from __future__ import annotations

import pytest

from generator.check.level_rules import LEVEL_RULES
from generator.check.rules import check
from generator.model.department import Indicator, Inputs
from generator.model.source import Position
from tests.runs import Run

CODE = "410395220000000008236"
NAMES = (
    ("医疗救助区级配套资金", "本级", "伊滨经开区", False),
    ("医疗救助区级配套资金", "上级", "伊滨经开区", True),
    ("医疗救助县级资金", "上级", "某某镇人民政府", False),
    ("中央补助及地方配套资金", "上级", "伊滨经开区", False),
    ("医疗救助资金（区本级）", "上级", "伊滨经开区", True),
    ("市本级彩票公益金资助项目", "上级", "某某县民政局", False),
    ("本级以上财政补助", "上级", "某某县民政局", False),
    ("省级医疗救助补助资金", "上级", "伊滨经开区", False),
)
COSTS = (
    ("预算资金", "本级", False),
    ("上级资金", "本级", True),
    ("中央财政资金", "本级", True),
    ("上级资金", "上级", False),
    ("区级资金", "上级", True),
    ("上级资金和区级配套", "上级", False),
    ("预算资金", "上级", False),
)
CODES = (
    (("410395220000000007669", "410395220000000007670", "410395220000000018835"), []),
    (("410395220000000007669", "410395220000000007670", "410396220000000007671"), ["6：6、5"]),
    (("410395220000000007669", "410395220000000007670", "410395210000000007671"), []),  # begun last year
    (("410395220000000007669", "410395220000000007670", "410395220010000007671"), ["11：1、0"]),
    (("410395220000000007669", "410395220000000007670", "410395220000000123456"), []),
    (("410395220000000007669", "410396220000000007671"), []),  # of two, who is wrong?
    (("41039522-07669", "41039522-07670", "41039622-07671"), []),
    (("P0001", "P0002", "Q0003"), []),
)


def inputs_of(run: Run, level: str = "本级", name: str = "某项目", cost: str = "预算资金") -> Inputs:
    assert run.inputs is not None
    place = Position("projects.yaml", 5, 7)
    costs = {"成本指标": (Indicator(cost, "≤资金总额", place, place),)}
    project = run.inputs.department.projects[CODE]._replace(level=level, name=name, indicators=costs)
    lines = tuple(line._replace(origin=level) for line in run.inputs.ledger.lines if line.project == CODE)
    department = run.inputs.department._replace(projects={CODE: project})
    return run.inputs._replace(department=department, ledger=run.inputs.ledger._replace(lines=lines))


@pytest.mark.parametrize(("name", "level", "department", "told"), NAMES)
def test_names_of_own_money(name: str, level: str, department: str, told: bool, run_2022: Run) -> None:
    inputs = inputs_of(run_2022, level, name)
    inputs = inputs._replace(department=inputs.department._replace(name=department))
    assert [problem.code for problem in check(inputs, LEVEL_RULES).problems] == ["D047"] * told


@pytest.mark.parametrize(("cost", "level", "told"), COSTS)
def test_names_of_costs(cost: str, level: str, told: bool, run_2022: Run) -> None:
    found = check(inputs_of(run_2022, level, cost=cost), LEVEL_RULES).problems
    assert [problem.code for problem in found] == ["J317"] * told


def test_a_project_of_both_levels_may_name_either(run_2022: Run) -> None:
    inputs = inputs_of(run_2022, cost="上级资金")
    first, *others = inputs.ledger.lines
    both = inputs._replace(ledger=inputs.ledger._replace(lines=(first._replace(origin="上级"), *others)))
    assert check(both, LEVEL_RULES).problems == ()


@pytest.mark.parametrize(("codes", "told"), CODES)
def test_codes_begin_alike(codes: tuple[str, ...], told: list[str], run_2022: Run) -> None:
    inputs = inputs_of(run_2022)
    project = inputs.department.projects[CODE]
    projects = {code: project._replace(code=code, indicators={}) for code in codes}
    found = check(inputs._replace(department=inputs.department._replace(projects=projects)), LEVEL_RULES).problems
    assert [problem.code for problem in found] == ["D048"] * len(told)
    for problem, (place, _, digits) in zip(found, (words.partition("：") for words in told), strict=True):
        wrong, right = digits.split("、")
        assert f"第{place}位是{wrong}，" in problem.message and problem.message.endswith(f"都是{right}")


def test_money_from_above_has_codes_of_its_own(run_2022: Run) -> None:
    inputs = inputs_of(run_2022)
    project = inputs.department.projects[CODE]._replace(indicators={})
    ours = {f"41039522000000000766{end}": project for end in range(4)}
    projects = {code: one._replace(code=code) for code, one in ours.items()}
    projects["410000220000000007669"] = project._replace(code="410000220000000007669", level="上级")
    assert check(inputs._replace(department=inputs.department._replace(projects=projects)), LEVEL_RULES).problems == ()
