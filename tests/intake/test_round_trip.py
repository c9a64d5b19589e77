"""A department's ledger, exported in any shape and imported into its emptied folder, is the same ledger."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load.department import load_department
from generator.model.department import Inputs
from generator.work.intake import Intake, intake
from generator.work.workshop import Workshop
from tests.conftest import LATER, ROOT
from tests.intake.exports import SHAPES, Export, Rows, csv_of, xlsx_of

FOLDERS = [ROOT / "data" / "2022", *sorted(path for path in (ROOT / "examples").glob("*/*") if path.is_dir())]


def place_of(folder: Path) -> str:
    text = (folder / "department.yaml").read_text("utf-8")
    return next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("格式:")), "yibin")


def loaded(data: Path, year: int, shop: Workshop) -> Inputs:
    profile, _, _ = shop.profile(year)
    assert profile is not None
    inputs, problems, _ = load_department(data, year, profile)
    assert inputs is not None, problems
    return inputs


def ledger(inputs: Inputs) -> Counter[tuple[object, ...]]:
    return Counter((*line[:10], line.own) for line in inputs.ledger.lines if line.money.amount)


def projects(inputs: Inputs) -> dict[str, tuple[str, str, str]]:
    return {code: (one.name, one.kind, one.agency) for code, one in inputs.department.projects.items()}


def imported(shop: Workshop, data: Path, year: int, *files: tuple[str, bytes]) -> Intake:
    """Files imported, the change written."""
    paths = [data / name for name, _ in files]
    for path, (_, content) in zip(paths, files, strict=True):
        path.write_bytes(content)
    done = intake(shop, data, year, paths)
    for change in done.changes:
        change.path.write_bytes(change.after)
    return done


@pytest.mark.parametrize(
    ("folder", "shape"),
    [
        pytest.param(
            folder,
            shape,
            id=f"{folder.parent.name}{folder.name}-{shape.__name__}",
            marks=() if index == number % 4 else LATER,
        )
        for number, folder in enumerate(FOLDERS)
        for index, shape in enumerate(SHAPES)
    ],
)
def test_an_export_brings_back_the_ledger(folder: Path, shape: Callable[[Export], Rows], tmp_path: Path) -> None:
    year, shop = int(folder.name), Workshop(ROOT / "templates", place_of(folder))
    shutil.copytree(folder, tmp_path / folder.name)
    before = loaded(tmp_path, year, shop)
    rows = shape(Export(before))
    file = ("明细.csv", csv_of(rows)) if shape.__name__ == "web_page" else ("明细.xlsx", xlsx_of(rows))
    again = imported(shop, tmp_path, year, file)
    assert not again.changes, (again.problems, again.remarks)
    for name in ("basic.yaml", "projects.yaml"):
        (tmp_path / folder.name / name).write_text("", "utf-8")
    done = imported(shop, tmp_path, year, file)
    assert not done.problems
    after = loaded(tmp_path, year, shop)
    assert ledger(after) == ledger(before)
    assert projects(after) == projects(before)
