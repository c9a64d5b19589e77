"""Two Documents aligned: which block became which, which row, which words. Pure; nothing of any file format.

Alignment goes from the outside in. Sections are matched by their headings, blocks inside a section by their text,
rows by their codes and names, words by tokens. What can't be matched is gone on one side and new on the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import NamedTuple

from generator.align import By, align, bigrams
from generator.model.comparison import BlockPair, Comparison, Mark, Pair, Piece
from generator.model.document import Block, ChartBlock, Document, Entry, Heading, Paragraph, TableBlock, TableRow

_UNITS = "万元|亿元|元|%|％|年度|年|月|日|个|人次|人|户|辆|台|套|批|次|项"
_CHINESE = "[㐀-鿿々〇]"
# Patterns are strings: words and rows that stayed need none of them.
_TOKEN = rf"(?s)\d[\d,]*(?:\.\d+)?(?:{_UNITS})?|[A-Za-z]+|{_CHINESE}+|."
_CHINESE_ONLY = f"{_CHINESE}+"
_CODE = r"\d+"
_LEAST_AFFIX = 3
"""Fewer equal characters at the end of a changed phrase are not worth splitting a word for."""
_MOST = 4_000_000
_ALIKE = 0.35
_ALIKE_ROWS = 0.5
_ALIKE_APART = 0.6
"""Blocks that stand in sections of different headings are one only if they are more alike."""


def compare(old: Document, new: Document) -> Comparison:
    """Align two documents."""
    by = By[_Section](lambda section: section.key, _section_words, _ALIKE)
    sections = align(_sections(old), _sections(new), by)
    pairs = [pair for section in sections for pair in _inside(section)]
    blocks = tuple(_block_pair(pair) for pair in _met_again(pairs))
    return Comparison((old, new), tuple(_entries(old, new, blocks)), blocks)


def _block_pair(pair: Pair[Block]) -> BlockPair:
    old, new = (block if isinstance(block, TableBlock) else None for block in pair)
    if old is None and new is None:
        return BlockPair(pair)
    notes = compare_texts(old.notes if old else (), new.notes if new else ())
    if old is not None and new is not None:
        return BlockPair(pair, compare_rows(old, new), notes)
    gone = tuple(Pair[TableRow](row, None) for row in (old.rows if old else ()))
    return BlockPair(pair, gone + tuple(Pair[TableRow](None, row) for row in (new.rows if new else ())), notes)


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """What to strike from one text and to write into it to have the other."""
    if old == new:
        return (Piece(old, Mark.KEPT),) if old else ()
    return tuple(_tidy(_pieces(re.findall(_TOKEN, old), re.findall(_TOKEN, new))))


def compare_texts(old: Sequence[str], new: Sequence[str]) -> tuple[Pair[str], ...]:
    """Align texts, such as a table's notes."""
    return tuple(align(old, new, By[str](str, bigrams, _ALIKE)))


def compare_rows(old: TableBlock, new: TableBlock) -> tuple[Pair[TableRow], ...]:
    """Align the rows of two tables by their codes and names; paired rows have the same cells.

    Rows held together by merged cells (a project and its indicators) are aligned as one, then row by row.
    """
    joined = {column for row in (*old.rows, *new.rows) for column, is_joined in enumerate(row.joined) if is_joined}
    by = By[_Group](_group_key, lambda group: _row_words(group.labels, group.known), _ALIKE_ROWS, _same_first_row)
    return tuple(pair for group in align(_groups(old, joined), _groups(new, joined), by) for pair in _group_rows(group))


def same_columns(old: TableBlock, new: TableBlock) -> bool:
    """Whether cells can be told apart by their place: the header has the same shape, every column its width."""
    shapes = [[cell._replace(text="") for cell in block.header] for block in (old, new)]
    return shapes[0] == shapes[1] and len(old.alignments) == len(new.alignments) and old.widths == new.widths


class _Section(NamedTuple):
    blocks: tuple[Block, ...]
    key: Hashable


def _sections(document: Document) -> list[_Section]:
    """A heading and what stands under it, to the next heading of any level."""
    runs: list[list[Block]] = []
    for block in document.blocks:
        if isinstance(block, Heading) or not runs:
            runs.append([])
        runs[-1].append(block)
    return [_section(blocks) for blocks in runs]


def _section(blocks: list[Block]) -> _Section:
    head = blocks[0]
    return _Section(tuple(blocks), (_level(head), head.title if isinstance(head, Heading) else ""))


def _section_words(section: _Section) -> frozenset[Hashable]:
    words = bigrams("\n".join(_key(block)[1] for block in section.blocks))
    return frozenset((_level(section.blocks[0]), word) for word in words)


def _level(head: Block) -> Hashable:
    return (head.level, head.annex) if isinstance(head, Heading) else ()


def _inside(pair: Pair[_Section]) -> Iterator[Pair[Block]]:
    old, new = (section.blocks if section else () for section in pair)
    yield from align(old, new, By[Block](_key, lambda block: _tagged(*_key(block)), _ALIKE, _may_pair))


def _met_again(pairs: list[Pair[Block]]) -> Iterator[Pair[Block]]:
    """A heading put into a section, or taken out of it, parts blocks that stayed: what lies between two pairs is aligned again."""
    by = By[Block](_key, lambda block: _named(*_key(block)), _ALIKE_APART, _may_pair)
    for mark, group in groupby(pairs, key=lambda pair: pair.mark is Mark.KEPT):
        between = list(group)
        old, new = ([block for pair in between if (block := pair[side]) is not None] for side in (0, 1))
        yield from between if mark or not (old and new) else align(old, new, by)


def _key(block: Block) -> tuple[str, str]:
    """Its kind, and the words it goes by."""
    match block:
        case Heading():
            return f"{block.level}{block.annex}", block.title
        case TableBlock():
            return "table", block.key
        case ChartBlock():
            return "chart", block.key
    return "paragraph", block.text


def _tagged(kind: str, text: str) -> frozenset[Hashable]:
    """A section's heading leads to itself, whatever it says now; other blocks go by their words."""
    return frozenset({(kind, "heading")}) if kind[0].isdigit() else _named(kind, text)


def _named(kind: str, text: str) -> frozenset[Hashable]:
    return frozenset((kind, word) for word in bigrams(text))


def _may_pair(old: Block, new: Block) -> bool:
    if isinstance(old, TableBlock) and isinstance(new, TableBlock):
        return same_columns(old, new)
    return type(old) is type(new)


def _entries(old: Document, new: Document, blocks: tuple[BlockPair, ...]) -> Iterator[Pair[Entry]]:
    """Lines of the contents belong together when what they lead to does."""
    before, after = ({entry.anchor: entry for entry in document.entries} for document in (old, new))
    for pair, _, _ in blocks:
        found = Pair(before.get(_anchor(pair.old)), after.get(_anchor(pair.new)))
        if found != (None, None):
            yield found


def _anchor(block: Block | None) -> str:
    return "" if block is None or isinstance(block, Paragraph | ChartBlock) else block.anchor


def _same_first_row(old: _Group, new: _Group) -> bool:
    return _shape(old.rows[0]) == _shape(new.rows[0])


class _Group(NamedTuple):
    """Rows that merged cells hold together."""

    block: TableBlock
    rows: tuple[TableRow, ...]
    labels: tuple[Label, ...]
    known: Counter[Label]


def _groups(block: TableBlock, joined: set[int]) -> list[_Group]:
    runs: list[list[TableRow]] = []
    for row in block.rows:
        if not any(row.joined) or not runs:
            runs.append([])
        runs[-1].append(row)
    labels = [_labels(block, rows[0], joined) for rows in runs]
    known = Counter(label for found in labels for label in found)
    return [_Group(block, tuple(rows), found, known) for rows, found in zip(runs, labels, strict=True)]


def _group_key(group: _Group) -> Hashable:
    return _shape(group.rows[0]), group.labels


Label = tuple[int, str]


def _labels(block: TableBlock, row: TableRow, wanted: set[int]) -> tuple[Label, ...]:
    """The codes and names of a row: everything but amounts; of merged rows, what the merged cells say."""
    kinds = row.alignments or block.alignments
    return tuple(
        (place, text)
        for place, text in enumerate(row.texts)
        if text and kinds[place] != "r" and (not wanted or place in wanted)
    )


def _row_words(labels: tuple[Label, ...], known: Counter[Label]) -> frozenset[Hashable]:
    """What tells a row from the others. A code stands as it is: rows of different codes are different rows."""
    codes = tuple(takewhile(lambda label: re.fullmatch(_CODE, label[1]), labels))
    telling = [label for label in labels if known[label] == 1 and label not in codes] or labels
    return frozenset((codes, place, word) for place, text in telling for word in bigrams(text))


def _shape(row: TableRow) -> Hashable:
    return row.spans, row.joined if any(row.joined) else (), row.alignments


def _group_rows(pair: Pair[_Group]) -> Iterator[Pair[TableRow]]:
    old, new = pair
    if old is None or new is None:
        yield from (Pair(row, None) for row in (old.rows if old else ()))
        yield from (Pair(None, row) for row in (new.rows if new else ()))
        return
    yield Pair(old.rows[0], new.rows[0])
    block = new.block

    def words(row: TableRow) -> frozenset[Hashable]:
        return _row_words(_labels(block, row, set()), Counter())

    def key(row: TableRow) -> Hashable:
        return _shape(row), _labels(block, row, set())

    by = By[TableRow](key, words, _ALIKE_ROWS, lambda one, other: _shape(one) == _shape(other))
    yield from align(old.rows[1:], new.rows[1:], by)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > _MOST:  # of a paragraph as long as a book: what stands between its equal ends
        yield from _replaced(old, new)
        return
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(old[i:i_end]), Mark.KEPT)
        else:
            yield from _replaced(old[i:i_end], new[j:j_end])


def _replaced(old: list[str], new: list[str]) -> Iterator[Piece]:
    """A changed stretch; a long phrase with the same beginning or end is cut there."""
    before, after = "".join(old), "".join(new)
    head = tail = 0
    if old and new:
        head = _common(old[0], new[0])
        rest, fresh = before[head:], after[head:]
        tail = min(_common(old[-1][::-1], new[-1][::-1]), len(rest), len(fresh))
        tail = tail if tail >= _LEAST_AFFIX else 0
    yield Piece(before[:head], Mark.KEPT)
    yield Piece(before[head : len(before) - tail], Mark.GONE)
    yield Piece(after[head : len(after) - tail], Mark.ADDED)
    yield Piece(before[len(before) - tail :], Mark.KEPT)


def _common(one: str, other: str) -> int:
    """How many characters two Chinese phrases begin with alike, if enough to cut there."""
    if not (re.fullmatch(_CHINESE_ONLY, one) and re.fullmatch(_CHINESE_ONLY, other)):
        return 0
    count = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return count if count >= _LEAST_AFFIX else 0


def _tidy(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """No empty pieces, and neighbours of one kind as one."""
    waiting: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if waiting is not None and waiting.mark is piece.mark:
            waiting = Piece(waiting.text + piece.text, piece.mark)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting
