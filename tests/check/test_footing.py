"""Totals that are not what a reader adds up beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.footing import footing
from generator.derive.book import derive
from generator.model.ledger import Filter
from generator.model.money import Money, Scale
from generator.model.source import Position, Text
from generator.model.table_spec import (
    AmountColumn,
    Column,
    ColumnGroup,
    FixedRow,
    Panel,
    RowSpec,
    TableSpec,
    TextColumn,
)
from tests.departments import real, yibin

NAME = TextColumn("项目", "名称")
ALL = AmountColumn("合计", Filter())
BASIC, PROJECT = (AmountColumn(kind, Filter((("类别", (kind,)),))) for kind in ("基本支出", "项目支出"))
PERSONNEL = AmountColumn("人员经费", Filter((("经费", ("人员经费",)),)))
TOTAL = FixedRow("合计", Filter())


def row(label: str, level: int = 0, **terms: str) -> FixedRow:
    return FixedRow(label, Filter(tuple((name, (value,)) for name, value in terms.items())), level=level)


def found(columns: tuple[Column, ...], rows: tuple[RowSpec, ...]) -> list[str]:
    spec = TableSpec("t", Text("试表", Position("tables/t.yaml")), False, False, Filter(), (Panel("", columns, rows),))
    profile = yibin()
    part = profile.outline[-1]._replace(tables=(spec,))
    book, problems = derive(real(), profile._replace(outline=(part,)))
    assert not problems
    return [one.message for one in footing(book)]


def test_columns_beside_a_total_are_all_of_it() -> None:
    rows = (row("全部"),)
    assert found((NAME, ALL, BASIC, PROJECT), rows) == []
    [message] = found((NAME, ALL, PERSONNEL, PROJECT), rows)
    assert message.startswith("表“试表”加不起来：“全部”这一行：“合计”6824.79万元，人员经费、项目支出相加是")
    assert message.endswith("（没有列的：经费是公用经费的）")


def test_where_no_part_has_anything_the_first_entry_is_told_as_it_is() -> None:
    """Any of its values may be why: 资金 alone would lead astray where the columns want 年度 too."""
    parts = [AmountColumn(fund, Filter((("资金", (fund,)),))) for fund in ("国有资本经营预算", "财政专户管理资金")]
    [message] = found((NAME, ALL, *parts), (row("全部"),))
    assert "（没有列的：如一般公共预算、本年的基本支出，功能科目" in message


def test_a_group_stands_for_its_own_total() -> None:
    inner = ColumnGroup("基本支出", (AmountColumn("小计", BASIC.filter), PERSONNEL, BASIC._replace(label="公用经费")))
    [message] = found((NAME, ALL, inner, PROJECT), (row("全部"),))
    assert "“小计”" in message and message.endswith("（有的钱列了两遍）")


def test_what_is_called_a_part_need_not_be_all() -> None:
    of_which = PERSONNEL._replace(label="其中：人员经费")
    assert found((NAME, ALL, of_which), (row("全部"),)) == []
    assert found((NAME, ALL, ColumnGroup("其中：", (PERSONNEL, PROJECT))), (row("全部"),)) == []


def test_the_same_total_told_apart_twice_foots() -> None:
    by_period = ColumnGroup(
        "按年度", tuple(AmountColumn(one, Filter((("年度", (one,)),))) for one in ("本年", "上年结转"))
    )
    assert found((NAME, ALL, BASIC, PROJECT, by_period), (row("全部"),)) == []
    assert found((NAME, ALL, BASIC, PROJECT, *by_period.columns), (row("全部"),)) == []
    some = PERSONNEL._replace(label="人员")
    assert len(found((NAME, ALL, BASIC, PROJECT, some), (row("全部"),))) == 1


def test_rows_above_a_total_have_all_of_it() -> None:
    columns = (NAME, AmountColumn("金额", Filter()))
    assert found(columns, (row("基本支出", 类别="基本支出"), row("项目支出", 类别="项目支出"), TOTAL)) == []
    [message] = found(columns, (row("人员经费", 经费="人员经费"), row("项目支出", 类别="项目支出"), TOTAL))
    assert "“合计”行的“金额”有" in message and "没有列在任何一行（经费是公用经费的）" in message


def test_a_row_that_is_in_no_total() -> None:
    columns = (NAME, AmountColumn("金额", Filter()))
    [message] = found(
        columns, (row("基本支出", 类别="基本支出"), row("项目支出", 类别="项目支出"), row("合计", 类别="基本支出"))
    )
    assert "“项目支出”行的“金额”有" in message and "不在“合计”里（类别是项目支出的）" in message


@pytest.mark.parametrize(("levels", "told"), [((1, 1), 1), ((1, 2), 0), ((0, 0), 0)])
def test_rows_of_one_level_have_nothing_in_common(levels: tuple[int, int], told: int) -> None:
    columns = (NAME, AmountColumn("金额", Filter()))
    rows = (row("基本支出", levels[0], 类别="基本支出"), row("人员经费", levels[1], 经费="人员经费"))
    assert len(found(columns, rows)) == told


def test_the_real_document_foots() -> None:
    book, _ = derive(real(), yibin())
    assert list(footing(book)) == []
    assert book.whole.money == Money(Decimal("6824.79"), Scale.WAN)
