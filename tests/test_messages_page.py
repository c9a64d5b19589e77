"""docs/看懂提示.md explains messages in their own words: each is one that the program says."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "看懂提示.md").read_text(encoding="utf-8")
SAID = [
    row.split("|")[1].strip()
    for row in PAGE.splitlines()
    if row.startswith("| ") and not row.startswith(("| ---", "| 提示里的话"))
]


@cache
def _program() -> str:
    """All that the gallery of mistakes shows, and what the code says."""
    shown = (file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "gallery").rglob("expected.txt"))
    code = (file.read_text(encoding="utf-8") for file in (ROOT / "generator").rglob("*.py"))
    return "\n".join((*shown, *code))


@pytest.mark.parametrize("said", SAID)
def test_the_program_says_so(said: str) -> None:
    parts = [part for half in said.split("、") for part in re.split("…", half)]
    assert parts and [part for part in parts if part not in _program()] == []
