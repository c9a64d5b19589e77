"""A document leaves nothing behind that only the garbage collector finds: who makes thousands need not run it for each."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from generator.work.report import report
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.made_up import KEPT


@pytest.mark.parametrize(("profile", "data", "year"), [("yibin", "data", 2022), ("四川", "examples/sichuan", 2025)])
def test_a_document_leaves_no_garbage(profile: str, data: str, year: int) -> None:
    shop = Workshop(ROOT / "templates", profile, KEPT, ask_all=False, many=True)
    for _ in range(2):  # what is kept for the next document is made by the first
        report(shop, ROOT / Path(data), year)
    gc.collect()
    gc.disable()
    try:
        assert report(shop, ROOT / Path(data), year).files
        assert gc.collect() == 0
    finally:
        gc.enable()
