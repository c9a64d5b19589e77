"""Signs, zeros and categories of indicators: what is asked about, and what is right."""

from __future__ import annotations

import pytest

from generator.check.rules import check
from generator.check.sense_rules import SENSE_RULES
from generator.model.department import Indicator, Inputs
from generator.model.source import Position
from tests.runs import Run

CODE = "410395220000000008236"
SAID = (
    ("群众满意度", "≥95%", ""),
    ("群众满意度", "≤95%", "J318 指标“群众满意度”的值“≤95%”用“≤”，而它越高越好"),
    ("群众满意度", "<95%", "J318 指标“群众满意度”的值“<95%”用“<”，而它越高越好"),
    ("群众满意度", "不超过95%", "J318 指标“群众满意度”的值“不超过95%”用“不超过”，而它越高越好"),
    ("政策知晓率", "≤80%", "J318 指标“政策知晓率”的值“≤80%”用“≤”，而它越高越好"),
    ("享受待遇人数", "≤40000人", "J318 指标“享受待遇人数”的值“≤40000人”用“≤”，而它越高越好"),
    ("会议次数", "≤5次", ""),
    ("公务用车数量", "≤3辆", ""),
    ("不合格率", "≤1%", ""),
    ("产品不合格率", "≥1%", "J318 指标“产品不合格率”的值“≥1%”用“≥”，而它越低越好"),
    ("未覆盖率", "≤1%", ""),
    ("投诉率", "≤1%", ""),
    ("投诉率", ">1%", "J318 指标“投诉率”的值“>1%”用“>”，而它越低越好"),
    ("投诉办结率", "≥99%", ""),
    ("投诉率下降幅度", "≥5%", ""),
    ("高血压规范控制率", "≥60%", ""),
    ("“三公”经费控制率", "≤100%", ""),
    ("“三公”经费控制率", "≥100%", "J318 指标““三公”经费控制率”的值“≥100%”用“≥”，而它越低越好"),
    ("预算执行率", "≤100%", ""),
    ("预算调整率", "≤10%", ""),
    ("产业结构调整率", "≥10%", ""),
    ("抗菌药物使用率", "≤40%", ""),
    ("参保人数", "≥050000人", "J319 指标“参保人数”的值“≥050000人”前面多了0"),
    ("参保人数", "05人", "J319 指标“参保人数”的值“05人”前面多了0"),
    ("误差", "≤0.5%", ""),
    ("人数", "0人", ""),
    ("完成时间", "06月底", ""),
    ("完成时间", "08:30", ""),
    ("完成时间", "01-15", ""),
    ("联系电话", "0379-1234567", ""),
)  # fmt: skip


def inputs_of(run: Run, **categories: tuple[tuple[str, str], ...]) -> Inputs:
    """The real department with one project that has these indicators, and no 整体绩效."""
    assert run.inputs is not None
    listed = {
        category: tuple(
            Indicator(name, value, Position("x.yaml", line, 7), Position("x.yaml", line, 20))
            for line, (name, value) in enumerate(indicators, 1)
        )
        for category, indicators in categories.items()
    }
    department = run.inputs.department
    project = department.projects[CODE]._replace(indicators=listed)
    performance = department.performance._replace(targets=())
    return run.inputs._replace(department=department._replace(projects={CODE: project}, performance=performance))


def said(inputs: Inputs) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in check(inputs, SENSE_RULES).problems]


@pytest.mark.parametrize(("name", "value", "expected"), SAID)
def test_said_of_an_indicator(name: str, value: str, expected: str, run_2022: Run) -> None:
    assert said(inputs_of(run_2022, 产出指标=((name, value),))) == ([expected] if expected else [])


@pytest.mark.parametrize(("name", "value", "told"), [
    ("预算资金", "≤资金总额", False), ("预算资金", "≥资金总额", True), ("人均成本", "不低于3万元", True),
    ("成本节约率", "≥5%", False), ("预算资金", "资金总额", False),
])  # fmt: skip
def test_a_cost_is_at_most(name: str, value: str, told: bool, run_2022: Run) -> None:
    assert [message[:4] for message in said(inputs_of(run_2022, 成本指标=((name, value),)))] == ["J318"] * told


@pytest.mark.parametrize(("values", "told"), [
    (("≥90%", "95%"), ["指标“乙满意度”的值“95%”没有比较符号，别的比率有"]), (("90%", "95%"), []), (("≥90%", "100%"), []),
])  # fmt: skip
def test_a_rate_without_a_sign(values: tuple[str, str], told: list[str], run_2022: Run) -> None:
    inputs = inputs_of(run_2022, 满意度指标=(("甲满意度", values[0]), ("乙满意度", values[1])))
    assert [message[5:] for message in said(inputs)] == told


def test_each_in_its_category(run_2022: Run) -> None:
    assert said(inputs_of(run_2022, 成本指标=(("资金", "≤资金总额"),), 满意度指标=(("满意度", "≥9%"),))) == []
    assert said(inputs_of(run_2022, 产出指标=(("满意度", "≥9%"),))) == []  # there is nowhere else
    wrong = inputs_of(
        run_2022, 成本指标=(("总成本", "≤资金总额"),), 产出指标=(("满意度", "≥9%"), ("支出", "≤资金总额")),
        满意度指标=(("满意率", "≥9%"),),
    )  # fmt: skip
    assert said(wrong) == [
        "J320 项目“运转经费”的“满意度”列在“产出指标”下",
        "J320 项目“运转经费”的“支出”列在“产出指标”下",
    ]
