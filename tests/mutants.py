"""A pytest plugin for mutmut: of a mutant, only the tests that can tell, the likeliest first.

A rule is one function and one row, and its gallery cases carry its code. Of another room the unit tests, the whole
documents and the rules over sums tell; a damaged document is read by the rules alone. MUTANT_TESTS=all runs every
test that reaches the mutant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

_MUTANT = re.compile(r"generator\.(\w+)\.(\w+)\.xǁ?_?(?:\w+ǁ)?(\w+)__mutmut_\d+")
_NEVER = 9


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order and choose the tests of the mutant that mutmut names in the environment."""
    mutant = _MUTANT.fullmatch(os.environ.get("MUTANT_UNDER_TEST", ""))
    if mutant is None:
        return
    rank = _rank(mutant[1], mutant[2], mutant[3])
    items.sort(key=rank)
    if os.environ.get("MUTANT_TESTS") != "all":
        items[:] = [item for item in items if rank(item) < _NEVER] or items


def _rank(room: str, module: str, function: str) -> Callable[[pytest.Item], int]:
    text = Path("generator", room, f"{module}.py").read_text(encoding="utf-8")
    own = _codes("\n".join(line for line in text.splitlines() if re.search(rf"\b{function}\b", line)))
    near = _codes(text) if room == "check" else _codes(text) | {"B101", "D023", "D024"}
    others = 3 if room == "check" and not module.endswith("_rules") else _NEVER

    def rank(item: pytest.Item) -> int:
        case = re.search(r"\[([A-Z]\d{3})-", item.name)
        if case is not None:
            return 0 if case[1] in own else 1 if case[1] in near else others
        if room == "check" and ("test_edits" in item.nodeid or "test_published" in item.nodeid):
            return others
        return 0 if f"tests/{room}/" in item.nodeid else 2

    return rank


def _codes(text: str) -> set[str]:
    return set(re.findall(r'"([A-Z]\d{3})"', text))
