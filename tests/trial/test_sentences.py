"""What counts as a sentence that went wrong: of each kind one, and the right one beside it."""

from __future__ import annotations

import pytest

from generator.model.document import Document, Heading, Paragraph, Run
from generator.model.source import Position, Source
from generator.trial.files import SAID
from generator.trial.sentences import Flaw, flaws_of

TYPED = Position("data/2024/narrative.yaml", 3, 5)
TEMPLATE = Source("prose/part-1.j2", "## 概况\n\n内设机构包括：{{ 机构.内设机构 | 顿号 }}。\n")


def flaws(*blocks: Heading | Paragraph) -> list[Flaw]:
    return list(flaws_of(Document("", "", "", (), (), blocks), [TEMPLATE]))


def of(text: str) -> list[str]:
    return [flaw.what for flaw in flaws(Heading(1, "", "概况", "a"), Paragraph((Run(text),)))]


@pytest.mark.parametrize(
    ("wrong", "right", "what"),
    [
        ("内设机构包括：。", "内设机构包括：办公室。", "标点连在了一起"),
        ("收入1.00万元，，都已批复。", "收入1.00万元，都已批复。", "标点连在了一起"),
        ("教育支出、卫生支出、。", "教育支出、卫生支出。", "标点连在了一起"),
        ("与上年保持一致。。", "与上年保持一致。", "标点连在了一起"),
        ("收入1.00万元（）。", "收入1.00万元（含结转）。", "括号、引号里或句首是空的"),
        ("收入增加，主要原因是。", "收入增加，主要原因是人员增加。", "写了“原因”，后面没有原因"),
        (
            "与上年持平，主要原因是人员增加。",
            "增加2.00万元，与上年基本持平，主要原因是人员增加。",
            "没有变动，却写了原因",
        ),
        ("比上年增加0.00万元。", "比上年增加0.01万元。", "没有变动，却写了增减0"),
        ("比上年下降0%。", "比上年下降10%。", "没有变动，却写了增减0"),
        ("与上年持平，增长5.00%。", "与上年持平，符合预期。", "没有变动，却写了增减的幅度"),
        ("比上年减少-3.00万元。", "比上年减少3.00万元。", "增加、减少后面的数带了负号"),
        ("完成年初预算的，小于预算。", "完成年初预算的90.00%，小于预算。", "该有百分比的地方是空的"),
        ("收入预算为万元。", "收入预算为0万元。", "单位前面没有数"),
        ("内设机构包括。", "内设机构包括办公室。", "列举的内容是空的"),
        ("人员{{ 人数 }}名。", "人员12名。", "印出了程序里的记号"),
        ("具体包括：", "具体包括办公室。", "冒号后面什么也没有"),
        ("包括办公室，", "包括办公室。", "一段话以“，”结尾"),
    ],
)
def test_each_kind_is_found_and_its_mended_sentence_is_not(wrong: str, right: str, what: str) -> None:
    assert of(wrong) == [what]
    assert of(right) == []


def test_what_a_person_typed_is_not_looked_at() -> None:
    typed = Paragraph((Run("职责："), Run("管理，，服务", position=TYPED), Run("。")))
    assert flaws(Heading(1, "", "概况", "a"), typed) == []
    reason = Paragraph((Run("与上年持平，主要原因是"), Run(SAID, position=TYPED), Run("。")))
    assert flaws(Heading(1, "", "概况", "a"), reason) == []


def test_a_heading_has_something_below_it() -> None:
    deeper = (Heading(1, "", "概况", "a"), Heading(2, "一、", "职责", "b"), Paragraph((Run("管理。"),)))
    assert flaws(*deeper) == []
    alone = (Heading(2, "一、", "职责", "b"), Heading(2, "二、", "机构", "c"), Paragraph((Run("无。"),)))
    assert [(flaw.what, flaw.text) for flaw in flaws(*alone)] == [("标题下面什么也没有", "一、职责")]
    assert [flaw.what for flaw in flaws(Heading(2, "一、", "", "b"), Paragraph((Run("无。"),)))] == ["标题是空的"]


def test_a_colon_before_headings_below_announces_them() -> None:
    blocks = (
        Heading(2, "一、", "支出", "a"),
        Paragraph((Run("具体如下："),)),
        Heading(3, "（一）", "基本支出", "b"),
        Paragraph((Run("无。"),)),
    )
    assert flaws(*blocks) == []


def test_a_flaw_is_where_the_words_behind_it_lead() -> None:
    place = Run("", position=Position("prose/part-1.j2", 3, 1))
    [flaw] = flaws(Heading(1, "", "概况", "a"), Paragraph((Run("内设机构包括："), place, Run("。"), place)))
    assert flaw.position == Position("prose/part-1.j2", 3, 7)
