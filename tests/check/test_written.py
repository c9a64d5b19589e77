"""What was written against what was meant, block by block."""

from __future__ import annotations

from generator.check.rules import Finding
from generator.check.written_rules import Written, every_word_is_there
from generator.model.book import Book
from generator.model.money import Scale
from generator.model.reading import ReadBlock, ReadHeading, Reading, ReadParagraph, ReadTable

BOOK = Book(Scale.WAN, {}, {}, {}, {}, {})
HEADING, LONG = ReadHeading(2, "一、收入"), ReadParagraph("长" * 40, "一、收入")


def table(*rows: tuple[str, ...]) -> ReadTable:
    return ReadTable("2022年收支表", "单位：万元", (("项目",), ("金额",)), rows, ())


def found(meant: tuple[ReadBlock, ...], written: tuple[ReadBlock, ...]) -> list[str]:
    both = Written(Reading((), (), written), Reading((), (), meant), BOOK)
    findings = [answer for answer in every_word_is_there(both) if isinstance(answer, Finding)]
    return [f"{finding.position}: {finding.message}" for finding in findings]


def test_the_same_words() -> None:
    blocks = (HEADING, LONG, table(("收入", "1.00")))
    assert found(blocks, blocks) == []


def test_a_block_of_another_kind() -> None:
    assert found((HEADING, table()), (ReadParagraph("一、收入", "一、收入"), HEADING)) == [
        "一、收入: 文件里写“一、收入”，应为“一、收入”",
        "2022年收支表: 文件里写“一、收入”，应为“2022年收支表”",
    ]


def test_long_words_are_cut() -> None:
    longer = ReadParagraph("长" * 42, "一、收入")
    assert found((LONG,), (longer,)) == [f"{LONG.text}: 文件里写“{LONG.text}…”，应为“{LONG.text}”"]
