"""Widths of columns: the words have the room, and no single character a line of its own."""

from __future__ import annotations

import pytest

from generator.model.document import TableBlock
from generator.render.docx.columns import column_widths, even_ems, form_of, squeezed_widths
from generator.render.docx.table_rows import RowMeasure, cells_of
from tests.render.docx.laid_tables import PADDING, STYLES, table

PORTRAIT, LANDSCAPE = 8845, 14570
NAMES = ("机关事业单位基本养老保险缴费", "商品和服务支出", "其他商品和服务支出", "对社会保险基金补助", "办公费")
FUNDS = (
    "国有资本经营预算",
    "上年结转结余",
    "财政专户管理资金收入",
    "事业收入",
    "上级补助收入",
    "附属单位上缴收入",
    "其他收入",
)

ECONOMIC = table(
    ("类", "款", "科目名称", "类", "款", "科目名称", "总计", *FUNDS),
    "cclcclr" + "r" * len(FUNDS),
    [("301", "08", name, "505", "02", "商品和服务支出", "5930.97", *[""] * len(FUNDS)) for name in NAMES] * 4,
)
BASIC = table(
    ("科目编码", "科目名称", "科目编码", "科目名称", "合计", "人员经费", "公用经费"),
    "clclrrr",
    [("30107", name, "50501", "工资福利支出", "168.56", "151.20", "17.36") for name in NAMES[1:]] * 4,
)
PROJECTS = table(
    ("类型", "项目名称", "项目单位", "合计", *FUNDS),
    "cllr" + "r" * len(FUNDS),
    [
        (
            "特定目标类",
            "洛财预【2021】634号提前下达2022年中央财政医疗救助补助资金",
            "社会保障事务服务中心",
            "105.00",
            *[""] * len(FUNDS),
        )
    ]
    * 12,
)


def laid(block: TableBlock, size: int, width: int) -> tuple[tuple[int, ...], list[int], list[int]]:
    """The widths, and how many lines the header's rows and the body's have."""
    widths = column_widths(form_of(block, [cells_of(block)]), size, width, PADDING)
    assert widths is not None and sum(widths) == width
    measure, line = RowMeasure(STYLES, size, PADDING, 40), STYLES.paragraphs[f"Table{size}L"].line
    rows = measure.rows(cells_of(block), widths)
    return widths, [height // line for height in measure.header(block, widths)], [height // line for height in rows]


@pytest.mark.parametrize(
    ("block", "size", "width", "header", "rows"),
    [(ECONOMIC, 18, LANDSCAPE, 3, 1), (BASIC, 18, PORTRAIT, 1, 1), (PROJECTS, 18, LANDSCAPE, 5, 2)],
    ids=["two columns of names", "codes beside names", "long names of projects"],
)
def test_words_have_the_room_that_empty_amounts_leave(
    block: TableBlock, size: int, width: int, header: int, rows: int
) -> None:
    _, found, lines = laid(block, size, width)
    assert sum(found) <= header and max(lines) <= rows


@pytest.mark.parametrize(
    ("label", "ems", "even"),
    [
        ("资金总额", 3, 2), ("单位代码", 3, 2), ("政府性基金", 4, 3), ("财政专户管理资金收入", 3, 3), ("合计", 2, 2),
        ("商品和服务支出", 3, 3), ("商品和服务支出", 6, 4), ("部门（单位）代码", 3, 2), ("项目", 9, 9), ("", 3, 3),
    ],
)  # fmt: skip
def test_a_label_is_set_where_no_character_of_it_is_alone(label: str, ems: int, even: int) -> None:
    assert even_ems(label, ems) == even


@pytest.mark.parametrize("width", range(2000, 2900, 50))
def test_a_column_is_not_filled_up_to_leave_a_character_alone(width: int) -> None:
    """Nine characters stand on one line, or on two of five and more; never eight and one."""
    widths, *_ = laid(table(("名称", "金额"), "lr", [("一" * 9, "1.00")] * 8), 21, width)
    assert (widths[0] - PADDING - 20) // 210 != 8


def test_amounts_and_codes_are_never_parted() -> None:
    for block, size, width in ((ECONOMIC, 21, LANDSCAPE), (BASIC, 21, PORTRAIT), (PROJECTS, 21, LANDSCAPE)):
        widths, *_ = laid(block, size, width)
        for row in block.rows:
            for text, column in zip(row.texts, widths, strict=True):
                assert not text.isascii() or len(text) * size * 5 + PADDING <= column


def test_an_amount_in_words_is_never_parted() -> None:
    """An indicator of cost (≤资金总额) beside long names: a digit alone on a line would be read as another number."""
    names = [
        ("全国一体化政务服务平台建设和运行维护" * 2, "预算控制数", "≤57096387.11万元", "群众满意度") for _ in range(8)
    ]
    widths, *_ = laid(table(("名称", "三级指标", "指标值", "三级指标"), "lccc", names), 18, PORTRAIT // 2)
    assert widths[2] >= len("≤57096387.11") * 18 * 5 + PADDING + 20


def test_what_does_not_fit_is_told() -> None:
    wide = table(("金额",) * 30, "r" * 30, [("1234567.89",) * 30])
    assert column_widths(form_of(wide, [cells_of(wide)]), 15, LANDSCAPE, PADDING) is None


def test_labels_give_way_before_amounts() -> None:
    """Words over empty columns stand in two characters, so that the others' amounts are whole."""
    names = ("因公出国费", "公务接待费", "其他交通费") * 10
    wide = table(("总计", *names), "r" * 31, [("1234.56", "18.00", *[""] * 29)])
    form = form_of(wide, [cells_of(wide)])
    assert column_widths(form, 12, 12500, PADDING) is None
    widths = squeezed_widths(form, 12, 12500, PADDING)
    assert sum(widths) == 12500 and widths[0] >= 7 * 60 + PADDING + 20 and widths[1] >= 5 * 60 + PADDING + 20
    assert sum(squeezed_widths(form, 12, 6000, PADDING)) == 6000


def test_a_form_with_widths_of_its_own_gives_a_character_its_line_s_company() -> None:
    """Nine characters in a column for eight: the wide column gives up what it does not need."""
    block = table((), "lll", [("绩效目标编制完成率", "100%", "按要求")] * 6)._replace(widths=(25, 20, 55))
    widths = column_widths(form_of(block, [cells_of(block)]), 18, 6400, PADDING)
    assert widths is not None and widths[0] >= 9 * 180 + PADDING > 6400 * 25 // 100 and sum(widths) == 6400
