"""A Reading whose numbers are known: what each cell and each number in prose means, by a profile or by composing it."""

from typing import NamedTuple

from generator.model.ledger import Filter
from generator.model.meaning import Meaning
from generator.model.reading import Reading, ReadTable
from generator.model.table_spec import AmountColumn, FormCell, Leaf


class BoundTable(NamedTuple):
    """A table of a reading that a profile's definition (``key``) says how to read.

    ``form`` is which national form it is (部门收入总表 …; “” none of them). ``columns`` is what stands in each grid
    column, None where the definition has no such column; ``panels`` in which panel each is. ``scopes`` is what each
    row selects, one for each panel, None where it has no amounts; ``cells`` a form's rows, cell by grid column.
    ``unbound`` says, in Chinese, what of it could not be told and why.
    """

    table: ReadTable
    key: str
    form: str
    scope: Filter
    columns: tuple[Leaf | None, ...]
    panels: tuple[int, ...]
    scopes: tuple[tuple[Filter | None, ...], ...]
    cells: tuple[tuple[FormCell | None, ...], ...] = ()
    unbound: tuple[str, ...] = ()

    def scope_of(self, row: int, column: int) -> Filter | None:
        """What the amount in a cell adds up; None for a cell without an amount, and in a row without any."""
        if self.cells:
            cell = self.cells[row][column] if column < len(self.cells[row]) else None
            return self.scope.narrowed(*cell.filter.terms) if cell and cell.filter is not None else None
        leaf = self.columns[column] if column < len(self.columns) else None
        if not isinstance(leaf, AmountColumn):
            return None
        selected = self.scopes[row][self.panels[column]]
        return self.scope.narrowed(*selected.terms, *leaf.filter.terms) if selected is not None else None


class BoundNumber(NamedTuple):
    """A number in prose: the paragraph (its place among the reading's paragraphs), where its text begins, and its meaning.

    ``text`` is as printed, with its unit or %; where a sentence says 持平 or 无…安排的支出 it is these words, for zero.
    """

    paragraph: int
    start: int
    text: str
    meaning: Meaning


class LostNumber(NamedTuple):
    """A number that should be in prose and was not read; ``words`` are those it should follow, ``why`` says it in Chinese."""

    section: str
    words: str
    meaning: Meaning
    why: str


class Bound(NamedTuple):
    """A reading with its meanings. ``unbound`` says which tables of the profile are not in it, and which are not the profile's.

    ``labelled`` are numbers of our own document once more, as the labels of the national statement before them tell.
    """

    reading: Reading
    tables: tuple[BoundTable, ...]
    numbers: tuple[BoundNumber, ...]
    unbound: tuple[str, ...] = ()
    lost: tuple[LostNumber, ...] = ()
    labelled: tuple[BoundNumber, ...] = ()
