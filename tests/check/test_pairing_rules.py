"""科目 that go together and that don't, and projects beside their 科目: each branch, and what is right beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.pairing_rules import PAIRING_RULES
from generator.check.rules import check
from generator.model.department import Inputs
from generator.model.ledger import Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.source import Position
from tests.runs import Run

CODE = "410395220000000008236"
LINES = (
    ("2080505", "30108", ""),
    ("2080505", "30109", "D042 请核对"),
    ("2080505", "30201", "D042 请核对"),
    ("2080506", "30109", ""),
    ("2080506", "31304", ""),
    ("2080501", "30302", ""),
    ("2080502", "30299", ""),
    ("2080502", "30102", "D042 请核对"),
    ("2080507", "31302", ""),
    ("2080507", "30201", "D042 请核对"),
    ("2082602", "30305", ""),
    ("2082602", "30227", "D042 请核对"),
    ("2101102", "30110", ""),
    ("2101101", "30112", ""),
    ("2101103", "30111", ""),
    ("2101102", "30307", ""),
    ("2101102", "30113", "D042 请核对"),
    ("2101202", "31302", ""),
    ("2101201", "30110", "D042 请核对"),
    ("2210201", "30113", ""),
    ("2210201", "30102", "D042 请核对"),
    ("2210203", "30102", ""),
    ("2080101", "30108", "D042 请核对"),
    ("2080599", "30109", ""),
    ("2080101", "30113", "D042 请核对"),
    ("2050205", "30110", ""),
    ("2080402", "31303", ""),
    ("2101301", "31302", ""),
    ("2070109", "31302", "D042 请核对"),
    ("2080101", "30101", ""),
)
PROJECTS = (
    ("城乡居民基本养老保险", "2082602", ""),
    ("城乡居民基本养老保险", "2082601", "D044 项目“城乡居民基本养老保险”说的是城乡居民，却列在2082601财政对企业职工基本养老保险基金的补助"),
    ("失业保险补助", "2082702", "D044 项目“失业保险补助”说的是失业，却列在2082702财政对工伤保险基金的补助"),
    ("机关事业单位养老保险", "2080506", ""),
    ("单位职工养老保险缴费", "2080505", ""),
    ("企业职工养老保险", "2080505", "D044 项目“企业职工养老保险”说的是企业，却列在2080505机关事业单位基本养老保险缴费支出"),
    ("生育保险", "2101201", ""),
    ("大病补充医疗保险", "2101299", ""),
    ("中央医疗救助补助", "2101202", "D044 项目“中央医疗救助补助”说的是医疗救助，却列在2101202财政对城乡居民基本医疗保险基金的补助"),
    ("社保、医保经办经费", "2080107", ""),
    ("养老机构护理补贴", "2081006", ""),
    ("青少年体育、文化活动", "2296003", ""),
    ("残疾人康复", "2296003", "D044 项目“残疾人康复”说的是残疾，却列在2296003用于体育事业的彩票公益金支出"),
    ("设备购置", "2296003", ""),
    ("城乡医疗救助", "2101301", ""),
    ("城乡医疗救助", "2101302", "D045 项目“城乡医疗救助”与功能科目2101301同名，却列在2101302疾病应急救助"),
    ("信息化建设", "2080199", "D045 项目“信息化建设”与功能科目2080108同名，却列在2080199其他人力资源和社会保障管理事务支出"),
    ("信息化建设", "2070109", ""),  # many 款 have one: which is meant, if any, nobody knows
)  # fmt: skip


def inputs_of(run: Run, *lines: tuple[str, str], name: str = "", kind: str = "特定目标类") -> Inputs:
    """The real department with these lines (功能科目, 部门经济), of one project where it has a name."""
    assert run.inputs is not None
    project = run.inputs.department.projects[CODE]._replace(name=name, kind=kind)
    made = tuple(
        LedgerLine(
            "027001", function, economic, "50501", "政府性基金预算" if function[:3] == "229" else "一般公共预算", "本级", "本年", CODE if name else "",
            kind if name else "", Money(Decimal(1)), Position("basic.yaml", number, 7), Position("basic.yaml", number, 5),
        )
        for number, (function, economic) in enumerate(lines, 1)
    )  # fmt: skip
    department = run.inputs.department._replace(projects={CODE: project})
    return run.inputs._replace(department=department, ledger=Ledger(2022, Scale.WAN, made))


def said(inputs: Inputs) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in check(inputs, PAIRING_RULES).problems]


@pytest.mark.parametrize(("function", "economic", "expected"), LINES)
def test_two_codes(function: str, economic: str, expected: str, run_2022: Run) -> None:
    found = check(
        inputs_of(run_2022, (function, economic), name="" if economic[:3] != "313" else "某项目"), PAIRING_RULES
    )
    assert [f"{problem.code} 请核对" for problem in found.problems] == ([expected] if expected else [])


@pytest.mark.parametrize(("name", "function", "expected"), PROJECTS)
def test_a_project_and_its_function(name: str, function: str, expected: str, run_2022: Run) -> None:
    found = [
        words for words in said(inputs_of(run_2022, (function, "30399"), name=name)) if not words.startswith("D042")
    ]
    assert found == ([expected] if expected else [])


def test_one_heading_is_told_once(run_2022: Run) -> None:
    (found,) = check(
        inputs_of(run_2022, ("2210201", "30101"), ("2210201", "30102"), ("2210201", "30113")), PAIRING_RULES
    ).problems
    assert found.message == "2210201住房公积金里列了30101基本工资1.00万元，两个科目似不相配"
    assert [note.text for note in found.notes] == ["同一科目下另有1行"]


def test_other_money_has_its_own_ways(run_2022: Run) -> None:
    """What is paid from 事业收入 stands under the 科目 of the business."""
    inputs = inputs_of(run_2022, ("2080101", "30113"))
    lines = tuple(line._replace(fund="事业收入") for line in inputs.ledger.lines)
    assert said(inputs._replace(ledger=inputs.ledger._replace(lines=lines))) == []


@pytest.mark.parametrize(
    ("economic", "told"),
    [("31302", True), ("30307", True), ("31204", True), ("30305", False), ("30399", False), ("31002", False)],
)
def test_running_costs_are_no_transfers(economic: str, told: bool, run_2022: Run) -> None:
    found = said(inputs_of(run_2022, ("2080102", economic), name="运转经费", kind="其他运转类"))
    assert any(message.startswith("D043") for message in found) is told
    found = said(inputs_of(run_2022, ("2080102", economic), name="运转经费"))
    assert not any(message.startswith("D043") for message in found)
