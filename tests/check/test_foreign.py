"""A document without its data: what can still be asked, and what is said where it can't."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.asking import check_reading
from generator.check.rules import Checked, Outcome
from generator.model.reading import ContentsLine, ReadHeading, Reading, ReadParagraph
from tests.conftest import ROOT, Golden

HERE = ROOT / "tests" / "golden"


def lines(checked: Checked) -> str:
    problems = [f"{problem.position}: {problem.code} {problem.message}" for problem in checked.problems]
    asked = [f"{one.code} {one.outcome.value}：{one.why}".rstrip("：") for one in checked.asked]
    return "\n".join([*problems, *asked]) + "\n"


def test_the_real_document_without_its_data(reading_2022: Reading, golden: Golden) -> None:
    golden(HERE / "foreign-2022.txt", lines(check_reading(reading_2022)))


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("nothing", Reading((), (), ())),
        ("words", Reading(("2022年部门预算",), (), (ReadParagraph("1.收入增加1.00万元。3.支出", ""),))),
    ],
)
def test_a_document_that_is_no_budget(name: str, reading: Reading, golden: Golden) -> None:
    golden(Path(HERE / f"foreign-{name}.txt"), lines(check_reading(reading)))


def test_numbers_of_thousands_of_digits_are_read() -> None:
    """Nobody means them, and int() refuses them: what is said is that they do not count on."""
    many = "9" * 5000
    said = (("一、职责", f"{many}.负责。"), ("五、国有资产占用情况", f"共有车辆{many}辆，其中：轿车{many}辆。2021年末"))
    blocks = [block for title, text in said for block in (ReadHeading(2, title), ReadParagraph(text, title))]
    contents = tuple(ContentsLine("一、职责", page) for page in ("3", many))
    asked = check_reading(Reading(("2022年预算",), contents, tuple(blocks))).asked
    assert "L304" in {answer.code for answer in asked if answer.outcome is Outcome.FAILED}
