"""绩效指标 as tables print them: all of a project's in turn, targets taken apart."""

from __future__ import annotations

import pytest

from generator.derive.indicators import indicators_of, said_of
from generator.model.department import Indicator, Project
from generator.model.source import Position
from generator.model.table_spec import ANY_INDICATOR, INDICATOR_FIELDS
from tests.runs import Run

PLACE, HERE = Position("projects.yaml", 3, 5), Position("projects.yaml", 3, 9)


@pytest.mark.parametrize(
    ("value", "sign", "number", "unit"),
    [
        ("≥1,200个", "≥", "1,200", "个"),
        ("≤资金总额", "≤", "资金总额", ""),
        ("95.5%", "", "95.5", "%"),
        ("明显改善", "", "明显改善", ""),
        ("≥2万人次", "≥", "2", "万人次"),
    ],
)
def test_a_target_is_taken_apart(value: str, sign: str, number: str, unit: str) -> None:
    listed = ("产出指标", Indicator("样地", value, PLACE, HERE))
    said = {field: said_of(listed, field) for field in INDICATOR_FIELDS}
    assert said == {
        "指标": ("样地", PLACE), "类别": ("产出指标", PLACE), "指标值": (value, HERE),
        "性质": (sign, HERE), "数值": (number, HERE), "度量单位": (unit, HERE),
    }  # fmt: skip


def test_all_of_a_project_come_in_the_order_of_the_forms(run_2022: Run) -> None:
    assert run_2022.inputs is not None
    project: Project = next(iter(run_2022.inputs.department.projects.values()))
    one = Indicator("甲", "≥1个", PLACE, HERE)
    mixed = project._replace(indicators={"本地指标": (one,), "效益指标": (one,), "成本指标": (one, one)})
    assert [name for name, _ in indicators_of(mixed, ANY_INDICATOR)] == ["成本指标", "成本指标", "效益指标", "本地指标"]
    assert indicators_of(mixed, "产出指标") == () and indicators_of(None, ANY_INDICATOR) == ()
