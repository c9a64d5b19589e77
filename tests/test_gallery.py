"""The error gallery: one small mistake each, and exactly what the clerk is told.

A case edits one file of the small department (data/2023) or of the tiny profile; expected.txt is what
``check`` prints. ``make golden`` rewrites; git diff shows what changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import main
from tests.conftest import Golden

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in (HERE / "gallery").glob("*/case.yaml"))


def damage(folder: Path, case: dict[str, Any]) -> None:
    path = folder / case["文件"]
    if "删除" in case:
        path.unlink()
    elif "编码" in case:
        path.write_bytes(path.read_text(encoding="utf-8").encode(case["编码"]))
    elif "内容" in case:
        path.parent.mkdir(exist_ok=True)
        path.write_text(case["内容"], encoding="utf-8")
    elif "接上" in case:
        path.write_text(path.read_text(encoding="utf-8") + case["接上"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert case["把"] in text
        path.write_text(text.replace(case["把"], case["改成"], 1), encoding="utf-8")
    if "另" in case:
        damage(folder, case["另"])


def test_the_gallery_is_there() -> None:
    assert len(CASES) > 150


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_mistake(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    shutil.copytree(HERE / "data", tmp_path / "data")
    shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "profile")
    damage(tmp_path, yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8")))
    monkeypatch.chdir(tmp_path)
    status = main(["check", "2023", "--templates", ".", "--profile", "profile"])
    printed = capsys.readouterr()
    assert printed.err == ""
    golden(case / "expected.txt", printed.out)
    code = case.name[:4]
    assert f" {code} " in printed.out
    assert status == (1 if "错误" in printed.out.splitlines()[-1] else 0)
