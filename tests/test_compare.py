"""Alignment: the same thing is known again, and nothing that stayed is called changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import compare, compare_rows, compare_texts, compare_words
from generator.model.comparison import Mark, Pair
from generator.model.document import Block, Document, Entry, HeaderCell, Heading, Paragraph, Run, TableBlock, TableRow

TEXTS = st.text("减少增加预算12.3万元，。a（）\n", max_size=30)


def shown(old: str, new: str) -> str:
    brackets = {Mark.KEPT: "{}", Mark.GONE: "[-{}-]", Mark.ADDED: "[+{}+]"}
    return "".join(brackets[piece.mark].format(piece.text) for piece in compare_words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        (
            "收支各减少3981.15万元，下降",
            "收支各减少3980.15万元，下降",
            "收支各减少[-3981.15万元-][+3980.15万元+]，下降",
        ),
        ("占2.47%；", "占2.48%；", "占[-2.47%-][+2.48%+]；"),
        ("2021年底", "2022年底", "[-2021年-][+2022年+]底"),
        ("减少，公用经费减少。", "减少，压减差旅费。", "减少，[-公用经费减少-][+压减差旅费+]。"),
        ("减少8.00万元", "增加8.00万元", "[-减少-][+增加+]8.00万元"),
        ("城乡居民医疗保险区级配套资金", "城乡居民医疗保险市级配套资金", "城乡居民医疗保险[-区-][+市+]级配套资金"),
        ("增长2%", "增加2%", "[-增长-][+增加+]2%"),
        ("职工医疗保险缴费", "职工医疗保险", "职工医疗保险[-缴费-]"),
        ("", "新", "[+新+]"),
        ("旧", "", "[-旧-]"),
        ("不变", "不变", "不变"),
        ("", "", ""),
    ],
)
def test_words(old: str, new: str, meant: str) -> None:
    assert shown(old, new) == meant


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_pieces(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.GONE) == new
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in zip(pieces, pieces[1:], strict=False))


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_both_lists_are_in_the_pairs(old: list[str], new: list[str]) -> None:
    pairs = compare_texts(old, new)
    assert [pair.old for pair in pairs if pair.old is not None] == old
    assert [pair.new for pair in pairs if pair.new is not None] == new


def table(*rows: tuple[str, ...], joined: tuple[int, ...] = ()) -> TableBlock:
    """A table of code, name, amount and indicator; ``joined`` rows continue the one above but for the last cell."""
    header = tuple(HeaderCell(text, 0, place, 1, 1) for place, text in enumerate(("编码", "名称", "金额", "指标")))
    body = tuple(
        TableRow(row, (None,) * 4, (), (True, True, True, False) if number in joined else ())
        for number, row in enumerate(rows)
    )
    return TableBlock("t", "表", "toc1", None, header, 1, "clrl", body, (), False)


def names(pairs: tuple[Pair[TableRow], ...]) -> list[tuple[str, str]]:
    return [
        ("".join(pair.old.texts) if pair.old else "", "".join(pair.new.texts) if pair.new else "") for pair in pairs
    ]


def test_rows_go_by_code_and_name_not_by_amount() -> None:
    old = table(("201", "行政运行", "1.00", ""), ("202", "外交", "2.00", ""), ("203", "国防", "3.00", ""))
    new = table(("201", "行政运行", "9.00", ""), ("203", "国防", "3.00", ""), ("204", "国防", "3.00", ""))
    assert names(compare_rows(old, new)) == [
        ("201行政运行1.00", "201行政运行9.00"), ("202外交2.00", ""), ("203国防3.00", "203国防3.00"), ("", "204国防3.00")
    ]  # fmt: skip


def test_amounts_that_changed_places() -> None:
    old = table(("", "办公费", "1234.00", ""), ("", "差旅费", "5678.00", ""))
    new = table(("", "办公费", "5678.00", ""), ("", "差旅费", "1234.00", ""))
    assert [pair.mark for pair in compare_rows(old, new)] == [Mark.KEPT, Mark.KEPT]


def test_a_long_table_where_every_amount_changed() -> None:
    old, new = (table(*(("", f"第{n}项", f"{n + more}.00", "") for n in range(300))) for more in (0, 500))
    assert {pair.mark for pair in compare_rows(old, new)} == {Mark.KEPT}


def test_a_row_of_another_code_is_another_row() -> None:
    pairs = compare_rows(table(("201", "养老保险缴费支出", "1.00", "")), table(("202", "养老保险缴费支出", "1.00", "")))
    assert names(pairs) == [("201养老保险缴费支出1.00", ""), ("", "202养老保险缴费支出1.00")]


def test_a_renamed_row_is_known_again() -> None:
    pairs = compare_rows(table(("", "区级配套资金补助", "1.00", "")), table(("", "市级配套资金补助", "1.00", "")))
    assert names(pairs) == [("区级配套资金补助1.00", "市级配套资金补助1.00")]


def test_merged_rows_stay_together() -> None:
    old = table(("1", "甲", "1.00", "a"), ("", "", "", "b"), ("2", "乙", "2.00", "b"), ("", "", "", "d"), joined=(1, 3))
    new = table(("1", "甲", "1.00", "a"), ("2", "乙", "2.00", "b"), ("", "", "", "c"), ("", "", "", "d"), joined=(2, 3))
    assert names(compare_rows(old, new)) == [
        ("1甲1.00a", "1甲1.00a"), ("b", ""), ("2乙2.00b", "2乙2.00b"), ("", "c"), ("d", "d")
    ]  # fmt: skip


def document(*blocks: Block) -> Document:
    entries = tuple(Entry(1, block.title, block.anchor) for block in blocks if isinstance(block, Heading))
    return Document("题", "名", "目录", (), entries, blocks)


def says(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_a_sentence_that_moved_to_another_section_is_gone_and_come() -> None:
    one, two = Heading(2, "一、", "职责", "a1"), Heading(2, "二、", "机构", "a2")
    old, new = document(one, says("负责甲。"), two), document(one, two, says("负责甲。"))
    pairs = compare(old, new).blocks
    assert [pair.blocks.mark for pair in pairs] == [Mark.KEPT, Mark.GONE, Mark.KEPT, Mark.ADDED]


def test_a_section_with_another_number_and_name_is_known_by_what_it_says() -> None:
    words = says("本部门预算包括局机关本级预算，无所属单位，内设机构九个。")
    old = document(Heading(2, "一、", "机构设置", "a1"), words)
    new = document(Heading(2, "一、", "前言", "b1"), Heading(2, "二、", "单位构成", "b2"), words)
    comparison = compare(old, new)
    assert [(pair.old.text if pair.old else "", pair.new.text if pair.new else "") for pair in comparison.entries] == [
        ("", "前言"), ("机构设置", "单位构成")
    ]  # fmt: skip
    assert comparison.blocks[-1].blocks.mark is Mark.KEPT
