"""Cells into pieces, two ways of taking money apart joined, and lists in sentences."""

from __future__ import annotations

import pytest

from generator.intake.document.lots import Cell, taken_apart
from generator.intake.document.phrases import split_items
from generator.intake.document.sharing import shared
from generator.intake.document.space import space_of
from generator.model.ledger import Filter


def _scope(**terms: str) -> Filter:
    return Filter(tuple((name, (value,)) for name, value in terms.items()))


def test_the_same_money_said_in_two_ways_is_one_box() -> None:
    said = (
        _scope(经费="人员经费"),
        _scope(类别="基本支出", 部门经济="30101"),
        _scope(项目="甲"),
        _scope(资金="财政拨款"),
    )
    space = space_of(said, ())
    assert space.box(_scope(经费="人员经费")) == space.box(
        Filter((("类别", ("基本支出",)), ("部门经济", ("301", "303"))))
    )
    project = space.box(_scope(项目="甲"))
    assert project is not None
    assert space.of(project, "类别") == ("项目支出",)
    assert space.box(_scope(项目="甲", 经费="公用经费")) is None
    assert space.of(space.box(_scope(资金="财政拨款")) or (), "资金")[0] == "一般公共预算"


@pytest.mark.parametrize(
    ("amounts", "pieces", "wrong"),
    [
        ((10, 7, 3), {7, 3}, 0),
        ((10, 7, 0), {7, 3}, 0),  # 其中: the rest of the 小计 is a piece too
        ((6, 7, 0), {7}, 1),
    ],
)
def test_a_sum_is_no_piece(amounts: tuple[int, int, int], pieces: set[int], wrong: int) -> None:
    scopes = (
        _scope(资金="一般公共预算"),
        _scope(资金="一般公共预算", 来源="本级"),
        _scope(资金="一般公共预算", 来源="上级"),
    )
    space = space_of(scopes, ())
    boxes = [space.box(scope) for scope in scopes]
    cells = [
        Cell(box, amount, str(at))
        for at, (box, amount) in enumerate(zip(boxes, amounts, strict=True))
        if box and amount
    ]
    families, disagree = taken_apart("表", cells)
    assert {lot.amount for family in families for lot in family.lots} == pieces
    assert len(disagree) == wrong


@pytest.mark.parametrize(
    ("givers", "takers", "likeness", "flows", "open_"),
    [
        ([5, 3], [3, 5], [[0.0, 0.0], [0.0, 0.0]], {(0, 1): 5, (1, 0): 3}, True),  # equal amounts
        (
            [4, 4],
            [4, 4],
            [[0.1, 0.3], [0.3, 0.1]],
            {(0, 1): 4, (1, 0): 4},
            True,
        ),  # of equal ones those with alike names
        ([12, 4], [5, 4, 7], [[0.0] * 3, [0.0] * 3], {(0, 0): 5, (0, 2): 7, (1, 1): 4}, True),  # whole ones add up
        ([6, 6], [5, 7], [[0.0, 0.9], [0.0, 0.1]], {(0, 1): 6, (1, 0): 5, (1, 1): 1}, True),  # alike names
        ([4, 4], [4, 4], [[0.0, 0.0], [0.0, None]], {(0, 1): 4, (1, 0): 4}, False),  # the only way
    ],
)
def test_money_is_shared_out_the_same_way_each_time(
    givers: list[int],
    takers: list[int],
    likeness: list[list[float | None]],
    flows: dict[tuple[int, int], int],
    open_: bool,
) -> None:
    found = shared(givers, takers, likeness)
    assert not any(found.left)
    assert found.flows == flows
    assert bool(found.open) == open_


def test_what_can_not_be_given_is_left() -> None:
    assert shared([3, 2], [5], [[None], [0.0]]).left == (3, 0)


@pytest.mark.parametrize(
    ("text", "joints", "items"),
    [
        ("甲科、乙科和丙科", ("、", "和"), ["甲科", "乙科", "丙科"]),
        ("甲科", ("、", "和"), ["甲科"]),
        ("甲、乙", ("、", "和"), ["甲、乙"]),  # told otherwise than a list is: one item
        ("甲、乙", (), ["甲、乙"]),
    ],
)
def test_a_list_in_a_sentence(text: str, joints: tuple[str, ...], items: list[str]) -> None:
    assert split_items(text, joints) == items
