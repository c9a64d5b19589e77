"""A produced document damaged on paper: small edits of a Reading, as a hand in Word would make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.check.sheets import title_of
from generator.model.reading import ReadBlock, ReadHeading, Reading, ReadParagraph, ReadTable

Edit = dict[str, Any]


def damaged(reading: Reading, edits: list[Edit]) -> Reading:
    """The reading after the edits, one after the other; an edit that changes nothing is a mistake of the case."""
    for edit in edits:
        after = _edited(reading, edit)
        assert after != reading, edit
        reading = after
    return reading


def _edited(reading: Reading, edit: Edit) -> Reading:
    if "表" in edit:
        return reading._replace(blocks=_with_table(reading.blocks, edit))
    if "删表" in edit:
        kept = [block for block in reading.blocks if not _is_table(block, edit["删表"])]
        return reading._replace(blocks=tuple(kept))
    if "文件" in edit:
        assert reading.look is not None
        changes = {name: _tupled(value) for name, value in edit["文件"].items()}
        return reading._replace(look=reading.look._replace(**changes))
    if "封面" in edit:
        return reading._replace(cover=tuple(line.replace(edit["封面"], edit["改成"]) for line in reading.cover))
    if "目录" in edit:
        lines = tuple(
            line._replace(
                text=line.text.replace(edit["目录"], edit.get("改成", line.text)), page=edit.get("页", line.page)
            )
            if edit["目录"] in line.text
            else line
            for line in reading.contents
        )
        return reading._replace(contents=lines)
    return reading._replace(blocks=_with_words(reading.blocks, edit))


def _tupled(value: Any) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


def _is_table(block: ReadBlock, name: str) -> bool:
    return isinstance(block, ReadTable) and title_of(block.caption) == name


def _with_words(blocks: tuple[ReadBlock, ...], edit: Edit) -> tuple[ReadBlock, ...]:
    """``把`` becomes ``改成`` in paragraphs and headings; a heading renamed takes its paragraphs along."""
    found: list[ReadBlock] = []
    only = edit.get("节", "")
    for block in blocks:
        if isinstance(block, ReadHeading):
            found.append(block._replace(text=block.text.replace(edit["把"], edit["改成"])))
        elif isinstance(block, ReadParagraph):
            text = block.text.replace(edit["把"], edit["改成"]) if only in block.section else block.text
            found.append(ReadParagraph(text, block.section.replace(edit["把"], edit["改成"])))
        else:
            found.append(block)
    return tuple(found)


def _with_table(blocks: tuple[ReadBlock, ...], edit: Edit) -> tuple[ReadBlock, ...]:
    assert any(_is_table(block, edit["表"]) for block in blocks), edit
    return tuple(
        _table(block, edit) if isinstance(block, ReadTable) and _is_table(block, edit["表"]) else block
        for block in blocks
    )


def _table(table: ReadTable, edit: Edit) -> ReadTable:
    for name, change in _CHANGES.items():
        if name in edit:
            table = change(table, edit)
    return table


def _row_of(table: ReadTable, row: int | str) -> int:
    if isinstance(row, int):
        return row - 1
    return next(number for number, texts in enumerate(table.rows) if row in texts)


def _cell(table: ReadTable, edit: Edit) -> ReadTable:
    rows = [list(row) for row in table.rows]
    rows[_row_of(table, edit["行"])][edit["格"] - 1] = edit["改成"]
    return table._replace(rows=_tupled(rows))


def _without_row(table: ReadTable, edit: Edit) -> ReadTable:
    gone = _row_of(table, edit["删行"])
    return table._replace(
        rows=table.rows[:gone] + table.rows[gone + 1 :], cells=table.cells[:gone] + table.cells[gone + 1 :]
    )


def _with_row(table: ReadTable, edit: Edit) -> ReadTable:
    row = tuple(edit["增行"])
    row += ("",) * (len(table.columns) - len(row)) if edit.get("补齐", True) else ()
    return table._replace(rows=(*table.rows, row), cells=(*table.cells, len(row)))


def _without_cell(table: ReadTable, edit: Edit) -> ReadTable:
    number, place = _row_of(table, edit["行"]), edit["删格"] - 1
    rows, cells = list(table.rows), list(table.cells)
    rows[number] = rows[number][:place] + rows[number][place + 1 :]
    cells[number] -= 1
    return table._replace(rows=tuple(rows), cells=tuple(cells))


def _renamed(table: ReadTable, edit: Edit) -> ReadTable:
    columns = list(table.columns)
    for number, path in edit["栏名"].items():
        columns[number - 1] = tuple(path)
    return table._replace(columns=tuple(columns))


def _looked(table: ReadTable, edit: Edit) -> ReadTable:
    assert table.look is not None
    return table._replace(look=table.look._replace(**{name: _tupled(value) for name, value in edit["样子"].items()}))


_CHANGES: dict[str, Callable[[ReadTable, Edit], ReadTable]] = {
    "格": _cell,
    "删行": _without_row,
    "增行": _with_row,
    "删格": _without_cell,
    "栏名": _renamed,
    "样子": _looked,
    "表题": lambda table, edit: table._replace(caption=edit["表题"]),
    "表头行": lambda table, edit: table._replace(headline=edit["表头行"]),
    "注": lambda table, edit: table._replace(notes=tuple(edit["注"])),
}
