"""What the preview watches: the files that a run reads, however many others there are, and whatever vanishes."""

from __future__ import annotations

import os
import shutil
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from generator.cli import preview
from generator.cli.preview import EVERY, _made, _pause, _seen

WHAT = Namespace(data=Path("data"), templates=Path("templates"), profile="yibin", year="2022")


def test_every_file_of_a_run_is_watched(workplace: Path) -> None:
    state = _made(WHAT, None)
    assert not state.problems and state.page
    shutil.copytree("data/2022", "data/2021")
    names = ("data/2022/basic.yaml", "data/2021/basic.yaml", "templates/yibin/report.yaml", "templates/yibin/master.docx",
             "templates/yibin/tables/02-income.yaml", "templates/yibin/prose/part-2.j2", "data/2022/accepted.yaml",
             "templates/yibin/codes/2022-功能科目.csv")  # fmt: skip
    Path("templates/yibin/codes").mkdir()
    for name in names:
        before = _seen(WHAT)
        Path(name).write_bytes(b"another")
        assert _seen(WHAT) != before, name
        Path(name).unlink()
        assert name not in _seen(WHAT), name


def test_nothing_else_is_looked_at(workplace: Path) -> None:
    before = _seen(WHAT)
    for name in ("basic.yaml~", ".basic.yaml.swp", "说明.pdf", "附件/basic.yaml", "附件/甲/基本.yaml"):
        path = Path("data/2022", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert _seen(WHAT) == before


def test_what_vanishes_is_not_there(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at a folder and the look at what lies in it."""
    Path("data/2022/gone.yaml").symlink_to("nowhere")
    (real, gone) = os.scandir, "templates/yibin/tables"

    def scandir(folder: str | Path) -> Any:
        if str(folder) == gone:
            raise FileNotFoundError(2, "No such file or directory", gone)
        return real(folder)

    monkeypatch.setattr(preview.os, "scandir", scandir)
    seen = _seen(WHAT)
    assert "data/2022/basic.yaml" in seen and "data/2022/gone.yaml" not in seen
    assert not [name for name in seen if name.startswith(gone)]


def test_a_folder_that_is_gone_leaves_the_page(workplace: Path) -> None:
    page = _made(WHAT, None)
    for folder in ("data/2022", "templates/yibin", "data", "templates"):
        Path(folder).rename("away")
        state = _made(WHAT, page)
        assert state.page == page.page and state.problems.startswith("错误：") and "\n" not in state.problems
        Path("away").rename(folder)
    assert _made(WHAT, page) == page


def test_thousands_of_files_are_looked_at_less_often() -> None:
    assert _pause(0.0005) == EVERY
    assert all(took / (took + _pause(took)) <= 0.1 for took in (0.02, 0.1, 3.0))
