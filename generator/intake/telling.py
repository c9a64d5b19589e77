"""What is said of an import before it is made: how a table was read, what an export can't tell, which names differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.intake.details import Details
from generator.intake.ground import Ground, Line
from generator.intake.heads import Column, Table
from generator.intake.mapping import Heads


class Found(NamedTuple):
    """A sheet that is a table of details, how it is read, and what it says."""

    table: Table
    heads: Heads
    details: Details


def explained(found: Found) -> Iterator[str]:
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


def not_said(known: Sequence[str], of_basics: Sequence[Line]) -> Iterator[str]:
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


def other_names(names: Mapping[tuple[str, str], str], ground: Ground) -> Iterator[str]:
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
