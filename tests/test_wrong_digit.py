"""One wrong digit anywhere in the typed amounts: is it found?

Every digit of every amount in data/2022 is changed, one at a time. What has no second source can't be known;
those amounts are named here, and nothing else may slip through.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.check.book_rules import Derived
from generator.check.catalogue import DERIVED_RULES, INPUT_RULES
from generator.check.rules import check
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.problem import Severity
from generator.model.profile import Profile
from generator.readback.docx import read_docx
from generator.render.docx.render import Rendered
from tests.conftest import ROOT
from tests.runs import Run

AMOUNT = re.compile(r"^(?! *#)[^#\n]*: *(\d+\.\d\d) *(?:#.*)?$", re.MULTILINE)
ONE_SOURCE = {"prior.yaml": {"机构运行经费"}}


def digits(folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    """(file, name of the amount, its line's number, the whole text with one digit changed)."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for found in AMOUNT.finditer(text):
            name = found[0].strip().split(":")[0].lstrip("- ")
            for place in range(found.start(1), found.end(1)):
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


def test_every_wrong_digit_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "2022", tmp_path / "2022")
    profile, _, _ = load_profile(ROOT / "templates" / "yibin")
    assert profile is not None and errors(tmp_path, profile) == set()
    tried, missed = 0, set()
    for path, name, line, text in digits(tmp_path / "2022"):
        whole = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        tried += 1
        if not errors(tmp_path, profile):
            missed.add((path.name, name, line))
        path.write_text(whole, encoding="utf-8")
    assert tried > 200
    assert {(file, name) for file, name, _ in missed} == {
        (file, name) for file in ONE_SOURCE for name in ONE_SOURCE[file]
    }


@pytest.mark.parametrize("every", [41, pytest.param(7, marks=pytest.mark.slow)])
def test_every_wrong_digit_of_the_document_is_found(every: int, run_2022: Run, rendered_2022: Rendered) -> None:
    """Each ``every``-th digit of the written tables: the read-back compares with the Book."""
    from generator.check.written_rules import WRITTEN_RULES, Written
    from generator.readback.document import reading_of

    assert run_2022.document and run_2022.book
    reading, meant = read_docx(rendered_2022.data), reading_of(run_2022.document)
    cells = [
        (number, row, column, place)
        for number, table in enumerate(reading.tables)
        for row, texts in enumerate(table.rows)
        for column, text in enumerate(texts)
        if re.fullmatch(r"\d+\.\d\d", text)
        for place, letter in enumerate(text)
        if letter != "."
    ]
    assert len(cells) > 1000
    for number, row, column, place in cells[::every]:
        table = reading.tables[number]
        text = table.rows[row][column]
        wrong = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        rows = list(map(list, table.rows))
        rows[row][column] = wrong
        changed = table._replace(rows=tuple(map(tuple, rows)))
        blocks = tuple(changed if block is table else block for block in reading.blocks)
        found = check(Written(reading._replace(blocks=blocks), meant, run_2022.book), WRITTEN_RULES)
        assert {problem.code for problem in found.problems} == {"R401", "R402"}, (table.caption, text, wrong)
