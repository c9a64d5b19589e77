"""Documents of other hands, made from a good one: rows, columns, words, sections, tables lost, doubled or changed.

Each damage takes a reading and a source of chance, and gives a reading that a file could give.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from generator.model.reading import ReadBlock, ReadHeading, Reading, ReadParagraph, ReadTable
from tests.trigger_words import NUMBERS, sentence, triggers

_NUMBER = re.compile(r"\d[\d,.]*")
Damage = Callable[[random.Random, ReadTable], ReadTable]


def damaged(rng: random.Random, reading: Reading) -> Reading:
    """The reading after one to four damages."""
    for _ in range(rng.randint(1, 4)):
        change = rng.choice((_a_table, _a_table, _a_paragraph, _a_paragraph, _blocks, _edges))
        reading = change(rng, reading)
    return reading


def words(rng: random.Random) -> str:
    """Something a cell, a heading or a column may say."""
    return rng.choice(("", " ", "　", rng.choice(triggers()), rng.choice(NUMBERS), sentence(rng, 3)))


# tables


def _a_table(rng: random.Random, reading: Reading) -> Reading:
    places = [place for place, block in enumerate(reading.blocks) if isinstance(block, ReadTable)]
    if not places:
        return reading
    place, blocks = rng.choice(places), list(reading.blocks)
    table = blocks[place]
    assert isinstance(table, ReadTable)
    blocks[place] = rng.choice(TABLE_DAMAGES)(rng, table)
    return reading._replace(blocks=tuple(blocks))


def without_body(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, [])


def rows_lost(rng: random.Random, table: ReadTable) -> ReadTable:
    keep = rng.random()
    return _with_rows(table, [row for row in table.rows if rng.random() < keep])


def first_row_lost(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, list(table.rows[1:]))


def only_one_row(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, [rng.choice(table.rows)] if table.rows else [])


def rows_shuffled(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, rng.sample(table.rows, len(table.rows)))


def row_doubled(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, [*table.rows, *table.rows[-1:]])


def empty_row(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, [*table.rows, rng.choice(((), ("",) * len(table.columns)))])


def rows_cut(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_rows(table, [row[: rng.randint(0, len(row))] for row in table.rows])


def cells_emptied(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_cells(rng, table, lambda text: "")


def cells_said(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_cells(rng, table, lambda text: words(rng))


def cells_zero(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_cells(rng, table, lambda text: rng.choice(("0.00", "0", "")) if "." in text else text, 1.0)


def codes_cut(rng: random.Random, table: ReadTable) -> ReadTable:
    return _with_cells(rng, table, lambda text: text[:-1] if text.isdigit() else text)


def all_columns_gone(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(columns=())


def headers_gone(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(columns=((),) * len(table.columns))


def headers_said(rng: random.Random, table: ReadTable) -> ReadTable:
    columns = [path if rng.random() < 0.7 else _path(rng, path) for path in table.columns]
    return table._replace(columns=tuple(columns))


def columns_lost(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(columns=table.columns[: rng.randint(0, len(table.columns))])


def columns_swapped(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(columns=tuple(rng.sample(table.columns, len(table.columns))))


def head_changed(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(caption=rng.choice(("", words(rng), table.caption)), headline=words(rng))


def notes_changed(rng: random.Random, table: ReadTable) -> ReadTable:
    return table._replace(notes=tuple(sentence(rng) for _ in range(rng.randint(0, 2))))


def look_changed(rng: random.Random, table: ReadTable) -> ReadTable:
    if table.look is None:
        return table
    look = table.look._replace(grid=table.look.grid[:1], alignments=table.look.alignments[1:], text_width=0)
    return table._replace(look=rng.choice((None, look)))


TABLE_DAMAGES: tuple[Damage, ...] = (
    without_body, rows_lost, first_row_lost, only_one_row, rows_shuffled, row_doubled, empty_row, rows_cut,
    cells_emptied, cells_said, cells_zero, codes_cut, all_columns_gone, headers_gone, headers_said, columns_lost,
    columns_swapped, head_changed, notes_changed, look_changed,
)  # fmt: skip


def _with_rows(table: ReadTable, rows: list[tuple[str, ...]]) -> ReadTable:
    return table._replace(rows=tuple(rows), cells=tuple(map(len, rows)))


def _with_cells(
    rng: random.Random, table: ReadTable, change: Callable[[str], str], share: float | None = None
) -> ReadTable:
    often = rng.random() if share is None else share
    rows = [tuple(change(text) if rng.random() < often else text for text in row) for row in table.rows]
    return table._replace(rows=tuple(rows))


def _path(rng: random.Random, path: tuple[str, ...]) -> tuple[str, ...]:
    return rng.choice(((), path[1:], path[:1], (*path, words(rng)), (words(rng),)))


# words


def _a_paragraph(rng: random.Random, reading: Reading) -> Reading:
    places = [place for place, block in enumerate(reading.blocks) if isinstance(block, (ReadParagraph, ReadHeading))]
    if not places:
        return reading
    place, blocks = rng.choice(places), list(reading.blocks)
    block = blocks[place]
    assert not isinstance(block, ReadTable)
    blocks[place] = block._replace(text=_changed(rng, block.text))
    return reading._replace(blocks=tuple(blocks))


def _changed(rng: random.Random, text: str) -> str:
    start = rng.randint(0, len(text))
    end = rng.randint(start, min(len(text), start + 12))
    put = rng.choice(("", "", rng.choice(NUMBERS), rng.choice(triggers()), sentence(rng)))
    numbers = _NUMBER.sub(lambda found: rng.choice((found[0], rng.choice(NUMBERS))), text)
    return rng.choice(
        (text[:start] + put + text[end:], numbers, numbers, text[:start], text[start:], sentence(rng), "")
    )


def _blocks(rng: random.Random, reading: Reading) -> Reading:
    """Blocks lost, doubled, moved; a section without its words; words where none were."""
    blocks = list(reading.blocks)
    if not blocks:
        return reading
    place = rng.randrange(len(blocks))
    other = rng.randrange(len(blocks))
    new: ReadBlock = rng.choice(
        (ReadParagraph(sentence(rng), _section(rng, reading)), ReadHeading(rng.randint(1, 3), sentence(rng, 2)))
    )
    headings = [index for index, block in enumerate(blocks) if isinstance(block, ReadHeading)]
    first = rng.choice(headings) if headings else 0
    last = next((index for index in headings if index > first), len(blocks))
    return reading._replace(
        blocks=tuple(
            rng.choice((
                blocks[:place] + blocks[place + 1 :], [*blocks[:place], blocks[other], *blocks[place:]],
                [*blocks[:place], new, *blocks[place:]], blocks[: first + 1] + blocks[last:], blocks[:place],
                [block for block in blocks if not isinstance(block, ReadHeading)],
                [block for block in blocks if not isinstance(block, ReadParagraph)],
                [block for block in blocks if not isinstance(block, ReadTable)],
            ))
        )
    )  # fmt: skip


def _section(rng: random.Random, reading: Reading) -> str:
    return rng.choice([heading.text for heading in reading.headings] or [""])


def _edges(rng: random.Random, reading: Reading) -> Reading:
    """The cover, the contents and what only a file shows."""
    contents = [line._replace(text=words(rng)) if rng.random() < 0.1 else line for line in reading.contents]
    pages = [line._replace(page=rng.choice(("", "9" * 9, "0"))) for line in reading.contents]
    look = reading.look
    return rng.choice((
        reading._replace(cover=()), reading._replace(cover=(words(rng), *reading.cover[1:])),
        reading._replace(contents=()), reading._replace(contents=tuple(contents)),
        reading._replace(contents=tuple(pages)), reading._replace(look=None),
        reading._replace(look=look._replace(fonts=(words(rng),), number_restarts=(), numbered_footers=0) if look else None),
    ))  # fmt: skip
