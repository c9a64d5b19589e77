"""Years in the words: which are asked about, and which everybody writes."""

from __future__ import annotations

import pytest

from generator.check.rules import Outcome, check
from generator.check.year_rules import YEAR_RULES
from generator.model.department import Inputs, LastYear
from generator.model.ledger import CARRIED_FORWARD
from tests.check.test_words import inputs_of
from tests.runs import Run

ASKED = (
    ("职责", "负责2021年医疗救助工作。"),
    ("职责", "负责二〇二一年医疗救助工作。"),
    ("机构", "2021年局机关本级预算"),
    ("目标", "持续做好2021年乡村振兴工作"),
    ("任务", "主要用于保障2021年人员的各项经费。"),
    ("任务", "2021年12月底前完成。"),
    ("任务", "完成2021年计划，使用2021年结转资金。"),
    ("指标", "2021年培训人次"),
    ("指标值", "2021年6月前"),
    ("说明", "2021年预期完成率。"),
    ("事项", "2021年中央财政医疗救助补助资金"),
    ("原因", "2021年人员增加。"),
)
RIGHT = (
    ("职责", "2021年机构改革时划入，自2021年10月起承担。"),
    ("职责", "根据2021年机构改革方案，负责医保工作。"),
    ("职责", "落实《2021年卫生健康工作要点》。"),
    ("职责", "按照豫财〔2021〕634号文件、国务院令2021第748号执行。"),
    ("目标", "“十四五”（2021—2025年）期间分步实施；2021年至2025年、2021-2022年、到2025年完成。"),
    ("职责", "落实2021－2030年水网规划和2035年远景目标。"),
    ("职责", "2025年前、2025年底前、2025年6月30日前完成，2035年基本建成。"),
    ("目标", "到2025年，普及率达到93%，比2020年提高2个百分点。"),
    ("目标", "在2021年工作的基础上巩固提高。"),
    ("任务", "支付2021年工程尾款、2021年度考核奖励，2021年结转资金继续使用。"),
    ("任务", "对2021年度项目开展绩效评价，2021年决算公开。"),
    ("任务", "2021年完成主体，2022年完成装修。"),
    ("指标值", "不低于2021年水平"),
    ("指标值", "较2021年提高5%"),
    ("指标值", "优于2021年同期"),
    ("说明", "截至2021年12月31日、2021年期末、2021年年末、2021年底的数。"),
    ("说明", "以2021年为基期，与2021年年初预算相比。"),
    ("原因", "与2021年相比，人员减少。"),
    ("原因", "2021年有一次性购置，项目到期。"),
    ("原因", "2021年上级补助资金列收列支，2022年通过省级财政直拨。"),
    ("项目", "洛财预〔2021〕634号提前下达2021年资金"),
    ("说明", "2021年版、2021年代的表。"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), ASKED)
def test_last_year_is_asked_about_where_it_is_not_the_base(kind: str, words: str, run_2022: Run) -> None:
    [found] = check(inputs_of(run_2022, (kind, words)), YEAR_RULES).problems
    assert found.code == "T227" and "是上年，本年是2022年" in found.message and "请改为2022年" in found.remedy
    assert found.severity.value == ("advice" if kind == "原因" else "warning")
    assert words[found.position.column - 1 :].startswith(("2021年", "二〇二一年"))


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("2025年人员增加。", ["2025年"]),
        ("比2019年提高2个百分点。", ["2019年"]),
        ("2021年上级下达“2021年彩票公益金”，2020年没有。", ["2021年", "2020年"]),
    ],
)
def test_another_year_is_asked_about_once_in_a_sentence(words: str, years: list[str], run_2022: Run) -> None:
    found = check(inputs_of(run_2022, ("原因", words)), YEAR_RULES).problems
    assert sorted(one.message[1:6] for one in found) == sorted(years)
    again = [note for one in found for note in one.notes]
    assert [words[note.position.column - 1 :][:5] for note in again] == ["2021年"] * (words.count("2021年") // 2)


@pytest.mark.parametrize(("kind", "words"), RIGHT)
def test_last_year_may_stand_where_last_year_is_meant(kind: str, words: str, run_2022: Run) -> None:
    assert check(inputs_of(run_2022, (kind, words)), YEAR_RULES).problems == ()


def renamed(run: Run, *names: str, last: tuple[str, ...]) -> Inputs:
    assert run.inputs is not None
    projects = list(run.inputs.department.projects.values())
    now = {one.code: one._replace(name=name) for one, name in zip(projects, names, strict=False)}
    before = {one.code: one._replace(name=name) for one, name in zip(projects, last, strict=False)}
    department = run.inputs.department._replace(projects=now)
    return run.inputs._replace(department=department, last_year=LastYear("", before, {}))


STALE = ("豫财〔2021〕634号提前下达2021年补助资金", "2020年农村厕所改造", "豫财〔2020〕5号医疗救助")
FRESH = (
    "豫财〔2021〕634号提前下达2022年补助资金", "城乡医疗救助", "2021年项目结转资金", "2021—2025年规划编制",
    "落实《2020年办法》经费", "豫财〔2021〕7号质保金",
)  # fmt: skip


def test_names_copied_from_last_year_are_asked_about_once(run_2022: Run) -> None:
    [found] = check(renamed(run_2022, *STALE, last=STALE), YEAR_RULES).problems
    assert found.code == "T245"
    assert found.message == f"项目“{STALE[0]}”等3个项目的名称与2021年的完全相同，里面是2021年"
    assert [note.text for note in found.notes[1:]] == [f"项目“{name}”" for name in STALE[1:]]


def test_names_that_are_new_or_hold_this_year_are_not(run_2022: Run) -> None:
    assert check(renamed(run_2022, *FRESH, last=FRESH), YEAR_RULES).problems == ()
    assert check(renamed(run_2022, *STALE, last=FRESH), YEAR_RULES).problems == ()


def test_a_project_of_money_carried_forward_keeps_its_name(run_2022: Run) -> None:
    inputs = renamed(run_2022, *STALE[:1], last=STALE)
    [code] = inputs.department.projects
    lines = tuple(
        line._replace(period=CARRIED_FORWARD) if line.project == code else line for line in inputs.ledger.lines
    )
    assert check(inputs._replace(ledger=inputs.ledger._replace(lines=lines)), YEAR_RULES).problems == ()


def test_without_last_year_names_are_not_compared(run_2022: Run) -> None:
    asked = check(inputs_of(run_2022), YEAR_RULES).asked
    assert [(one.outcome, one.why) for one in asked if one.code == "T245"] == [
        (Outcome.NOT_APPLICABLE, "没有上年的数据目录")
    ]
