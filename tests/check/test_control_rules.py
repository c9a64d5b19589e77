"""A second source: 控制数 by project, 科目 and unit find what totals can't."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.ledger import DIMENSIONS
from generator.model.problem import Problem
from tests.conftest import ROOT
from tests.runs import Run, run

APPROVED = ("项目", "功能科目", "部门经济", "政府经济", "单位")
FOUND = (
    ("basic.yaml", (("基本工资: 35.35", "基本工资: 34.60"), ("津贴补贴: 34.60", "津贴补贴: 35.35")), "部门经济"),
    ("basic.yaml", (("退休费: 6.13", "退休费: 10.95"), ("养老保险缴费: 10.95", "养老保险缴费: 6.13")), "功能科目"),
    ("projects.yaml", (("医疗费补助: 17.00", "医疗费补助: 568.78 "), ("补助: 568.78\n", "补助: 17.00\n")), "项目"),
)  # fmt: skip


def amounts(run_2022: Run, dimension: str, length: int = 30) -> dict[str, Decimal]:
    """What a 批复 of exactly this budget would say by one dimension; codes cut to ``length``."""
    assert run_2022.inputs is not None
    found: dict[str, Decimal] = {}
    for line in run_2022.inputs.ledger.lines:
        code = DIMENSIONS[dimension].of(line)[:length]
        if code:
            found[code] = found.get(code, Decimal(0)) + line.money.amount
    return found


def approve(workplace: Path, dimension: str, listed: dict[str, Decimal]) -> None:
    path = workplace / "data" / "2022" / "department.yaml"
    lines = "".join(f'    "{name}": {amount}\n' for name, amount in listed.items())
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n  {dimension}:\n{lines}", encoding="utf-8")


def told(workplace: Path) -> list[Problem]:
    found = run(workplace / "data", ROOT / "templates", "yibin", 2022).problems
    return [problem for problem in found if problem.code in ("B101", "D040", "D041")]


@pytest.mark.parametrize("dimension", APPROVED)
def test_an_approval_of_this_very_budget_is_met(dimension: str, workplace: Path, run_2022: Run) -> None:
    approve(workplace, dimension, amounts(run_2022, dimension))
    assert told(workplace) == []


@pytest.mark.parametrize(("file", "edits", "dimension"), FOUND)
def test_two_amounts_in_each_others_place(
    file: str, edits: tuple[tuple[str, str], ...], dimension: str, workplace: Path, run_2022: Run
) -> None:
    """No total moves, so only the list knows; both sides are told, one too much, one too little."""
    path = workplace / "data" / "2022" / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    assert told(workplace) == []
    approve(workplace, dimension, amounts(run_2022, dimension))
    more, less = sorted(told(workplace), key=lambda problem: "台账少" in problem.message)
    assert "台账多" in more.message and "台账少" in less.message


def test_classes_are_functions_by_their_beginning(workplace: Path, run_2022: Run) -> None:
    approve(workplace, "功能科目", amounts(run_2022, "功能科目", 3))
    assert told(workplace) == []


def test_classes_by_name(workplace: Path, run_2022: Run) -> None:
    """As an approval has them: “卫生健康支出”."""
    assert run_2022.inputs is not None
    names = run_2022.inputs.classification.function
    approve(workplace, "功能科目", {names[code]: much for code, much in amounts(run_2022, "功能科目", 3).items()})
    assert told(workplace) == []


def test_a_name_of_many_codes_is_the_one_that_is_used(workplace: Path) -> None:
    approve(workplace, "功能科目", {"行政运行": Decimal("1.00")})
    found = told(workplace)
    assert [problem.code for problem in found] == ["B101", "D041"]
    assert found[0].message == "功能科目“行政运行”控制数为1.00万元，台账合计为147.71万元，台账多146.71万元"


def test_projects_by_name_or_code(workplace: Path, run_2022: Run) -> None:
    assert run_2022.inputs is not None
    projects = run_2022.inputs.department.projects
    listed = amounts(run_2022, "项目")
    some = {(projects[code].name if at % 2 else code): much for at, (code, much) in enumerate(listed.items())}
    approve(workplace, "项目", some)
    assert told(workplace) == []


def test_what_the_list_leaves_out_is_named(workplace: Path, run_2022: Run) -> None:
    listed = amounts(run_2022, "项目")
    for code in list(listed)[4:]:
        del listed[code]
    approve(workplace, "项目", listed)
    (found,) = told(workplace)
    assert found.code == "D041"
    assert (
        found.message.startswith("控制数“项目”没有列“城乡居民基本医疗保险区级配套资金”、") and "等6项" in found.message
    )
    assert [Path(note.position.file).name for note in found.notes if note.position] == ["projects.yaml"] * 3


def test_a_list_against_the_approved_total(workplace: Path, run_2022: Run) -> None:
    """A wrong 控制数 is wrong twice: against the ledger, and against the other 控制数."""
    listed = amounts(run_2022, "项目")
    listed["410395220000000008236"] += 1
    approve(workplace, "项目", listed)
    assert [problem.message for problem in told(workplace)] == [
        "项目“410395220000000008236”控制数为13.00万元，台账合计为12.00万元，台账少1.00万元",
        "控制数“项目”各项之和为6657.23万元，比控制数“项目支出”多1.00万元",
    ]


def test_a_list_that_is_an_amount(workplace: Path) -> None:
    path = workplace / "data" / "2022" / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n  功能科目: 5.00\n", encoding="utf-8")
    found = run(workplace / "data", ROOT / "templates", "yibin", 2022).problems
    assert [problem.message for problem in found] == ["控制数“功能科目”应是“名称: 内容”的若干行"]


def test_one_wrong_amount_is_one_error_where_fewest_lines_are_to_be_looked_through(
    workplace: Path, run_2022: Run
) -> None:
    """Every sum that it is in stands beside it; two that share no line are two."""
    approve(workplace, "项目", amounts(run_2022, "项目"))
    projects, basic = (workplace / "data" / "2022" / name for name in ("projects.yaml", "basic.yaml"))
    projects.write_text(projects.read_text("utf-8").replace("30211 差旅费: 5.00", "30211 差旅费: 6.00"), "utf-8")
    [found] = told(workplace)
    assert found.message.startswith("项目“410395220000000008236”") and "台账多1.00万元" in found.message
    beside = [note.text for note in found.notes[1:]]
    assert sorted(beside) == ["“一般公共预算”也因此多1.00万元", "“总计”也因此多1.00万元", "“项目支出”也因此多1.00万元"]
    basic.write_text(basic.read_text("utf-8").replace("30211 差旅费: 3.00", "30211 差旅费: 4.00"), "utf-8")
    assert len(told(workplace)) == 3  # one too much in each, and two in what both are in
