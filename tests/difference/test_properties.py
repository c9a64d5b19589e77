"""What holds for every department: nothing differs from itself, and one cent more shows in each cell it moved."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.difference.compare import compare
from generator.difference.sources import changed_lines
from generator.model.department import Inputs
from generator.model.difference import Difference, State
from generator.model.reading import Reading
from generator.model.source import Source
from generator.readback.document import reading_of
from tests.departments import departments
from tests.made_up import examples
from tests.test_properties import book_of, document_of, with_lines


def state(inputs: Inputs) -> State:
    return State("", inputs.ledger.year, {}, book_of(inputs), reading_of(document_of(inputs)))


def one_cent_more(inputs: Inputs, number: int) -> Inputs:
    lines = list(inputs.ledger.lines)
    line = lines[number % len(lines)]
    lines[number % len(lines)] = line._replace(money=line.money._replace(amount=line.money.amount + Decimal("0.01")))
    return with_lines(inputs, lines)


def cells(reading: Reading) -> list[tuple[int, int, int, str]]:
    return [
        (number, i, j, text)
        for number, table in enumerate(reading.tables)
        for i, row in enumerate(table.rows)
        for j, text in enumerate(row)
    ]


@examples(15)
@given(departments())
def test_nothing_differs_from_itself(inputs: Inputs) -> None:
    one = state(inputs)
    assert compare(one, one) == Difference(one, one)
    assert compare(one, one).empty


@examples(15)
@given(departments(), st.integers(0, 20))
def test_one_cent_shows_wherever_it_counts(inputs: Inputs, number: int) -> None:
    assume(inputs.ledger.lines and all(line.money for line in inputs.ledger.lines))  # a line of nothing has no row yet
    old, new = state(inputs), state(one_cent_more(inputs, number))
    found = compare(old, new)
    before, after = cells(old.reading), cells(new.reading)
    moved = [(was[3] or "", now[3] or "") for was, now in zip(before, after, strict=True) if was != now]
    assert sorted((cell.old, cell.new) for cell in found.cells) == sorted(moved)
    assert not found.pieces
    assert {figure.name for figure in found.figures} >= {"总计"}
    back = compare(new, old)
    assert sorted((cell.new, cell.old) for cell in back.cells) == sorted(moved)


LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", "", "- 名称: 一", "- 名称: 二", "- 名称: 三"]), max_size=30)


@given(LINES, LINES)
def test_lines_told_are_the_difference(before: list[str], after: list[str]) -> None:
    old, new = Source("data/2022/x.yaml", "\n".join(before)), Source("data/2022/x.yaml", "\n".join(after))
    found = changed_lines({"x": old}, {"x": new})
    kept = Counter(filter(None, before)) - Counter(line.old for line in found if line.old)
    assert kept == Counter(filter(None, after)) - Counter(line.new for line in found if line.new)
    for line in found:
        text = after[line.position.line - 1] if line.new is not None else before[line.position.line - 1]
        assert text == (line.old if line.new is None else line.new)
    assert bool(found) or list(filter(None, before)) == list(filter(None, after))


def test_a_block_that_moved_is_told_and_not_what_lies_between() -> None:
    projects = [
        f"- 名称: 项目{number}\n  类型: 其他运转类\n  支出:\n    30201 办公费: {number}.00" for number in range(400)
    ]
    moved = [*projects[:100], projects[300], *projects[101:300], projects[100], *projects[301:]]
    old, new = Source("x.yaml", "\n".join(projects)), Source("x.yaml", "\n".join(moved))
    found = changed_lines({"x": old}, {"x": new})
    told = {text for line in found for text in (line.old, line.new) if text and "项目" in text}
    assert told == {"- 名称: 项目100", "- 名称: 项目300"} and len(found) <= 16
