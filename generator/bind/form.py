"""The cells of a form that is no pivot (表单): its rows recognised by the words that stand in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.bind.order import settle
from generator.bind.words import Word, Words, plain
from generator.model.reading import ReadTable
from generator.model.table_spec import FormCell, FormRow, TableSpec

Cells = tuple[FormCell | None, ...]


def cells_of(spec: TableSpec, table: ReadTable, words: Words) -> tuple[tuple[Cells, ...], tuple[str, ...]]:
    """For each row of the table the form's cells by grid column, None where there is none; and why some are not known."""
    rows = [tuple(map(plain, row)) for row in table.rows]
    width = len(spec.widths) or max(map(_width, spec.form), default=0)
    said = [tuple(_labels(spec, row, words)) for row in spec.form]
    least = [0 if row.each or not labels else 1 for row, labels in zip(spec.form, said, strict=True)]
    choices = [
        _closest([_likeness(labels, cells, words) for labels in said], least) if any(cells) else () for cells in rows
    ]
    steps = {
        (here, there): max(there - here - 1, 0)
        for here in range(-1, len(spec.form))
        for there in range(len(spec.form))
        if there > here or (there == here and spec.form[there].each)
    }
    found: list[Cells] = []
    reasons = []
    for number, place in enumerate(settle(choices, steps)):
        if place >= 0 and len(rows[number]) == width:
            found.append(tuple(_by_column(spec.form[place])))
            continue
        found.append((None,) * len(rows[number]))
        if any(rows[number]):
            words_ = "".join(rows[number])[:20]
            reasons.append(f"第{number + 1}行“{words_}”不是格式方案里的行，或分不清是哪一行")
    return tuple(found), tuple(reasons)


def _width(row: FormRow) -> int:
    return sum(cell.span for cell in row.cells)


def _by_column(row: FormRow) -> Iterator[FormCell | None]:
    for cell in row.cells:
        yield cell
        yield from (None,) * (cell.span - 1)


class _Label(NamedTuple):
    """A word of a form's row, the grid column it stands in, and whether it may be blank, as the cell above goes on."""

    column: int
    word: Word
    may_go_on: bool


def _labels(spec: TableSpec, row: FormRow, words: Words) -> Iterator[_Label]:
    column = 0
    for place, cell in enumerate(row.cells):
        if cell.text:
            yield _Label(column, words.word(cell.text), place in spec.merged)
        column += cell.span


def _likeness(labels: Sequence[_Label], cells: Sequence[str], words: Words) -> int:
    """How many of a form row's words stand in a row; -1 when another stands where one should."""
    met = 0
    for column, word, may_go_on in labels:
        text = cells[column] if column < len(cells) else ""
        if word.is_meant(text) or word.is_meant(words.bare(text)):
            met += 1
        elif text or not may_go_on:
            return -1
    return met


def _closest(likeness: Sequence[int], least: Sequence[int]) -> tuple[int, ...]:
    """The form's rows of which the most words were met, and the least that must."""
    best = max(likeness, default=-1)
    return tuple(place for place, met in enumerate(likeness) if met == best and met >= least[place])
