"""A pattern that compiles quickly matches what a set or alternatives match."""

import re
from itertools import product

import pytest

from generator.model.patterns import any_of


@pytest.mark.parametrize(("words", "usual"), [("甲乙丙", "[甲乙丙]"), (("增加", "增长", "减少"), "增加|增长|减少")])
@pytest.mark.parametrize("around", ["{}", "(?<!{})子", "^(?:{})+$", "(?!{})."])
def test_it_matches_the_same(words: str | tuple[str, ...], usual: str, around: str) -> None:
    texts = map("".join, product("甲乙丙丁子增加长减少", repeat=3))
    quick, slow = around.format(any_of(*words)), around.format(f"(?:{usual})")
    assert all([*map(str, re.finditer(quick, text))] == [*map(str, re.finditer(slow, text))] for text in texts)
    assert any_of(*words).isprintable() and re.fullmatch(any_of("子"), "子")
