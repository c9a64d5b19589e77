"""Rules of places that have income and balances typed beside the spending (流向), or spending by 功能科目 alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.check.book_rules import Derived
from generator.check.relations import more_or_less
from generator.check.rules import PASS, Answer, Finding, Rule
from generator.model.ledger import Dimension, LedgerLine, total_of
from generator.model.problem import Severity
from generator.model.source import Position
from generator.model.table_spec import BlockRows, GroupRows, RowSpec, TableSpec

_ECONOMIC = ("部门经济", "政府经济")


def sides_balance(derived: Derived) -> Iterator[Answer]:
    """平衡: of each fund, what came in and was there is what went out and is left."""
    ledger = derived.inputs.ledger
    spent = any(line.money for line in ledger.lines)  # a unit without money has nothing to fill in
    for one in [one for one in derived.profile.dimensions if one.balance]:
        if spent and not any(one.of(line) != one.usual for line in ledger.others):
            place = Position(f"{derived.inputs.folder}/{one.file or 'basic.yaml'}")
            yield Finding(f"没有填“{one.name}”里{'、'.join(one.values[1:])}的金额", "请按批复或决算逐项补上。", place)
            continue
        yield from _of_each_fund(derived, one)


def _of_each_fund(derived: Derived, one: Dimension) -> Iterator[Answer]:
    left, right = one.balance
    ledger = derived.inputs.ledger
    funds: dict[str, list[LedgerLine]] = {}
    apart = [other for other in derived.profile.dimensions if other.apart and other.name != one.name]
    for line in ledger.all_lines:
        if one.of(line) in (*left, *right) and all(other.of(line) == other.usual for other in apart):
            funds.setdefault(line.fund, []).append(line)
    for fund, lines in funds.items():
        come, gone = ([line for line in lines if one.of(line) in side] for side in (left, right))
        gap = total_of(come, ledger.scale) - total_of(gone, ledger.scale)
        if not gap:
            yield PASS
            continue
        yield Finding(
            f"{fund}两边不等：{'＋'.join(left)}为{total_of(come, ledger.scale)}，"
            f"{'＋'.join(right)}为{total_of(gone, ledger.scale)}，前者{more_or_less(gap.amount)}{abs(gap)}",
            f"请核对{one.file or '台账'}和支出里的{fund}，改到相等。",
            (come or gone)[0].position,
        )


def economic_codes_are_typed(derived: Derived) -> Iterator[Answer]:
    """A table or figure by 部门经济 needs lines that say it: those typed by 功能科目 alone would silently be left out."""
    for spec in derived.profile.tables if derived.profile.coarse else ():
        if lists_by_economic(spec):
            lines = [line for line in derived.inputs.ledger.selected(spec.filter) if _is_coarse(derived, line)]
            yield _left_out(spec, lines) if lines else PASS


def lists_by_economic(spec: TableSpec) -> bool:
    """Whether a table's rows are by 部门经济 or 政府经济."""
    return any(map(_by_economic, (row for panel in spec.panels for row in panel.rows)))


def _by_economic(row: RowSpec) -> bool:
    if isinstance(row, GroupRows):
        return any(by.startswith(_ECONOMIC) for by in row.by) or any(map(_by_economic, row.below))
    return isinstance(row, BlockRows) and any(map(_by_economic, row.rows))


def _is_coarse(derived: Derived, line: LedgerLine) -> bool:
    usual = all(one.of(line) == one.usual for one in derived.profile.dimensions if one.apart)
    return usual and bool(line.money) and not line.department_economic


def _left_out(spec: TableSpec, lines: Sequence[LedgerLine]) -> Finding:
    total = total_of(lines, lines[0].money.scale)
    return Finding(
        f"表“{spec.key}”按经济科目列，有{len(lines)}笔共{total}没有填经济科目，不在各行里",
        "请把这些功能科目下的金额填到部门经济科目。",
        lines[0].position,
        length=len(lines[0].function),
    )


SIDE_RULES: tuple[Rule[Derived], ...] = (
    Rule(
        "D061", "收入、结转与支出两边相等", Severity.ERROR, sides_balance, "部门决算报表的平衡关系",
        "收入9746.50＋年初结转112.88，支出9759.38＋年末结转0.00", "年末结转100.00",
    ),
    Rule(
        "D062", "按经济科目列的表，金额都填到经济科目", Severity.ERROR, economic_codes_are_typed, "每个数只填一次",
        "基本支出表按部门经济列，basic.yaml里写“2080501: 54.53”", "2080501: {30302 退休费: 54.53}",
    ),
)  # fmt: skip
