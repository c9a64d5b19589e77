"""Kinds of table that places print, each a small definition of tests/profiles/kinds, with its golden text."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.bind.document import bound_of
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.load.national import load_national
from generator.model.bound import BoundTable
from generator.model.meaning import normal
from generator.readback.document import reading_of
from generator.readback.docx import read_back
from generator.render.docx.render import render_docx
from tests import docx_reading
from tests.conftest import Golden
from tests.runs import Run, run

HERE = Path(__file__).parent
KINDS = sorted(path.stem for path in (HERE / "profiles" / "kinds" / "tables").glob("*.yaml"))


@pytest.fixture(scope="module")
def done() -> Run:
    found = run(HERE / "data" / "kinds", HERE / "profiles", "kinds", 2024)
    assert isinstance(found, Run), found.problems
    return found


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_a_kind_of_table_is_printed(number: int, done: Run, golden: Golden) -> None:
    key = KINDS[number]
    place = [table.key for table in done.profile.tables].index(key)
    caption, table = list(docx_reading.tables(render_docx(done.document, done.profile.master).data).items())[place]
    rows = [" | ".join(row) for header in (True, False) for row in docx_reading.rows_of(table, header)]
    golden(HERE / "golden" / "kinds" / f"{key}.txt", "\n".join((caption, *rows)) + "\n")


def test_no_rule_finds_fault_with_them(done: Run) -> None:
    assert not [problem for problem in done.problems if problem.code[0] in "JR"]


def test_a_reading_by_words_means_what_was_composed(done: Run) -> None:
    data = render_docx(done.document, done.profile.master).data
    reading = read_back(data)
    ours = bound_of(done.document, reading_of(done.document), kinds_of(done.profile, load_national()))
    theirs = bind(reading, done.profile, load_national(), done.inputs.classification)
    assert not theirs.unbound and len(theirs.tables) == len(KINDS)
    for mine, read in zip(ours.tables, theirs.tables, strict=True):
        assert read.key == mine.key and not read.unbound, read.unbound
        assert meanings(read) == meanings(mine) and read.columns == mine.columns, read.key


def meanings(table: BoundTable) -> list[list[object]]:
    """What each cell of a table means, in normal form."""
    return [
        [str(scope and normal(scope)) for column in range(len(row)) for scope in (table.scope_of(number, column),)]
        for number, row in enumerate(table.table.rows)
    ]
