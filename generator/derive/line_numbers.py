"""行次 of the forms of final accounts: every row counted, of panels side by side one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.book import GridRow
from generator.model.table_spec import LINE, TableSpec, TextColumn, leaves


def lined(spec: TableSpec, rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """The rows with their numbers in columns of 行次: the second panel goes on from the first one's last row."""
    columns = [(panel, leaf) for panel, one in enumerate(spec.panels) for leaf in leaves(one.columns)]
    counted = {
        place: panel * len(rows)
        for place, (panel, leaf) in enumerate(columns)
        if isinstance(leaf, TextColumn) and leaf.source == LINE
    }
    for number, row in enumerate(rows, 1):
        texts = [str(counted[place] + number) if place in counted else text for place, text in enumerate(row.texts)]
        yield row._replace(texts=tuple(texts))
