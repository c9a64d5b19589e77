"""Numerals and numbering patterns."""

from __future__ import annotations

import pytest
from num2words import num2words

from generator.compose.numerals import numbered


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (99, "九十九")],
)
def test_chinese(number: int, word: str) -> None:
    assert num2words(number, lang="zh_CN") == word


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [("第{一}部分", 2, "第二部分"), ("（{一}）", 10, "（十）"), ("{1}. ", 3, "3. "), ("{一}、", 100, "100、")],
)
def test_patterns(pattern: str, number: int, text: str) -> None:
    assert numbered(pattern, number) == text
