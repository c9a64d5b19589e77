"""控制总额: what a bureau knows that each department and the whole city come to, as a table (csv or xlsx) beside the 应收清单.

One item a row (代码, 项, 金额), or one column for each item; rows without a code, or of 全市, are of the whole city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from generator.model.city import ControlTotal
from generator.model.money import Scale
from generator.model.problem import Problem, Problems, Severity, UsageError
from generator.sheets.read import workbook_at
from generator.sheets.sheet import Cell, Sheet, spread

TABLES = ("控制总额.csv", "控制总额.xlsx")
"""What the table is called that stands in a city's folder."""
WHOLE = ("全市", "合计", "总计", "全市合计")
"""What stands for the whole city where a department's code or name would."""
_CODE, _NAME, _ITEM, _MONEY, _UNIT = (
    ("代码", "部门代码"),
    ("名称", "部门", "部门名称"),
    ("项", "项目", "口径"),
    "金额",
    ("单位", "金额单位"),
)
BESIDE = ("序号", "备注", "说明")
"""Columns of a bureau's tables that nobody has to read."""
_IN_HEAD = re.compile(r"(.*?)[（(](万元|元)[)）]")
_SAID_ABOVE = re.compile(r"单位[:：]?\s*(万元|元)")
_SCALES = {scale.label: scale for scale in Scale}


class Controls(NamedTuple):
    """The control totals of a table, and what is wrong with it."""

    totals: tuple[ControlTotal, ...]
    problems: Problems = ()


def controls_of(city: Path, table: Path | None = None) -> Controls | None:
    """Those of the ``table``, or of the one that lies in the city's folder; None where there is none.

    Reported (K102): amounts that are none or of no known unit, and a total that stands there twice. Raises UsageError where the table can't be read, or is
    none.
    """
    table = table or lying_in(city, TABLES)
    if table is None:
        return None
    if not table.is_file():
        raise UsageError(f"没有 {table.as_posix()} 这个文件。")
    reader = _Reader(workbook_at(table).visible[0], table)
    return Controls(tuple(reader.totals()), tuple(reader.problems))


def lying_in(city: Path, names: Iterable[str]) -> Path | None:
    """The bureau's table of one of these names. Raises UsageError where there are several: nobody knows which is read."""
    found = [city / name for name in names if (city / name).is_file()]
    if len(found) > 1:
        raise UsageError(f"{'、'.join(path.as_posix() for path in found)} 是同一张表，请只留一份。")
    return found[0] if found else None


class _Head(NamedTuple):
    """Where the heads stand, each column's number by what it is, the items that have a column, and the units that heads say."""

    row: int
    code: int
    name: int
    item: int
    unit: int
    money: Mapping[str, int]
    scales: Mapping[int, Scale]


class _Reader:
    """One table being read, and what is wrong with it."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet, self.problems = sheet, list[Problem]()
        self._rows = list(sheet.rows())
        self._head = self._head_of(path)
        self.sheet = self._unmerged()
        self._told = self._said_above()
        self._known: dict[tuple[str, str, str], Cell] = {}

    def _head_of(self, path: Path) -> _Head:
        for row, cells in self._rows:
            titles = {_title(cell): cell.column for cell in cells}
            code, name, item, unit = (_column(titles, names) for names in (_CODE, _NAME, _ITEM, _UNIT))
            if not (code or name):
                continue
            scales = {
                cell.column: _SCALES[found[2]] for cell in cells if (found := _IN_HEAD.fullmatch(cell.text.strip()))
            }
            items = {title: at for title, at in titles.items() if at not in (code, name, item, unit)}
            wanted = {_MONEY: items[_MONEY]} if item and _MONEY in items else {}
            if not item:
                wanted = {title: at for title, at in items.items() if title and title not in BESIDE}
            if wanted:
                return _Head(row, code, name, item, unit, wanted, scales)
        raise UsageError(
            f"{path.as_posix()} 里没有找到表头。控制总额表要有“代码”“项”“金额”三列；或一列“代码”，其余各列是总计、一般公共预算等各项的金额。"
        )

    def _unmerged(self) -> Sheet:
        """With codes, names and items that stand once for several rows in each of them: a row without a code is the city's."""
        money = self._head.money.values()
        merged = (block for block in self.sheet.merged if block.top > self._head.row)
        labels = tuple(block for block in merged if not any(block.left <= at <= block.right for at in money))
        return spread(self.sheet._replace(merged=labels))

    def _said_above(self) -> Scale | None:
        """The unit that a cell above the heads says (单位：万元)."""
        cells = (cell for row, cells in self._rows if row < self._head.row for cell in cells)
        return next((_SCALES[found[1]] for cell in cells if (found := _SAID_ABOVE.search(cell.text))), None)

    def totals(self) -> Iterator[ControlTotal]:
        """One for each amount that is there."""
        for row, _ in self._rows:
            if row <= self._head.row:
                continue
            for title, column in self._head.money.items():
                item = self._text(row, self._head.item) if self._head.item else title
                cell = self.sheet.at(row, column)
                if cell.text.strip() or cell.problem or item != title:
                    yield from self._total(row, item, cell)

    def _total(self, row: int, item: str, cell: Cell) -> Iterator[ControlTotal]:
        code, name = self._whose(row)
        scale = self._scale(row, cell)
        amount = None if cell.problem else cell.amount
        if not item:
            self._report(cell, "这一行没有写是哪一项", "请在“项”里写总计、一般公共预算、教育支出、项目支出、三公等。")
        elif amount is None:
            why = f"：{cell.problem}" if cell.problem else ""
            said = f"不能是“{cell.text.strip()}”{why}" if cell.text.strip() else f"没有填{why}"
            self._report(cell, f"“{item}”的金额{said}", "请填数字；不核对这一项的，删去这一格（这一行）。")
        elif scale is None:
            if not self.problems:  # once is enough
                remedy = "请在表头写“金额（万元）”，或在表头上面写“单位：万元”，或加一列“单位”。"
                self._report(cell, "没有写金额的单位", remedy)
        else:
            yield from self._exact((code, name, item), amount, scale, cell)

    def _exact(self, of: tuple[str, str, str], amount: Decimal, scale: Scale, cell: Cell) -> Iterator[ControlTotal]:
        cents = amount * 100 * scale.value
        first = self._known.setdefault(of, cell)
        code, name, item = of
        if first is not cell:
            self._report(cell, f"{code or name or '全市'}的“{item}”写了两遍，前面在{first.address}", "请只留一个。")
        elif cents != int(cents):
            self._report(
                cell, f"“{item}”的金额{cell.text.strip()}{scale.label}不到一分钱", "请核对单位，或四舍五入到分。"
            )
        else:
            grain = 10_000 if scale is Scale.WAN and not int(cents) % 10_000 else 1
            yield ControlTotal(*of, int(cents), grain, self.sheet.position(cell).place)

    def _whose(self, row: int) -> tuple[str, str]:
        """Code and name; neither for the whole city."""
        code, name = self._text(row, self._head.code, code=True), self._text(row, self._head.name)
        return ("", "") if code in WHOLE or (not code and name in WHOLE) else (code, "" if code else name)

    def _scale(self, row: int, cell: Cell) -> Scale | None:
        said = self._text(row, self._head.unit)
        return _SCALES.get(said) or self._head.scales.get(cell.column) or self._told

    def _text(self, row: int, column: int, code: bool = False) -> str:
        cell = self.sheet.at(row, column) if column else Cell(row, 0)
        return (cell.code if code else cell.text).strip()

    def _report(self, cell: Cell, message: str, remedy: str) -> None:
        self.problems.append(Problem("K102", Severity.ERROR, message, remedy, self.sheet.position(cell)))


def _title(cell: Cell) -> str:
    """A head without its unit: 金额（万元） is 金额."""
    text = cell.text.strip()
    found = _IN_HEAD.fullmatch(text)
    return found[1].strip() if found else text


def _column(titles: Mapping[str, int], names: Iterable[str]) -> int:
    return next((titles[name] for name in names if name in titles), 0)
