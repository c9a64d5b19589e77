"""数的格式 of report.yaml: named ways to write numbers; and where conventions, tables, columns and figures choose one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import yaml

from generator.load.fields import Fields, brief, fields_of, pairs_of, text_of
from generator.load.yaml_text import Node, Reader
from generator.model.money import CENT, Scale
from generator.model.number_format import NumberFormat
from generator.model.problem import which_of
from generator.model.profile import Conventions, Profile
from generator.model.table_spec import NUMBERS, Column, ColumnGroup, Leaf, TableSpec, is_rate

UNITS = {"万元": Scale.WAN, "元": Scale.YUAN}
_ZEROS = {"空白": "", "0": "0", "0.00": "0.00", "-": "-", "照常": None}
_PLACES = r"(至多|0或)?([0-4])"
CHOSEN = "格式"


def read_formats(reader: Reader, node: Node | None) -> Iterator[tuple[str, NumberFormat]]:
    """The declared formats by name."""
    for key, value in pairs_of(reader, node, "数的格式"):
        yield key.value, _format(reader, value, f"数的格式“{key.value}”")


def _format(reader: Reader, node: Node | None, what: str) -> NumberFormat:
    fields = fields_of(reader, node, what)
    unit = fields.choice("单位", tuple(UNITS), "万元")
    places = fields.text("小数", "2")
    found = re.fullmatch(_PLACES, places)
    if found is None:
        remedy = "请填 0、1、2，“至多2”（末尾的零不印），或“0或2”（整数不印小数，别的两位）。"
        reader.report("Y008", fields.values["小数"][1], f"“小数”不能是“{brief(places)}”", remedy)
    made = NumberFormat(
        UNITS[unit],
        int(found[2]) if found else 2,
        found is not None and found[1] == "至多",
        fields.flag("千分位"),
        _ZEROS[fields.choice("零", tuple(_ZEROS), "照常")],
        fields.choice("取整", ("四舍五入", "截断"), "四舍五入") == "截断",
        whole=found is not None and found[1] == "0或",
    )
    fields.finish()
    return made


def chosen_format(reader: Reader, fields: Fields, key: str = CHOSEN) -> NumberFormat | None:
    """The format a key names, or spells out; None where it is not there."""
    node = fields.take(key, False)
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return _format(reader, node, f"“{key}”")
    name = text_of(reader, node, f"“{key}”")
    if name and name not in reader.formats:
        reader.report("P002", node, f"没有名为“{brief(name)}”的数的格式", which_of(name, list(reader.formats)))
    return reader.formats.get(name)


def with_formats(profile: Profile) -> Profile:
    """The profile with the format of each column of numbers at the column: its own, its table's, or the usual one (表内金额)."""
    chosen = any(spec.format or any(map(_own, spec.leaves)) for spec in profile.tables)
    if not chosen and profile.conventions.table_format is None and profile.conventions.percent_format is None:
        return profile
    outline = (
        part._replace(tables=tuple(_formatted(spec, profile.conventions) for spec in part.tables))
        for part in profile.outline
    )
    return profile._replace(outline=tuple(outline))


def _own(leaf: Leaf) -> NumberFormat | None:
    return leaf.format if isinstance(leaf, NUMBERS) else None


def _formatted(spec: TableSpec, conventions: Conventions) -> TableSpec:
    usual = spec.format or conventions.table_format
    head, cent = (usual.scale if usual else conventions.table_scale), conventions.table_scale.value * CENT

    def marked(way: NumberFormat) -> NumberFormat:
        return way._replace(coarse=way.cut or way.grain > cent, times=Decimal(way.scale.value) / head.value)

    def told(column: Column) -> Column:
        if isinstance(column, ColumnGroup):
            return column._replace(columns=tuple(map(told, column.columns)))
        own = _own(column) or (conventions.percent_format if is_rate(column) else usual)
        if own is None or not isinstance(column, NUMBERS):
            return column
        return column._replace(format=own if is_rate(column) else marked(own))

    panels = (panel._replace(columns=tuple(map(told, panel.columns))) for panel in spec.panels)
    return spec._replace(format=marked(usual) if usual else None, panels=tuple(panels))
