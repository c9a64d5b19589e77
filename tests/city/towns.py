"""A small city for tests: copies of the real department whose amounts differ, and what a run left of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.city.city import CityRun, Runner, Wish, city, plan_of, serially
from generator.city.members import members_of
from generator.model.city import Plan
from tests.conftest import ROOT

YEAR = 2022
SOUND, BROKEN, ABSENT = "001-一局", "002-二局", "003-三局"


def department(town: Path, key: str) -> Path:
    """The year's folder of a new department, as the real one's but for its codes: no two departments have the same."""
    folder, code = town / key / "data" / str(YEAR), key[:3]
    shutil.copytree(ROOT / "data" / str(YEAR), folder)
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("027001", f"{code}001").replace('"027"', f'"{code}"')
        path.write_text(text.replace("410395", f"4{code}95"), encoding="utf-8")
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    """A file with one of its texts replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil(folder: Path) -> None:
    """An amount that is no longer what the control totals say."""
    replaced(folder / "projects.yaml", "30211 差旅费: 5.00", "30211 差旅费: 6.00")


def mend(folder: Path) -> None:
    """As it was."""
    replaced(folder / "projects.yaml", "30211 差旅费: 6.00", "30211 差旅费: 5.00")


def town_of(folder: Path, *sound: str) -> Path:
    """A town with so many sound departments."""
    for key in sound:
        department(folder, key)
    return folder


def plan(output: Path, *formats: str) -> Plan:
    """The plan of a run into ``output``; docx unless other formats are named, none with an empty one."""
    return plan_of(YEAR, [form for form in formats or ("docx",) if form], ROOT / "templates", output)


def run(town: Path, output: Path, *formats: str, runner: Runner = serially, wish: Wish = Wish()) -> CityRun:  # noqa: B008
    """One run."""
    return city(plan(output, *formats), members_of(town), wish, runner)


def files_in(output: Path) -> dict[str, bytes]:
    """All that stands in the output but the record and its lock."""
    return dict(_files(output))


def _files(output: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.parent != output:
            yield path.relative_to(output).as_posix(), path.read_bytes()


__all__ = [
    "ABSENT",
    "BROKEN",
    "SOUND",
    "YEAR",
    "department",
    "files_in",
    "mend",
    "plan",
    "replaced",
    "run",
    "spoil",
    "town_of",
]
