"""``check`` says on one line which rules had nothing to ask, and why."""

from __future__ import annotations

import pytest

from generator.cli import main
from generator.render.problems import not_asked_text
from tests.conftest import ROOT


def test_what_was_not_asked_stands_on_the_first_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(
        [
            "check",
            "2023",
            "--all",
            "--data",
            str(ROOT / "tests" / "data"),
            "--templates",
            str(ROOT / "tests" / "profiles"),
            "--profile",
            "tiny",
        ]
    )
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("有") and "条规则没有可查的内容：" in line and line.endswith("等。逐条见 check --verbose。")
    assert "本文档没有财政拨款收支总表（J113、J114、J115等6条）" in line


def test_reasons_are_told_once_the_commonest_first() -> None:
    several = [
        ("J1", "没有表一"),
        ("J2", "没有表二"),
        *((f"J{number}", "没有表三") for number in range(3, 8)),
        ("J8", "别的"),
    ]
    assert not_asked_text(several) == (
        "有8条规则没有可查的内容：没有表三（J3、J4、J5等5条）；没有表一（J1）；没有表二（J2）等。逐条见 check --verbose。\n"
    )
    assert not_asked_text([("J1", "没有表一")]) == "有1条规则没有可查的内容：没有表一（J1）。逐条见 check --verbose。\n"
    assert not_asked_text([]) == ""
