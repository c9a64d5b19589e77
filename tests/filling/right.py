"""What people and programs make of a workbook, and what must come in all the same."""

from __future__ import annotations

from collections.abc import Callable

from generator.sheets.sheet import Cell, Range, Sheet, Workbook
from generator.sheets.stored import Stored, value_cell
from tests.filling.wrong import Change, Wrong, cells, merged, several, sheets

_ONE, _TWO = "data/2022", "examples/sichuan/2025"
_SPENT = "支出明细"
_LINE = {"A47": "项目支出", "B47": "运转经费", "C47": "2080101", "D47": "30213", "F47": "一般公共预算", "I47": 1}


def _moved(name: str, move: Callable[[int, int], tuple[int, int]]) -> Change:
    """Each cell of a sheet stands somewhere else."""

    def change(sheet: Sheet) -> Sheet:
        new: dict[tuple[int, int], Cell] = {}
        for place, cell in sheet.cells.items():
            row, column = move(*place)
            new[row, column] = cell._replace(row=row, column=column)
        return sheet._replace(cells=dict(sorted(new.items())))

    return lambda book: sheets(book, name, change)


def _renamed(name: str, new: str) -> Change:
    return lambda book: sheets(book, name, lambda sheet: sheet._replace(name=new))


def _without(*names: str) -> Change:
    return lambda book: book._replace(sheets=tuple(one for one in book.sheets if one.name not in names))


def _hidden(name: str, *rows: int) -> Change:
    return lambda book: sheets(book, name, lambda sheet: sheet._replace(hidden_rows=frozenset(rows)))


def _backwards(book: Workbook) -> Workbook:
    return book._replace(sheets=book.sheets[::-1])


def _turned(row: int, column: int) -> tuple[int, int]:
    """Lines 10 to 46 the other way round, as a sort does it."""
    return (56 - row if 10 <= row <= 46 else row), column


RIGHT = (
    Wrong("金额是带逗号的文字", _ONE, cells(_SPENT, {"I37": "2,341.50"})),
    Wrong("金额是全角的", _ONE, cells(_SPENT, {"I12": "２３．５"})),
    Wrong("金额带单位，与表的相同", _ONE, cells(_SPENT, {"I12": "23.5万元"})),
    Wrong("金额带二进制的尾巴", _ONE, cells(_SPENT, {"I12": 23.500000000000004})),
    Wrong("金额没有变，只是换了写法", _ONE, cells(_SPENT, {"I12": "22.50", "I11": 34.6, "I37": "2,340"})),
    Wrong("科目只填编码，是数", _ONE, cells(_SPENT, {**_LINE, "C47": 2080101, "D47": 30213})),
    Wrong("科目只填名称", _ONE, cells(_SPENT, {**_LINE, "C47": "社会保险业务管理事务", "D47": "邮电费", "B47": "社保、医保经办经费", "I47": "5"})),  # fmt: skip
    Wrong("原来的科目变成了数", _ONE, cells(_SPENT, {"C12": 2080101, "D12": 30103})),
    Wrong("编码与名称之间断了行", _ONE, cells(_SPENT, {"C12": "2080101\n行政运行", "D12": "30103　奖金"})),
    Wrong("部门代码丢了前面的0", _ONE, cells("部门情况", {"C6": 27})),
    Wrong("单位代码丢了前面的0", _ONE, cells("预算单位", {"A5": 27001})),
    Wrong("粘贴来的断行", _ONE, cells("变动原因", {"C5": "上级补助资金\n改为省级直拨，\r\n不再列收列支"})),
    Wrong("隐藏的行照样读", _ONE, several(_hidden(_SPENT, 12, 13), cells(_SPENT, {"I12": 23.5}))),
    Wrong("排了次序", _ONE, _moved(_SPENT, _turned)),
    Wrong("排了次序，又改了一个数", _ONE, several(cells(_SPENT, {"I12": 23.5}), _moved(_SPENT, _turned))),
    Wrong("挪了列", _ONE, _moved(_SPENT, lambda row, column: (row, 12 - column))),
    Wrong("上面插了两行", _ONE, _moved(_SPENT, lambda row, column: (row + 2, column))),
    Wrong("删了说明和头两行", _ONE, several(_without("说明"), cells(_SPENT, {"A1": None, "A2": None}))),
    Wrong("改了表名", _ONE, several(_renamed(_SPENT, "明细"), cells("明细", {"I12": 23.5}))),
    Wrong("表的次序变了", _ONE, _backwards),
    Wrong("有的表删了", _ONE, _without("变动原因", "绩效指标", "项目")),
    Wrong("加了一列备注、一张表", _ONE, several(cells(_SPENT, {"K9": "备注", "K12": "待定"}), _renamed("填报下拉", "草稿"))),
    Wrong("加了一行合计", _ONE, cells(_SPENT, {"C48": "合计", "I48": 6824.79})),
    Wrong("删了一行，在别处加了一行", _ONE, cells(_SPENT, {**dict.fromkeys(("A12", "C12", "D12", "F12", "I12")), **_LINE})),
    Wrong("一笔钱改了科目", _ONE, cells(_SPENT, {"D12": "30106"})),
    Wrong("一笔钱改了资金来源", _ONE, cells(_SPENT, {"F12": "其他收入"})),
    Wrong("项目里的一笔钱改了资金来源", _ONE, cells(_SPENT, {"F32": "其他收入"})),
    Wrong("项目改了名，明细里还是旧的", _ONE, cells("项目", {"A5": "机关运转经费"})),
    Wrong("新项目", _ONE, several(
        cells("项目", {"A15": "新的项目", "B15": "410395220000000099999", "C15": "特定目标类"}),
        cells(_SPENT, {**_LINE, "B47": "新的项目"}),
        cells("绩效指标", {"A77": "新的项目", "B77": "产出指标", "C77": "数量", "D77": "≥1个"}),
    )),
    Wrong("指标值是百分数", _ONE, cells("绩效指标", {"D11": value_cell(Stored("n", "0.98", "0%"), 11, 4)})),
    Wrong("类别的单元格合并了", _ONE, several(cells(_SPENT, {"A11": None, "A12": None}), merged(_SPENT, Range(10, 1, 12, 1)))),
    Wrong("控制数清空、另加一项", _ONE, cells("控制数", {"C7": None, "A29": "项目", "B29": "运转经费", "C29": 12})),
    Wrong("主要职责加一条、删一条", _ONE, cells("部门情况", {"C10": None, "C18": "完成交办的其他任务。"})),
    Wrong("没有的填“无”", _ONE, cells("其他事项", {"C14": "无"})),
    Wrong("写了口径变化", _ONE, cells("变动原因", {"A17": "口径变化", "B17": "总计", "C17": "上级资金改为直拨"})),
    Wrong("单位写名称", _TWO, cells(_SPENT, {"A10": "青溪市国有林场管理站", "H10": None})),
    Wrong("单位的一个数", _TWO, cells("其他事项", {"D20": 7})),
    Wrong("内部往来", _TWO, cells(_SPENT, {"J10": "335601"})),
    Wrong("自己加的部门间往来的列", _ONE, cells(_SPENT, {"K9": "付给部门外", "K12": "055001", "K32": "055002"})),
)  # fmt: skip
