"""Tables of lists (清单) back into the lists' files: a record of each row, with the words of the groups it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.intake.document.printed import amount_in
from generator.model.bound import Bound, BoundTable
from generator.model.money import Scale
from generator.model.profile import Profile, ordinal_pattern
from generator.model.record import FieldKind, RecordList
from generator.model.table_spec import BlockRows, GroupRows, RecordColumn, RecordRows, RowSpec, TextColumn
from generator.model.tree import Tree


class _Row(NamedTuple):
    """A row's words by what their columns are of, its numbers by field, and its first words."""

    said: dict[str, str]
    numbers: dict[str, str]
    first: str


def lists_of(bound: Bound, profile: Profile, units: Sequence[str], of_project: Mapping[str, str]) -> dict[str, Tree]:
    """The files of the lists that tables print, empty ones too. ``of_project``: a project's unit by its name.

    A record whose unit no column says is its project's unit's, else the first of ``units``.
    """
    found: dict[str, Tree] = {one.file: [] for one in profile.lists}
    specs = {spec.key: spec for spec in profile.tables}
    done = set[str]()
    for table in bound.tables:
        spec = specs.get(table.key)
        for rows in _record_rows([row for panel in spec.panels for row in panel.rows]) if spec is not None else ():
            declared = next((one for one in profile.lists if one.name == rows.list), None)
            if declared is None or rows.where or declared.name in done or not rows.each:
                continue
            records: list[Tree] = []
            for record in _records(table, rows, declared, profile):
                unit = of_project.get(record.get("项目", ""), units[0])
                records.append({**({"单位": unit} if len(units) > 1 and not declared.field("单位") else {}), **record})
            if records:
                done.add(declared.name)
                found[declared.file] = records
    return found


def _record_rows(rows: Sequence[RowSpec]) -> Iterator[RecordRows]:
    for row in rows:
        if isinstance(row, RecordRows):
            yield row
        elif isinstance(row, BlockRows):
            yield from _record_rows(row.rows)
        elif isinstance(row, GroupRows):
            yield from _record_rows(row.below)


def _records(table: BoundTable, spec: RecordRows, declared: RecordList, profile: Profile) -> Iterator[dict[str, str]]:
    told: dict[str, str] = {}
    for place in range(len(table.table.rows)):
        row = _read(table, place, declared, profile.conventions.table_scale)
        if not row.first or row.first == spec.total:
            continue
        depth = _depth(row, spec, table, declared, profile)
        if depth is None:
            words = {name: text for name, text in row.said.items() if declared.field(name)}
            yield {
                one.name: value for one in declared.fields if (value := {**told, **words, **row.numbers}.get(one.name))
            }
            continue
        for group in spec.groups[depth:]:
            for name in group:
                told.pop(name, None)
        told |= _told(row, spec.groups[depth], declared, profile)


def _read(table: BoundTable, place: int, declared: RecordList, scale: Scale) -> _Row:
    said, numbers, first = dict[str, str](), dict[str, str](), ""
    for column, (leaf, text) in enumerate(zip(table.columns, map(str.strip, table.table.rows[place]), strict=False)):
        if isinstance(leaf, TextColumn) and text:
            said[leaf.source] = text
            first = first or text
        elif isinstance(leaf, RecordColumn) and not leaf.where and table.panels[column] >= 0:
            field, value = declared.field(leaf.field), amount_in(text, leaf.format, scale)
            if field is not None and value is not None:
                numbers[leaf.field] = f"{value:.2f}" if field.kind is FieldKind.MONEY else f"{value:f}"
    return _Row(said, numbers, first)


def _depth(row: _Row, spec: RecordRows, table: BoundTable, declared: RecordList, profile: Profile) -> int | None:
    """Which group a row is of, from the outermost; None of a record."""
    printed = {leaf.source for leaf in table.columns if isinstance(leaf, TextColumn)}
    for depth, group in enumerate(spec.groups):
        own = printed & set(group)
        if own and row.said and set(row.said) <= own:
            return depth
        field = declared.field(group[0])
        named = field is not None and _bare(row.first, field.choices, profile) in (field.choices or (row.first,))
        if not own and len(row.said) == len(group) == 1 and named:
            return depth
    return None


def _told(row: _Row, group: tuple[str, ...], declared: RecordList, profile: Profile) -> dict[str, str]:
    told = {name: row.said[name] for name in group if name in row.said} or {group[0]: row.first}
    found = {}
    for name, text in told.items():
        field = declared.field(name)
        found[name] = _bare(text, field.choices if field is not None else (), profile)
    return found


def _bare(text: str, choices: tuple[str, ...], profile: Profile) -> str:
    """A group's words without the number in front that the table gave it."""
    if text in choices:
        return text
    for pattern in profile.numbering.ordinals:
        hit = re.match(ordinal_pattern(pattern), text)
        if hit is not None and (text[hit.end() :] in choices or not choices):
            return text[hit.end() :]
    return text
