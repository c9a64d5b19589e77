"""One wrong digit anywhere in the typed amounts: is it found?

Every digit of every amount in data/2022 is changed, one at a time. What has no second source can't be known;
those amounts are named here, and nothing else may slip through.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, INPUT_RULES
from generator.check.rules import check
from generator.check.sheets import title_of
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.problem import Severity
from generator.model.profile import Profile
from generator.model.reading import Reading, ReadTable
from generator.readback.document import reading_of
from tests.conftest import ROOT
from tests.runs import Run

AMOUNT = re.compile(r"^(?! *#)[^#\n]*: *(\d+\.\d\d) *(?:#.*)?$", re.MULTILINE)
ONE_SOURCE = {"prior.yaml": {"机构运行经费"}}


def digits(folder: Path, last: bool) -> Iterator[tuple[Path, str, str, str]]:
    """(file, name of the amount, its line's number, the whole text with one digit changed); ``last``: the last alone."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for found in AMOUNT.finditer(text):
            name = found[0].strip().split(":")[0].lstrip("- ")
            for place in range(found.end(1) - 1 if last else found.start(1), found.end(1)):
                if text[place].isdigit():
                    wrong = str((int(text[place]) + 1) % 10)
                    line = str(text.count("\n", 0, place) + 1)
                    yield path, name, line, text[:place] + wrong + text[place + 1 :]


def errors(data: Path, profile: Profile) -> set[str]:
    inputs, found, _ = load_department(data, 2022, profile)
    if inputs is None:
        return {problem.code for problem in found if problem.severity is Severity.ERROR}
    book, more = derive(inputs, profile)
    checked = check(inputs, INPUT_RULES).and_also(check(Derived(inputs, profile, book), DERIVED_RULES))
    return {problem.code for problem in (*found, *more, *checked.problems) if problem.severity is Severity.ERROR}


@pytest.mark.parametrize("last", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_every_wrong_digit_is_found(tmp_path: Path, last: bool) -> None:
    """Of cents, which are the hardest to find, in make test."""
    shutil.copytree(ROOT / "data" / "2022", tmp_path / "2022")
    profile, _, _ = load_profile(ROOT / "templates" / "yibin")
    assert profile is not None and errors(tmp_path, profile) == set()
    tried, missed = 0, set()
    for path, name, line, text in digits(tmp_path / "2022", last):
        whole = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        tried += 1
        if not errors(tmp_path, profile):
            missed.add((path.name, name, line))
        path.write_text(whole, encoding="utf-8")
    assert tried > (50 if last else 200)
    assert {(file, name) for file, name, _ in missed} == {
        (file, name) for file in ONE_SOURCE for name in ONE_SOURCE[file]
    }


def test_every_wrong_digit_of_the_document_is_found(run_2022: Run, reading_2022: Reading) -> None:
    """The read-back compares with what was meant, and with the Book: each by itself names every cell that is wrong.

    The first digit of every cell is wrong, then the second, …: a rule looks at one cell at a time. What a form has is
    compared as a whole, so its digits are changed one by one.
    """
    assert run_2022.document and run_2022.book
    meant, grids = reading_of(run_2022.document), list(run_2022.book.grids.values())
    forms = {number for number, grid in enumerate(grids) if grid.spec.form}
    places = [place for place in amounts(reading_2022) if place.table not in forms]
    whole = [{place} for place in amounts(reading_2022) if place.table in forms]
    waves = [{place for place in places if place.digit == digit} for digit in sorted({place.digit for place in places})]
    assert len(places) > 1500 and len(whole) > 9 and sum(map(len, waves)) == len(places)
    for wrong in (*waves, *whole):
        reading = with_wrong(reading_2022, wrong)
        found = check(Written(reading, meant, run_2022.book), WRITTEN_RULES).problems
        cells = [title_of(reading.tables[place.table].caption) + place.cell for place in wrong]
        expected = {("R401", cell) for cell in cells}
        expected |= {("R402", cell.partition("!")[0] if wrong in whole else cell) for cell in cells}
        assert {(problem.code, problem.position.place) for problem in found} == expected


class Place(NamedTuple):
    """A digit of an amount in a table."""

    table: int
    row: int
    column: int
    digit: int

    @property
    def cell(self) -> str:
        """As a finding names it."""
        return f"!第{self.row + 1}行/第{self.column + 1}格"


def amounts(reading: Reading) -> Iterator[Place]:
    """Every digit of every amount of the tables."""
    for number, table in enumerate(reading.tables):
        for row, texts in enumerate(table.rows):
            for column, text in enumerate(texts):
                if re.fullmatch(r"\d+\.\d\d", text):
                    yield from (Place(number, row, column, digit) for digit, sign in enumerate(text) if sign != ".")


def with_wrong(reading: Reading, places: set[Place]) -> Reading:
    """The reading with another digit at each of the places."""
    tables = {}
    for number, table in enumerate(reading.tables):
        rows = list(map(list, table.rows))
        for _, row, column, digit in (place for place in places if place.table == number):
            text = rows[row][column]
            rows[row][column] = text[:digit] + str((int(text[digit]) + 1) % 10) + text[digit + 1 :]
        tables[table] = table._replace(rows=tuple(map(tuple, rows)))
    return reading._replace(
        blocks=tuple(tables[block] if isinstance(block, ReadTable) else block for block in reading.blocks)
    )
