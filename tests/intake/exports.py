"""A department's ledger as a finance system would export it, in the shapes that are seen: rows of cells, then a file."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from generator.model.department import Inputs
from generator.model.ledger import BASIC, LedgerLine
from generator.model.money import Scale
from generator.sheets.sheet import letters_of

Rows = list[list[Any]]
_NATURE = {
    "一般公共预算": "111 一般公共预算资金",
    "政府性基金预算": "12 政府性基金预算资金",
    "事业收入": "31 事业收入资金",
}
_CATEGORY = {"其他运转类": "22 其他运转类", "特定目标类": "3 特定目标类"}


class Export:
    """The lines of a department with the words an export has for them; amounts in 元 or 万元."""

    def __init__(self, inputs: Inputs, unit: str = "元") -> None:
        self.inputs, self.unit = inputs, unit
        self.lines = [line for line in inputs.ledger.lines if line.money.amount]
        self.own = sorted({name for line in self.lines for name, _ in line.own})
        self.codes = inputs.classification

    def amount(self, line: LedgerLine) -> Decimal:
        rate = {"元": 1, "万元": 10_000}[self.unit]
        return line.money.amount * (1 if line.money.scale is Scale.YUAN else 10_000) / rate

    def category(self, line: LedgerLine) -> str:
        if line.kind not in (BASIC, "项目支出"):
            return line.kind
        return _CATEGORY.get(line.project_kind) or ("1 人员类" if line.use == "人员经费" else "21 公用经费")

    def project(self, line: LedgerLine) -> tuple[str, str]:
        if not line.project:
            return "", ""
        return line.project, self.inputs.department.projects[line.project].name

    def named(self, name: str, code: str, sign: str = " ") -> str:
        return f"{code}{sign}{self.codes.names(name).get(code, '')}" if code else ""

    def agency(self, line: LedgerLine) -> str:
        return f"{line.agency} {self.inputs.department.agencies[line.agency]}"

    def own_of(self, line: LedgerLine) -> list[str]:
        return [dict(line.own).get(name, "") for name in self.own]


def one_a_row(export: Export) -> Rows:
    """一行一笔: titles above, code and name in one cell, a total below, a column that is not read."""
    heads = ["序号", "预算单位", "项目类别", "项目编码", "项目名称", "支出功能分类", "政府预算经济分类", "部门预算经济分类",
             "是否政府采购", "资金性质", "资金来源", "结转标志", *export.own, "预算金额"]  # fmt: skip
    rows: Rows = [["支出预算明细表"], [""] * (len(heads) - 1) + [f"单位：{export.unit}"], heads]
    for number, line in enumerate(export.lines, 1):
        rows.append([
            number, export.agency(line), export.category(line), *export.project(line),
            export.named("功能科目", line.function), export.named("政府经济", line.government_economic),
            export.named("部门经济", line.department_economic), "否", _NATURE.get(line.fund, line.fund),
            f"{line.origin}财力" if line.origin == "本级" else "上级转移支付", line.period, *export.own_of(line), export.amount(line),
        ])  # fmt: skip
    rows.append(["合　计", *[""] * (len(heads) - 2), sum(map(export.amount, export.lines), Decimal(0))])
    return rows


def by_fund(export: Export) -> Rows:
    """A column for each fund, the codes and names apart, sub-totals of each unit above its lines; only what such a table can say."""
    funds = list(dict.fromkeys(line.fund for line in export.lines))
    heads = ["单位编码", "单位名称", "项目类别", "项目编码", "项目名称", "功能科目编码", "功能科目名称", "部门经济科目编码", "部门经济科目名称",
             "政府经济科目编码", "政府经济科目名称", "层级", "年度", *export.own, "合计", *funds]  # fmt: skip
    rows: Rows = [["项目支出表"], [f"金额单位：{export.unit}"], heads]
    by_unit: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in export.lines:
        by_unit[line.agency].append(line)
    for agency, lines in by_unit.items():
        sums = [sum((export.amount(line) for line in lines if line.fund == fund), Decimal(0)) for fund in funds]
        own = [""] * (11 + len(export.own))
        rows.append([agency, export.inputs.department.agencies[agency], *own, sum(sums, Decimal(0)), *sums])
        for line in lines:
            amounts = [export.amount(line) if line.fund == fund else "" for fund in funds]
            names = [
                part for name, code in (("功能科目", line.function), ("部门经济", line.department_economic), ("政府经济", line.government_economic))
                for part in (code, export.named(name, code)[len(code) + 1 :])
            ]  # fmt: skip
            rows.append([
                agency, export.inputs.department.agencies[agency], export.category(line), *export.project(line), *names,
                line.origin, line.period, *export.own_of(line), export.amount(line), *amounts,
            ])  # fmt: skip
    return rows


def web_page(export: Export) -> Rows:
    """The web page's own names of fields, no unit said (元)."""
    heads = ["agency_code_name", "pro_cat_code_name", "pro_code", "pro_name", "exp_func_code_name", "dep_bgt_eco_code_name",
             "gov_bgt_eco_code_name", "fund_type_code_name", "budget_level_code_name", "found_type_code_name", *export.own, "apply_up"]  # fmt: skip
    rows: Rows = [heads]
    for line in export.lines:
        rows.append([
            export.agency(line).replace(" ", "-"), export.category(line).replace(" ", "-"), *export.project(line),
            export.named("功能科目", line.function, "-"), export.named("部门经济", line.department_economic, "-"),
            export.named("政府经济", line.government_economic, "-"), line.fund, line.origin, line.period,
            *export.own_of(line), export.amount(line),
        ])  # fmt: skip
    return rows


def as_above(export: Export) -> Rows:
    """“2010101 行政运行”, “30101_基本工资”; what repeats the row above is left empty, groups have their sums in rows of their own."""
    heads = [
        "单位",
        "支出类别",
        "项目编码",
        "项目名称",
        "功能分类",
        "资金性质",
        "层级",
        "年度",
        *export.own,
        "经济分类",
        "政府预算经济分类",
        "金额",
    ]
    rows: Rows = [["附件"], ["支出明细表"], [f"单位:{export.unit}"], heads]
    groups: dict[tuple[str, ...], list[LedgerLine]] = defaultdict(list)
    for line in export.lines:
        category = export.category(line).partition(" ")[2] or export.category(line)
        key = (export.agency(line), category, *export.project(line), export.named("功能科目", line.function), line.fund,
               line.origin, line.period, *export.own_of(line))  # fmt: skip
        groups[key].append(line)
    for key, lines in groups.items():
        if lines[0].department_economic:
            rows.append([*key, "", "", sum(map(export.amount, lines), Decimal(0))])
        for line in lines:
            first = [""] * len(key) if line.department_economic else list(key)
            own = (
                [value if index >= 5 else "" for index, value in enumerate(key)] if line.department_economic else first
            )
            rows.append([*own, export.named("部门经济", line.department_economic, "_"),
                         export.named("政府经济", line.government_economic, "_"), export.amount(line)])  # fmt: skip
    return rows


SHAPES: tuple[Callable[[Export], Rows], ...] = (one_a_row, by_fund, web_page, as_above)


def xlsx_of(rows: Sequence[Sequence[Any]], name: str = "明细") -> bytes:
    """Rows as an .xlsx; codes are texts, amounts are floats, as systems write them."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, (Decimal, int, float)):
                    sheet.write_number(number, column, float(value))
                elif value:
                    sheet.write_string(number, column, value)
    return data.getvalue()


def csv_of(rows: Sequence[Sequence[Any]], coding: str = "gb18030") -> bytes:
    """Rows as a .csv as Excel saves it."""
    text = StringIO()
    csv.writer(text).writerows(
        [[f"{value:f}" if isinstance(value, Decimal) else value for value in row] for row in rows]
    )
    return text.getvalue().encode(coding)


_BELOW = {"项目": ("项目编码", "项目名称"), "支出功能分类科目": ("类", "款", "项", "科目名称"),
          "部门预算支出经济分类科目": ("类", "款"), "政府预算支出经济分类科目": ("类", "款")}  # fmt: skip


def three_columns(export: Export) -> bytes:
    """类, 款, 项 in columns of their own, as numbers without zeros, under merged heads of three rows; units' cells merged downwards."""
    heads = ["预算单位", "项目", "项目类别", "支出功能分类科目", "部门预算支出经济分类科目", "政府预算支出经济分类科目", "资金性质", "层级", "年度",
             *export.own, f"金额（{export.unit}）"]  # fmt: skip
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("明细 ")
        last = _write_heads(sheet, heads)
        row = 5
        for agency in dict.fromkeys(line.agency for line in export.lines):
            own = [line for line in export.lines if line.agency == agency]
            if len(own) > 1:
                sheet.merge_range(row, 0, row + len(own) - 1, 0, export.agency(own[0]))
            else:
                sheet.write_string(row, 0, export.agency(own[0]))
            for line in own:
                sheet.write_row(row, 1, _in_columns(export, line))
                row += 1
        sheet.write_string(row, 0, "合计")
        letters = letters_of(last + 1)
        sheet.write_formula(row, last, f"=SUM({letters}6:{letters}{row})", None, 0)
    return data.getvalue()


def _write_heads(sheet: Any, heads: Sequence[str]) -> int:
    column = 0
    for head in heads:
        below = _BELOW.get(head, ())
        if below:
            sheet.merge_range(2, column, 2, column + len(below) - 1, head)
            for place, name in enumerate(below):
                sheet.merge_range(3, column + place, 4, column + place, name)
        else:
            sheet.merge_range(2, column, 4, column, head)
        column += len(below) or 1
    return column - 1


def _in_columns(export: Export, line: LedgerLine) -> list[Any]:
    function = [int(line.function[start:end]) for start, end in ((0, 3), (3, 5), (5, 7))]
    economic = [number for code in (line.department_economic, line.government_economic)
                for number in ((int(code[:3]), int(code[3:])) if code else ("", ""))]  # fmt: skip
    return [*export.project(line), export.category(line), *function, export.codes.function.get(line.function, ""), *economic,
            _NATURE.get(line.fund, line.fund), line.origin, line.period, *export.own_of(line), float(export.amount(line))]  # fmt: skip
