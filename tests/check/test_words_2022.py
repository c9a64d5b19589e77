"""What is said about the real 2022 department: each line was judged, nothing more may be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT, Golden


def test_problems_of_2022(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check", "2022", "--all"]) == 0
    golden(Path("tests/golden/2022-problems.txt"), capsys.readouterr().out)
