"""The document as tables for programs: each of its tables, all cells one by one, the numbers of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model.document import Document, Heading, Paragraph, Run, TableBlock, TableRow
from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.table_spec import LINE, NUMBERS, TextColumn
from generator.render.cells import cells_of, number_in, starts_of, width_of
from generator.render.entries import Entries
from generator.render.open_data.resource import Field, Resource, Row, named_apart

_LINE = Field("行号", "integer", "在这张表里是第几行，从1起", required=True)
_MORE, _LESS = {"差额": "增加额"}, {"差额": "减少额", "增幅": "降幅"}
"""What a sentence says of a change without its sign."""
_SAID = re.compile(r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)")


def resources_of(
    document: Document, units: Mapping[str, tuple[str, ...]], entries: Entries | None
) -> Iterator[Resource]:
    """All tables of open data. ``units`` says of each table, by its key, what the numbers of its columns are in."""
    blocks = [block for block in document.blocks if isinstance(block, TableBlock)]
    for number, block in enumerate(blocks, 1):
        yield _table(number, block, units[block.key])
    yield _cells(blocks, units)
    yield _said(document)
    if entries is not None:
        yield _entries(entries)


def _table(number: int, block: TableBlock, units: tuple[str, ...]) -> Resource:
    """A table with one head over each column; words that a merged cell says of several rows are in each of them."""
    paths = block.paths if block.header_rows else ()
    count = width_of(block)
    fields = [
        _field(block, place, "／".join(paths[place]) if place < len(paths) else f"列{place + 1}", units)
        for place in range(count)
    ]
    rows, above = [], ("",) * count
    for index, row in enumerate(block.rows, 1):
        above = tuple(_row(block, row, above, count))
        rows.append((str(index), *above))
    side = "左右并排的各栏互不相关。" if len({*block.panels}) > 1 else ""
    return Resource(
        f"table-{number:02}", f"表{number}.csv", block.caption, (_LINE, *named_apart(fields)), tuple(rows), ("行号",), side
    )  # fmt: skip


def _field(block: TableBlock, place: int, name: str, units: tuple[str, ...]) -> Field:
    leaf = block.columns[place] if place < len(block.columns) else None
    if isinstance(leaf, NUMBERS):
        return Field(name, "number", "", units[place])
    counted = isinstance(leaf, TextColumn) and leaf.source == LINE
    return Field(name, "string", "行次" if counted else "")


def _row(block: TableBlock, row: TableRow, above: Row, count: int) -> Iterator[str]:
    texts = dict(zip(starts_of(row), enumerate(row.texts), strict=True))
    for column in range(count):
        place, text = texts.get(column, (-1, ""))
        if place < 0:
            yield ""
            continue
        number = number_in(block, row, place)
        is_number = place < len(block.columns) and isinstance(block.columns[place], NUMBERS)
        yield (
            str(number.value) if number is not None
            else above[column] if row.is_joined(place) and not is_number
            else text
        )  # fmt: skip


_CELLS = (
    Field("表号", "integer", "第几张表，从1起", required=True),
    Field("表名", "string", "表的标题", required=True),
    _LINE,
    Field("列号", "integer", "这一格从第几列开始，从1起", required=True),
    Field("栏目", "string", "这一列的表头，由上到下"),
    Field("内容", "string", "这一格印的文字", required=True),
    Field("数值", "number", "这一格印的数；印文字的没有"),
    Field("计量单位", "string", "数值的单位"),
)


def _cells(blocks: list[TableBlock], units: Mapping[str, tuple[str, ...]]) -> Resource:
    rows = tuple(row for number, block in enumerate(blocks, 1) for row in _each(number, block, units[block.key]))
    key = ("表号", "行号", "列号")
    return Resource("cells", "单元格.csv", "各表的每一格", _CELLS, rows, key, "有内容的格，一格一行。")


def _each(number: int, block: TableBlock, units: tuple[str, ...]) -> Iterator[Row]:
    for index, cells in cells_of(block):
        row = block.rows[index]
        for cell in cells:
            text = row.texts[cell.place]
            if text.strip():
                printed = number_in(block, row, cell.place)
                head = "／".join(block.paths[cell.column]) if block.header_rows else ""
                value = (str(printed.value), units[cell.column]) if printed is not None else ("", "")
                yield (str(number), block.caption, str(index + 1), str(cell.column + 1), head, text, *value)


_SENTENCES = (
    Field("序号", "integer", "在文中是第几个，从1起", required=True),
    Field("标题", "string", "在哪个标题下面"),
    Field("名称", "string", "是哪一项的数"),
    Field("含义", "string", "合计、占比、填报数，或比哪一种数：增加额、减少额、增幅、降幅、上年数、完成率"),
    Field("文字", "string", "文中怎样写", required=True),
    Field("数值", "number", "写出的数"),
    Field("计量单位", "string", "数值的单位"),
)


def _said(document: Document) -> Resource:
    rows, heading = list[Row](), ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.ordinal + block.title
        elif isinstance(block, Paragraph):
            for run in block.runs:
                if run.figure is not None and run.text:
                    rows.append((str(len(rows) + 1), heading, *_number(run)))
    return Resource("numbers", "文中的数.csv", "文中的数", _SENTENCES, tuple(rows), ("序号",))


def _number(run: Run) -> Row:
    name, meaning = _told(run.figure, run.aspect)
    found = _SAID.fullmatch(run.text.strip())
    value, unit = (found[1].replace(",", ""), found[2].strip()) if found else ("", "")
    return name, meaning, run.text, value, unit


def _told(figure: Numeric | None, aspect: str) -> tuple[str, str]:
    match figure:
        case Figure():
            return figure.key, "合计"
        case Share():
            return f"{figure.part.key}占{figure.whole.key}", "占比"
        case Change():
            less = figure.delta.amount < 0
            return (
                figure.current.key,
                f"比{figure.basis.name}：{_LESS.get(aspect, aspect) if less else _MORE.get(aspect, aspect)}",
            )
        case Fact():
            return figure.key, "填报数"
        case Mover():
            return figure.name, "变动"
        case None:
            return "", ""


def _entries(entries: Entries) -> Resource:
    fields = (
        Field("序号", "integer", "第几笔，从1起", required=True),
        *(Field(field.name, "string", field.meaning) for field in entries.fields),
        Field("金额", "number", "这一笔的金额", entries.unit, required=True),
    )
    rows = tuple((str(number), *told, str(money)) for number, (told, money) in enumerate(entries.rows, 1))
    return Resource("entries", "台账.csv", "台账", fields, rows, ("序号",), "文中和表里的金额都由这些笔相加得来。")
