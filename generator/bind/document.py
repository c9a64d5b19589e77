"""Our own document: each printed cell with what it was composed of. Nothing is searched for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.model.bound import Bound, BoundTable
from generator.model.document import Document, TableBlock, TableRow
from generator.model.ledger import Filter
from generator.model.reading import Reading, ReadTable
from generator.model.table_spec import AmountColumn, FormCell

_NO_KINDS: Mapping[str, str] = MappingProxyType({})


def bound_of(document: Document, reading: Reading, kinds: Mapping[str, str] = _NO_KINDS) -> Bound:
    """The document's reading with the meaning of every cell; ``kinds`` says which national form a table's key is.

    ``reading`` is of this document, before it was a file or read back from it, so that their tables are in one order.
    """
    blocks = [block for block in document.blocks if isinstance(block, TableBlock)]
    tables = zip(blocks, reading.tables, strict=True)
    return Bound(reading, tuple(_bound(block, table, kinds.get(block.key, "")) for block, table in tables), ())


def _bound(block: TableBlock, table: ReadTable, kind: str) -> BoundTable:
    is_form = any(row.cells for row in block.rows)
    return BoundTable(
        table,
        block.key,
        kind,
        block.scope,
        block.columns,
        block.panels,
        tuple(_scopes(block, row) for row in block.rows),
        tuple(tuple(_cells(row)) for row in block.rows) if is_form else (),
    )


def _scopes(block: TableBlock, row: TableRow) -> tuple[Filter | None, ...]:
    """What the row selects; nothing where its amounts are the row's above, as merged cells say."""
    joined = any(row.joined)
    if joined and any(isinstance(leaf, AmountColumn) and row.is_joined(at) for at, leaf in enumerate(block.columns)):
        return (None,) * len(row.scopes)
    return row.scopes


def _cells(row: TableRow) -> Iterator[FormCell | None]:
    """A form's cells by grid column: a wide one stands in its first."""
    for cell in row.cells:
        yield cell
        yield from (None,) * (cell.span - 1)
