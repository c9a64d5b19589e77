"""A workbook that nobody touched comes back as the very trees it was made of, and its bytes are the same each time."""

from __future__ import annotations

import pytest

from generator.edit import edited
from generator.filling.mark import mark_of
from generator.filling.write import workbook_of
from tests.conftest import ROOT
from tests.filling.departments import SHIPPED, ground, returned

_FIRST = ("data/2022", "examples/sichuan/2025")
_EACH = [pytest.param(name, marks=() if name in _FIRST else pytest.mark.slow) for name in SHIPPED]


@pytest.mark.parametrize("folder", _EACH)
def test_a_workbook_comes_back_as_it_went(folder: str) -> None:
    its = ground(folder)
    data = workbook_of(its, mark_of(its, "x"))
    back, desk = returned(its, data)
    assert not desk.problems and not desk.remarks
    assert back == its.trees
    for name, tree in back.items():
        text = (ROOT / folder / name).read_text("utf-8")
        assert edited(text, tree) == text, name


def test_the_same_bytes_each_time() -> None:
    its = ground("data/2022")
    assert workbook_of(its, mark_of(its, "x")) == workbook_of(its, mark_of(its, "x"))
