"""A department's ledger, exported in any shape and imported into its emptied folder, is the same ledger."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.load.department import load_department
from generator.model.department import Inputs
from generator.model.problem import has_errors
from generator.work.intake import Intake, intake
from generator.work.report import Wanted, report
from generator.work.workshop import Workshop
from tests.conftest import LATER, ROOT
from tests.departments import departments, write
from tests.intake.exports import SHAPES, Export, Rows, csv_of, three_columns, xlsx_of
from tests.made_up import examples
from tests.runs import held

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
            marks=() if number < 4 and index == number else LATER,
        )
        for number, folder in enumerate(FOLDERS)
        for index, shape in enumerate(SHAPES)
    ],
)
def test_an_export_brings_back_the_ledger(folder: Path, shape: Callable[[Export], Rows], tmp_path: Path) -> None:
    year, shop = int(folder.name), held(ROOT / "templates", place_of(folder))
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


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(folder, marks=() if folder.name == "2017" else LATER, id=folder.parent.name + folder.name)
        for folder in FOLDERS
    ],
)
def test_codes_in_three_columns_bring_back_the_ledger(folder: Path, tmp_path: Path) -> None:
    year, shop = int(folder.name), held(ROOT / "templates", place_of(folder))
    shutil.copytree(folder, tmp_path / folder.name)
    before = loaded(tmp_path, year, shop)
    file = ("明细.xlsx", three_columns(Export(before, "万元")))
    done = imported(shop, tmp_path, year, file)
    assert not done.changes, (done.problems, done.remarks)
    for name in ("basic.yaml", "projects.yaml"):
        (tmp_path / folder.name / name).write_text("", "utf-8")
    assert not imported(shop, tmp_path, year, file).problems
    after = loaded(tmp_path, year, shop)
    assert ledger(after) == ledger(before)


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(
            folder, id=f"{folder.parent.name}{folder.name}", marks=() if folder.parent.name == "shanghai" else LATER
        )
        for folder in FOLDERS
    ],
)
def test_our_own_workbook_says_the_entries_that_are_there(folder: Path, tmp_path: Path) -> None:
    """From its sheet of entries, never guessed from its tables; a place whose kinds it can't tell is refused."""
    year, shop = int(folder.name), Workshop(ROOT / "templates", place_of(folder))
    shutil.copytree(folder.parent, tmp_path / "data")
    made = report(shop, tmp_path / "data", year, Wanted("xlsx"))
    done = imported(shop, tmp_path / "data", year, ("表.xlsx", next(iter(made.files.values())).data))
    assert done.kind == "财政系统导出的支出明细"
    assert not done.changes
    assert has_errors(done.problems) == (place_of(folder) in ("江苏", "上海决算"))


def summed(inputs: Inputs) -> dict[tuple[object, ...], Decimal]:
    """Amounts by all else: lines of the same codes come back as one."""
    found: dict[tuple[object, ...], Decimal] = {}
    for line in inputs.ledger.lines:
        key = (*line[:9], line.own)
        found[key] = found.get(key, Decimal(0)) + line.money.amount
    return {key: amount for key, amount in found.items() if amount}


@examples(10)
@given(departments(), st.sampled_from(SHAPES))
def test_a_made_up_department_comes_back_from_any_shape(made: Inputs, shape: Callable[[Export], Rows]) -> None:
    assume(all(line.money.amount < 10**8 for line in made.ledger.lines))  # Excel keeps fifteen digits
    assume(not any(re.search("合计|小计|总计", one.name) for one in made.department.projects.values()))
    with tempfile.TemporaryDirectory() as folder:
        data, shop = Path(folder), held(ROOT / "templates", "yibin")
        write(made, data / "2022")
        before = loaded(data, 2022, shop)
        rows = shape(Export(before))
        for name in ("basic.yaml", "projects.yaml"):
            (data / "2022" / name).write_text("", "utf-8")
        done = imported(shop, data, 2022, ("明细.xlsx", xlsx_of(rows)))
        if not summed(before):
            return
        assert not done.problems, (rows, done.problems)
        after = loaded(data, 2022, shop)
        assert summed(after) == summed(before), rows
        assert not imported(shop, data, 2022, ("明细.xlsx", xlsx_of(rows))).changes
