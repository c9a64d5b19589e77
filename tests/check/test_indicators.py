"""Each branch of the rules over indicators: a name, a value, and what is said of them."""

from __future__ import annotations

import pytest

from generator.check.indicator_rules import INDICATOR_RULES
from generator.check.rules import check
from generator.model.department import Indicator, Inputs
from generator.model.source import Position
from tests.runs import Run

CODE = "410395220000000008236"  # 12.00万元
SAID = (
    ("住院救助人次", "≥2000人", "J311 指标“住院救助人次”的计量单位“人”与名称不符 建议写“人次”。"),
    ("住院救助人次", "≥2000万人", "J311 指标“住院救助人次”的计量单位“万人”与名称不符 建议写“万人次”。"),
    ("住院救助人次", "≥2000万人次", ""),
    ("住院救助人次", "≥2000", "J311 指标“住院救助人次”的计量单位没有填 建议写“人次”。"),
    ("住院救助人次", "≥20次", "J311 指标“住院救助人次”的计量单位“次”与名称不符 建议写“人次”。"),
    ("参保人数", "≥2000", "J311 指标“参保人数”的计量单位没有填 建议写“人”。"),
    ("参保人数", "≥80%", "J311 指标“参保人数”的计量单位“%”与名称不符 建议写“人”。"),
    ("参保人数", "≥80％", "J311 指标“参保人数”的计量单位“％”与名称不符 建议写“人”。"),
    ("参保人数", "≥80人次", "J311 指标“参保人数”的计量单位“人次”与名称不符 建议写“人”。"),
    ("参保人数", "≥80户", ""),
    ("任务完成率", "≥90", "J311 指标“任务完成率”的计量单位没有填 建议写“%”。"),
    ("任务完成率", "≥90％", ""),
    ("任务完成率", "≥90‰", ""),
    ("任务完成率", "≥90分", ""),
    ("任务完成率", "及时", ""),
    ("任务完成率", "≥101%", "J312 指标“任务完成率”的目标值≥101%超过100% 请核对。"),
    ("任务完成率", "≥101％", "J312 指标“任务完成率”的目标值≥101％超过100% 请核对。"),
    ("任务完成率", "100%", ""),
    ("收入增长率", "≥120%", ""),
    ("事故发生率", "0", ""),
    ("伤亡人数", "≤0", ""),
    ("任务完成率", "≥90% 95%", "J308 指标值“≥90% 95%”含有两个值 请只保留一个，或拆成两条指标。"),
    ("任务完成率", "≥90%，≥95%", "J308 指标值“≥90%，≥95%”含有两个值 请只保留一个，或拆成两条指标。"),
    ("落实待遇", "≥90人", "J310 指标“落实待遇”似被截断 请补全名称。"),
    ("落实待遇", "及时", ""),
    ("救助限额", "≥90%", "J310 指标“救助限额”似被截断 请补全名称。"),
    ("救助金额", "≤5.00万元", ""),
    ("政策覆盖地区", "≥5个", "J310 指标“政策覆盖地区”似被截断 请补全名称。"),
    ("政策覆盖人群", "不低于全部", "J310 指标“政策覆盖人群”似被截断 请补全名称。"),
    ("政策覆盖人群", "全体居民", ""),
    ("工作完成的", "及时", "J310 指标“工作完成的”似被截断 请补全名称。"),
    ("“一站式", "及时", "J310 指标““一站式”似被截断 请补全名称。"),
)  # fmt: skip
COSTS = (
    ("预算资金", "≤12.00万元", []),
    ("预算资金", "不超支", []),
    ("预算资金", "≤12.00万", ["warning 成本指标“≤12.00万”的单位不是“万元”"]),
    ("预算资金", "≤120,000元", ["warning 成本指标“≤120,000元”的单位不是“万元”"]),
    ("预算资金", "≤12", ["warning 成本指标“≤12”的单位不是“万元”"]),
    ("预算资金", "≤12.01万元", ["error 项目“运转经费”的成本指标“≤12.01万元”大于项目金额12.00万元"]),
    ("预算资金", "≤11.99万元", ["warning 项目“运转经费”的成本指标“≤11.99万元”小于项目金额12.00万元"]),
    ("人均补助标准", "≤580元", []),
)
NEAR = (
    ("群众满意度", "提升群众满意度", True),
    ("业务办理", "业务及时办理", True),
    ("办理", "乙办理", True),
    ("办理", "业务及时办理", False),
    ("业务办理时效", "业务办理及时", False),
    ("城市业务办理", "城市外业务办理", False),
    ("满意度", "提高率", False),
    ("业务办理甲", "业务办理乙甲丙丁", False),
)


def inputs_of(run: Run, category: str, *indicators: tuple[str, str]) -> Inputs:
    """The real department with one project that has these indicators of one category."""
    assert run.inputs is not None
    listed = tuple(
        Indicator(name, value, Position("x.yaml", line, 7), Position("x.yaml", line, 20))
        for line, (name, value) in enumerate(indicators, 1)
    )
    department = run.inputs.department
    project = department.projects[CODE]._replace(indicators={category: listed})
    passages = tuple(
        passage._replace(kind="指标值", text=passage.text._replace(value=value, position=Position("x.yaml", line, 20)))
        for (line, (_, value)), passage in zip(enumerate(indicators, 1), department.passages, strict=False)
    )
    alone = department._replace(
        projects={CODE: project}, passages=passages, performance=department.performance._replace(targets=())
    )
    return run.inputs._replace(department=alone)


@pytest.mark.parametrize(("name", "value", "expected"), SAID)
def test_said_of_an_indicator(name: str, value: str, expected: str, run_2022: Run) -> None:
    found = check(inputs_of(run_2022, "产出指标", (name, value)), INDICATOR_RULES).problems
    said = [f"{problem.code} {problem.message} {problem.remedy}" for problem in found if problem.code != "J306"]
    assert said == ([expected] if expected else [])


@pytest.mark.parametrize(("name", "value", "expected"), COSTS)
def test_said_of_a_cost(name: str, value: str, expected: list[str], run_2022: Run) -> None:
    found = check(inputs_of(run_2022, "成本指标", (name, value)), INDICATOR_RULES).problems
    assert [f"{problem.severity} {problem.message}" for problem in found if problem.code == "J307"] == expected


def test_several_costs_are_parts_of_the_amount(run_2022: Run) -> None:
    costs = inputs_of(run_2022, "成本指标", ("设备", "≤5.00万元"), ("耗材", "≤13.00万元"))
    found = [problem for problem in check(costs, INDICATOR_RULES).problems if problem.code == "J307"]
    assert [(problem.position.line, problem.length) for problem in found] == [(2, 8)]


@pytest.mark.parametrize(("one", "other", "near"), NEAR)
def test_names_that_say_the_same(one: str, other: str, near: bool, run_2022: Run) -> None:
    both = inputs_of(run_2022, "产出指标", (one, "及时"), (other, "及时"))
    found = [problem for problem in check(both, INDICATOR_RULES).problems if problem.code == "J309"]
    assert [problem.message for problem in found] == ([f"指标“{other}”与“{one}”疑似重复"] if near else [])


def test_what_is_missing_is_named(run_2022: Run) -> None:
    found = check(inputs_of(run_2022, "产出指标", ("业务办理", "及时")), INDICATOR_RULES).problems
    assert [(problem.severity.value, problem.message, problem.remedy) for problem in found] == [
        (
            "warning",
            "项目“运转经费”缺少成本指标、效益指标、满意度指标",
            "请在“绩效指标”下补上“成本指标”、“效益指标”、“满意度指标”。",
        )
    ]


def test_signs_of_two_styles(run_2022: Run) -> None:
    both = inputs_of(run_2022, "产出指标", ("甲", "≥90人"), ("乙", ">5户"), ("丙", "＜7天"))
    found = [problem for problem in check(both, INDICATOR_RULES).problems if problem.code == "J315"]
    assert [problem.message for problem in found] == ["指标值“>5户”用“>”，其余用“≥”", "指标值“＜7天”用“＜”，其余用“≤”"]
