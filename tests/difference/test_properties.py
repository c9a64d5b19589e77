"""What holds for every department: nothing differs from itself, and one cent more shows in each cell it moved."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.difference.compare import compare
from generator.model.department import Inputs
from generator.model.difference import Difference, State
from generator.model.reading import Reading
from generator.readback.document import reading_of
from tests.departments import departments
from tests.test_properties import book_of, document_of, examples, with_lines


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
