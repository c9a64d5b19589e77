"""Tables cell by cell: tables go together by their titles, columns by their header path, rows by code or name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice
from typing import NamedTuple

from generator.difference.keys import Keys, bare, recognised
from generator.difference.layout import Panel, panels_of, row_code
from generator.model.difference import CellChange, PieceChange
from generator.model.reading import Reading, ReadTable

_MANY, _NEAR = 1_000_000, 200
_Change = CellChange | PieceChange


class _Pair(NamedTuple):
    """The same table on both sides, cut down to the columns both have; ``titles`` name the columns."""

    caption: str
    titles: tuple[str, ...]
    old: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]
    keys: tuple[Keys, Keys]

    def differs(self, old: str, new: str) -> bool:
        """Whether two cells say different things."""
        return old != new and self.keys[0].of(old) != self.keys[1].of(new)


class _Entry(NamedTuple):
    """A row and the rows without a label of their own that go on below it; ``words`` name it: its code, else its cells."""

    words: tuple[str, ...]
    key: str
    label: str
    rows: tuple[tuple[str, ...], ...]


def changed_tables(
    old: Reading, new: Reading, keys: tuple[Keys, Keys]
) -> tuple[tuple[PieceChange, ...], tuple[CellChange, ...]]:
    """Whole pieces gained or lost, and the cells of what both have."""
    found = [change for change in _changes(old, new, keys)]
    pieces = tuple(dict.fromkeys(change for change in found if isinstance(change, PieceChange)))
    return pieces, tuple(change for change in found if isinstance(change, CellChange))


def _changes(old: Reading, new: Reading, keys: tuple[Keys, Keys]) -> Iterator[_Change]:
    partners = _partners(old.tables, new.tables, keys)
    for number, table in enumerate(new.tables):
        if number in partners:
            yield from _of_table(old.tables[partners[number]], table, keys)
        else:
            yield PieceChange("表", bare(table.caption), "", True)
    taken = set(partners.values())
    for number, table in enumerate(old.tables):
        if number not in taken:
            yield PieceChange("表", bare(table.caption), "", False)


def _partners(old: Sequence[ReadTable], new: Sequence[ReadTable], keys: tuple[Keys, Keys]) -> dict[int, int]:
    """Which old table each new one was: the one of its title, else one of its columns whose title is like it."""
    titles, names = recognised([(table.caption,) for table in old], [(table.caption,) for table in new], keys)
    free: dict[str, list[int]] = {}
    for number, title in enumerate(titles):
        free.setdefault(title, []).append(number)
    found = {number: free[title].pop(0) for number, title in enumerate(names) if free.get(title)}
    for number, title in enumerate(names):
        if number not in found:
            near = get_close_matches(
                title, list(islice((title for title, there in free.items() if there), _NEAR)), 1, 0.6
            )
            same = [i for other in near for i in free[other] if old[i].columns == new[number].columns]
            if same:
                found[number] = same[0]
                free[near[0]].remove(same[0])
    return found


def _of_table(old: ReadTable, new: ReadTable, keys: tuple[Keys, Keys]) -> Iterator[_Change]:
    before, after = map(_numbered, recognised(old.columns, new.columns, keys))
    caption = bare(new.caption)
    for path in after:
        if path not in before:
            yield PieceChange("栏", caption, _title(new.columns, after[path]), True)
    for path in before:
        if path not in after:
            yield PieceChange("栏", caption, _title(old.columns, before[path]), False)
    common = [path for path in after if path in before]
    mine, theirs = [after[path] for path in common], [before[path] for path in common]
    titles = tuple(_title(new.columns, column) for column in mine)
    pair = _Pair(caption, titles, _cut(old, theirs), _cut(new, mine), keys)
    if pair.old != pair.new:
        for panel in panels_of([new.columns[column] for column in mine], (*pair.old, *pair.new)):
            yield from _of_panel(pair, panel)


def _numbered(names: Sequence[str]) -> dict[tuple[str, int], int]:
    """Columns by name, and by their number where several have the same."""
    seen: Counter[str] = Counter()
    found = {}
    for number, key in enumerate(names):
        found[key, seen[key]] = number
        seen[key] += 1
    return found


def _title(columns: Sequence[tuple[str, ...]], number: int) -> str:
    return "／".join(columns[number]) or f"第{number + 1}栏"


def _cut(table: ReadTable, columns: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[column] if column < len(row) else "" for column in columns) for row in table.rows)


def _of_panel(pair: _Pair, panel: Panel) -> Iterator[_Change]:
    old, new = _entries(pair.old, panel), _entries(pair.new, panel)
    partners = _aligned(*recognised([entry.words for entry in old], [entry.words for entry in new], pair.keys))
    for number, entry in enumerate(new):
        if number in partners:
            yield from _of_entry(pair, panel, old[partners[number]], entry)
        else:
            yield PieceChange("行", pair.caption, _words(entry, panel), True)
    taken = set(partners.values())
    for number, entry in enumerate(old):
        if number not in taken:
            yield PieceChange("行", pair.caption, _words(entry, panel), False)


def _entries(rows: Sequence[tuple[str, ...]], panel: Panel) -> list[_Entry]:
    found: list[tuple[tuple[str, ...], str, list[tuple[str, ...]]]] = []
    for row in rows:
        words = panel.label_cells(row)
        if not any(row[column] for column in panel.columns):
            continue
        if not any(words) and found:
            found[-1][2].append(row)
            continue
        code = row_code(words)
        names = [word for word in dict.fromkeys(words) if word and word not in code.split("/")]
        label = bare(names[0] if code and names else "／".join(bare(name) for name in names) or code)
        words = (code,) if code else tuple(filter(None, words))
        found.append((words, label, [row]))
    entries = [_Entry(words, "／".join(map(Keys().of, words)), label, tuple(own)) for words, label, own in found]
    return _told_apart(entries, panel)


def _told_apart(entries: list[_Entry], panel: Panel) -> list[_Entry]:
    """Rows of one name are told by more: their codes where those differ, else the row they stand under (their agency)."""
    codes: dict[str, set[str]] = {}
    for entry in entries:
        codes.setdefault(entry.label, set()).add(entry.key)
    often = Counter(entry.key for entry in entries)
    latest: dict[
        tuple[bool, ...], str
    ] = {}  # by which of the naming cells are filled: agencies fill others than 科目 do
    found = []
    for entry in entries:
        filled = tuple(bool(cell) for cell in panel.label_cells(entry.rows[0]))
        label = f"{entry.key} {entry.label}" if len(codes[entry.label]) > 1 else entry.label
        above = next((latest[other] for other in reversed(latest) if other != filled), "")
        found.append(entry._replace(label=f"{above}／{label}" if often[entry.key] > 1 and above else label))
        latest.pop(filled, None)
        latest[filled] = label
    return found


def _aligned(old: list[str], new: list[str]) -> dict[int, int]:
    """Which old row each new one was: in order where it can be, a row that moved by its key."""
    found: dict[int, int] = {}
    often = Counter(new)
    if sum(often[key] for key in old) <= _MANY:  # so many pairs of one key at most: else each by its key alone
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            found |= {block.b + step: block.a + step for step in range(block.size)}
    taken = set(found.values())
    free: dict[str, list[int]] = {}
    for number, key in enumerate(old):
        if number not in taken:
            free.setdefault(key, []).append(number)
    for number, key in enumerate(new):
        if number not in found and free.get(key):
            found[number] = free[key].pop(0)
    return found


def _words(entry: _Entry, panel: Panel) -> str:
    """What a whole row is told by: its codes and names and its first amount; all of it in a form."""
    row = entry.rows[0]
    values = [text for column in panel.values if (text := row[column])]
    return "｜".join([text for column in panel.lead if (text := row[column])] + (values if panel.form else values[:1]))


def _of_entry(pair: _Pair, panel: Panel, old: _Entry, new: _Entry) -> Iterator[_Change]:
    for column in panel.values:
        for number in range(max(len(old.rows), len(new.rows))):
            was, now = (entry.rows[number][column] if number < len(entry.rows) else "" for entry in (old, new))
            if pair.differs(was, now):
                label = _left_of(new.rows[0], column) if panel.form else new.label
                yield CellChange(pair.caption, label or new.label, pair.titles[column], was, now)
    if row_code(panel.label_cells(new.rows[0])):
        for column in panel.lead:
            was, now = old.rows[0][column], new.rows[0][column]
            if pair.differs(was, now):
                yield CellChange(pair.caption, new.label, pair.titles[column], was, now)
    for group in panel.groups:
        yield from _of_group(pair, group, old, new)


def _left_of(row: tuple[str, ...], column: int) -> str:
    """In a form, what stands before a cell says what it is."""
    return "／".join(bare(cell) for cell in row[:column] if cell and "\n" not in cell)


def _of_group(pair: _Pair, group: tuple[int, ...], old: _Entry, new: _Entry) -> Iterator[_Change]:
    """A list that stands in some columns beside a row (its 产出指标): its items go together by their first cell."""
    was, now = _items(group, old), _items(group, new)
    names = recognised([item[:1] for item in was], [item[:1] for item in now], pair.keys)
    before, after = (
        {key: items[at] for key, at in _numbered(by).items()} for by, items in zip(names, (was, now), strict=True)
    )
    lost = [key for key in before if key not in after]
    gained = [key for key in after if key not in before]
    if len(lost) == len(gained) == 1:  # the only one that changed its name
        before = {gained[0] if key == lost[0] else key: item for key, item in before.items()}
        lost, gained = [], []
    for key, item in after.items():
        if key in before:
            for column, left, right in zip(group, before[key], item, strict=True):
                if pair.differs(left, right):
                    yield CellChange(pair.caption, f"{new.label}·{item[0]}", pair.titles[column], left, right)
    for key in gained:
        yield PieceChange("行", pair.caption, f"{new.label}·{'｜'.join(filter(None, after[key]))}", True)
    for key in lost:
        yield PieceChange("行", pair.caption, f"{new.label}·{'｜'.join(filter(None, before[key]))}", False)


def _items(group: tuple[int, ...], entry: _Entry) -> list[tuple[str, ...]]:
    return [item for row in entry.rows if any(item := tuple(row[column] for column in group))]
