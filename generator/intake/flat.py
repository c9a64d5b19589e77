"""支出明细 as the finance system exports it (一行一笔) into basic.yaml and projects.yaml: nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.details import Details, details_of
from generator.intake.ground import Flat, Ground, Line, said, wrong
from generator.intake.heads import Column, Grid, Table, Twice, grid_of, table_of
from generator.intake.mapping import LISTS, Heads
from generator.intake.merging import Branch, Writing, fundings_of, items_of, spending_of, total_of
from generator.intake.projects import BASICS, PROJECTS, basics, is_for_projects, mixed, projects, summary
from generator.intake.totals import disagreeing
from generator.model.ledger import DIMENSIONS
from generator.model.money import round_half_up
from generator.model.problem import Problem
from generator.model.tree import Tree
from generator.sheets.sheet import Sheet, Workbook, spread

_CENTS = Decimal("0.01")
_FEW = Decimal("0.3")
"""Of the rows, as many as leave 功能科目 empty where that means 同上."""
_USUAL_NAMES = ("一体化支出预算明细", "编码名称同格、空格同上", "一体化网页表格")


class _Found(NamedTuple):
    """A sheet that is a table of details, how it is read, and what it says."""

    table: Table
    heads: Heads
    details: Details


def read_flat(books: Sequence[Workbook], known: Mapping[str, Heads], own: Heads | None, ground: Ground) -> Flat:
    """What exports say, all of them together. ``known`` are the 对照 shipped, ``own`` the department's, which comes first."""
    remarks: list[str] = []
    problems: list[Problem] = []
    found: list[_Found] = []
    for sheet in (sheet for book in books for sheet in book.sheets):
        if sheet.hidden:
            remarks += [f"{sheet.file}：工作表“{sheet.name}”是隐藏的，没有读。"] if sheet.cells else []
            continue
        read = _read(sheet, known, own, ground, problems)
        if read is None:
            named = f"{sheet.file}：工作表“{sheet.name}”" if sheet.name else sheet.file
            remarks += [f"{named}没有认出明细的表头，没有读。"] if sheet.cells else []
        else:
            found.append(read)
            remarks += _explained(read)
    if not found and not problems:
        problems.append(_no_table(books))
    problems += [
        problem for one in found for problem in (*one.details.problems, *disagreeing(one.table, one.details.entries))
    ]
    problems += _copies(found)
    lines = [line for one in found for line in one.details.lines]
    if not lines and not problems:
        problems.append(_no_table(books))
    if problems:
        return Flat({}, tuple(remarks), tuple(problems))
    names = {key: name for one in found for key, name in one.details.names.items()}
    return _taken(lines, names, any(one.heads.rounded for one in found), ground, remarks)


def _read(
    sheet: Sheet, known: Mapping[str, Heads], own: Heads | None, ground: Ground, problems: list[Problem]
) -> _Found | None:
    """A sheet by the department's 对照, or by the shipped one that fits."""
    sheet = spread(sheet)
    grid = grid_of(sheet)
    heads = _with_dimensions(own or known[_USUAL_NAMES[0]], ground)
    table, twice = table_of(sheet, grid, heads)
    if table is None or not table.amounts or not (table.coded("功能科目") or table.coded("部门经济")):
        return None
    if own is None:
        heads = _with_dimensions(known[_guessed(table, grid)], ground)
    first = grid[table.first][min(grid[table.first])]
    wanting = list(_wanting(table, heads, twice))
    if wanting:
        problems += [wrong(sheet, first, message, remedy) for message, remedy in wanting]
        return None
    table = table._replace(scale=table.scale or heads.scale)
    return _Found(table, heads, details_of(table, grid, heads, ground))


def _with_dimensions(heads: Heads, ground: Ground) -> Heads:
    """A place's own dimensions are columns of their own name."""
    own = {name: (name,) for name in ground.values if name not in DIMENSIONS and name not in heads.heads}
    return heads._replace(heads={**heads.heads, **own})


def _guessed(table: Table, grid: Grid) -> str:
    """Which of the shipped 对照 a table is read by: names of fields for heads, or empty cells that mean 同上."""
    if any("_" in column.head for column in table.columns):
        return _USUAL_NAMES[2]
    column = table.of("功能科目") or table.of("功能类")
    economic = table.of("部门经济")
    rows = [cells for row, cells in grid.items() if row >= table.below and economic and economic.number in cells]
    empty = sum(column is not None and column.number not in cells for cells in rows)
    repeated = empty and (empty * 2 >= len(rows) or (empty > 1 and empty >= _FEW * len(rows)))
    return _USUAL_NAMES[1] if repeated else _USUAL_NAMES[0]


def _wanting(table: Table, heads: Heads, twice: Sequence[Twice]) -> Iterator[tuple[str, str]]:
    """What a table lacks to be read, and how to mend it."""
    own = "请在自己的对照文件里写明（见 docs/导入.md）。"
    for name in LISTS[:2]:
        if not table.coded(name):
            there = "、".join(f"{letters}列“{head}”" for letters, head in table.unread) or "无"
            yield f"没有认出哪一列是{name}", f"没有认出的列：{there}。{own}"
    for one in twice:
        yield f"{one.one}和{one.other}都像“{one.field}”，分不清读哪一列", own
    if not table.scale and table.scale_at:
        yield f"金额单位写了两种：{table.scale_at}", "请改成一致的，再导入。"
    elif not table.scale and not heads.scale:
        yield "看不出金额单位是元还是万元", "请在表头上面的一格写上“单位：元”或“单位：万元”，再导入。"


def _explained(found: _Found) -> Iterator[str]:
    """How a table is read: each column, the 金额单位, what is doubtful."""
    table, sheet = found.table, found.table.sheet
    name = sheet.name or sheet.file
    place = f"（{table.scale_at}）" if table.scale_at else "（表里没有写，按对照）"
    yield f"{name}：按“{found.heads.name}”读，表头在第{table.first}行，金额单位是{table.scale}{place}。"
    for column in table.columns:
        yield f"{name}：{column.letters}列“{column.head}” → {_field(column)}"
    if table.unread:
        yield f"{name}：没有读的列：{'、'.join(f'{letters}列“{head}”' for letters, head in table.unread)}。"
    for column in table.funds:
        if column.fund and column.fund.doubt and any(column.number in entry.amounts for entry in found.details.entries):
            yield f"{name}：{column.letters}列“{column.head}”{column.fund.doubt}，请核对。"
    hidden = [column.letters for column in table.columns if column.number in sheet.hidden_columns]
    if hidden:
        yield f"{name}：隐藏的列也读了：{'、'.join(hidden)}。"
    yield from found.details.remarks


def _field(column: Column) -> str:
    return f"金额（{'、'.join(column.fund.means.values())}）" if column.fund else column.field


def _no_table(books: Sequence[Workbook]) -> Problem:
    sheet = next((sheet for book in books for sheet in book.visible), Sheet(books[0].name, "", {}))
    remedy = "表头至少应有功能科目、部门经济科目和金额；列名特别的，请写一个对照文件（见 docs/导入.md）。"
    return wrong(sheet, sheet.at(1, 1), "没有找到支出明细的表头", remedy)


def _copies(found: Sequence[_Found]) -> Iterator[Problem]:
    """Two sheets that say the same lines would count twice."""
    seen: dict[frozenset[tuple[tuple[object, ...], int]], _Found] = {}
    for one in found:
        key = frozenset(Counter(line[:9] for line in one.details.lines).items())
        other = seen.setdefault(key, one)
        if other is not one and one.details.lines:
            sheet, cell = one.details.lines[0].sheet, one.details.lines[0].cell
            first = other.table.sheet
            yield wrong(
                sheet,
                cell,
                f"与“{first.name or first.file}”的明细完全相同，会重复计算",
                "请删去或隐藏其中一张，再导入。",
            )


def _taken(
    lines: Sequence[Line], names: Mapping[tuple[str, str], str], rounded: bool, ground: Ground, remarks: list[str]
) -> Flat:
    """The files, once all lines are sound."""
    known = sorted({name for line in lines for name, _ in line.means})
    lines = [
        line._replace(means=tuple((name, dict(line.means).get(name) or ground.usual.get(name, "")) for name in known))
        for line in lines
    ]
    problems = [*_below_zero(lines), *_codes_unknown(lines, names, ground), *mixed(lines)]
    problems += _without_government(lines, ground)
    lines, told = _in_cents(lines, rounded, ground, problems)
    trees, told_of_parts = _parts(lines, Writing(ground, names), problems)
    of_basics = [line for line in lines if not is_for_projects(line)]
    remarks += [*told_of_parts, *told, *_not_said(known, of_basics), *_other_names(names, ground)]
    return Flat({} if problems else trees, tuple(remarks), tuple(problems))


def _parts(lines: Sequence[Line], writing: Writing, problems: list[Problem]) -> tuple[dict[str, Tree], list[str]]:
    """Both files as they are to be; one that no line is for stays as it is."""
    ground, remarks = writing.ground, list[str]()
    trees: dict[str, Tree] = {}
    totals = []
    for file, what, of_projects, make in ((BASICS, "基本支出", False, basics), (PROJECTS, "项目支出", True, projects)):
        own = [line for line in lines if is_for_projects(line) is of_projects]
        before = items_of(ground, file)
        if not own and before:
            remarks.append(f"文件里没有{what}，{file}没有动。")
            continue
        part = make(own, writing)
        trees[file] = list(part.items)
        remarks += part.remarks
        problems += part.problems
        totals.append((what, _total(before), _total(part.items)))
        spoken = {line.agency for line in own}
        others = [f"{code} {name}" for code, name in ground.agencies.items() if code not in spoken]
        if others and before:
            remarks.append(f"文件里没有这些单位的{what}，原来的没有动：{'、'.join(others)}。")
    return trees, [*remarks, *summary(totals, ground)]


def _total(items: Sequence[Branch]) -> Decimal:
    return sum((total_of(item) for item in items), Decimal(0))


def _below_zero(lines: Sequence[Line]) -> Iterator[Problem]:
    for line in lines:
        if line.amount < 0:
            yield wrong(
                line.sheet,
                line.cell,
                f"金额为负数（{line.cell.text}）",
                "预算明细不应有负数；是调整的，请导出调整后的数。",
            )


def _codes_unknown(lines: Sequence[Line], names: Mapping[tuple[str, str], str], ground: Ground) -> Iterator[Problem]:
    """Codes that no list has, and whose name the export does not say either."""
    told = set(names)
    for line in lines:
        for name, code in zip(LISTS, (line.function, line.economic, line.government), strict=True):
            if code and code not in ground.codes.names(name) and (name, code) not in told:
                told.add((name, code))
                yield wrong(
                    line.sheet,
                    line.cell,
                    f"这一行的{name}“{code}”不在科目表中",
                    "请核对编码；确是新科目的，请在表里加上名称，或在“增补科目”里写明。",
                )


def _without_government(lines: Sequence[Line], ground: Ground) -> Iterator[Problem]:
    """部门经济 that no 政府经济 follows from, where neither the export nor the data say it."""
    typed = {
        codes
        for file in (BASICS, PROJECTS)
        for item in items_of(ground, file)
        for one in fundings_of(item)
        for codes, (_, _, value) in spending_of(one).items()
        if isinstance(value, dict)
    }
    told: set[tuple[str, str]] = set()
    for line in lines:
        nature = ground.natures[line.agency]
        known = line.government or not line.economic or (line.function, line.economic) in typed
        if (
            not known
            and (line.economic, nature) not in told
            and not ground.codes.government_code(line.economic, nature)
        ):
            told.add((line.economic, nature))
            message = f"{nature}单位的{line.economic}没有对应的政府经济科目，明细里也没有写"
            yield wrong(line.sheet, line.cell, message, "请导出时带上“政府预算支出经济分类”这一列。")


def _in_cents(
    lines: Sequence[Line], rounded: bool, ground: Ground, problems: list[Problem]
) -> tuple[list[Line], list[str]]:
    """Lines of the same codes added; amounts finer than two decimals are rounded where a 对照 says so, else told."""
    added: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (*line[:3], *line[4:8])
        first = added.get(key)
        added[key] = line if first is None else first._replace(amount=first.amount + line.amount)
    fine = [line for line in added.values() if line.amount > 0 and line.amount != line.amount.quantize(_CENTS)]
    merged = (
        [f"{len(lines)}行明细并成{len(added)}笔（科目、项目、资金都相同的相加）。"] if len(added) < len(lines) else []
    )
    if fine and not rounded:
        first = fine[0]
        message = f"金额换成{ground.scale}超过两位小数：{first.cell.text}是{said(first.amount)}{ground.scale}（共{len(fine)}笔）"
        remedy = "请把部门的金额单位改为元（department.yaml的“金额单位”，其他文件里的金额一并改）；或在对照文件里写“舍入: 四舍五入”，每笔各自四舍五入。"
        problems.append(wrong(first.sheet, first.cell, message, remedy))
        return list(added.values()), merged
    made = [line._replace(amount=round_half_up(line.amount)) for line in added.values()]
    if fine:
        exact, after = (sum((line.amount for line in many), Decimal(0)) for many in (list(added.values()), made))
        merged.append(
            f"{len(fine)}笔四舍五入到两位小数：合计由{said(exact)}变为{said(after)}{ground.scale}，相差{said(after - exact)}。"
        )
    return made, merged


def _not_said(known: Sequence[str], of_basics: Sequence[Line]) -> Iterator[str]:
    """What an export of details can't tell."""
    if "来源" not in known:
        yield "明细没有说是本级的钱还是上级转移支付：原来写明的照原来的，新的按本级。"
    if "年度" not in known:
        yield "明细没有说是本年的钱还是上年结转：原来写明的照原来的，新的按本年。"
    merged = len(
        {line.project for line in of_basics if line.project_name}
        | {line.project_name for line in of_basics if line.project_name}
    )
    if merged:
        yield f"人员类、公用经费的{merged}个项目名称没有保留：基本支出不分项目。"
    yield "绩效指标、变动原因、上年数、采购、资产等不在明细里，没有动。"


def _other_names(names: Mapping[tuple[str, str], str], ground: Ground) -> Iterator[str]:
    """Names that the export has otherwise than the lists: the lists' are printed, or the code is another."""
    other = [
        f"{code} {name}（科目表：{ground.codes.names(key)[code]}）"
        for (key, code), name in names.items()
        if ground.codes.names(key).get(code, name) != name
    ]
    if other:
        more = f"等{len(other)}个" if len(other) > 5 else ""
        yield f"科目名称与科目表不同，按科目表：{'、'.join(other[:5])}{more}。"
    new = [f"{key}{code} {name}" for (key, code), name in names.items() if code not in ground.codes.names(key)]
    if new:
        yield f"科目表里没有，按文件里的名称：{'、'.join(new[:5])}{f'等{len(new)}个' if len(new) > 5 else ''}。"
