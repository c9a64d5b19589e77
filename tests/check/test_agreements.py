"""The relations of tables: which are asked of our own documents, and that no title, label or order takes one away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator.bind.document import bound_of
from generator.bind.titles import kinds_of
from generator.check.agreements import AGREEMENTS, answers_of_all
from generator.check.rules import Finding, Unable
from generator.check.tables import Forms, Tables
from generator.compose.document import compose
from generator.derive.book import derive
from generator.load.national import load_national
from generator.model.department import Inputs
from generator.model.profile import Profile
from generator.model.table_spec import (
    AmountColumn,
    BlockRows,
    Column,
    ColumnGroup,
    FixedRow,
    GroupRows,
    RowSpec,
    TableSpec,
)
from generator.readback.document import reading_of
from tests.conftest import seeds
from tests.departments import real, yibin
from tests.made_up import KEPT
from tests.runs import Run, run

HERE = Path(__file__).parent.parent
Asked = Counter[tuple[str, int, str]]


def tables_of(inputs: Inputs, profile: Profile) -> Tables:
    """The tables of the department's document."""
    book, problems = derive(inputs, profile)
    assert not problems
    document, _ = compose(inputs, book, profile, KEPT)
    national = load_national()
    kinds = kinds_of(profile, national)
    return Tables(bound_of(document, reading_of(document), kinds), profile.tables, Forms(national.names, kinds))


def asked(tables: Tables) -> Counter[str]:
    """How many relations there are by code; all of them hold."""
    assert not [one for found in answers_of_all(tables).values() for one in found if isinstance(one, (Finding, Unable))]
    return Counter(
        AGREEMENTS[0]._replace(code=code).code for code, found in answers_of_all(tables).items() for _ in found
    )


def test_every_agreement_is_asked_of_the_real_document() -> None:
    """But of rows of 类 among 款, which it does not print, and of tables that are no national form, which it has not."""
    tables = tables_of(real(), yibin())
    counts = asked(tables)
    assert {row.code for row in AGREEMENTS} - counts.keys() == {"J129", "J141", "J142"}
    assert counts.total() > 700


def test_the_tiny_profile_gets_every_relation_its_tables_allow() -> None:
    """Two sides of 收支总表, each its parts and both alike; functions by level and by 类别; the fund's projects."""
    done = run(HERE / "data", HERE / "profiles", "tiny", 2023)
    assert isinstance(done, Run)
    counts = asked(tables_of(done.inputs, done.profile))
    assert counts == {"J101": 1, "J103": 2, "J104": 1, "J112": 1, "J140": 3, "J141": 22}


def each_table(change: Callable[[TableSpec], TableSpec]) -> Profile:
    outline = [item._replace(tables=tuple(map(change, item.tables))) for item in yibin().outline]
    return yibin()._replace(outline=tuple(outline))


def retitled(spec: TableSpec) -> TableSpec:
    return spec._replace(title=spec.title._replace(value=f"某{spec.key}"), kind="")


def relabelled(spec: TableSpec) -> TableSpec:
    def column(one: Column) -> Column:
        if isinstance(one, ColumnGroup):
            return ColumnGroup(f"{one.label}甲", tuple(map(column, one.columns)))
        return one._replace(label=f"{one.label}乙")

    def row(one: RowSpec) -> RowSpec:
        if isinstance(one, FixedRow):
            return one._replace(
                label=f"{one.label}丙" if one.label else "", column=f"{one.column}乙" if one.column else ""
            )
        if isinstance(one, GroupRows):
            return one._replace(below=tuple(map(row, one.below)))
        return one._replace(rows=tuple(map(row, one.rows))) if isinstance(one, BlockRows) else one

    panels = tuple(
        panel._replace(columns=tuple(map(column, panel.columns)), rows=tuple(map(row, panel.rows)))
        for panel in spec.panels
    )
    return spec._replace(panels=panels)


def reordered(spec: TableSpec) -> TableSpec:
    panels = tuple(panel._replace(columns=tuple(reversed(panel.columns))) for panel in spec.panels)
    return spec._replace(panels=panels)


@pytest.mark.parametrize("change", [retitled, relabelled, reordered])
def test_other_words_in_another_order_are_asked_the_same(change: Callable[[TableSpec], TableSpec]) -> None:
    """However its tables and columns are called and placed, as many relations are asked; codes of forms need the form."""
    before, after = asked(tables_of(real(), yibin())), asked(tables_of(real(), each_table(change)))
    assert before.total() == after.total()
    if change is not retitled:
        assert before == after


def test_tables_in_another_order_are_asked_the_same() -> None:
    outline = [item._replace(tables=tuple(reversed(item.tables))) for item in yibin().outline]
    before, after = (
        asked(tables_of(real(), yibin())),
        asked(tables_of(real(), yibin()._replace(outline=tuple(outline)))),
    )
    inside = {
        row.code
        for row in AGREEMENTS
        if row.one == row.other and row.code not in ("J101", "J116", "J140", "J215", "J217")
    }
    assert {code: before[code] for code in inside} == {code: after[code] for code in inside}
    assert {row.code for row in AGREEMENTS} - after.keys() <= {
        "J129",
        "J141",
        "J142",
        "J201",
        "J202",
        "J203",
        "J301",
        "J302",
    }


def test_a_table_dropped_takes_only_its_own_relations() -> None:
    def without(key: str) -> Profile:
        outline = [
            item._replace(tables=tuple(spec for spec in item.tables if spec.key != key)) for item in yibin().outline
        ]
        return yibin()._replace(outline=tuple(outline))

    before, after = asked(tables_of(real(), yibin())), asked(tables_of(real(), without("08-three-public")))
    assert before.keys() - after.keys() == {"J121", "J212"}
    assert {code: before[code] for code in after} == dict(after)


@pytest.mark.parametrize("share", seeds(3, 1, 3))
def test_each_wrong_digit_of_a_total_is_found(share: int, run_2022: Run) -> None:
    """Whatever amount of the 合计 row of a table is wrong, some relation says so."""
    national = load_national()
    kinds = kinds_of(run_2022.profile, national)
    reading = reading_of(run_2022.document)
    bound = bound_of(run_2022.document, reading, kinds)
    missed = []
    for number, table in enumerate(bound.tables):
        for column, leaf in enumerate(table.columns):
            text = table.table.rows[0][column]
            if not isinstance(leaf, AmountColumn) or not text or table.scopes[0][table.panels[column]] is None:
                continue
            if (number + column) % 3 != share:
                continue
            row = list(table.table.rows[0])
            row[column] = f"{Decimal(text) + 1:.2f}"
            wrong = table._replace(table=table.table._replace(rows=(tuple(row), *table.table.rows[1:])))
            changed = bound._replace(tables=(*bound.tables[:number], wrong, *bound.tables[number + 1 :]))
            tables = Tables(changed, run_2022.profile.tables, Forms(national.names, kinds))
            if not any(isinstance(one, Finding) for found in answers_of_all(tables).values() for one in found):
                missed.append((table.key, leaf.label))
    assert missed == []
