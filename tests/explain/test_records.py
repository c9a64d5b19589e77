"""清单: a cell of a list's table is told by the file and line of its record, a record's line by all that it reaches."""

from __future__ import annotations

import pytest

from generator.explain.answers import answer
from generator.explain.index import Index
from generator.explain.lines import answer_line
from generator.model.explanation import Kind
from tests.conftest import ROOT
from tests.explain.test_explain import index_of
from tests.runs import run

FILE = "2025/procurement.yaml"


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(run(ROOT / "examples" / "beijing", ROOT / "templates", "北京", 2025))


def test_a_records_amount_is_told_by_its_line(index: Index) -> None:
    [told] = answer(index, "政府采购预算明细表 台式计算机 金额")
    [typed] = told.typed
    assert typed.position.file.endswith(FILE) and typed.position.line == 2
    assert typed.words == "“采购明细”货物、机关信息化运行维护、台式计算机 金额"
    assert told.notes[0].endswith("tables/05-procurement.yaml：本栏取清单的“金额”")


@pytest.mark.parametrize(("row", "lines"), [("服务", [3, 4]), ("合计", [1, 2, 3, 4])])
def test_a_subtotal_is_told_by_its_records(row: str, lines: list[int], index: Index) -> None:
    [told] = answer(index, f"政府采购预算明细表 {row} 金额")
    assert [part.typed[0].position.line for part in told.parts] == lines
    assert all("“采购明细”" in part.name for part in told.parts)
    assert len(told.places) == 1 and told.places[0].row == (row,), told.places


def test_blanks_within_a_name_are_no_part_of_it(index: Index) -> None:
    assert answer(index, "政府采购预算明细表 合　计 金额") == answer(index, "政府采购预算明细表 合计 金额")


def test_a_records_words_are_its_own(index: Index) -> None:
    [told] = answer(index, "政府采购预算明细表 台式计算机 采购品目")
    assert (told.kind, told.typed[0].position.line, told.value) == (Kind.OWN, 2, "台式计算机")


def test_a_records_line_says_what_it_reaches(index: Index) -> None:
    told = answer_line(index, f"examples/beijing/{FILE}:3")
    assert [one.words for one in told.typed][1:] == ["服务", "机关信息化运行维护", "信息系统运行维护服务"]
    reached = {one.name: one for one in told.related}
    assert {"政府采购.服务", "政府采购.合计"} <= reached.keys() and "政府采购.货物" not in reached
    words = reached["清单（“采购明细”的“品目”）"]
    assert [place.text for place in words.places] == ["信息系统运行维护服务"]
    assert reached["清单（“采购明细”的“类别”）"].places == ()
