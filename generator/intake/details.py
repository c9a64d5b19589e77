"""The rows of a table of details: each a line of the ledger, a total of others, or no part of it; all that is wrong is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from generator.intake.codes import by_name, coded, in_levels, named, plain
from generator.intake.ground import IN_YUAN, Ground, Line, said, wrong
from generator.intake.heads import Column, Grid, Table
from generator.intake.mapping import AMOUNT, FIELDS, LEVELS, LISTS, MEANS, NAMES, Heads, flattened, matches
from generator.model.classification import ITEMS
from generator.model.ledger import BASIC, PROJECT, PROJECT_KINDS
from generator.model.problem import Problem
from generator.sheets.sheet import Cell, Kind

_TOTAL = re.compile(r".*(?:合计|总计|小计|共计|累计)|合计.*|总计.*")
_REMARK = re.compile(r"(?:备?注|说明|填表|制表|审核|复核|负责人|单位负责人|打印|第?[0-9]*页)[:：]?.*")
_NOTHING = ("", "-", "—", "－", "–", "——", "/", "无")
_CARRIED = (
    "单位编码",
    "预算单位",
    "项目类别",
    "项目编码",
    "项目名称",
    "功能科目",
    "功能类",
    "功能款",
    "功能项",
    "部门经济",
    "部门经济类",
    "部门经济款",
)
_OPEN_KINDS = ("运转类", PROJECT)
"""What says that it is no 基本支出, but not which kind of project."""


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
        self.lines: list[Line] = []
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._names: dict[tuple[str, str], str] = {}
        self._unknown: dict[tuple[str, str], list[Cell]] = {}
        self._unused: dict[tuple[str, str], int] = {}
        self._above: dict[str, Cell] = {}
        self._left_out: dict[str, list[int]] = {}
        self._fields = {column.field: column for column in table.columns if column.fund is None}
        self._rate = IN_YUAN[table.scale or "元"] / IN_YUAN[ground.scale]
        typed = ground.trees.get("projects.yaml", [])
        self._projects = {
            str(item.get("编码", "")): item
            for item in (typed if isinstance(typed, list) else [])
            if isinstance(item, dict)
        }

        self._by_name: dict[str, list[str]] = {}
        for code, item in self._projects.items():
            self._by_name.setdefault(re.sub(r"\s", "", str(item.get("名称", ""))), []).append(code)

    def done(self) -> Details:
        """All that was read."""
        for (field, text), cells in self._unknown.items():
            self.problems.append(self._of_unknown(field, text, cells))
        return Details(
            tuple(self.lines), tuple(self.entries), self._names, tuple(self._remarks()), tuple(self.problems)
        )

    def take(self, row: int) -> None:
        """One row below the heads."""
        own = {field: cell for field, column in self._fields.items() if (cell := self._at(row, column)) is not None}
        if self._is_no_entry(row, own):
            return
        told = len(self.problems)
        amounts, cells = self._amounts(row)
        word = "" if self._is_coded(own) else self._total_word(row)
        if word:
            own = {field: cell for field, cell in own.items() if not _TOTAL.fullmatch(_word(cell))}
        else:
            own = self._with_above(own)
        skipped = next((field for field in self.heads.skipped if self._skips(field, own)), "")
        if skipped:
            self._left_out.setdefault(f"{skipped}是“{own[skipped].text.strip()}”的", []).append(row)
            return
        if not cells:
            if not word and self._is_coded(own) and len(self.problems) == told:
                self._left_out.setdefault("没有金额的", []).append(row)
            return
        keys = self._keys(own)
        detail = not word and self._is_detail(keys)
        sound = len(self.problems) == told
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
        """Whether a row has both codes, so that it is a detail whatever its words are."""
        return all(name in own or LEVELS[name][-1] in own for name in ("功能科目", "部门经济"))

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
                self._report(cell, *_no_amount(cell, column))
            else:
                amounts[column.number] = number
        return amounts, cells

    def _keys(self, own: Mapping[str, Cell]) -> dict[str, str]:
        """What a row says of itself, as codes; what can't be one is told."""
        keys = {name: code for name in LISTS if (code := self._code(name, own))}
        agency = own.get("单位编码") or own.get("预算单位")
        if agency is not None:
            keys["单位"] = self._agency(agency)
        project = own.get("项目编码")
        if project is not None:
            if project.problem or project.kind is Kind.DATE:
                self._report(project, *_bad_code(project, "项目编码"))
            keys["项目"] = (
                coded(project.code).code
                if "项目名称" not in self._fields
                else re.sub(r"\s", "", project.code.lstrip("'"))
            )
        if "项目名称" in own:
            keys["项目名称"] = re.sub(r"\s", "", own["项目名称"].text)
        for field in ("项目类别", *(name for name in MEANS if name in own)):
            if field in own:
                keys[field] = flattened(own[field].text)
        return keys

    def _code(self, name: str, own: Mapping[str, Cell]) -> str:
        """The code of one of the lists, in one column or in several; a name alone where only one code has it."""
        levels = [own[level] for level in LEVELS[name] if level in own]
        cells = [own[name]] if name in own else levels
        for cell in cells:
            if cell.problem or cell.kind is Kind.DATE:
                self._report(cell, *_bad_code(cell, name))
                return ""
        typed = named(own[NAMES[name]].text) if NAMES[name] in own else ""
        if name not in own:
            return self._named(
                name, in_levels([own[level].code if level in own else "" for level in LEVELS[name]]), typed
            )
        found = coded(own[name].code)
        code = found.code or by_name(found.name, self.ground.codes.names(name), ITEMS[name])
        self._named(name, code, found.name or typed)
        if not code:
            self._report(
                own[name], f"“{found.name}”不是{name}的编码", "请补上编码；如是合计行，请在行首写“合计”或“小计”。"
            )
        return code

    def _named(self, name: str, code: str, typed: str) -> str:
        if code and typed:
            self._names.setdefault((name, code), typed)
        return code

    def _agency(self, cell: Cell) -> str:
        """The agency that a cell names by its code, its name, or both; also where Excel took the zero before its code."""
        agencies, typed = self.ground.agencies, plain(cell.code).lower()
        begun = [code for code in agencies if re.match(rf"[\[(]?{re.escape(code.lower())}(?![0-9a-z])", typed)]
        flat, digits = flattened(typed), re.match("[0-9]*", typed)
        for alike in (
            sorted(begun, key=len)[-1:],
            [code for code, name in agencies.items() if flattened(name) == flat],
            [code for code, name in agencies.items() if flattened(name) == re.sub(r"^[0-9a-z]+[-_)\]]?", "", flat)],
            [code for code in agencies if code.lstrip("0") == (digits[0] if digits else "")],
        ):
            if len(alike) == 1:
                return alike[0]
        self._unknown.setdefault(("预算单位", cell.text.strip()), []).append(cell)
        return ""

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
            self._report(
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
        said_ = dict(self._means(own, bool(funds)))
        alone = self.ground.agency or (next(iter(self.ground.agencies)) if len(self.ground.agencies) == 1 else "")
        agency = keys["单位"] if "单位" in keys else alone
        if not agency and "单位" not in keys:
            self._unknown.setdefault(("预算单位", ""), []).append(next(iter(cells.values())))
        kind, project = self._kind(own, keys, next(iter(cells.values())))
        for column in funds or self.table.amounts:
            if column.number not in amounts:
                continue
            means = {**said_, **(column.fund.means if column.fund else {})}
            amount = amounts[column.number] * self._rate
            line = Line(
                agency, kind, project, own["项目名称"].text.strip() if "项目名称" in own else self._name_of(own),
                keys.get("功能科目", ""), keys.get("部门经济", ""), keys.get("政府经济", ""), tuple(sorted(means.items())),
                amount, self.table.sheet, cells[column.number],
            )  # fmt: skip
            if amount:
                self.lines.append(line)
            else:
                self._left_out.setdefault("金额为0的", []).append(cells[column.number].row)

    def _name_of(self, own: Mapping[str, Cell]) -> str:
        return coded(own["项目编码"].code).name if "项目编码" in own else ""

    def _means(self, own: Mapping[str, Cell], by_column: bool) -> Iterator[tuple[str, str]]:
        """资金, 来源, 年度 and a place's own dimensions, as the first field says that says it."""
        found: dict[str, str] = {}
        fields = {
            **MEANS,
            **{
                name: (name,)
                for name in self.ground.values
                if name not in FIELDS and name not in ("资金", "来源", "类别")
            },
        }
        for field, dimensions in fields.items():
            cell = own.get(field)
            if cell is None or field == "项目类别":
                continue
            says = {dimension: value for dimension in dimensions if (value := self._value(dimension, cell.text))}
            if not says:
                self._unused[field, cell.text.strip()] = self._unused.get((field, cell.text.strip()), 0) + 1
            if field == "资金性质" and "资金" not in says and not by_column and "资金" not in found:
                self._unknown.setdefault(("资金", cell.text.strip()), []).append(cell)
                says["资金"] = ""
            found = {**says, **found}
        unsaid = {key: value for key, value in self.heads.unsaid.items() if key not in ("类别", "项目类型")}
        found = {**unsaid, **found}
        if "资金" not in found and not by_column:
            self._unknown.setdefault(("资金", ""), []).append(next(iter(own.values())))
        yield from found.items()

    def _value(self, dimension: str, text: str) -> str:
        exact = [value for value in self.ground.values.get(dimension, ()) if flattened(value) == flattened(text)]
        value = exact[0] if exact else self.heads.value(dimension, text)
        return value if value in self.ground.values.get(dimension, (value,)) else ""

    def _kind(self, own: Mapping[str, Cell], keys: Mapping[str, str], place: Cell) -> tuple[str, str]:
        """基本支出, a kind of project, or a 类别 of the place's; and the project's code, empty for 基本支出."""
        code, name = keys.get("项目", ""), keys.get("项目名称", "")
        named_ = self._by_name.get(name, []) if name else []
        code = code or (named_[0] if len(named_) == 1 else "")
        cell = own.get("项目类别")
        kind = self._value("类别", cell.text) if cell is not None else ""
        kind = kind or (self.heads.value("类别", cell.text) if cell is not None else "")
        if cell is not None and not kind:
            self._unknown.setdefault(("项目类别", cell.text.strip()), []).append(cell)
            return "", ""
        kind = kind or self.heads.unsaid.get("类别", "")
        if kind in _OPEN_KINDS or not kind:
            known = str(self._projects.get(code, {}).get("类型", "")) if code else ""
            basic = BASIC if not kind and not code and not name else ""
            kind = known or basic or self.heads.unsaid.get("项目类型", "")
        if not kind:
            self._unknown.setdefault(("项目类别", cell.text.strip() if cell is not None else ""), []).append(
                cell or place
            )
        elif kind in PROJECT_KINDS and not code:
            self._unknown.setdefault(("项目编码", name), []).append(place)
        return kind, code if kind in PROJECT_KINDS else ""

    def _report(self, cell: Cell, message: str, remedy: str) -> None:
        problem = wrong(self.table.sheet, cell, message, remedy)
        if problem not in self.problems:  # a merged cell is read for each of its rows
            self.problems.append(problem)

    def _of_unknown(self, field: str, text: str, cells: list[Cell]) -> Problem:
        """What is told once of a word that is not known, however often it stands there."""
        times = f"（共{len(cells)}处）" if len(cells) > 1 else ""
        known = "、".join(self.ground.agencies) if field == "预算单位" else "、".join(self.ground.values.get(field, ()))
        message, remedy = {
            "预算单位": (f"预算单位“{text}”不是本部门的" if text else "看不出是哪个预算单位的（可以加 --unit 代码）", f"department.yaml里的预算单位有：{known}。请核对是不是这个部门的文件。"),
            "资金": (f"资金“{text}”不认识" if text else "没有写是什么资金", f"请在对照文件的“取值”里写明它是哪种资金（{known}），或写“没有写明时: {{资金: …}}”。"),
            "项目类别": (f"项目类别“{text}”分不清是基本支出还是哪类项目" if text else "没有写项目类别，也不是已有的项目", "请在对照文件的“取值”的“类别”里写明：基本支出、其他运转类或特定目标类；或写“没有写明时: {项目类型: 特定目标类}”。"),
            "项目编码": (f"项目“{text}”没有编码" if text else "项目支出没有项目编码和名称", "请在这一行补上项目编码（财政系统里的）。"),
        }[field]  # fmt: skip
        return wrong(self.table.sheet, cells[0], message + times, remedy)

    def _remarks(self) -> Iterator[str]:
        name = self.table.sheet.name or self.table.sheet.file
        for what, rows in self._left_out.items():
            yield f"{name}：{what}{len(rows)}处没有导入：第{_listed(rows)}行。"
        for (field, text), times in self._unused.items():
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


def _bad_code(cell: Cell, what: str) -> tuple[str, str]:
    if cell.kind is Kind.DATE:
        return f"{what}被当成了日期（{cell.text}）", "请把这一列设为“文本”，重新填写编码。"
    return (
        f"{what}“{cell.text or cell.formula}”读不出来：{cell.problem}",
        "请从系统重新导出，或把这一列设为“文本”后重新填写。",
    )
