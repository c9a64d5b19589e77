"""Other departments of a place that was written after one: made-up ones of odd shapes, with the profile as it is.

One department's units pay each other, one has no project and no 三公, spends less than last year and has 经营收入; the
other's final accounts have a fund's balances, 结余分配 and what is left of a transfer.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.model.document import TableBlock
from generator.model.ledger import total_of
from generator.work.report import Report, every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

DATA = Path(__file__).parent / "data"


class Case(NamedTuple):
    """A made-up department; ``noted`` are what a careful reader would ask, by edition and code."""

    name: str
    profile: str
    year: int
    units: tuple[str, ...]
    noted: tuple[tuple[str, str], ...]


CASES = (
    Case("shanghai", "上海", 2025, ("170001", "170002", "170003"), (("170002", "T222"),)),
    Case("shanghai-final", "上海决算", 2024, ("180001", "180002"), ()),
)


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@cache
def made(case: Case) -> dict[str, Report]:
    """Every edition as a Word file that was read back, by the unit's code; “” is the department's."""
    shop = Workshop(ROOT / "templates", case.profile)
    reports = every_edition(shop, DATA / case.name, case.year)
    return dict(zip(("", *case.units), reports, strict=True))


def finished(case: Case, unit: str) -> Finished:
    done = made(case)[unit].ended
    assert isinstance(done, Finished), done.problems
    return done


def words(case: Case, unit: str) -> str:
    blocks = finished(case, unit).document.blocks
    return "\n".join(getattr(block, "text", getattr(block, "title", "")) for block in blocks)


def rows(case: Case, unit: str, caption: str) -> list[tuple[str, ...]]:
    blocks = finished(case, unit).document.blocks
    [table] = [block for block in blocks if isinstance(block, TableBlock) and block.caption == caption]
    return [row.texts for row in table.rows]


def test_every_edition_is_made_and_read_back(case: Case) -> None:
    names = [name for report in made(case).values() for name in report.files]
    assert len(set(names)) == len(case.units) + 1, [report.ended.problems for report in made(case).values()]


def test_no_rule_finds_fault_but_what_a_reader_would_ask(case: Case) -> None:
    found = [(unit, problem.code) for unit, report in made(case).items() for problem in report.ended.problems]
    assert sorted(found) == sorted(case.noted)


def test_units_add_up_to_the_department_and_what_they_pay_each_other(case: Case) -> None:
    whole = finished(case, "")
    totals = [finished(case, unit).book.figures["总计"].money.amount for unit in case.units]
    inside = total_of(whole.inputs.ledger.inside, whole.inputs.ledger.scale)
    assert inside.amount > 0
    assert sum(totals) == whole.book.figures["总计"].money.amount + inside.amount


def test_nobodys_name_is_in_the_profile(case: Case) -> None:
    names = {finished(case, unit).inputs.department.name for unit in made(case)}
    for path in (ROOT / "templates" / case.profile).rglob("*.*"):
        if path.suffix in (".yaml", ".j2"):
            assert not [name for name in names if name in path.read_text(encoding="utf-8")], path


@pytest.mark.parametrize(
    ("case_", "unit", "said"),
    [
        (CASES[0], "170002", "财政拨款收入256.12万元，比2024年预算执行数减少33.88万元"),
        (CASES[0], "170002", "事业单位经营收入110.00万元；其他收入30.00万元。"),
        (CASES[0], "170002", "2025年“三公”经费预算数为0万元，与2024年预算持平。"),
        (CASES[0], "170002", "编报绩效目标的项目共0个，涉及项目预算资金0万元。"),
        (CASES[0], "", "事业收入70.00万元；事业单位经营收入110.00万元；其他收入0万元。"),
        (CASES[0], "", "群众文化（项）”242.12万元"),
        (CASES[0], "", "财政拨款的机关运行经费预算为23.00万元。"),  # of 行政单位 alone, as 名词解释 has it
        (CASES[0], "170003", "财政拨款的机关运行经费预算为0万元。"),
        (CASES[0], "170001", "群众文化（项）”30.00万元"),
        (CASES[1], "180002", "上级补助收入100.00万元，占7.80%；事业收入300.00万元，占23.42%；经营收入120.00万元，占9.37%。"),
        (CASES[1], "", "本年收入合计2702.23万元，其中：财政拨款收入2282.23万元，占84.46%；事业收入300.00万元"),
        (CASES[1], "180001", "上海市清江区民政局（本级）2024年度收入支出总计1541.23万元。"),
        (CASES[1], "180001", "上级补助收入"),
    ],
)  # fmt: skip
def test_sentences_of_odd_shapes(case_: Case, unit: str, said: str) -> None:
    if said == "上级补助收入":
        assert said not in words(case_, unit)
    else:
        assert said in words(case_, unit)


@pytest.mark.parametrize("unit", ["", *CASES[1].units])
def test_both_sides_of_final_accounts_are_printed_equal(unit: str) -> None:
    *_, total = rows(CASES[1], unit, "收入支出决算总表")
    assert total[0] == total[2] == "总计" and total[1] == total[3]


def test_what_is_left_of_a_transfer_is_the_departments_under_its_own_fund() -> None:
    whole, payee = (finished(CASES[1], unit).inputs.ledger.others for unit in ("", "180002"))
    left = [
        (line.fund, line.money.amount)
        for line in whole
        if ("流向", "年末结转和结余") in line.own and "来自" in dict(line.own)
    ]
    assert left == [("一般公共预算", Decimal("100000.00"))]
    assert ("上级补助收入", Decimal("100000.00")) in [(line.fund, line.money.amount) for line in payee]
