"""Each kind of words and each branch of the rules over them, one phrase at a time; what is right is in test_silence."""

from __future__ import annotations

import pytest

from generator.check.rules import check
from generator.check.typography_rules import TYPOGRAPHY_RULES
from generator.check.word_rules import WORD_RULES
from generator.check.year_rules import YEAR_RULES
from generator.model.department import Inputs
from generator.model.source import Passage, Position, Text
from tests.runs import Run

SAID = (
    ("职责", "由局机关负责。", "T230 写“局机关”，而本部门“文化中心”名称里没有“局”"),
    ("机构", "机关本级预算。", "T230 写“机关本级”，而本部门“文化中心”单位性质是事业"),
    ("原因", "本委人员减少。", "T230 写“本委”，而本部门“文化中心”名称里没有“委”"),
    ("目标", "我局完善制度。", "T230 写“我局”，而本部门“文化中心”名称里没有“局”"),
    ("任务", "部机关本级工作。", "T230 写“部机关本级”，而本部门“文化中心”名称里没有“部”"),
    ("说明", "本厅安排。", "T230 写“本厅”，而本部门“文化中心”名称里没有“厅”"),
    ("事项", "本局安排。", "T230 写“本局”，而本部门“文化中心”名称里没有“局”"),
    ("项目", "本局安排。", ""),
    ("职责", "本馆负责展览，本中心负责演出。", "T231 写“本馆”，而本部门和所属单位都不是“馆”"),
    ("名称", "本馆", ""),
    ("项目", "本馆修缮", ""),
    ("说明", "某某市教育局2022年收入总计8.00万元。", "T231 出现其他单位名称“某某市教育局”"),
    ("说明", "市文化中心2022年收入总计8.00万元。", ""),
    ("说明", "新增培训项目12万。", "T228 计量单位写作“万”（12万）"),
    ("说明", "合计1000000万元。", "T228 “1000000万元”超过一百亿元"),
    ("说明", "合计1,000,001.00万元。", "T228 “1,000,001.00万元”超过一百亿元"),
    ("说明", "合计0,999,999.99万元。", ""),
    ("说明", "合计,,,,,,,万元。", ""),
    ("说明", f"合计{'9' * 5000}万元。", f"T228 “{'9' * 5000}万元”超过一百亿元"),
    ("说明", "共3.00万元，其中设备20000元。", "T228 同一段话里既用“万元”又用“元”（20000元）"),
    ("原因", "新增12.5万元，另有3.00万元。", "T229 “12.5万元”的小数位不一致：正文里的金额都有两位小数"),
    ("原因", "新增0万元。", ""),
    ("原因", "增长5%，下降2.10%。", "T229 “5%”的小数位不一致：同一句的百分比都有两位小数"),
    ("原因", "增长5%，下降2.1%。", ""),
    ("说明", "新增12.5万元。", ""),
    ("说明", "2019年人员减少。", "T227 “2019年”不是本年（2022年）也不是上年"),
    ("说明", "202年人员减少。", "T227 “202年”只有三位，少了一位"),
    ("说明", "2023年完成。", "T227 “2023年”不是本年（2022年）也不是上年"),
    ("说明", "到2023年完成。", ""),
    ("说明", "到2019年完成。", "T227 “2019年”不是本年（2022年）也不是上年"),
    ("说明", "2021年人员减少，2022年增加。", ""),
    ("说明", "《2019年办法》", ""),
    ("说明", "《办法》2019年执行。", "T227 “2019年”不是本年（2022年）也不是上年"),
    ("说明", "文化中心(东区)办理。", "L310 使用半角标点“()”"),
    ("说明", "负责展览,演出。", "L310 使用半角标点“,”"),
    ("说明", "负责“展览和演出。", "L311 括号或引号不成对：‘“’没有对应的另一半"),
    ("说明", "负责展览）和演出。", "L311 括号或引号不成对：‘）’没有对应的另一半"),
    ("说明", "负责（展览》和演出。", "L311 括号或引号不成对：‘》’没有对应的另一半"),
    ("说明", "1）展览；2）演出。", ""),
    ("说明", "1）展览（演出。", "L311 括号或引号不成对：‘（’没有对应的另一半"),
    ("说明", "（1）展览）演出。", "L311 括号或引号不成对：‘）’没有对应的另一半"),
    ("说明", '他说"展览。', "L311 括号或引号不成对：‘\"’没有对应的另一半"),
    ("指标", "负责“展览", ""),
    ("说明", "按财预【2021】634号。", "L312 发文字号写作“【2021】634号”"),
    ("说明", "按财预〔2021〕第634号。", "L312 发文字号写作“〔2021〕第634号”"),
    ("说明", "负责 展览。", "L313 有多余的空格：“负责 展览。”"),
    ("指标值", "完成 及时", ""),
    ("说明", "负责展览，。", "L314 标点重复或混用：“，。”"),
    ("说明", "负责：一是：展览。", "L314 一句话里有两个冒号"),
    ("说明", "完成数*100。", "L314 乘号写作“*”"),
    ("说明", "**负责**展览。", "L316 残留标记“**”"),
    ("说明", "使用事业单位经营收入和经营收入。", "T233 “经营收入”与“事业单位经营收入”指同一事项"),
    ("说明", "差旅费和旅费。", "T233 “旅费”与“差旅费”指同一事项"),
    ("项目", "差旅费和旅费。", ""),
    ("说明", "结清往来帐款。", "T234 “清往来帐款。”中的“帐”疑应为“账”"),
    ("说明", "文化中心以预算外资金补助。", "T232 “预算外资金”已不再使用"),
)  # fmt: skip


def inputs_of(run: Run, *passages: tuple[str, str]) -> Inputs:
    """The real department renamed, with these words of its own and no others."""
    assert run.inputs is not None
    words = tuple(
        Passage(kind, f"第{number}项", Text(words, Position("x.yaml", number, 1)))
        for number, (kind, words) in enumerate(passages, 1)
    )
    department = run.inputs.department._replace(name="文化中心", agencies={"1": "文化中心"}, passages=words)
    return run.inputs._replace(department=department)


def said(inputs: Inputs) -> list[str]:
    return [
        f"{problem.code} {problem.message}"
        for problem in check(inputs, WORD_RULES + YEAR_RULES + TYPOGRAPHY_RULES).problems
    ]


@pytest.mark.parametrize(("kind", "words", "expected"), SAID)
def test_said_of_words(kind: str, words: str, expected: str, run_2022: Run) -> None:
    assert said(inputs_of(run_2022, (kind, words))) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("新增12.5万元。", "请写作“12.50万元”。"),
        ("新增12万元。", "请写作“12.00万元”。"),
        ("新增12.345万元。", "请按四舍五入写两位小数。"),
    ],
)
def test_how_a_number_is_written(words: str, remedy: str, run_2022: Run) -> None:
    (found,) = check(inputs_of(run_2022, ("原因", words)), WORD_RULES).problems
    assert found.remedy == remedy


@pytest.mark.parametrize(
    ("name", "nature", "allowed"),
    [("文化中心", "行政", True), ("文化局", "事业", True), ("文化部", "事业", True), ("文化中心", "事业", False)],
)
def test_who_may_have_an_office(name: str, nature: str, allowed: bool, run_2022: Run) -> None:
    inputs = inputs_of(run_2022, ("机构", "机关本级预算"))
    named = inputs.department._replace(name=name, nature=nature, agencies={})
    assert bool(check(inputs._replace(department=named), WORD_RULES).problems) is not allowed


def test_without_a_scope_there_is_nothing_to_compare(run_2022: Run) -> None:
    asked = check(inputs_of(run_2022), WORD_RULES).asked
    assert [one.why for one in asked if one.code == "T226"] == ["没有填预算范围"]


@pytest.mark.parametrize("kind", ["职责", "目标", "任务", "说明", "原因"])
def test_serials_of_two_styles(kind: str, run_2022: Run) -> None:
    inputs = inputs_of(run_2022, (kind, "1.展览；2、演出。"), (kind, "10、培训；3.借阅；4.讲座。"))
    (found,) = (problem for problem in check(inputs, TYPOGRAPHY_RULES).problems if problem.code == "L327")
    assert (found.message, found.remedy) == ("序号样式“2、”与“2.”混用", "请统一写作“2.”。")
    assert (found.position.line, found.position.column) == (1, 6)
    assert [note.text for note in found.notes] == ["这段话里另有1处"]


def test_serials_of_two_digits(run_2022: Run) -> None:
    """The mark is what is behind all of its digits."""
    inputs = inputs_of(run_2022, ("职责", "9.展览；10.演出。"), ("职责", "11、培训；12、借阅；13.讲座。"))
    (found,) = (problem for problem in check(inputs, TYPOGRAPHY_RULES).problems if problem.code == "L327")
    assert (found.message, found.remedy) == ("序号样式“11、”与“11.”混用", "请统一写作“11.”。")
    assert (found.position.line, found.length) == (2, 3)
    tens = inputs_of(run_2022, ("职责", "10.展览；20.演出；30、培训。"))
    (found,) = (problem for problem in check(tens, TYPOGRAPHY_RULES).problems if problem.code == "L327")
    assert found.message == "序号样式“30、”与“30.”混用"
    alike = inputs_of(run_2022, ("职责", "9.展览；10.演出；11.培训。"))
    assert "L327" not in {problem.code for problem in check(alike, TYPOGRAPHY_RULES).problems}


def test_registered_names_are_told_once(run_2022: Run) -> None:
    names = [("项目", f"按财预【2021】{number}号建设") for number in (1, 2, 3)]
    (found,) = check(inputs_of(run_2022, *names), TYPOGRAPHY_RULES).problems
    assert found.severity.value == "advice"
    assert found.remedy == "规范的写法是“〔2021〕1号”。项目名称以财政系统登记的为准，登记如此可不改。"
    assert [(note.text, note.position) for note in found.notes] == [
        ("【2021】2号", Position("x.yaml", 2, 4)),
        ("【2021】3号", Position("x.yaml", 3, 4)),
    ]


def test_the_caret_stands_under_the_words(run_2022: Run) -> None:
    inputs = inputs_of(run_2022, ("说明", "负责展览,演出,讲座,。"))
    (found,) = (problem for problem in check(inputs, TYPOGRAPHY_RULES).problems if problem.code == "L310")
    assert (found.position, found.length) == (Position("x.yaml", 1, 5), 1)
    assert [note.text for note in found.notes] == ["这段话里另有2处"]
