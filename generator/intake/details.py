"""The rows of a table of details: each a line of the ledger, a total of others, or no part of it; all that is wrong is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from generator.intake.codes import named
from generator.intake.ground import IN_YUAN, Ground, Line, said
from generator.intake.heads import Column, Grid, Table
from generator.intake.mapping import AMOUNT, LEVELS, LISTS, Heads, flattened, matches
from generator.intake.words import Words
from generator.model.classification import ITEMS
from generator.model.ledger import BASIC, PROJECT
from generator.model.problem import Problem
from generator.sheets.sheet import Cell, Kind

_TOTAL = re.compile(r".*(?:合计|总计|小计|共计|累计)|合计.*|总计.*")
_REMARK = re.compile(r"(?:备?注|说明|填表|制表|审核|复核|负责人|单位负责人|打印|第?[0-9]*页)[:：]?.*")
_NOTHING = ("", "-", "—", "－", "–", "——", "/", "无")
_CARRIED = (
    "单位编码", "预算单位", "项目类别", "项目编码", "项目名称", "功能科目", *LEVELS["功能科目"], "部门经济", *LEVELS["部门经济"],
)  # fmt: skip
"""The fields that an empty cell may repeat from above."""


class Entry(NamedTuple):
    """A row of amounts: what it says of itself, by field, and its amounts by column; whether it is a detail, and sound."""

    row: int
    keys: Mapping[str, str]
    amounts: Mapping[int, Decimal]
    cells: Mapping[int, Cell]
    detail: bool
    sound: bool = True


class Details(NamedTuple):
    """What a table says: its lines, all its rows of amounts, the names of codes, and what is to be told of them."""

    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    names: Mapping[tuple[str, str], str]
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def details_of(table: Table, grid: Grid, heads: Heads, ground: Ground) -> Details:
    """The lines of a table, in its order."""
    reading = _Reading(table, grid, heads, ground)
    for row in sorted(number for number in grid if number >= table.below):
        reading.take(row)
    return reading.done()


class _Reading:
    """A table being read."""

    def __init__(self, table: Table, grid: Grid, heads: Heads, ground: Ground) -> None:
        self.table, self.grid, self.heads, self.ground = table, grid, heads, ground
        self.words = Words(table.sheet, heads, ground)
        self.lines: list[Line] = []
        self.entries: list[Entry] = []
        self._above: dict[str, Cell] = {}
        self._left_out: dict[str, list[int]] = {}
        self._fields = {column.field: column for column in table.columns if column.fund is None}
        self._rate = IN_YUAN[table.scale or "元"] / IN_YUAN[ground.scale]

    def done(self) -> Details:
        """All that was read."""
        words, remarks = self.words, tuple(self._remarks())
        return Details(tuple(self.lines), tuple(self.entries), words.names, remarks, words.all_problems())

    def take(self, row: int) -> None:
        """One row below the heads."""
        own = {field: cell for field, column in self._fields.items() if (cell := self._at(row, column)) is not None}
        if self._is_no_entry(row, own):
            return
        word = "" if self._is_coded(own) else self._total_word(row)
        if word:
            own = {field: cell for field, cell in own.items() if not _TOTAL.fullmatch(_word(cell))}
        else:
            own = self._with_above(own)
        skipped = next((field for field in self.heads.skipped if self._skips(field, own)), "")
        if skipped:
            self._left_out.setdefault(f"{skipped}是“{own[skipped].text.strip()}”的", []).append(row)
            return
        told = len(self.words.problems)
        amounts, cells = self._amounts(row)
        if not cells:
            if not word and self._is_coded(own) and len(self.words.problems) == told:
                self._left_out.setdefault("没有金额的", []).append(row)
            return
        keys = self.words.keys(own)
        detail = not word and self._is_detail(keys)
        sound = len(self.words.problems) == told
        self.entries.append(Entry(row, keys, amounts, cells, detail, sound))
        if detail or not (sound or word):  # one that is wrong may be so in several ways
            self._check_row(row, amounts, cells)
            self._take_lines(keys, own, amounts, cells)

    def _at(self, row: int, column: Column) -> Cell | None:
        cell = self.grid[row].get(column.number)
        return cell if cell is not None and (cell.text.strip() or cell.problem) else None

    def _is_no_entry(self, row: int, own: Mapping[str, Cell]) -> bool:
        """Whether a row is empty, the heads again on another page, the numbers of the columns, or a remark."""
        cells = list(self.grid[row].values())
        first = flattened(cells[0].text)
        heads = sum(flattened(cell.text) in self._fields[field].head.split("/") for field, cell in own.items())
        counted = all(
            re.fullmatch(r"[0-9]{1,2}|[甲乙丙丁戊]|栏次?|[0-9=+-]{3,}", flattened(cell.text)) for cell in cells
        )
        return (
            heads >= 2
            or (counted and len(cells) > 2)
            or (_REMARK.fullmatch(first) is not None and not self._has_codes(own))
        )

    def _total_word(self, row: int) -> str:
        """The word of a row of totals: in any cell that is no amount."""
        amounts = {column.number for column in self.table.amounts}
        texts = (_word(cell) for number, cell in self.grid[row].items() if number not in amounts)
        names = [text for text in texts if _TOTAL.fullmatch(text) and len(text) < 30]
        return names[0] if names else ""

    def _with_above(self, own: dict[str, Cell]) -> dict[str, Cell]:
        """What is left empty before the first word that is not, or all of it, repeats the row above (同上)."""
        if not self.heads.above:
            return own
        order = [field for field in self._fields if field in _CARRIED]
        order.sort(key=lambda field: self._fields[field].number)
        last = max((index for index, field in enumerate(order) if field in own), default=len(order) - 1)
        first = min((index for index, field in enumerate(order) if field in own), default=len(order))
        filled = {field: self._above[field] for field in order[: last + 1] if field not in own and field in self._above}
        kept = {field: cell for field, cell in self._above.items() if field in order[:first]}
        self._above = {**kept, **{field: cell for field, cell in own.items() if field in order}} if own else self._above
        return {**own, **{field: cell for field, cell in filled.items() if order.index(field) < first or not own}}

    def _skips(self, field: str, own: Mapping[str, Cell]) -> bool:
        return field in own and any(
            matches(pattern, flattened(own[field].text)) for pattern in self.heads.skipped[field]
        )

    def _is_coded(self, own: Mapping[str, Cell]) -> bool:
        """Whether a row has both codes, so that it is a detail whatever its words are; “合计” over merged cells is none."""
        codes = {field for field, cell in own.items() if not _TOTAL.fullmatch(flattened(cell.text))}
        return all(name in codes or LEVELS[name][-1] in codes for name in ("功能科目", "部门经济"))

    def _has_codes(self, own: Mapping[str, Cell]) -> bool:
        return any(field in own for field in (*LISTS, *(level for levels in LEVELS.values() for level in levels)))

    def _amounts(self, row: int) -> tuple[dict[int, Decimal], dict[int, Cell]]:
        """A row's amounts by column, and the cells they stand in; what is no number is told."""
        amounts: dict[int, Decimal] = {}
        cells: dict[int, Cell] = {}
        for column in self.table.amounts:
            cell = self.grid[row].get(column.number)
            if cell is None or (flattened(cell.text) in _NOTHING and not cell.problem):
                continue
            number = None if cell.problem or cell.kind is Kind.DATE else cell.amount
            cells[column.number] = cell
            if number is None:
                self.words.report(cell, *_no_amount(cell, column))
            else:
                amounts[column.number] = number
        return amounts, cells

    def _is_detail(self, keys: Mapping[str, str]) -> bool:
        whole = len(keys.get("功能科目", "")) == ITEMS["功能科目"]
        alone = keys.get("项目类别", "") in map(flattened, self.ground.values["类别"])
        return whole and (
            len(keys.get("部门经济", "")) == ITEMS["部门经济"]
            or (alone and "部门经济" not in keys and keys["项目类别"] not in (BASIC, PROJECT))
        )

    def _check_row(self, row: int, amounts: Mapping[int, Decimal], cells: Mapping[int, Cell]) -> None:
        """Where a table has both, the amount of a row is what its columns of money come to."""
        total, funds = self.table.of(AMOUNT), self.table.funds
        if total is None or not funds or total.number not in amounts:
            return
        parts = [amounts[column.number] for column in funds if column.number in amounts]
        if sum(parts, Decimal(0)) != amounts[total.number]:
            span = f"{funds[0].letters}{row}:{funds[-1].letters}{row}"
            message = f"“{total.head}”是{said(amounts[total.number])}，按资金分的各列（{span}）合计是{said(sum(parts, Decimal(0)))}"
            self.words.report(
                cells[total.number], message, "请核对这一行；有一列是另一列的“其中”的，请在对照文件里写明各列。"
            )

    def _take_lines(
        self,
        keys: Mapping[str, str],
        own: Mapping[str, Cell],
        amounts: Mapping[int, Decimal],
        cells: Mapping[int, Cell],
    ) -> None:
        funds = self.table.funds
        said_ = dict(self.words.means(own, bool(funds)))
        alone = self.ground.agency or (next(iter(self.ground.agencies)) if len(self.ground.agencies) == 1 else "")
        agency = keys.get("单位", alone)
        if not agency and "单位" not in keys:
            self.words.unknown("预算单位", "", next(iter(cells.values())))
        kind, project = self.words.kind(own, keys, next(iter(cells.values())))
        for column in funds or self.table.amounts:
            if column.number not in amounts:
                continue
            means = {**said_, **(column.fund.means if column.fund else {})}
            amount = amounts[column.number] * self._rate
            line = Line(
                agency, kind, project, own["项目名称"].text.strip() if "项目名称" in own else self.words.project_name(own),
                keys.get("功能科目", ""), keys.get("部门经济", ""), keys.get("政府经济", ""), tuple(sorted(means.items())),
                amount, self.table.sheet, cells[column.number],
            )  # fmt: skip
            if amount:
                self.lines.append(line)
            else:
                self._left_out.setdefault("金额为0的", []).append(cells[column.number].row)

    def _remarks(self) -> Iterator[str]:
        name = self.table.sheet.name or self.table.sheet.file
        for what, rows in self._left_out.items():
            yield f"{name}：{what}{len(rows)}处没有导入：第{_listed(rows)}行。"
        for (field, text), times in self.words.unused.items():
            if field != "资金性质":
                yield f"{name}：“{self._fields[field].head}”列的“{text}”（{times}处）没有用上。"
        hidden = sorted(self.table.sheet.hidden_rows & {entry.row for entry in self.entries})
        if hidden:
            yield f"{name}：隐藏或筛选掉的{len(hidden)}行也读了：第{_listed(hidden)}行。"
        notes = [cell for entry in self.entries for cell in entry.cells.values() if cell.note]
        if notes:
            yield f"{name}：{len(notes)}个公式重新算过，如{notes[0].address}：{notes[0].note}。"


def _word(cell: Cell) -> str:
    return named(cell.text).rstrip("：:")


def _listed(rows: list[int], most: int = 5) -> str:
    rows = list(dict.fromkeys(rows))
    return "、".join(map(str, rows[:most])) + ("等" if len(rows) > most else "")


def _no_amount(cell: Cell, column: Column) -> tuple[str, str]:
    if cell.problem:
        return f"“{column.head}”的金额读不出来：{cell.problem}", "请在Excel或WPS里打开，重新计算后保存，或改成数。"
    return f"“{column.head}”的金额“{cell.text.strip()}”不是数", "请只留下数，不带单位和文字。"
