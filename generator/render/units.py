"""What the numbers of a table's columns are in: 万元, 元, %, or nothing that is said (counts)."""

from __future__ import annotations

from generator.model.document import Document, TableBlock
from generator.model.figure import Fact
from generator.model.profile import Profile
from generator.model.table_spec import AmountColumn, ComparedColumn, Leaf, RecordColumn, is_rate
from generator.render.cells import width_of


def units_of(document: Document, profile: Profile) -> dict[str, tuple[str, ...]]:
    """By a table's key, the unit of each grid column; empty of words, and of what counts things."""
    formats = {spec.key: spec.format for spec in profile.tables}
    usual = profile.conventions
    found = {}
    for block in document.blocks:
        if isinstance(block, TableBlock):
            of_table = formats.get(block.key) or usual.table_format
            unit = of_table.scale.label if of_table is not None else usual.table_scale.label
            leaves = block.columns or (None,) * width_of(block)
            found[block.key] = tuple(
                "" if _is_count(block, place) else _unit(leaf, unit) for place, leaf in enumerate(leaves)
            )
    return found


def _unit(leaf: Leaf | None, unit: str) -> str:
    if leaf is None:  # a form's cell of an amount stands anywhere
        return unit
    if is_rate(leaf):
        return "%"
    if isinstance(leaf, (AmountColumn, ComparedColumn, RecordColumn)):
        return leaf.format.scale.label if leaf.format is not None else unit
    return ""


def _is_count(block: TableBlock, place: int) -> bool:
    """Whether a column of a list (清单列) counts things."""
    if place >= len(block.columns) or not isinstance(block.columns[place], RecordColumn):
        return False
    figures = (row.figures[place] for row in block.rows)
    return any(isinstance(figure, Fact) and isinstance(figure.value, int) for figure in figures)
