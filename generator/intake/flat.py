"""支出明细 as the finance system exports it (一行一笔) into basic.yaml and projects.yaml: nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.intake.checking import below_zero, codes_unknown, in_cents, without_government
from generator.intake.details import details_of
from generator.intake.ground import Flat, Ground, Line, wrong
from generator.intake.heads import Grid, Table, Twice, grid_of, table_of
from generator.intake.mapping import LISTS, Heads
from generator.intake.merging import Branch, Writing, items_of, total_of
from generator.intake.projects import BASICS, PROJECTS, basics, is_for_projects, mixed, projects, summary, without_name
from generator.intake.telling import Found, explained, not_said, other_names
from generator.intake.totals import disagreeing
from generator.model.ledger import DIMENSIONS
from generator.model.problem import Problem
from generator.model.tree import Tree
from generator.sheets.sheet import Sheet, Workbook, spread

_OWN = "请在自己的对照文件里写明（见 docs/导入.md）。"
_FEW = Decimal("0.3")
"""Of the rows, as many as leave 功能科目 empty where that means 同上."""
_USUAL_NAMES = ("一体化支出预算明细", "编码名称同格、空格同上", "一体化网页表格")


def read_flat(books: Sequence[Workbook], known: Mapping[str, Heads], own: Heads | None, ground: Ground) -> Flat:
    """What exports say, all of them together. ``known`` are the 对照 shipped, ``own`` the department's, which comes first."""
    found, remarks, problems = _tables(books, own or known[_USUAL_NAMES[0]], None if own else known, ground)
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


def _tables(
    books: Sequence[Workbook], heads: Heads, known: Mapping[str, Heads] | None, ground: Ground
) -> tuple[list[Found], list[str], list[Problem]]:
    """The tables of details in all visible sheets; what is said of the others, and what those lack that might be some."""
    found: list[Found] = []
    remarks: list[str] = []
    summaries: list[Problem] = []
    problems: list[Problem] = []
    for sheet in (sheet for book in books for sheet in book.sheets if sheet.cells):
        name = f"{sheet.file}：工作表“{sheet.name}”" if sheet.name else sheet.file
        read = None if sheet.hidden else _read(sheet, heads, known, ground)
        if isinstance(read, Found):
            found.append(read)
            remarks += explained(read)
        elif read is None:
            remarks.append(f"{name}{'是隐藏的' if sheet.hidden else '没有认出明细的表头'}，没有读。")
        else:
            for problem, is_summary in read:
                (summaries if is_summary else problems).append(problem)
    if found:  # a table that has no economic codes is a summary beside the details
        return found, remarks + [f"{one.position}：{one.message}，这张表没有读。" for one in summaries], problems
    return found, remarks, problems + summaries


def _read(
    sheet: Sheet, heads: Heads, known: Mapping[str, Heads] | None, ground: Ground
) -> Found | list[tuple[Problem, bool]] | None:
    """A sheet by a 对照, or by the one of those shipped that fits.

    None where it is no table of the kind; what it lacks, each with whether a table of sums lacks that too.
    """
    sheet = spread(sheet)
    grid = grid_of(sheet)
    heads = _with_dimensions(heads, ground)
    table, twice = table_of(sheet, grid, heads)
    if table is None or not table.amounts or not (table.coded("功能科目") or table.coded("部门经济")):
        return None
    if known is not None:
        heads = _with_dimensions(known[_guessed(table, grid)], ground)
    first = grid[table.first][min(grid[table.first])]
    if lacking := list(_lacking(table)):
        return [(wrong(sheet, first, message, remedy), True) for message, remedy in lacking]
    if wanting := list(_wanting(table, heads, twice)):
        return [(wrong(sheet, first, message, remedy), False) for message, remedy in wanting]
    table = table._replace(scale=table.scale or heads.scale)
    return Found(table, heads, details_of(table, grid, heads, ground))


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


def _lacking(table: Table) -> Iterator[tuple[str, str]]:
    """The codes that a table does not have, and how to mend it."""
    for name in LISTS[:2]:
        if not table.coded(name):
            there = "、".join(f"{letters}列“{head}”" for letters, head in table.unread) or "无"
            yield f"没有认出哪一列是{name}", f"没有认出的列：{there}。{_OWN}"


def _wanting(table: Table, heads: Heads, twice: Sequence[Twice]) -> Iterator[tuple[str, str]]:
    """What else a table lacks to be read, and how to mend it."""
    for one in twice:
        yield f"{one.one}和{one.other}都像“{one.field}”，分不清读哪一列", _OWN
    if not table.scale and table.scale_at:
        yield f"金额单位写了两种：{table.scale_at}", "请改成一致的，再导入。"
    elif not table.scale and not heads.scale:
        yield "看不出金额单位是元还是万元", "请在表头上面的一格写上“单位：元”或“单位：万元”，再导入。"


def _no_table(books: Sequence[Workbook]) -> Problem:
    sheet = next((sheet for book in books for sheet in book.visible), Sheet(books[0].name, "", {}))
    remedy = "表头至少应有功能科目、部门经济科目和金额；列名特别的，请写一个对照文件（见 docs/导入.md）。"
    return wrong(sheet, sheet.at(1, 1), "没有找到支出明细的表头", remedy)


def _copies(found: Sequence[Found]) -> Iterator[Problem]:
    """Two sheets that say the same lines would count twice."""
    seen: dict[frozenset[tuple[tuple[object, ...], int]], Found] = {}
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
    problems = [
        *below_zero(lines), *codes_unknown(lines, names, ground), *mixed(lines), *without_name(lines, ground),
    ]  # fmt: skip
    problems += without_government(lines, ground)
    lines, told = in_cents(lines, rounded, ground, problems)
    trees, told_of_parts = _parts(lines, Writing(ground, names), problems)
    of_basics = [line for line in lines if not is_for_projects(line)]
    remarks += [*told_of_parts, *told, *not_said(known, of_basics), *other_names(names, ground)]
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
