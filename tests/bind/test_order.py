"""Rows told by the order of a definition: all that every cheapest reading agrees on, and nothing else."""

from __future__ import annotations

import pytest

from generator.bind.order import NONE, UNSURE, settle

FIXED = {(here, there): there - here - 1 for here in range(-1, 6) for there in range(6) if there > here}
REPEATED = FIXED | {(2, 2): 0, (2, 1): 0, (1, 1): 0}
"""0 a total, 1 units, 2 codes inside a unit, 3 a total below."""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([(0,), (1,), (3,)], [0, 1, 3]),
        ([(0,), (), (3,)], [0, NONE, 3]),  # a row that is nothing
        ([(0,), (1, 4), (3,), (1, 4), (5,)], [0, 1, 3, 4, 5]),  # two rows of one name, with what is between
        ([(0,), (1, 4), (5,)], [0, UNSURE, 5]),  # one of them, with nothing between
        ([(3,), (0,), (1,)], [NONE, 0, 1]),  # the fewest rows are out of order
        ([(3,), (0,)], [NONE, 0]),  # either is: the one that passes nothing over stays
        ([(4,), (1, 3), (1, 3), (5,)], [NONE, 1, 3, 5]),
    ],
)
def test_rows_that_stand_once(rows: list[tuple[int, ...]], found: list[int]) -> None:
    assert settle(rows, FIXED) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(0,), (1,), (2,), (2,), (1,), (2,), (3,)], [0, 1, 2, 2, 1, 2, 3]),
        ([(0,), (1, 2), (2,), (3,)], [0, 1, 2, 3]),  # a unit comes before its codes
        ([(0,), (1,), (1, 2), (3,)], [0, 1, 2, 3]),  # a unit without codes would be passed over
        ([(0,), (1,), (2,), (1, 2), (2,)], [0, 1, 2, UNSURE, 2]),  # a unit, or one of its codes
    ],
)
def test_rows_that_repeat(rows: list[tuple[int, ...]], found: list[int]) -> None:
    assert settle(rows, REPEATED) == found
