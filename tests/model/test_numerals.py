"""Chinese numerals, written and read."""

from __future__ import annotations

import pytest

from generator.check.numbering_rules import ordinal
from generator.model.numerals import ORDINAL, number_of, numeral, whole


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (99, "九十九"),
     (100, "一百"), (101, "一百零一"), (110, "一百一十"), (112, "一百一十二"), (520, "五百二十"), (999, "九百九十九")],
)  # fmt: skip
def test_a_number_has_this_numeral(number: int, text: str) -> None:
    assert numeral(number) == text


def test_what_is_written_is_read() -> None:
    assert [number_of(numeral(number)) for number in range(1000)] == list(range(1000))
    assert [ordinal(f"{numeral(number)}、甲") for number in range(1, 1000)] == list(range(1, 1000))
    assert [ordinal(f"（{numeral(number)}）甲") for number in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize("text", ["", "零", "合计", "一二三", "二百三百", "十甲", "1"])
def test_no_numeral_is_0(text: str) -> None:
    assert number_of(text) == ordinal(text) == 0


def test_the_label_without_its_ordinal() -> None:
    assert [ORDINAL.sub("", text) for text in ("一百零一、甲", "（二十）甲", "一甲", "一、二、甲")] == [
        "甲",
        "甲",
        "一甲",
        "二、甲",
    ]


@pytest.mark.parametrize("number", [-1, 1000])
def test_no_word_for_others(number: int) -> None:
    with pytest.raises(OverflowError):
        numeral(number)


def test_digits_are_read_however_many() -> None:
    """int() raises ValueError for more than 4300."""
    assert [whole(text) for text in ("", "0", "007", "0" * 5000 + "12", "999999999", "٣")] == [
        0,
        0,
        7,
        12,
        999_999_999,
        3,
    ]
    assert whole("1" * 10) == whole("9" * 5000) == 999_999_999
