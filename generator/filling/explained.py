"""The sheet 说明: what the workbook is, what to do, what colours mean, how it is brought back, and where each sheet is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.filling.looks import LEGEND
from generator.filling.mark import Mark
from generator.filling.nouns import Form

_STEPS = (
    "一、只填白色的格子。能算出来的（合计、比例、增减、政府经济科目）都不用填。",
    "二、先填“项目”，再填“支出明细”；科目从下拉里选，也可以只填编码，名称不用抄。",
    "三、行不够的，接着往下填；要在中间加的，插入行。不要的行整行清空或删除。次序可以排；表头的字不要改。",
    "四、编码先设为“文本”再粘贴（这里的格子已经是），否则前面的0、长编码的后几位会丢。",
    "五、每列上面灰色的小字、表头的批注，写着这一列通常谁知道；可以把整个文件发给他填，填好再收回来。",
    "六、填完保存，运行下面这条命令（或双击“开始”，选导入）。有填错的会一次列出是哪张表哪一格、怎么改，数据不会动；没有错的，先列出改动，答“是”才写入。",
)


def explain(sheet: Worksheet, looks: Mapping[str, Format], forms: Sequence[Form], mark: Mark) -> None:
    """Write it."""
    sheet.set_column(0, 0, 24, looks["plain"])
    sheet.set_column(1, 1, 92, looks["plain"])
    whose = f"，单位{mark.unit}" if mark.unit else ""
    sheet.write_string(0, 0, f"{mark.name}{mark.year}年部门预算填报表", looks["title"])
    sheet.write_string(1, 0, f"年度：{mark.year}　部门代码：{mark.code}{whose}　金额单位：{mark.scale}", looks["about"])
    row = 3
    for step in _STEPS:
        sheet.merge_range(row, 0, row, 1, step, looks["plain"])
        sheet.set_row(row, 30)
        row += 1
    sheet.merge_range(row, 0, row, 1, "shuoming import 填报表.xlsx", looks["step"])
    row += 2
    sheet.write_string(row, 0, "颜色", looks["step"])
    for colour, words in LEGEND:
        row += 1
        sheet.write_blank(row, 0, None, looks[f"legend {colour}"])
        sheet.write_string(row, 1, words, looks["plain"])
    row += 2
    sheet.write_string(row, 0, "表", looks["step"])
    sheet.write_string(row, 1, "填什么", looks["step"])
    for form in forms:
        row += 1
        sheet.write_url(row, 0, f"internal:'{form.title}'!A1", looks["link"], form.title)
        sheet.write_string(row, 1, form.about, looks["plain"])
    _set_up(sheet)


def _set_up(sheet: Worksheet) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
