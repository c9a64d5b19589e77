"""Numerals and numbering patterns."""

from __future__ import annotations

import pytest

from generator.compose.numerals import numbered


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("第{一}部分", 2, "第二部分"),
        ("（{一}）", 10, "（十）"),
        ("{1}. ", 3, "3. "),
        ("{一}、", 104, "一百零四、"),
        ("{一}、", 1000, "1000、"),
        ("Part {One}", 2, "Part Two"),
        ("Annex {One}: ", 21, "Annex Twenty-one: "),
    ],
)
def test_a_pattern_counts_in_its_numerals(pattern: str, number: int, text: str) -> None:
    assert numbered(pattern, number) == text
