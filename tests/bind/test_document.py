"""What our own cells mean: each prints the sum of just the entries that its scope selects."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from generator.bind.document import bound_of
from generator.model.bound import Bound
from generator.model.department import Inputs
from generator.model.ledger import Ledger
from generator.model.reading import Reading
from generator.model.table_spec import AmountColumn
from generator.readback.document import reading_of
from tests.conftest import ROOT
from tests.departments import departments
from tests.made_up import KEPT, examples
from tests.runs import Run, run
from tests.test_properties import document_of, selects


def printed_amounts(bound: Bound, ledger: Ledger, thousands: bool = False) -> int:
    """How many cells mean a sum of entries; each of them prints it, and no other cell of an amounts' column prints any."""
    count = 0
    for table in bound.tables:
        for number, row in enumerate(table.table.rows):
            for column, text in enumerate(row):
                scope = table.scope_of(number, column)
                if scope is not None:
                    total = sum((line.money.amount for line in ledger.lines if selects(scope, line)), Decimal(0))
                    assert Decimal(text.replace(",", "") or 0) == total, (table.table.caption, row, column, scope)
                    count += 1
                elif not table.cells and isinstance(table.columns[column], AmountColumn):
                    assert not Decimal(text or 0), (table.table.caption, row, column)
    return count


def test_each_amount_of_2022_is_the_sum_of_what_its_cell_selects(run_2022: Run, reading_2022: Reading) -> None:
    assert run_2022.document is not None and run_2022.inputs is not None
    count = printed_amounts(bound_of(run_2022.document, reading_2022), run_2022.inputs.ledger)
    assert count > 1000
    bound = bound_of(run_2022.document, reading_of(run_2022.document))
    assert [table.key for table in bound.tables] == [
        path.stem for path in sorted((ROOT / "templates" / "yibin" / "tables").glob("*.yaml"))
    ]


def test_another_profile_s_cells_too() -> None:
    done = run(Path(__file__).parent.parent / "data", Path(__file__).parent.parent / "profiles", "tiny", 2023)
    assert done.document is not None and done.inputs is not None
    count = printed_amounts(bound_of(done.document, reading_of(done.document)), done.inputs.ledger)
    assert count > 20


@given(departments())
@examples(8)
def test_made_up_departments_cells_too(inputs: Inputs) -> None:
    document = document_of(inputs, remember=KEPT)
    count = printed_amounts(bound_of(document, reading_of(document)), inputs.ledger)
    assert count > 200


def test_a_cell_of_words_selects_nothing_and_a_damaged_row_is_no_traceback(run_2022: Run) -> None:
    assert run_2022.document is not None
    bound = bound_of(run_2022.document, reading_of(run_2022.document), {"02-income": "表2"})
    income = next(table for table in bound.tables if table.key == "02-income")
    assert income.form == "表2" and bound.tables[0].form == ""
    assert income.scope_of(0, 0) is None and income.scope_of(0, 999) is None
    goals = next(table for table in bound.tables if table.cells)
    assert goals.scope_of(0, 999) is None


def test_a_reading_of_another_document_is_no_reading_of_it(run_2022: Run) -> None:
    assert run_2022.document is not None
    reading = reading_of(run_2022.document)
    with pytest.raises(ValueError, match="zip"):
        bound_of(run_2022.document, reading._replace(blocks=reading.blocks[:-1]))
