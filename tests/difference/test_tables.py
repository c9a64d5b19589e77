"""Which row, column and table goes with which on the other side, and what is said of them."""

from __future__ import annotations

import pytest

from generator.difference.keys import Keys, bare, keys_of
from generator.difference.sentences import changed_sentences
from generator.difference.tables import changed_tables
from generator.model.difference import CellChange, PieceChange, SentenceChange
from generator.model.reading import ReadHeading, Reading, ReadParagraph, ReadTable

CODED = (("编码",), ("单位",), ("名称",), ("合计",), ("基本", "小计"))
Rows = tuple[tuple[str, ...], ...]


def table(rows: Rows, columns: tuple[tuple[str, ...], ...] = CODED, caption: str = "2022年支出表") -> Reading:
    return Reading((), (), (ReadTable(caption, "", columns, rows, ()),))


def changes(old: Reading, new: Reading, keys: tuple[Keys, Keys] = (Keys(), Keys())) -> list[tuple[str, ...]]:
    """Pieces with + and -, cells as row, column, before, after."""
    pieces, cells = changed_tables(old, new, keys)
    told: list[tuple[str, ...]] = [("+" if piece.gained else "-", piece.kind, piece.text) for piece in pieces]
    return told + [(cell.row, cell.column, cell.old, cell.new) for cell in cells]


TWO_AGENCIES: Rows = (
    ("", "", "合计", "6.00", "6.00"),
    ("", "001", "甲", "1.00", "1.00"),
    ("2080101", "", "行政运行", "1.00", "1.00"),
    ("", "002", "乙", "5.00", "5.00"),
    ("2080101", "", "行政运行", "2.00", "2.00"),
    ("2080107", "", "经办", "3.00", "3.00"),
)


def test_a_row_belongs_to_the_agency_it_stands_under() -> None:
    gained = ("2080107", "", "经办", "4.00", "4.00")
    assert changes(table(TWO_AGENCIES), table((*TWO_AGENCIES[:3], gained, *TWO_AGENCIES[3:]))) == [
        ("+", "行", "2080107｜经办｜4.00")
    ]
    moved = TWO_AGENCIES[4][:3] + ("2.50", "2.00")
    assert changes(table(TWO_AGENCIES), table((*TWO_AGENCIES[:4], moved, TWO_AGENCIES[5]))) == [
        ("乙／行政运行", "合计", "2.00", "2.50")
    ]


def test_rows_in_another_order_are_the_same_rows() -> None:
    rows: Rows = tuple((f"208010{number}", "", f"科目{number}", f"{number}.00", "") for number in range(1, 6))
    assert changes(table(rows), table(rows[::-1])) == []
    other = (*rows[:2], ("2080103", "", "改名", "3.00", ""), *rows[3:])
    assert changes(table(rows), table(other[::-1])) == [("改名", "名称", "科目3", "改名")]


def test_an_ordinal_is_no_change() -> None:
    columns = (("项目",), ("金额",))
    old = table((("一、教育", "1.00"), ("二、社保", "2.00")), columns)
    new = table((("一、科学", "3.00"), ("二、教育", "1.00"), ("三、社保", "2.50")), columns)
    assert changes(old, new) == [("+", "行", "一、科学｜3.00"), ("社保", "金额", "2.00", "2.50")]
    assert (
        bare("（十二）交通") == "交通"
        and bare("3.名称") == "名称"
        and bare("2.50") == "2.50"
        and bare("附表三") == "附表三"
    )


def test_two_panels_are_two_tables() -> None:
    columns = (("收入", "项目"), ("收入", "金额"), ("支出", "项目"), ("支出", "金额"))
    old = table((("拨款", "1.00", "教育", "1.00"), ("", "", "社保", "2.00")), columns)
    new = table((("拨款", "1.00", "社保", "2.00"), ("事业收入", "0.50", "", "")), columns)
    assert changes(old, new) == [("+", "行", "事业收入｜0.50"), ("-", "行", "教育｜1.00")]


def test_columns_and_tables_come_and_go() -> None:
    rows: Rows = (("2080101", "", "行政运行", "1.00", "1.00"),)
    wider = table((("2080101", "", "行政运行", "1.00", "1.00", "9.00"),), (*CODED, ("其中：上级",)))
    assert changes(table(rows), wider) == [("+", "栏", "其中：上级")]
    assert changes(wider, table(rows)) == [("-", "栏", "其中：上级")]
    assert changes(table(rows), table(rows, caption="2022年支出总表")) == [], "its title is told as a title"
    other = table((("甲", "1.00"),), (("名称",), ("数",)), "三、人员表")
    assert changed_tables(table(rows), other, (Keys(), Keys()))[0] == (
        PieceChange("表", "人员表", "", True),
        PieceChange("表", "2022年支出表", "", False),
    )


INDICATORS = (("编码",), ("名称",), ("金额", "合计"), ("目标", "产出", "指标"), ("目标", "产出", "值"), ("目标", "效益", "指标"), ("目标", "效益", "值"))  # fmt: skip


def test_lists_beside_a_row_go_by_their_own_names() -> None:
    old = table((("P1", "宣传", "1.00", "册数", "≥1", "效果", "好"), ("", "", "", "场次", "≥2", "", "")), INDICATORS)
    new = table((("P1", "宣传", "1.00", "人数", "≥9", "效果", "好"), ("", "", "", "册数", "≥1", "", ""), ("", "", "", "场次", "≥3", "", "")), INDICATORS)  # fmt: skip
    assert changes(old, new) == [
        ("+", "行", "宣传·人数｜≥9"),
        ("宣传·场次", "目标／产出／值", "≥2", "≥3"),
    ]


def test_another_year_alone_is_no_change() -> None:
    keys = keys_of(2021, 2022)
    old = Reading(
        (),
        (),
        (
            ReadHeading(1, "第一部分2021年预算"),
            ReadParagraph("2021年比2020年多1.00万元。2020年无。", "第一部分2021年预算"),
        ),
    )
    new = Reading(
        (),
        (),
        (
            ReadHeading(1, "第二部分2022年预算"),
            ReadParagraph("2022年比2021年多2.00万元。2021年无。", "第二部分2022年预算"),
        ),
    )
    assert changed_sentences(old, new, keys) == (
        SentenceChange("第二部分2022年预算", "2021年比2020年多1.00万元。", "2022年比2021年多2.00万元。"),
    )
    assert keys_of(2022, 2022) == (Keys(), Keys())


DOCUMENTS = ("财预【2021】637号提前下达2022年补助", "财预【2021】632号提前下达2022年公益金")
"""Names of projects that hold years of their own, and stay when the budget's year passes."""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (DOCUMENTS, DOCUMENTS, []),
        (DOCUMENTS, DOCUMENTS[::-1], []),
        (("2022年本级补助",), ("2023年本级补助",), []),
        (("2021年补助", "2022年补助"), ("2022年补助", "2023年补助"), []),
        (("2021年补助", "2022年补助"), ("2021年补助", "2022年补助"), []),
        (("合计", *DOCUMENTS, "2022年补助"), ("合计", "2023年补助", *DOCUMENTS), []),
        (
            (*DOCUMENTS, "财预【2021】634号提前下达2022年资金"),
            ("财预【2022】712号提前下达2023年资金", *DOCUMENTS),
            ["+财预【2022】712号提前下达2023年资金", "-财预【2021】634号提前下达2022年资金"],
        ),
    ],
)
def test_what_still_says_the_same_years_is_no_change(
    old: tuple[str, ...], new: tuple[str, ...], told: list[str]
) -> None:
    """In rows, lists beside a row, columns, titles and sentences alike."""
    keys, sides = keys_of(2022, 2023), ((2022, old), (2023, new))

    def shown(gained: bool, text: str) -> str:
        return f"{'+' if gained else '-'}{text}"

    rows = [
        table(tuple((name, "1.00") for name in names), (("项目",), ("金额",)), f"{year}年表") for year, names in sides
    ]
    pieces, cells = changed_tables(*rows, keys)
    assert [shown(piece.gained, piece.text.split("｜")[0]) for piece in pieces] == told and not cells

    def beside(names: tuple[str, ...]) -> Rows:
        return tuple(
            (*(("", "", "") if i else ("P1", "甲", "1.00")), name, "好", "", "") for i, name in enumerate(names)
        )

    pieces, cells = changed_tables(*(table(beside(names), INDICATORS, f"{year}年表") for year, names in sides), keys)
    assert not pieces and len(cells) == bool(told)  # the only one of a list that changed its name is told as a cell

    columns = [
        table((("甲",) * len(names),), tuple(("金额", name) for name in names), f"{year}年表") for year, names in sides
    ]
    pieces, _ = changed_tables(*columns, keys)
    assert [shown(piece.gained, piece.text.split("／")[1]) for piece in pieces] == told

    titles = [
        Reading((), (), tuple(ReadTable(name, "", (("甲",),), (("1.00",),), ()) for name in names))
        for _, names in sides
    ]
    assert changed_tables(*titles, keys) == ((), ()), "another title is told as a sentence"

    said = [Reading((), (), tuple(ReadParagraph(f"{name}。", "一、项目") for name in names)) for _, names in sides]
    assert len(changed_sentences(*said, keys)) == bool(told)


def test_what_only_moved_is_no_change() -> None:
    def document(*texts: str) -> Reading:
        return Reading((), (), tuple(ReadParagraph(text, "一、职责") for text in texts))

    old = document("1.负责甲事。", "2.负责乙事。见附表三。", "3.负责丙事。")
    new = document("1.负责丙事。", "2.负责乙事。见附表四。", "3.负责丁的全部工作。", "4.负责甲事。")
    assert changed_sentences(old, new, (Keys(), Keys())) == (SentenceChange("一、职责", "", "3.负责丁的全部工作。"),)


def test_a_sentence_in_another_section_only_moved() -> None:
    old = Reading((), (), (ReadParagraph("甲事。乙事。", "一、职责"), ReadParagraph("丙事。", "二、机构")))
    new = Reading((), (), (ReadParagraph("乙事。", "一、职责"), ReadParagraph("丙事。甲事。", "二、机构")))
    assert changed_sentences(old, new, (Keys(), Keys())) == ()


def test_a_cell_names_itself() -> None:
    [cell] = changed_tables(table(TWO_AGENCIES), table((*TWO_AGENCIES[:5], TWO_AGENCIES[5][:3] + ("3.50", "3.00"))), (Keys(), Keys()))[1]  # fmt: skip
    assert cell == CellChange("2022年支出表", "经办", "合计", "3.00", "3.50")
