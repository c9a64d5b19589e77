"""The folders that are measured in: a place as a clerk has it, and more departments like its own."""

# ruff: noqa: S603, S607

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from bench.measure import ROOT
from bench.workload import YEAR

_AMOUNT = re.compile(r"(?m)^([^#\n]*: *)(\d+)\.(\d\d)(?= *(?:#.*)?$)")


def make_place(folder: Path) -> None:
    """The real department, with both profiles in templates/; git has it as of before two amounts were edited."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "templates/yibin", folder / "templates/yibin")
    shutil.copytree(ROOT / "bench/profile", folder / "templates/bench")
    shutil.copy(ROOT / "templates/yibin/master.docx", folder / "templates/bench")
    path = folder / "data" / str(YEAR) / "basic.yaml"
    now = path.read_text(encoding="utf-8")
    path.write_text(moved(now), encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "上次"]):
        settings = ("-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, *command], cwd=folder, check=True)
    path.write_text(now, encoding="utf-8")


def make_others(data: Path, number: int) -> list[Path]:
    """Data folders like the real one, in ``data``: in the first every amount is the real one, then twice as much, …"""
    folders = [data / str(times) for times in range(1, number + 1)]
    for times, folder in enumerate(folders, 1):
        shutil.copytree(ROOT / "data" / str(YEAR), folder / str(YEAR))
        for path in (folder / str(YEAR)).glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(_AMOUNT.sub(lambda found: _written(found, _cents(found) * times), text), encoding="utf-8")  # noqa: B023
    return folders


def moved(text: str) -> str:
    """0.01 of the second amount moved to the first: every total stays."""
    change = iter((1, -1))
    return _AMOUNT.sub(lambda found: _written(found, _cents(found) + next(change)), text, count=2)


def _cents(found: re.Match[str]) -> int:
    return int(found[2] + found[3])


def _written(found: re.Match[str], cents: int) -> str:
    return f"{found[1]}{cents // 100}.{cents % 100:02d}"
