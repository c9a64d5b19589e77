"""Fill-in workbooks that went wrong: how each is damaged. What is said of each stands in tests/golden/filling.txt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.sheets.sheet import Cell, Kind, Range, Sheet, Workbook, place_of
from generator.sheets.stored import Stored, value_cell

Change = Callable[[Workbook], Workbook]
FORMULA = Cell(0, 0, "", Kind.FORMULA, None, "", "I10*2", "公式没有存下结果")


class Wrong(NamedTuple):
    """A way a workbook goes wrong: what happened, the shipped folder it is of, and the change."""

    what: str
    folder: str
    change: Change


def typed(value: object) -> Cell:
    """A cell as a program stores what was typed: a number, a day (``date …``), an error (#N/A), or a text."""
    match value:
        case None:
            return Cell(0, 0)
        case Cell():
            return value
        case int() | float():
            return value_cell(Stored("n", repr(value), "#,##0.00" if isinstance(value, float) else ""), 0, 0)
        case str() if value.startswith("date "):
            return value_cell(Stored("n", value.removeprefix("date "), "yyyy-mm-dd"), 0, 0)
        case str() if value.startswith("#"):
            return value_cell(Stored("e", value), 0, 0)
    return value_cell(Stored("s", str(value)), 0, 0)


def sheets(book: Workbook, name: str, change: Callable[[Sheet], Sheet]) -> Workbook:
    """A workbook with one of its sheets changed."""
    return book._replace(sheets=tuple(change(one) if one.name == name else one for one in book.sheets))


def cells(name: str, values: Mapping[str, object]) -> Change:
    """These cells of a sheet, by their addresses, hold these values."""

    def change(sheet: Sheet) -> Sheet:
        new = dict(sheet.cells)
        for address, value in values.items():
            row, column = place_of(address) or (0, 0)
            new.pop((row, column), None)
            if (cell := typed(value)).kind is not Kind.EMPTY:
                new[row, column] = cell._replace(row=row, column=column)
        return sheet._replace(cells=dict(sorted(new.items())))

    return lambda book: sheets(book, name, change)


def merged(name: str, *blocks: Range) -> Change:
    """These cells of a sheet are merged."""
    return lambda book: sheets(book, name, lambda sheet: sheet._replace(merged=blocks))


def copied(name: str, new: str) -> Change:
    """A sheet is there twice."""

    def change(book: Workbook) -> Workbook:
        sheet = book.named(name)
        return book._replace(sheets=(*book.sheets, *([sheet._replace(name=new)] if sheet else [])))

    return change


def several(*changes: Change) -> Change:
    def change(book: Workbook) -> Workbook:
        for one in changes:
            book = one(book)
        return book

    return change


_ONE, _TWO = "data/2022", "examples/sichuan/2025"
_SPENT = "支出明细"
_LINE = {"A47": "项目支出", "B47": "运转经费", "C47": "2080101", "D47": "30202", "F47": "一般公共预算", "I47": 1}


def _line(**changes: object) -> Change:
    return cells(_SPENT, {**_LINE, "D47": "30213", **changes})


WRONG = (
    Wrong("金额是文字", _ONE, cells(_SPENT, {"I12": "约三万"})),
    Wrong("金额是“无”", _ONE, cells(_SPENT, {"I12": "—"})),
    Wrong("金额带单位元，表的单位是万元", _ONE, cells(_SPENT, {"I12": "225,000元"})),
    Wrong("金额三位小数", _ONE, cells(_SPENT, {"I12": 22.505})),
    Wrong("金额是负数", _ONE, cells(_SPENT, {"I12": -22.5})),
    Wrong("金额被当成日期", _ONE, cells(_SPENT, {"I12": "date 44562"})),
    Wrong("金额是错误值", _ONE, cells(_SPENT, {"I12": "#REF!"})),
    Wrong("金额是公式，没有存下结果", _ONE, cells(_SPENT, {"I12": FORMULA})),
    Wrong("金额删去了，别的还在", _ONE, cells(_SPENT, {"I12": None})),
    Wrong("金额的单元格合并了", _ONE, merged(_SPENT, Range(12, 9, 13, 9))),
    Wrong("金额多打了很多位", _ONE, cells(_SPENT, {"I12": 22500000000000000})),
    Wrong("功能科目不存在", _ONE, _line(C47="2080199 其他支出")),
    Wrong("功能科目少一位", _ONE, _line(C47=208010)),
    Wrong("功能科目只到款", _ONE, _line(C47="20801")),
    Wrong("功能科目的名称是另一个的", _ONE, _line(C47="2080101 一般行政管理事务")),
    Wrong("功能科目只写名称，有几个同名的", _ONE, _line(C47="行政运行")),
    Wrong("功能科目没有填", _ONE, _line(C47=None)),
    Wrong("功能科目被当成日期", _ONE, _line(C47="date 44562")),
    Wrong("经济科目不存在", _ONE, _line(D47="30299 别的")),
    Wrong("经济科目没有填", _ONE, _line(D47=None)),
    Wrong("政府经济科目不存在", _ONE, _line(E47="50998")),
    Wrong("资金来源不在下拉里", _ONE, _line(F47="一般预算")),
    Wrong("资金来源没有填", _ONE, cells(_SPENT, {**_LINE, "A47": "基本支出", "B47": None, "F47": None})),
    Wrong("层级写错", _ONE, _line(G47="上级转移支付")),
    Wrong("类别写错", _ONE, _line(A47="项目")),
    Wrong("类别没有填", _ONE, cells(_SPENT, {**_LINE, "A47": None, "B47": None})),
    Wrong("项目支出没有写项目", _ONE, _line(B47=None)),
    Wrong("项目名称少一个字", _ONE, _line(B47="运转经")),
    Wrong("基本支出写了项目", _ONE, _line(A47="基本支出")),
    Wrong("同一行填了两遍", _ONE, cells(_SPENT, {**_LINE, "D47": "30202 印刷费"})),
    Wrong("项目编码丢了后几位", _ONE, cells("项目", {"B5": 4.10395220000000e20})),
    Wrong("项目编码存成了科学记数的文字", _ONE, cells("项目", {"B5": "4.10395E+20"})),
    Wrong("两个项目的编码相同", _ONE, cells("项目", {"B6": "410395220000000008236"})),
    Wrong("项目没有编码", _ONE, cells("项目", {"B5": None})),
    Wrong("项目类型写错", _ONE, cells("项目", {"C5": "运转类"})),
    Wrong("项目删去了，它的钱和指标还在", _ONE, cells("项目", dict.fromkeys(("A5", "B5", "C5")))),
    Wrong("部门代码有中文", _ONE, cells("部门情况", {"C6": "〇二七"})),
    Wrong("单位性质写错", _ONE, cells("部门情况", {"C7": "事业单位"})),
    Wrong("事项的名称被改", _ONE, cells("其他事项", {"B8": "公务车", "C8": 3})),
    Wrong("数量带单位", _ONE, cells("其他事项", {"C8": "3辆"})),
    Wrong("控制数是文字", _ONE, cells("控制数", {"C5": "六千"})),
    Wrong("控制数另加的一行没有名称", _ONE, cells("控制数", {"A29": "项目", "C29": 12})),
    Wrong("控制数的分类没有", _ONE, cells("控制数", {"A29": "处室", "B29": "办公室", "C29": 12})),
    Wrong("口径变化写给没有的数", _ONE, cells("变动原因", {"A16": "口径变化", "B16": "总数", "C16": "口径不同"})),
    Wrong("上年数写成了元", _ONE, cells("上年数", {"C5": "108,059,400.00元"})),
    Wrong("指标没有值", _ONE, cells("绩效指标", {"D5": None})),
    Wrong(
        "同一指标填了两遍",
        _ONE,
        cells("绩效指标", {"A77": "运转经费", "B77": "成本指标", "C77": "预算资金", "D77": "≤12万元"}),
    ),
    Wrong("指标值被当成日期", _ONE, cells("绩效指标", {"D5": "date 44593"})),
    Wrong("整体绩效的一行没有写是什么", _ONE, cells("整体绩效", {"A5": None})),
    Wrong("表头的一列改了名", _ONE, cells(_SPENT, {"I9": "预算数"})),
    Wrong("表头没有了", _ONE, cells(_SPENT, dict.fromkeys(f"{letter}9" for letter in "ABCDEFGHI"))),
    Wrong("复制了一张表来改", _ONE, copied(_SPENT, "支出明细 (2)")),
    Wrong("文字里有看不见的字符", _ONE, cells("变动原因", {"D5": "项目\u200b增加", "C5": "项目\u200b增加"})),
    Wrong("单位代码没有这个", _TWO, cells(_SPENT, {"A10": "335002"})),
    Wrong("这一行的单位与项目的不同", _TWO, cells(_SPENT, {"A26": "335601", "H26": 61})),
    Wrong("单位填了两行", _TWO, cells("预算单位", {"A7": "335001", "B7": "另一个名称"})),
    Wrong(
        "几处一起错，一次说完",
        _ONE,
        several(
            cells(_SPENT, {"I12": "abc", "I13": "#N/A"}),
            cells("项目", {"C5": "其他"}),
            cells("部门情况", {"C8": "千元"}),
        ),
    ),  # fmt: skip
)
