"""Indicators that can be counted and are not; those that need no number, and those that are measured against something."""

from __future__ import annotations

import pytest

from generator.check.measure_rules import MEASURE_RULES
from generator.check.rules import check
from generator.model.department import Indicator, Inputs, Performance
from generator.model.source import Position
from tests.runs import Run


def inputs_of(made: Run, *indicators: tuple[str, str]) -> Inputs:
    """The real department with one project that has these 产出指标, and no targets of the whole."""
    assert made.inputs is not None
    code, project = next(iter(made.inputs.department.projects.items()))
    outputs = tuple(
        Indicator(name, value, Position("p.yaml", line, 1), Position("p.yaml", line, 20))
        for line, (name, value) in enumerate(indicators, 1)
    )
    projects = {code: project._replace(indicators={"产出指标": outputs})}
    department = made.inputs.department._replace(projects=projects, performance=Performance((), (), ()))
    return made.inputs._replace(department=department)


def codes(inputs: Inputs) -> list[str]:
    return [f"{problem.position.line} {problem.code}" for problem in check(inputs, MEASURE_RULES).problems]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("享受待遇人数", "显著提高"),
        ("住院救助人次", "明显"),
        ("政策覆盖率", "进一步提高"),
        ("宣传批次", "按时完成"),
        ("走访户数", "较多"),
        ("检查次数", "一致"),
        ("维修面积", "达标"),
        ("发放数", "充足"),
    ],
)
def test_a_count_without_a_number_is_asked_about(name: str, value: str, run_2022: Run) -> None:
    assert codes(inputs_of(run_2022, (name, value))) == ["1 J340"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("享受待遇人数", "≥40000人"),
        ("住院救助人次", "不低于上年"),
        ("政策覆盖率", "全覆盖"),
        ("覆盖率", "应保尽保"),
        ("宣传批次", "三批"),
        ("资金支付数", "≤资金总额"),
        ("投诉率", "零"),
        ("违规次数", "无"),
        ("“三公经费”控制率", "不适用"),
        ("走访户数", "二十户以上"),
    ],
)
def test_what_can_be_measured_is_not(name: str, value: str, run_2022: Run) -> None:
    assert codes(inputs_of(run_2022, (name, value))) == []


@pytest.mark.parametrize("name", ["工作效率", "服务质量", "拨付及时性", "技术参数", "幸福指数"])
def test_what_is_no_count_needs_no_number(name: str, run_2022: Run) -> None:
    assert codes(inputs_of(run_2022, (name, "明显提高"), ("场次", "≥3场"))) == []


def test_a_project_promises_something_that_can_be_counted(run_2022: Run) -> None:
    assert codes(inputs_of(run_2022, ("工作质量", "显著提高"), ("拨付及时性", "及时"))) == ["1 J341"]
    assert codes(inputs_of(run_2022, ("工作质量", "显著提高"), ("拨付时间", "12月底前"))) == []
    assert codes(inputs_of(run_2022, ("工作质量", "显著提高"), ("救助人次", "很多"))) == ["2 J340"]  # told once
    assert codes(inputs_of(run_2022)) == []


def test_the_same_name_is_told_once(run_2022: Run) -> None:
    [found] = check(inputs_of(run_2022, ("人数", "很多"), ("人数", "很多")), MEASURE_RULES).problems
    assert [note.text for note in found.notes] == ["同名指标在这里"]
