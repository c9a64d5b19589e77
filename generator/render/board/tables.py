"""The tables of a board as rows of a workbook: what stands in which column of which sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.model.board import WITHOUT_DOCUMENT, Board, Change, Compared, Department, Since, Split
from generator.model.city import CLASS, FUND, KIND


class Link(NamedTuple):
    """A cell that leads to a file in a department's folder."""

    words: str
    key: str
    name: str


class Rate(NamedTuple):
    """A part of a whole, or a change of what was before, in 分; nothing where that is nothing."""

    part: int
    whole: int


Value = str | int | Rate | Link | None
Row = tuple[Value, ...]


class Column(NamedTuple):
    """A column: its title and width in half letters; ``kind`` is text, count, money (分, shown in 万元), rate or link; ``summed``: it has a sum below."""

    title: str
    width: int
    kind: str = "text"
    summed: bool = False


class Table(NamedTuple):
    """A sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Board], Iterable[Row]]


def _money(title: str, summed: bool = False) -> Column:
    return Column(title, 15, "money", summed)


def _counted(title: str, summed: bool = True) -> Column:
    return Column(title, 9, "count", summed)


def _list(board: Board) -> Iterator[Row]:
    changed = {change.key: change for since in board.since[:1] for change in since.changes}
    for one in board.departments:
        old = "旧" if one.state in WITHOUT_DOCUMENT else ""  # what stands there was made of earlier data
        yield (
            one.code, one.name, one.place, one.state.value, one.errors, one.warnings, one.advice, *_compared(one.total),
            one.due.text, one.late or None, one.contact, one.published, _changed(changed.get(one.key)),
            _link(one, f"{old}文档", one.document), _link(one, f"{old}网页", one.page), _link(one, "问题", one.problems), one.note,
        )  # fmt: skip


def _compared(money: Compared | None) -> Row:
    """This year, the last, the change, and its rate."""
    if money is None:
        return (None, None, None, None)
    return (*money, money.change, _rate(money.change, money.before))


def _rate(change: int | None, before: int | None) -> Rate | None:
    return Rate(change, abs(before)) if change is not None and before else None


def _link(one: Department, words: str, name: str) -> Link | None:
    return Link(words, one.key, name) if name else None


def _changed(change: Change | None) -> str:
    if change is None:
        return ""
    said = [f"原{change.states[0].value}" if change.states else "", "总计变了" if change.totals else ""]
    return "，".join(filter(None, (*said, "文档变了" if change.documents else "")))


def _rules(board: Board) -> Iterator[Row]:
    return ((one.severity, one.code, one.title, one.departments, one.places) for one in board.rules)


def _details(board: Board) -> Iterator[Row]:
    names = {one.key: (one.code, one.name) for one in board.departments}
    for one in board.problems:
        yield (*names.get(one.key, ("", one.key)), one.unit, one.severity, one.code, one.where, one.message, one.remedy)
    if board.left_out:
        yield ("", "", "", "", "", "", f"还有{board.left_out}处没有列，见各部门的“问题.txt”。", "")


def _splits(kind: str) -> Callable[[Board], Iterator[Row]]:
    def rows(board: Board) -> Iterator[Row]:
        of_kind = [one for one in board.splits if one.kind == kind]
        whole = sum(one.now for one in of_kind)
        return (_split(one, whole) for one in of_kind)

    return rows


def _split(one: Split, whole: int) -> Row:
    code = "" if one.code == one.name else one.code
    rate = _rate(one.change, one.before)
    share = Rate(one.now, whole) if whole else None
    return (code, one.name, one.now, share, one.before, one.change, rate, one.departments, one.unknown or None)


def _public(board: Board) -> Iterator[Row]:
    found = [(one, one.public) for one in board.departments if one.public and (one.public.whole.now or one.public.whole.before)]  # fmt: skip
    for one, public in sorted(found, key=lambda pair: -pair[1].whole.now):
        parts = (public.abroad, public.cars, public.hosting)
        yield (one.code, one.name, *_compared(public.whole), *(part and part.now for part in parts))


def _changes(board: Board) -> Iterator[Row]:
    names = {one.key: one for one in board.departments}
    for since in board.since:
        for change in since.changes:
            yield _moved(since, names[change.key], change)


def _moved(since: Since, one: Department, change: Change) -> Row:
    states = [state.value for state in change.states or ()] or ["", ""]
    old, new = change.totals or (None, None)
    apart = new - old if new is not None and old is not None else None
    said = f"{since.words}（{since.begun}）"
    return (one.code, one.name, *states, old, new, apart, "变了" if change.documents else "", said)


def _findings(board: Board) -> Iterator[Row]:
    names = {one.key: one.name for one in board.departments}
    for one in board.findings:
        concerned = "、".join(names.get(key, key) for key in one.keys)
        yield (one.severity, one.code, concerned, one.message, one.remedy)
    yield from (("没有核对", code, "", why, "") for code, why in board.not_asked)


_CODE, _NAME = Column("代码", 12), Column("部门", 34)
_MONEY = (
    _money("本年（万元）", True),
    _money("上年（万元）", True),
    _money("增减（万元）", True),
    Column("增减%", 11, "rate"),
)
_SPLIT = (
    _CODE, Column("名称", 30), _money("本年（万元）", True), Column("占比", 10, "rate"), _money("上年（万元）", True), _money("增减（万元）", True),
    Column("增减%", 11, "rate"), _counted("部门", False), _counted("没有上年数", False),
)  # fmt: skip
TABLES = (
    Table("应收清单", (
        _CODE, _NAME, Column("地区", 12), Column("状态", 10), _counted("错误"), _counted("警告"), _counted("建议"), *_MONEY, Column("截止日期", 14),
        _counted("迟（天）", False), Column("联系人", 20), Column("公开日期", 14), Column("比上次", 24), Column("文档", 7, "link"), Column("网页", 7, "link"),
        Column("问题", 7, "link"), Column("没有做成的原因", 30),
    ), _list),
    Table("问题按规则", (Column("级别", 8), Column("规则", 8), Column("要求", 50), _counted("部门", False), _counted("处")), _rules),
    Table("问题明细", (
        _CODE, _NAME, Column("单位版", 12), Column("级别", 8), Column("规则", 8), Column("哪里", 36), Column("问题", 70), Column("改法", 60),
    ), _details),
    Table("资金来源", _SPLIT, _splits(FUND)),
    Table("功能类", _SPLIT, _splits(CLASS)),
    Table("支出类别", _SPLIT, _splits(KIND)),
    Table("三公", (
        _CODE, _NAME, *_MONEY, _money("因公出国（境）", True), _money("公务用车", True), _money("公务接待", True),
    ), _public),
    Table("变动", (
        _CODE, _NAME, Column("原状态", 10), Column("现状态", 10), _money("原总计（万元）"), _money("现总计（万元）"), _money("相差（万元）"),
        Column("文档", 8), Column("比哪一次", 40),
    ), _changes),
    Table("跨部门", (Column("级别", 10), Column("规则", 8), Column("有关部门", 40), Column("问题", 80), Column("改法", 60)), _findings),
)  # fmt: skip
