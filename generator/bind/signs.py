"""What a definition's rows look like: which text columns speak in each, and of what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.bind.words import Words
from generator.model.classification import ITEMS
from generator.model.ledger import PROJECT_KINDS, Filter, grouping
from generator.model.table_spec import (
    BlockRows,
    FixedRow,
    GroupRows,
    IndicatorColumn,
    Leaf,
    Panel,
    RowSpec,
    TextColumn,
    leaves,
)

DEPARTMENT, AGENCY, PROJECT, OWNER = "部门", "单位", "项目", "所属单位"
AGENCIES = (DEPARTMENT, AGENCY)
_CODE = re.compile(r"[0-9A-Za-z-]+")
_WHOLE = {"类": 3, "款": 5, "项": 7}
"""How long a code is with this part of it."""
_NO_CODE = "?"
_COUNTED = ("序号", "行次")
"""A column that counts the rows says nothing of them."""
_TOTAL = re.compile("合计|总计|小计|其中")


class Node(NamedTuple):
    """A row of a definition at its place from top to bottom.

    ``above`` are the places of the groups that it stands inside of, ``blocks`` the numbers of the blocks, and
    ``within`` what those select.
    """

    spec: FixedRow | GroupRows
    above: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()
    within: Filter = Filter()

    @property
    def repeats(self) -> bool:
        """Whether the next row may be another of this kind; there is one department."""
        return isinstance(self.spec, GroupRows) and self.spec.by != (DEPARTMENT,)


def nodes_of(rows: Sequence[RowSpec]) -> list[Node]:
    """All rows of a definition from top to bottom."""
    found: list[Node] = []
    blocks = 0

    def walk(specs: Sequence[RowSpec], above: tuple[int, ...], inside: tuple[int, ...], within: Filter) -> None:
        nonlocal blocks
        for spec in specs:
            if isinstance(spec, BlockRows):
                blocks += 1
                walk(spec.rows, above, (*inside, blocks), within.narrowed(*spec.filter.terms))
            elif isinstance(spec, (FixedRow, GroupRows)):
                found.append(Node(spec, above, inside, within))
                if isinstance(spec, GroupRows):
                    walk(spec.below, (*above, len(found) - 1), inside, within)

    walk(rows, (), (), Filter())
    return found


def steps_of(nodes: Sequence[Node]) -> dict[tuple[int, int], int]:
    """From which place a reader comes to which (-1 the start), and how many places are passed over on the way."""
    return {
        (here, there): max(there - here - 1, 0)
        for here in range(-1, len(nodes))
        for there in range(len(nodes))
        if there > here or (nodes[there].repeats and (there == here or there in nodes[here].above))
    }


class Key(NamedTuple):
    """What a row says of one dimension that it is grouped by."""

    dimension: str
    code: str
    name: str


class Sign(NamedTuple):
    """What a grouped row must show: ``said`` are columns with (dimension, part), ``blank`` those without words.

    ``coded`` are dimensions whose code has a column: a row without it is none of them.
    """

    dimensions: tuple[str, ...]
    said: tuple[tuple[int, str, str], ...]
    blank: tuple[int, ...]
    coded: frozenset[str]
    lengths: Mapping[str, frozenset[int]]

    def keys(self, cells: Sequence[str], words: Words) -> tuple[Key, ...] | None:
        """What a row of plain cells says of each dimension; None when it is no such row."""
        if any(cells[column] for column in self.blank):
            return None
        codes, names = dict.fromkeys(self.dimensions, ""), dict.fromkeys(self.dimensions, "")
        for column, dimension, part in self.said:
            text = cells[column]
            if dimension == OWNER or not text:
                continue
            if part == "名称":
                names[dimension] = text
            elif not _may_be(dimension, part, text, words):
                return None
            elif part != "类型":
                codes[dimension] = _code(codes[dimension], text, part)
        keys = tuple(Key(dimension, codes[dimension], names[dimension]) for dimension in self.dimensions)
        alone = sum(1 for column, _, _ in self.said if cells[column]) == 1
        return keys if all(self._is_whole(key, alone) for key in keys) else None

    def _is_whole(self, key: Key, alone: bool) -> bool:
        """Whether a key is one; a name that stands alone and is a sum's is rather a total that the definition calls otherwise."""
        if not key.code:
            return bool(key.name) and key.dimension not in self.coded and not (alone and _TOTAL.search(key.name))
        return key.dimension not in ITEMS or len(key.code) in self.lengths[key.dimension]


def _may_be(dimension: str, part: str, text: str, words: Words) -> bool:
    """Whether a text may be the code of a dimension, or the kind of a project."""
    if part == "类型":
        return any(words.word(kind).is_meant(text) for kind in PROJECT_KINDS)
    if dimension in ITEMS:
        return text.isdecimal()
    return dimension not in AGENCIES or _CODE.fullmatch(text) is not None


def _code(before: str, piece: str, part: str) -> str:
    """类, 款 and 项 put together, each only after the one above it; a place may print the whole code in each."""
    whole = piece if piece.startswith(before) and len(piece) == _WHOLE.get(part) else before + piece
    return whole if len(whole) == _WHOLE.get(part, len(whole)) else _NO_CODE


def sign_of(node: GroupRows, nodes: Sequence[Node], columns: Sequence[tuple[int, Leaf]], panel: Panel) -> Sign | None:
    """What rows of a group show in the columns (place, leaf) that a table has of its panel.

    None where a part of their code has no column there: half a code is the code of something else.
    """
    said, blank = [], []
    for place, leaf in columns:
        if isinstance(leaf, TextColumn) and leaf.source not in _COUNTED:
            found = _says(node.by, leaf.source)
            said.append((place, *found)) if found else blank.append(place)
        elif isinstance(leaf, IndicatorColumn) and not node.expand:
            blank.append(place)
    wanted = {
        _says(node.by, leaf.source)
        for leaf in leaves(panel.columns)
        if isinstance(leaf, TextColumn) and leaf.source not in _COUNTED
    }
    there = {(dimension, part) for _, dimension, part in said}
    if not all(_is_coded(each, there, node.by) for each in wanted if each and each[0] in ITEMS and each[1] != "名称"):
        return None
    said.sort(key=lambda each: "类款项".find(each[2]))  # as a code is put together, however the columns stand
    coded = frozenset(dimension for dimension, part in there if part not in ("名称", "类型"))
    lengths = {
        grouping(name)[0]: frozenset(map(len, node.codes)) if node.codes else _lengths(name, nodes) for name in node.by
    }
    return Sign(tuple(map(_dimension, node.by)), tuple(said), tuple(blank), coded, lengths)


def _is_coded(wanted: tuple[str, str], there: set[tuple[str, str]], by: Sequence[str]) -> bool:
    """Whether a part of a code has a column, or the whole code has one, or all parts of a whole one have."""
    dimension, part = wanted
    parts = {
        (dimension, one)
        for name in by
        for one, length in _WHOLE.items()
        if grouping(name)[0] == dimension and length <= ITEMS[dimension] and _has(name, one)
    }
    return wanted in there or (dimension, "代码") in there or (part == "代码" and parts <= there)


def _lengths(name: str, nodes: Sequence[Node]) -> frozenset[int]:
    """How long a group's codes are. A place may print the levels above the finest one that the definition has too."""
    dimension, length = grouping(name)
    finest = ITEMS.get(dimension, 0)
    if length is not None:
        return frozenset({length})
    others = {grouping(other)[1] for node in nodes if isinstance(node.spec, GroupRows) for other in node.spec.by
              if grouping(other)[0] == dimension}  # fmt: skip
    return frozenset(range(3, finest + 1, 2)) - {length for length in others if length is not None}


def _dimension(name: str) -> str:
    return name if name == DEPARTMENT else grouping(name)[0]


def _says(by: tuple[str, ...], source: str) -> tuple[str, str] | None:
    """Of what a text column speaks in a group's rows: of “a/b” the first that says something (derive/tables.py)."""
    return next(_one(by, source), None)


def _one(by: tuple[str, ...], source: str) -> Iterator[tuple[str, str]]:
    for one in source.split("/"):
        group, _, part = one.rpartition(".")
        own = _dimension(by[0])
        if not group and part in by:  # a closed list
            yield part, "名称"
        elif not group or (group == AGENCY and own in AGENCIES):
            yield own, part
        elif group == AGENCY and AGENCY in by:
            yield AGENCY, part
        elif group == AGENCY and PROJECT in by:
            yield OWNER, part
        elif group == PROJECT and PROJECT in by:
            yield PROJECT, part
        elif group in ITEMS:
            yield from ((group, part) for name in by if grouping(name)[0] == group and _has(name, part))


def _has(name: str, part: str) -> bool:
    """Whether a group's codes are long enough for this part of them."""
    length = grouping(name)[1]
    return length is None or length > {"款": 3, "项": 5}.get(part, 0)
