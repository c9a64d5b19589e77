"""Templates in a table's own words: its title and the names of its rows, filled before anything asks for a table by its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.compose.formats import Formats
from generator.compose.templates import Templates
from generator.model.department import Inputs
from generator.model.document import Run
from generator.model.problem import Problems
from generator.model.profile import Profile
from generator.model.remember import Remember, anew
from generator.model.source import Position, Text
from generator.model.table_spec import (
    AmountColumn,
    BlockRows,
    Column,
    ColumnGroup,
    FixedRow,
    GroupRows,
    RowSpec,
    TableSpec,
    leaves,
)

_REMEDY = "表的标题和行名里可以用：{{ 年 }}、{{ 上年 }}、{{ 部门 }}、{{ 版 }}、{{ 本部门 }}、{{ 表内单位 }}。"
Fill = Callable[[Text], str]


def titled(profile: Profile, inputs: Inputs, remember: Remember = anew) -> tuple[Profile, Problems]:
    """The profile with the titles and row names of its tables filled in, and what is wrong in them.

    They stand in the contents, the caption, a reference, an answer of ``explain``: all of them must name the same.
    """
    values = {
        "部门": Run(inputs.department.name),
        "版": inputs.department.edition,
        "本部门": f"本{inputs.department.edition}",
        "年": str(inputs.department.year),
        "上年": str(inputs.department.year - 1),
        "表内单位": Formats(profile.conventions).table_unit,
    }
    templates = Templates({}, values, {}, remember)
    agencies = inputs.department.agencies
    outline = tuple(
        part._replace(tables=tuple(_table(spec, templates.text, agencies) for spec in part.tables))
        for part in profile.outline
    )
    templates.leave()
    problems = tuple(
        problem._replace(remedy=_REMEDY) if problem.code == "P102" else problem for problem in templates.problems
    )
    return profile._replace(outline=outline), problems


def _table(spec: TableSpec, fill: Fill, agencies: Mapping[str, str]) -> TableSpec:
    place = Position(spec.title.position.file)
    panels = tuple(
        panel._replace(columns=_columns(panel.columns, agencies), rows=_rows(panel.rows, place, fill))
        for panel in spec.panels
    )
    return spec._replace(title=spec.title._replace(value=fill(spec.title)), panels=panels)


def _columns(columns: tuple[Column, ...], agencies: Mapping[str, str]) -> tuple[Column, ...]:
    """With a column of each unit where one stands for all."""
    if not any(isinstance(leaf, AmountColumn) and leaf.each for leaf in leaves(columns)):
        return columns
    found: list[Column] = []
    for column in columns:
        if isinstance(column, ColumnGroup):
            found.append(column._replace(columns=_columns(column.columns, agencies)))
        elif isinstance(column, AmountColumn) and column.each:
            each = column.each
            found += (AmountColumn(name, column.filter.narrowed((each, (code,)))) for code, name in agencies.items())
        else:
            found.append(column)
    return tuple(found)


def _rows(rows: tuple[RowSpec, ...], place: Position, fill: Fill) -> tuple[RowSpec, ...]:
    return tuple(_row(row, place, fill) for row in rows)


def _row(row: RowSpec, place: Position, fill: Fill) -> RowSpec:
    if isinstance(row, FixedRow):
        also = tuple((column, fill(Text(words, place))) for column, words in row.also)
        return row._replace(label=fill(Text(row.label, place)), also=also)
    if isinstance(row, GroupRows):
        return row._replace(below=_rows(row.below, place, fill))
    if isinstance(row, BlockRows):
        return row._replace(rows=_rows(row.rows, place, fill))
    return row
