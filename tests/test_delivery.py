"""What docs/交付与公开.md shows is what comes out."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "交付与公开.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line.partition("#")[0])[1:] for line in re.findall(r"^    (shuoming .*)$", TEXT, re.MULTILINE)]


def test_every_format_is_shown() -> None:
    from generator.work.formats import FORMATS

    shown = {command[3] for command in COMMANDS if command[0] == "report"}
    assert shown == set(FORMATS) - {"docx"}


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_works(command: list[str], workplace: Path) -> None:
    assert main(command) == 0
    assert list((workplace / "output" / "2022").iterdir())


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.browser
def test_the_folder_is_as_shown(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "templates" / "通用", workplace / "templates" / "通用")
    (command,) = (one for one in COMMANDS if one[0] == "package")
    assert main(command) == 0
    (folder,) = (workplace / "output" / "2022").iterdir()
    listing = TEXT.split("```\noutput/2022/")[1].split("\n```")[0].splitlines()
    title = folder.name.removesuffix("（公开）")
    assert listing[0] == "2022年……部门预算说明（公开）/" and title.startswith("2022年")
    shown = {line.split()[0].replace("2022年……部门预算说明", title).rstrip("/") for line in listing[1:]}
    there = {path.name for path in (*folder.iterdir(), *(folder / "内部留存（不公开）").iterdir())}
    assert there == shown
    lines = (folder / "内部留存（不公开）" / "公开前自查表.txt").read_text(encoding="utf-8-sig")
    assert "共30项" in lines and "三十项" in TEXT
    assert "通过53条" in lines and "通过53条" in TEXT and "五十三条" in TEXT
