"""Codes in another number of columns than the definition's: 类, 款 and 项 apart, or together in one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.bind.columns import Path, Said
from generator.model.classification import ITEMS
from generator.model.table_spec import Leaf, TextColumn

PARTS = ("类", "款", "项")


class CodeColumn(NamedTuple):
    """A column of a table with a code, or a part of one, that the definition has at ``places`` otherwise."""

    column: int
    places: tuple[int, ...]
    leaf: TextColumn


def code_columns(
    defined: Sequence[Leaf], paths: Sequence[Path], said: Sequence[Said], found: Sequence[int | None]
) -> list[CodeColumn]:
    """The columns of codes among those that nothing was found for; none that may be of two lists, or stands twice."""
    taken = set(found)
    free = [column for column, place in enumerate(found) if place is None and said[column]]
    made = [
        one
        for place, leaf in enumerate(defined)
        if place not in taken and isinstance(leaf, TextColumn) and paths[place]
        for one in _columns(place, leaf, defined, paths[place], {column: said[column] for column in free})
    ]
    columns, sources = Counter(one.column for one in made), Counter(one.leaf.source for one in made)
    return [one for one in made if columns[one.column] == sources[one.leaf.source] == 1]


def _columns(
    place: int, leaf: TextColumn, defined: Sequence[Leaf], path: Path, free: dict[int, Said]
) -> Iterator[CodeColumn]:
    dimension, _, part = leaf.source.rpartition(".")
    if dimension not in ITEMS:
        return
    for column, said in free.items():
        if part == "代码" and len(said) > 1 and said[-1] in PARTS and path[-1].is_meant(said[-2]):
            yield CodeColumn(column, (place,), TextColumn(said[-1], f"{dimension}.{said[-1]}"))
        elif part == "类" and len(path) > 1 and path[-2].is_meant(said[-1]):
            parts = {f"{dimension}.{one}" for one in PARTS}
            places = (i for i, one in enumerate(defined) if isinstance(one, TextColumn) and one.source in parts)
            yield CodeColumn(column, tuple(places), TextColumn(said[-1], f"{dimension}.代码"))
