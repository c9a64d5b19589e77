"""Sums over random ledgers: what a pivot must keep whatever is in it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.derive.cube import ColumnSums, Lines, build_cube, combine, lines_of
from generator.model.ledger import BASIC, FUNDS, PROJECT, Filter, Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.source import Position

LINES = st.lists(
    st.builds(
        LedgerLine,
        agency=st.sampled_from(["027001", "027002"]),
        function=st.sampled_from(["2080101", "2080505", "2101301"]),
        department_economic=st.sampled_from(["30101", "30201", "30307", "31007"]),
        government_economic=st.just("50501"),
        fund=st.sampled_from(FUNDS),
        origin=st.sampled_from(["本级", "上级"]),
        period=st.sampled_from(["本年", "上年结转"]),
        project=st.sampled_from(["", "P1", "P2"]),
        project_kind=st.just(""),
        money=st.integers(1, 10**9).map(lambda cents: Money(Decimal(cents).scaleb(-2))),
        position=st.integers(1, 999).map(lambda line: Position("x.yaml", line, 1)),
    ),
    max_size=30,
)
COLUMNS = [Filter(), Filter((("类别", (BASIC,)),)), Filter((("类别", (PROJECT,)),)), Filter((("部门经济", ("30",)),))]
FUND_COLUMNS = [Filter((("资金", (fund,)),)) for fund in FUNDS]


def of(lines: list[LedgerLine]) -> Lines:
    return lines_of(Ledger(2022, Scale.WAN, tuple(lines)))


def plain(lines: list[LedgerLine], wanted: Filter) -> Decimal:
    return sum((line.money.amount for line in lines if wanted.selects(line)), Decimal(0))


@given(LINES)
def test_a_column_is_the_plain_sum_of_its_lines(lines: list[LedgerLine]) -> None:
    cube = build_cube(of(lines), COLUMNS, ["单位"])
    cells = ColumnSums(COLUMNS, Scale.WAN).row(cube.buckets)
    for cell, column in zip(cells, COLUMNS, strict=True):
        assert (cell.money.amount if cell else 0) == plain(lines, column)
        chosen = [line for line in lines if column.selects(line)]
        assert sorted(cell.lines if cell else (), key=repr) == sorted(chosen, key=repr)


@given(LINES)
def test_every_line_is_in_exactly_one_fund_column(lines: list[LedgerLine]) -> None:
    cube = build_cube(of(lines), FUND_COLUMNS, [])
    cells = ColumnSums(FUND_COLUMNS, Scale.WAN).row(cube.buckets)
    assert sum(len(cell.lines) for cell in cells if cell) == len(lines)
    assert sum((cell.money.amount for cell in cells if cell), Decimal(0)) == plain(lines, Filter())


@given(LINES, st.randoms(use_true_random=False))
def test_order_of_lines_changes_no_sum(lines: list[LedgerLine], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for column in COLUMNS:
        one = build_cube(of(lines), COLUMNS, []).figure(column)
        other = build_cube(of(shuffled), COLUMNS, []).figure(column)
        assert one.money == other.money


def test_only_a_named_figure_has_a_key() -> None:
    cube = build_cube(of([]), COLUMNS, [])
    assert (cube.figure(Filter()).key, cube.figure(Filter(), "总计").key, combine([], Scale.WAN).key) == (
        "",
        "总计",
        "",
    )


@given(LINES)
def test_basic_and_project_make_the_whole(lines: list[LedgerLine]) -> None:
    cube = build_cube(of(lines), COLUMNS, [])
    whole, basic, project = (cube.figure(column).money for column in COLUMNS[:3])
    assert basic + project == whole
