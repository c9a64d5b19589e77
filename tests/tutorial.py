"""docs/教程.md as steps: what a clerk types, in the order of the page, and how a test types it.

A ``console`` block holds commands (``$ shuoming …``) and what they print; “…” leaves lines out, and a line that begins with
“写入吗？” is a question with its answer. A ``diff`` block is an edit of a data file, named in its first line; a ``yaml`` block is all of
one. A table after “表“支出明细”” is typed into that sheet of the workbook written last; one after “文件“….xlsx”” is a workbook of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "教程.md"
BLANK = "待填"
_NOT_TYPED = ("说明", "谁知道", "填报合计", "相差")
_ANSWERS = ("填写", "控制数", "金额", "内容")
_MARK = re.compile(r"(表|文件)“([^”]+)”")
Row = list[Any]


class Step(NamedTuple):
    """What is done (命令, 改, 写, 表, 文件), to what, and the lines or cells; ``line``: where the page says it."""

    kind: str
    what: str
    rows: list[Any]
    line: int


def steps(section: str, page: Path = PAGE) -> Iterator[Step]:
    """The steps of a section (``##``), told by the beginning of its title."""
    lines = page.read_text(encoding="utf-8").split("\n")
    heads = [at for at, line in enumerate(lines) if line.startswith("## ")] + [len(lines)]
    start = next(at for at in heads if lines[at].startswith(f"## {section}"))
    at, end, mark = start + 1, next(at for at in heads if at > start), None
    while at < end:
        fence = re.match(r"```(\w+)$", lines[at])
        if fence:
            close = lines.index("```", at + 1)
            yield from _block(fence[1], lines[at + 1 : close], at + 2)
            at = close
        elif lines[at].startswith("|"):
            close = next(row for row in range(at, end) if not lines[row].startswith("|"))
            if mark:
                rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[at:close]]
                yield Step(mark[1], mark[2], [rows[0], *rows[2:]], at + 1)
            at, mark = close, None
        else:
            mark = _MARK.search(lines[at]) or (mark if not lines[at] else None)
        at += 1


def _block(language: str, lines: list[str], line: int) -> Iterator[Step]:
    if language == "console":
        for one in re.split(r"(?m)^\$ ", "\n".join(lines))[1:]:
            command, *said = one.rstrip("\n").split("\n")
            yield Step("命令", command, said, line)
    elif language in ("diff", "yaml"):
        assert lines[0].startswith("# "), f"{PAGE.name}:{line}: 第一行没有写是哪个文件"
        yield Step("改" if language == "diff" else "写", lines[0].removeprefix("# "), lines[1:], line)


def changed(path: Path, lines: Sequence[str]) -> None:
    """A data file as a diff says: the lines that stay and go are found together, in one place."""
    text = path.read_text(encoding="utf-8")
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def made(path: Path, rows: Sequence[Row]) -> None:
    """A workbook of others: the rows, amounts as numbers."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([float(cell) if re.fullmatch(r"\d+\.\d\d", cell) else cell for cell in row])
    book.save(path)


def typed(path: Path, tables: Sequence[tuple[str, Sequence[Row]]]) -> None:
    """The fill-in workbook with a page's tables typed into its sheets, where the sheet lets one type."""
    book = openpyxl.load_workbook(path)
    for name, (heads, *rows) in tables:
        _typed(book[name], heads, rows)
    book.save(path)


def _typed(sheet: Worksheet, heads: Row, rows: Sequence[Row]) -> None:
    """A row that is there, but for its last cell, has that typed; another goes where the next is free, over 待填."""
    assert any(set(heads) <= set(_cells(sheet, row).values()) for row in range(1, 20)), (sheet.title, heads)
    top = next(row for row in range(1, 20) if set(heads) <= set(_cells(sheet, row).values()))
    columns = [next(at for at, said in _cells(sheet, top).items() if said == head) for head in heads]
    used = set[int]()
    places = range(top + 1, sheet.max_row + len(rows) + 2)
    there = [_row(sheet, places, columns[:-1], row[:-1], used) for row in rows]
    for row, place in zip(rows, there, strict=True):
        if not place and row[-1] == "" and heads[-1] in _ANSWERS:
            continue  # nothing to say where nothing is asked
        at = place or next(at for at in places if at not in used and _is_free(sheet, at, columns[:-1]))
        used.add(at)
        for column, text in zip(columns, row, strict=True):
            cell = sheet.cell(at, column)
            if _said(cell) != text:
                locked = sheet.protection.sheet and cell.protection.locked
                assert not locked or cell.value is None, f"{sheet.title}!{cell.coordinate}"  # below: rows inserted
                cell.value = None if text == "" else text


def _said(cell: Any) -> Any:
    return "" if cell.value is None else cell.value


def _cells(sheet: Worksheet, row: int) -> dict[int, Any]:
    return {cell.column: cell.value for cell in sheet[row] if cell.value not in (None, "")}


def _row(sheet: Worksheet, places: range, columns: list[int], key: Row, used: set[int]) -> int | None:
    found = (
        at for at in places if at not in used and key and [_said(sheet.cell(at, column)) for column in columns] == key
    )
    at = next(found, None)
    used |= {at} if at else set()
    return at


def _is_free(sheet: Worksheet, row: int, keys: Sequence[int]) -> bool:
    return not _cells(sheet, row) or BLANK in [sheet.cell(row, column).value for column in keys]


def tables_in(path: Path) -> list[tuple[str, list[Row]]]:
    """What a filled-in workbook has, sheet by sheet, as tables to type: neither what it works out nor what it explains."""
    found = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.sheet_state == "visible" and sheet.freeze_panes:
            top = openpyxl.utils.cell.coordinate_to_tuple(sheet.freeze_panes)[0] - 1
            told = _NOT_TYPED if "谁知道" in _cells(sheet, top).values() else ()
            columns = [cell.column for cell in sheet[top] if cell.value and cell.value not in told]
            rows = [[_said(sheet.cell(at, column)) for column in columns] for at in range(top + 1, sheet.max_row + 1)]
            rows = [[sheet.cell(top, column).value for column in columns], *filter(any, rows)]
            used = [at for at in range(len(columns)) if any(row[at] != "" for row in rows[1:])]
            found.append((sheet.title, [[row[at] for at in used] for row in rows]))
    return found
