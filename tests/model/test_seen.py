"""A quick answer is a right one: what a document, a terminal or a template may not hold is never taken for seen."""

from __future__ import annotations

import re

import pytest

from generator.compose import templates
from generator.load import yaml_text
from generator.model.source import all_seen
from generator.render import problems


@pytest.mark.parametrize("forbidden", [yaml_text._CONTROL, templates._UNSEEN, problems._CONTROL])
def test_nothing_forbidden_passes_for_seen(forbidden: str) -> None:
    letters = [letter for letter in map(chr, range(0x10000)) if re.match(forbidden, letter)]
    assert len(letters) > 60
    assert [letter for letter in letters if all_seen(f"甲{letter}乙") and letter != "\n"] == []


def test_usual_texts_are_seen() -> None:
    assert all_seen("甲：乙（“丙”）\n　1,234.56 万元，≥95% a_b-c《》【】〔2022〕…—×·\n")
