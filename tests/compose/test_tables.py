"""The head of a table: which cells are how high."""

from __future__ import annotations

from generator.compose.tables import _header
from generator.model.ledger import Filter
from generator.model.table_spec import AmountColumn, ColumnGroup, TextColumn


def test_a_lone_number_under_a_heading_stands_in_the_lowest_row() -> None:
    """栏次: of headings of one level and of two the numbers stand side by side."""
    one, two, three = (AmountColumn(number, Filter()) for number in "123")
    columns = (
        ColumnGroup("项目", (TextColumn("栏次", "名称"),)),
        ColumnGroup("合计", (one,)),
        ColumnGroup("事业收入", (ColumnGroup("小计", (two,)), ColumnGroup("教育收费", (three,)))),
        AmountColumn("其他", Filter()),
    )
    cells = {cell.text: (cell.row, cell.depth) for cell in _header(columns, str)}
    assert cells == {
        "项目": (0, 2), "栏次": (2, 1), "合计": (0, 2), "1": (2, 1), "事业收入": (0, 1),
        "小计": (1, 1), "2": (2, 1), "教育收费": (1, 1), "3": (2, 1), "其他": (0, 3),
    }  # fmt: skip
