"""Which files are watched: those that a run reads, however many others there are, and whatever vanishes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.load import watch
from generator.load.watch import Marks, alike, marks_of, years_in


def marks() -> Marks:
    return marks_of((Path("templates/yibin"),), years_in(Path("data")))


def test_every_file_of_a_run_is_watched(workplace: Path) -> None:
    for year in ("2021", "2019"):
        shutil.copytree("data/2022", f"data/{year}")
    names = ("data/2022/basic.yaml", "data/2021/basic.yaml", "data/2019/final.yaml", "templates/yibin/report.yaml", "templates/yibin/master.docx",
             "templates/yibin/tables/02-income.yaml", "templates/yibin/prose/part-2.j2", "data/2022/accepted.yaml",
             "templates/yibin/codes/2022-功能科目.csv")  # fmt: skip
    Path("templates/yibin/codes").mkdir()
    for name in names:
        before = marks()
        Path(name).write_bytes(b"another")
        assert marks() != before, name
        Path(name).unlink()
        assert name not in marks(), name


def test_nothing_else_is_looked_at(workplace: Path) -> None:
    before = marks()
    for name in ("basic.yaml~", ".basic.yaml.swp", "说明.pdf", "附件/basic.yaml", "附件/甲/基本.yaml"):
        path = Path("data/2022", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert marks() == before


def test_what_vanishes_is_not_there(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at a folder and the look at what lies in it."""
    Path("data/2022/gone.yaml").symlink_to("nowhere")
    (real, gone) = watch.os.scandir, "templates/yibin/tables"

    def scandir(folder: str | Path) -> Any:
        if str(folder) == gone:
            raise FileNotFoundError(2, "No such file or directory", gone)
        return real(folder)

    monkeypatch.setattr(watch.os, "scandir", scandir)
    seen = marks()
    assert "data/2022/basic.yaml" in seen and "data/2022/gone.yaml" not in seen
    assert not [name for name in seen if name.startswith(gone)]


def test_folders_are_alike_byte_by_byte(workplace: Path) -> None:
    shutil.copytree("templates/yibin", "other")
    assert alike((Path("templates/yibin"),), (Path("other"),))
    Path("other/说明.txt").touch()
    assert alike((Path("templates/yibin"),), (Path("other"),)), "no run reads it"
    master = Path("other/master.docx")
    master.write_bytes(master.read_bytes()[:-1] + b"!")
    assert not alike((Path("templates/yibin"),), (Path("other"),))
    shutil.rmtree("other")
    assert not alike((Path("templates/yibin"),), (Path("other"),))
