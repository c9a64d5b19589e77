"""A form that our files set as two tables is read as one, also where another program left out edges no row uses."""

from __future__ import annotations

from generator.readback.body import BodyRow, Table
from generator.readback.joined import continued


def row(*texts: str, wide: dict[int, int] | None = None, header: bool = False) -> BodyRow:
    return BodyRow(texts, "l" * len(texts), wide or {}, {}, header, True)


BELOW = Table((100, 200, 300, 400), (row("一级", "二级", "指标值", "说明", header=True), row("甲", "乙", "≥1", "丙")))


def test_the_same_grid() -> None:
    above = Table((100, 200, 300, 400), (row("名称", "某部门", "", "", wide={1: 3}),))
    whole = continued(above, BELOW)
    assert whole is not None and whole.grid == (100, 200, 300, 400)
    assert [one.texts for one in whole.rows] == [
        ("名称", "某部门", "", ""),
        ("一级", "二级", "指标值", "说明"),
        ("甲", "乙", "≥1", "丙"),
    ]
    assert not any(one.header for one in whole.rows) and whole.rows[0].wide == {1: 3}


def test_an_edge_that_only_the_part_below_uses() -> None:
    above = Table((100, 200, 705), (row("名称", "某部门", "", wide={1: 2}), row("甲", "乙", "丙")))
    below = Table((101, 200, 300, 400), BELOW.rows)
    whole = continued(above, below)
    assert whole is not None and len(whole.grid) == 4
    assert [one.texts for one in whole.rows[:2]] == [("名称", "某部门", "", ""), ("甲", "乙", "丙", "")]
    assert [one.wide for one in whole.rows[:2]] == [{1: 3}, {2: 2}]
    assert [len(one.aligned) for one in whole.rows] == [4, 4, 4, 4]


def test_another_table_is_none_of_it() -> None:
    assert continued(Table((10, 20, 30), (row("甲", "乙", "丙"),)), Table((100, 100, 100), BELOW.rows)) is None
