"""The handbook (docs/profile.md) is so: each example gives what it shows, and the walk what it says. Its keys: test_handbook_index.py."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.handbook import CHAPTERS, DATA, FRONT, PROGRAM, Example, edited, errors, missing, sections, walk
from tests.handbook_keys import EXAMPLES, slug, tried


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.chapter}-{one.title}")
def test_an_example_gives_what_is_shown(example: Example) -> None:
    _, done = tried(example)
    for lines, told in done.values():
        assert bool(errors(told)) == example.wrong, told
        assert lines or example.wrong
    for about, block in example.shown:
        lines, told = done["" if about == "检查" else about]
        assert missing(block.lines, told if about == "检查" else lines) == [], f"{example.chapter}:{block.line}"


@pytest.mark.parametrize(
    "whole", [pytest.param(False, id="quick"), pytest.param(True, id="whole", marks=pytest.mark.slow)]
)
def test_the_walk_as_it_is_written(
    whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command gives what is shown; without the one that tries a hundred departments where it must be quick."""
    shutil.copytree(ROOT / "templates" / "通用", tmp_path / "templates" / "通用")
    shutil.copytree(DATA, tmp_path / "examples" / "handbook")
    monkeypatch.chdir(tmp_path)
    for what, lines, how in walk():
        if how:
            edited(Path(what), lines, how)
        elif what.startswith(PROGRAM):
            if whole or "profile check" not in what:
                main(what.removeprefix(PROGRAM).split())
                printed = capsys.readouterr()
                _as_shown(what, lines, (printed.err + printed.out).split("\n"))
        else:
            assert not lines
            subprocess.run(what.split(), check=True)  # noqa: S603 - cp and rm, of the handbook


def _as_shown(command: str, shown: list[str], lines: list[str]) -> None:
    assert missing(shown, lines) == [], (command, lines)
    if "…" not in shown:
        assert [line for line in lines if line] == shown, command


@pytest.mark.parametrize("path", [FRONT, *sorted(CHAPTERS.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        file, _, place = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        titles = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8"))
        assert not place or place in map(slug, titles), link


def test_the_front_page_lists_every_chapter() -> None:
    listed = re.findall(
        r"(?m)^\| \[(\w+)\]\(profile/(\w+)\.md\)", FRONT.read_text(encoding="utf-8").partition("## 各章")[2]
    )
    assert sorted(name for name, file in listed if name == file) == sorted(path.stem for path in CHAPTERS.glob("*.md"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("基本支出: {类别: 基本支出}", "基本支出: {类型: 基本支出}"),
        ("320.00", "320.01"),
        ("标题: 支出明细表", "标提: 支出明细表"),
        ("2026年支出明细表", "2026年支出明细单"),
    ],
)
def test_a_wrong_letter_in_the_handbook_is_noticed(old: str, new: str, tmp_path: Path) -> None:
    text = (CHAPTERS / "表格.md").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "表格.md").write_text(text.replace(old, new, 1), encoding="utf-8")
    example = next(sections(tmp_path / "表格.md"))
    with pytest.raises(AssertionError):
        test_an_example_gives_what_is_shown(example)
