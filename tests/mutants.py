"""A pytest plugin for mutmut: of a mutant, only the tests that can tell, the likeliest first.

A rule is one function and one row, and its gallery cases carry its code. Of another room the unit tests, the whole
documents and the rules over sums tell; a damaged document is read by the rules alone. MUTANT_TESTS=all runs every
test that reaches the mutant; what a shared fixture reaches counts for each test that uses it, not for the first alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from mutmut.state import state

_MUTANT = re.compile(r"generator\.(\w+)\.(\w+)\.xǁ?_?(?:\w+ǁ)?(\w+)__mutmut_\d+")
_NEVER = 9
_reached: dict[str, set[str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Note which functions a fixture reached, while mutmut notes those of the tests."""
    before = set(state()._stats)
    value = yield
    _reached[fixturedef.argname] = state()._stats - before
    return value


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Add what the test's fixtures reached to what the test did."""
    for name in getattr(item, "fixturenames", ()):
        state()._stats.update(_reached.get(name, ()))


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
    others = _NEVER if room == "derive" or module.endswith("_rules") else 3

    def rank(item: pytest.Item) -> int:
        case = re.search(r"\[([A-Z]\d{3})-", item.name)
        if case is not None:
            return 0 if case[1] in own else 1 if case[1] in near else others
        if room == "check" and ("test_edits" in item.nodeid or "test_published" in item.nodeid):
            return others
        return 0 if f"tests/{room}/test_{module.partition('_')[0]}" in item.nodeid else 2

    return rank


def _codes(text: str) -> set[str]:
    return set(re.findall(r'"([A-Z]\d{3})"', text))
