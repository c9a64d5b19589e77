"""Which column of a definition each column of a table is, by the words of the header above it.

The closest words count first, and a column is bound only where neither side has another choice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from generator.bind.words import Word, Words, narrows, plain
from generator.model.ledger import Filter
from generator.model.national import National
from generator.model.table_spec import AmountColumn, Column, ColumnGroup, Leaf, TableSpec, TextColumn

Path = tuple[Word, ...]
Said = tuple[str, ...]
Likeness = Callable[[Path, Said], bool]
_Any = TypeVar("_Any")
_NAME = re.compile("[类款项]|项目|.*(?:编码|代码|名称|科目|单位|类型)")
"""The own words of columns that hold no amounts."""


def paths_of(spec: TableSpec, words: Words) -> list[Path]:
    """The header words over each column of a definition, outermost first; of two panels first the panel's title."""
    beside = len(spec.panels) > 1

    def below(columns: Iterable[Column], above: Path) -> Iterator[Path]:
        for column in columns:
            path = (*above, words.word(column.label)) if column.label.strip() else above
            if isinstance(column, ColumnGroup):
                yield from below(column.columns, path)
            else:
                yield path

    return [
        path
        for panel in spec.panels
        for path in below(
            panel.columns, tuple(words.word(one) for one in (panel.above, panel.title) if beside and one.strip())
        )
    ]


def said_of(columns: Sequence[Sequence[str]]) -> list[Said]:
    """The plain words over each column of a table."""
    return [tuple(word for text in path if (word := plain(text))) for path in columns]


def match(spec: TableSpec, columns: Sequence[Sequence[str]], words: Words, national: National) -> list[int | None]:
    """For each column of a table the number of the definition's column that it is, None where it is none of them."""
    paths = paths_of(spec, words)
    said = said_of(columns)
    if len(paths) == len(said) and all(map(_exactly, paths, said)):
        return list(range(len(said)))
    defined = spec.leaves
    paths = [_as_wide(path, spec.filter, leaf) for path, leaf in zip(paths, defined, strict=True)]
    found: list[int | None] = [None] * len(said)
    texts = {place for place, leaf in enumerate(defined) if isinstance(leaf, TextColumn)}
    totals = frozenset(map(plain, national.totals))
    for alike in (_exactly, _by_another_name):
        _bind(paths, said, found, alike)
    _bind([path if place in texts else () for place, path in enumerate(paths)], said, found, _by_last(paths, said))
    names = {
        column for column, path in enumerate(said) if found[column] in texts or (path and _NAME.fullmatch(path[-1]))
    }
    ours, theirs = _cover(paths, texts), _cover(said, names)
    if narrows(theirs, spec.filter):
        theirs = ""
    inner, seen = _within(paths, texts, ours), _within(said, names, theirs)
    wholes, parts = [_of_whole(path, totals) for path in inner], [_of_whole(path, totals) for path in seen]
    for one, other in ((inner, seen), (wholes, parts)):
        for alike in (_exactly, _by_another_name):
            _bind(one, other, found, alike)
    by_last = _by_last(wholes, parts)
    _bind(wholes, parts, found, lambda path, text: _in_group(path, text) and by_last(path, text))
    return found


def _in_group(path: Path, said: Said) -> bool:
    """Whether an amount's column is in the same outermost group, and says no word more, which might narrow it."""
    return path[0].is_meant(said[0]) and len(said) <= len(path)


def _as_wide(path: Path, scope: Filter, leaf: Leaf) -> Path:
    """A column's path, of amounts without names that say less than they are."""
    if not isinstance(leaf, AmountColumn):
        return path
    selects = scope.narrowed(*leaf.filter.terms)
    return tuple(word.as_wide(selects) for word in path)


def _of_whole(path: tuple[_Any, ...], totals: frozenset[str]) -> tuple[_Any, ...]:
    """A path without the 小计 of what stands above it: one place prints 基本支出, another 基本支出·小计."""
    last = path[-1] if path else ""
    said = last.text if isinstance(last, Word) else last
    return path[:-1] if len(path) > 1 and said in totals else path


def _exactly(path: Path, said: Said) -> bool:
    return len(path) == len(said) and all(word.is_said(text) for word, text in zip(path, said, strict=True))


def _by_another_name(path: Path, said: Said) -> bool:
    return len(path) == len(said) and all(word.is_meant(text) for word, text in zip(path, said, strict=True))


def _bind(paths: Sequence[Path], said: Sequence[Said], found: list[int | None], alike: Likeness) -> None:
    """Bind the columns that are like one definition's only, and it like them only."""
    taken = {leaf for leaf in found if leaf is not None}
    free = [leaf for leaf in range(len(paths)) if leaf not in taken and paths[leaf]]
    choices = {
        column: [leaf for leaf in free if alike(paths[leaf], said[column])]
        for column in range(len(said))
        if found[column] is None and said[column]
    }
    wanted: dict[int, int] = defaultdict(int)
    for leaves_ in choices.values():
        for leaf in leaves_:
            wanted[leaf] += 1
    for column, leaves_ in choices.items():
        if len(leaves_) == 1 and wanted[leaves_[0]] == 1:
            found[column] = leaves_[0]


def _by_last(paths: Sequence[Path], said: Sequence[Said]) -> Likeness:
    """Likeness by a column's own word, which no other has on either side, whatever is missing above."""

    def alike(path: Path, text: Said) -> bool:
        own = path[-1]
        if not own.is_meant(text[-1]) or not _leads(path, text):
            return False
        return sum(own.is_meant(other[-1]) for other in said if other) == 1 and (
            sum(other[-1].is_meant(text[-1]) for other in paths if other) == 1
        )

    return alike


def _leads(path: Path, said: Said) -> bool:
    """Whether the shorter of both paths is the longer with words left out."""
    if len(path) <= len(said):
        texts = iter(said)
        return all(any(word.is_meant(text) for text in texts) for word in path)
    words = iter(path)
    return all(any(word.is_meant(text) for word in words) for text in said)


def _cover(paths: Sequence[tuple[_Any, ...]], names: set[int]) -> _Any | str:
    """The first word over all amounts, where there is one; ``names`` are the columns of words."""
    firsts = {path[0] if len(path) > 1 else "" for place, path in enumerate(paths) if place not in names}
    return firsts.pop() if len(firsts) == 1 else ""


def _within(paths: Sequence[tuple[_Any, ...]], names: set[int], cover: _Any | str) -> list[tuple[_Any, ...]]:
    """The paths without the word over all amounts."""
    return [path[1:] if cover and place not in names else path for place, path in enumerate(paths)]
