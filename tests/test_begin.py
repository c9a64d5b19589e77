"""What docs/新部门.md and docs/安装.md show is what comes out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bundle.build import PLATFORMS, PYTHONS
from generator.cli import main
from generator.model.version import VERSION
from tests.conftest import ROOT

NEW = (ROOT / "docs/新部门.md").read_text(encoding="utf-8")
INSTALL = (ROOT / "docs/安装.md").read_text(encoding="utf-8")


def test_a_new_department_as_the_page_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = (shlex.split(line)[1:] for line in re.findall(r"(?m)^    (shuoming .*)$", NEW))
    shown, lines, problem = (text.split("\n```")[0] for text in NEW.split("\n```\n")[1::2])
    assert main(first) == 0
    assert capsys.readouterr().out == f"{shown}\n"
    monkeypatch.chdir("青河市文化和旅游局")
    assert lines in Path("data/2027/department.yaml").read_text(encoding="utf-8")
    assert main(second) == 1
    assert problem in capsys.readouterr().out
    assert main(["reasons", "2027"]) == 0
    assert capsys.readouterr().out == "数还没有填全，看不出增减。先填数，再写原因。\n"


def test_every_option_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["init", "--help"])
    options = set(re.findall(r"(--[a-z]+)", capsys.readouterr().out)) - {"--help", "--templates"}
    assert options == set(re.findall(r"`(--[a-z]+)", NEW)) == options


def test_the_page_on_installing_names_what_there_is() -> None:
    assert f"shuoming-{VERSION}-py3-none-any.whl" in INSTALL and all(python in INSTALL for python in PYTHONS)
    named = set(re.findall(r"`([^` ]+\.(?:cmd|sh|desktop))`", INSTALL))
    assert named == {name for one in PLATFORMS.values() for name in one.files if not name.endswith(".txt")}
