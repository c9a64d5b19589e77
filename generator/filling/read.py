"""A fill-in workbook that came back, as rows of its sheets: found by their titles and heads, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.filling.mark import LISTS, SHEET
from generator.filling.nouns import CODE, Desk, Form, Kind, Row
from generator.filling.words import flat
from generator.model.problem import Problem, Severity
from generator.model.source import in_document
from generator.sheets.sheet import Sheet, Workbook, letters_of, spread

_DEEPEST = 60
"""Rows from the top among which a sheet's heads are looked for."""
_TOTALS = ("合计", "总计", "小计", "共计")
_LABELS = (Kind.WORDS, Kind.CODED, Kind.CODE)
_OURS = ("说明", LISTS, SHEET)


class Heads(NamedTuple):
    """Where a sheet's heads stand: the row, each column's number by its title, and the titles that nobody asked for."""

    row: int
    columns: dict[str, int]
    others: dict[str, int]


def rows_of(book: Workbook, forms: Sequence[Form], desk: Desk) -> dict[str, list[Row]]:
    """The rows of each sheet that is there, by its form's title; what is wrong with sheets and heads is reported."""
    found: dict[str, list[Row]] = {}
    for form in forms:
        sheets = _sheets_of(book, form)
        if len(sheets) > 1:
            names = "”“".join(sheet.name for sheet in sheets)
            place = in_document(f"{book.name} {sheets[1].name}!A1")
            _report(desk, place, f"“{form.title}”有几张：“{names}”", "不知道读哪一张，请留下一张，删去别的。")
        elif not sheets and not form.seldom:
            desk.remarks.append(f"没有“{form.title}”这张表，它的内容不动。")
        elif sheets:
            found[form.title] = _rows(sheets[0], form, desk)
    return found


def others_in(book: Workbook, forms: Sequence[Form]) -> list[str]:
    """The sheets that are of no form: somebody's own."""
    taken = {sheet.name for form in forms for sheet in _sheets_of(book, form)}
    return [sheet.name for sheet in book.sheets if sheet.name not in taken and sheet.name not in _OURS and sheet.cells]


def _sheets_of(book: Workbook, form: Form) -> list[Sheet]:
    """The sheet of a form by its name; by the words in its corner where it was renamed or copied."""
    cornered = [sheet for sheet in book.sheets if _corner(sheet) == form.title and sheet.name not in _OURS]
    named = [sheet for sheet in book.sheets if sheet.name == form.title and sheet not in cornered]
    return cornered or named


def _corner(sheet: Sheet) -> str:
    return sheet.at(1, 1).text.partition("　")[0].strip()


def _rows(sheet: Sheet, form: Form, desk: Desk) -> list[Row]:
    heads = _heads(sheet, form)
    if heads is None:
        titles = "、".join(column.title for column in form.read_back if not column.seldom)
        place = in_document(f"{sheet.file} {sheet.name}!A1")
        _report(desk, place, "没有找到表头那一行", f"表头应有：{titles}。请从新生成的填报表里把表头拷回来。")
        return []
    missing = [
        column
        for column in form.read_back
        if not (column.title in heads.columns or column.seldom or (column.spared and desk.alone))
    ]
    known = {column.title for column in form.columns}
    strange = [title for title in heads.others if title not in known]
    for column in missing:
        like = strange[0] if len(strange) == len(missing) == 1 else ""
        number = heads.others.get(like, 1)
        hint = f"“{like}”就是它的，改回“{column.title}”；不是的，" if like else ""
        message = f"表头里没有“{column.title}”这一列"
        place = sheet.position(sheet.at(heads.row, number))
        _report(desk, place, message, f"{hint}请把这一列加回来，表头写“{column.title}”。")
    if missing:
        return []
    for title in strange:
        number = heads.others[title]
        if any(row > heads.row for row, column in sheet.cells if column == number):
            desk.remarks.append(f"{sheet.name}：{letters_of(number)}列“{title}”不是填报表的，没有读。")
    hidden = sorted(row for row in sheet.hidden_rows if row > heads.row)
    found = list(_below(sheet, form, heads, desk))
    if hidden_read := [row.number for row in found if row.number in set(hidden)]:
        desk.remarks.append(f"{sheet.name}：隐藏（或筛选掉）的{len(hidden_read)}行也读了。")
    return found


def _heads(sheet: Sheet, form: Form) -> Heads | None:
    """The row that has most of the titles, at least half."""
    wanted = {column.title for column in form.columns}
    best: tuple[int, int] = (0, 0)
    texts: dict[int, dict[str, int]] = {}
    for row, cells in sheet.rows():
        if row > _DEEPEST:
            break
        texts[row] = {flat(cell.text): cell.column for cell in reversed(cells)}
        best = max(best, (len(wanted & texts[row].keys()), -row))
    if best[0] * 2 < sum(not column.seldom for column in form.read_back):
        return None
    row = -best[1]
    columns = {column.title: texts[row][column.title] for column in form.read_back if column.title in texts[row]}
    others = {title: number for title, number in texts[row].items() if title not in columns}
    return Heads(row, columns, others)


def _below(sheet: Sheet, form: Form, heads: Heads, desk: Desk) -> list[Row]:
    """The rows under the heads that say anything that a person types, without totals that somebody added."""
    sheet = _unmerged(sheet, form, heads, desk)
    there = [column for column in form.read_back if column.title in heads.columns]
    typed = {heads.columns[column.title] for column in there if not column.fixed} or set(heads.columns.values())
    labels = [] if _is_of_totals(form) else [column.title for column in form.read_back if column.kind in _LABELS]
    found = []
    for number in sorted({row for row, column in sheet.cells if row > heads.row and column in typed}):
        row = Row({title: sheet.at(number, column) for title, column in heads.columns.items()}, number, sheet)
        total = next((said for title in labels if (said := row.raw(title)).replace(" ", "") in _TOTALS), "")
        if total:
            desk.remarks.append(f"{sheet.name}：第{number}行是“{total}”，没有读；合计由程序算。")
        else:
            found.append(row)
    return found


def _is_of_totals(form: Form) -> bool:
    """Whether rows of this sheet may be called a total: figures are (总计)."""
    return any(column.title in ("数", "控制数") for column in form.columns)


def _unmerged(sheet: Sheet, form: Form, heads: Heads, desk: Desk) -> Sheet:
    """With merged words in each cell; a merged amount would count for nobody knows which row."""
    money = {
        number: title for title, number in heads.columns.items() if form.column(title).kind in (Kind.MONEY, Kind.COUNT)
    }
    for block in sheet.merged:
        if block.bottom <= heads.row or (block.top, block.left) not in sheet.cells:
            continue
        for number, title in money.items():
            if block.left <= number <= block.right:
                place = sheet.position(sheet.at(block.top, block.left))
                _report(
                    desk, place, f"“{title}”的单元格合并了（{block}）", "不知道是哪一行的，请取消合并，每行填自己的数。"
                )
    below = tuple(block for block in sheet.merged if block.top > heads.row and block.left == block.right)
    return spread(sheet._replace(merged=below))


def _report(desk: Desk, place: object, message: str, remedy: str) -> None:
    desk.problems.append(Problem(CODE, Severity.ERROR, message, remedy, place))  # type: ignore[arg-type]
