"""Rules whose answer is proved are not asked again, unless all are wanted."""

from __future__ import annotations

import pytest

from generator.check import asking
from generator.work.check import check
from generator.work.workshop import Workshop
from tests.conftest import ROOT

OF_EACH_NOUN = {"D001", "D026", "B103", "L301", "J101", "T201"}


def asked(ask_all: bool) -> set[str]:
    shop = Workshop(ROOT / "templates", "yibin", ask_all=ask_all)
    return {asked.code for asked in check(shop, ROOT / "data", 2022).asked}


def test_what_is_proved_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = asked(True)
    proved = OF_EACH_NOUN & everything
    assert len(proved) > 3
    monkeypatch.setattr(asking, "PROVED", frozenset(proved))
    assert asked(False) == everything - proved and asked(True) == everything
