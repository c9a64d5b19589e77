"""A document without its data: what can still be asked, and what is said where it can't."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.rules import Checked
from generator.model.reading import Reading, ReadParagraph
from generator.pipeline import check_reading
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
