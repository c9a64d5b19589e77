"""What a reason mentions, and which of last year's amounts can't be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.book_rules import Derived
from generator.check.mention_rules import MENTION_RULES
from generator.check.rules import check
from generator.model.department import LastYear
from generator.model.figure import Fact
from generator.model.money import Money, Scale
from generator.model.source import Passage, Position, Text
from tests.runs import Run

SAID = (
    ("新增“城乡医疗救助”项目", ""),
    ("新增“城乡医疗求助”项目", "D051 原因里的“城乡医疗求助”不是本部门的项目 请核对，是否为“城乡医疗救助”？"),
    ("“2022年中央专项彩票公益金支持城乡医疗救助资金”增加", ""),
    ("“洛财预〔2021〕634号提前下达2022年中央财政医疗救助补助资金”增加", ""),
    ("“2021年中央财政医疗救助补助资金”减少", ""),
    ("新增“残疾人就业补助资金”", "D051 原因里的“残疾人就业补助资金”不是本部门的项目 请核对项目名称，或在projects.yaml补上这个项目。"),
    ("“残疾人就业补助资金”到期", ""),
    ("落实《社会保险费征缴暂行条例》，增加“放管服改革”任务", ""),
    ("新增8.00万元", ""),
    ("新增8.00元", "D052 原因里的“8.00元”，按“万元”才等于预算里的“政府性基金”变动8.00万元 请核对单位，似应为8.00万元。"),
    ("新增80,000元", ""),
    ("新增80000.00万元", "D052 原因里的“80000.00万元”，按“元”才等于预算里的“政府性基金”变动8.00万元 请核对单位，似应为80000.00元。"),
    ("共568.78亿元", "D052 原因里的“568.78亿元”，按“万元”才等于预算里的项目“城乡医疗救助”568.78万元 请核对单位，似应为568.78万元。"),
    ("每人每年8元，人均12.00元，标准为8.00元，补助17.00元/人", ""),
    ("新增7.77元", ""),
    ("新增0.00元", ""),
)  # fmt: skip
PRIOR = (
    ({"一般公共预算": "100", "机构运行经费": "100"}, []),
    ({"一般公共预算": "100", "机构运行经费": "100.01"}, ["机构运行经费"]),
    ({"总计": "100", "公务接待费": "101"}, ["公务接待费"]),
    ({"政府性基金": "1", "公务接待费": "5"}, []),
    ({"总计": "1", "一般公共预算": "5"}, []),  # D023's
    ({"公务用车": "1", "公务用车购置费": "5"}, []),  # D023's
    ({"机构运行经费": "1", "公务接待费": "5"}, []),  # the one is not a part of the other
)


def derived(run: Run, *reasons: str) -> Derived:
    assert run.inputs and run.profile and run.book
    passages = tuple(
        Passage("原因", "变动原因", Text(words, Position("x.yaml", at, 5))) for at, words in enumerate(reasons, 1)
    )
    department = run.inputs.department._replace(passages=passages)
    return Derived(run.inputs._replace(department=department), run.profile, run.book)


@pytest.mark.parametrize(("reason", "expected"), SAID)
def test_said_of_a_reason(reason: str, expected: str, run_2022: Run) -> None:
    found = check(derived(run_2022, reason), MENTION_RULES).problems
    assert [f"{problem.code} {problem.message} {problem.remedy}" for problem in found] == (
        [expected] if expected else []
    )


def test_last_years_projects_are_known(run_2022: Run) -> None:
    given = derived(run_2022, "不再安排“城乡医疗求助”，新增“残疾人就业补助资金”")
    project = next(iter(given.inputs.department.projects.values()))
    before = {"1": project._replace(name="城乡医疗求助"), "2": project._replace(name="残疾人就业补助资金（一期）")}
    inputs = given.inputs._replace(last_year=LastYear("027", before, {}))
    assert check(given._replace(inputs=inputs), MENTION_RULES).problems == ()


@pytest.mark.parametrize(("amounts", "told"), PRIOR)
def test_a_part_and_its_whole(amounts: dict[str, str], told: list[str], run_2022: Run) -> None:
    given = derived(run_2022)
    prior = {
        name: Fact(name, Money(Decimal(much), Scale.WAN), Position("prior.yaml", at, 5))
        for at, (name, much) in enumerate(amounts.items(), 1)
    }
    inputs = given.inputs._replace(department=given.inputs.department._replace(prior=prior))
    found = check(given._replace(inputs=inputs), MENTION_RULES).problems
    assert [problem.message.split("”")[0].removeprefix("上年“") for problem in found] == told
