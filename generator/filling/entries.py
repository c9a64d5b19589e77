"""Lists of 资金, each with its lines, as rows one a line; and back, each line into the 资金 it came from.

basic.yaml, a project's 资金, income and 台账 are all such lists: what all lines of an entry share, and a body of 功能科目 over 部门经济.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes
from generator.filling.heads import ECONOMIC, FUNCTION, GOVERNMENT, MONEY, Head
from generator.filling.keys import AMOUNT, NO_FUNCTION, SPENT
from generator.filling.keys import GOVERNMENT as GOVERNMENT_KEY
from generator.filling.nouns import UNIT, Desk, Ground, Kind, Row
from generator.filling.shapes import mapping, ordered, pairs, text
from generator.filling.values import comparable, says, typed
from generator.filling.words import code_of
from generator.model.tree import Tree

_BODY = (FUNCTION, ECONOMIC)
CLASS = "类别"


class Line(NamedTuple):
    """An amount of a list: what its row shows, its entry's number, its keys as typed, and what they lead to."""

    texts: dict[str, str]
    entry: int
    function: str
    economic: str
    leaf: Tree


class Entries(NamedTuple):
    """How a list is read and written. ``coarse``: an amount may stand at a 功能科目 itself, ``side``: only there, or at none.

    ``mine``: whether an entry is of the workbook; the others stay as they are.
    """

    ground: Ground
    heads: tuple[Head, ...]
    coarse: bool = False
    side: bool = False
    below_zero: tuple[str, ...] = ()
    mine: Callable[[Tree], bool] = lambda entry: True

    def body_of(self, entry: Tree) -> str:
        """The key of an entry's amounts."""
        return AMOUNT if self.side or (AMOUNT in mapping(entry) and SPENT not in mapping(entry)) else SPENT

    def lines(self, old: Sequence[Tree]) -> list[Line]:
        """All lines in their order."""
        return [line for number, entry in enumerate(old) if self.mine(entry) for line in self._lines_of(number, entry)]

    def _lines_of(self, number: int, entry: Tree) -> Iterator[Line]:
        shared = {head.title: head.told(entry, self.ground) for head in self.heads}
        body = mapping(entry).get(self.body_of(entry), "")
        if isinstance(body, str):
            if body:
                yield Line({**shared, FUNCTION: "", ECONOMIC: "", GOVERNMENT: "", MONEY: body}, number, "", "", body)
            return
        for function, below in mapping(body).items():
            leaves = below.items() if isinstance(below, dict) else [("", below)]
            for economic, leaf in leaves:
                own = mapping(leaf)
                texts = {
                    **shared,
                    FUNCTION: "" if function == NO_FUNCTION else self._shown(FUNCTION, function),
                    ECONOMIC: self._shown(ECONOMIC, economic),
                    GOVERNMENT: self._shown(GOVERNMENT, text(own.get(GOVERNMENT_KEY))),
                    MONEY: text(own.get(AMOUNT)) if own else text(leaf),
                }
                yield Line(texts, number, function, economic, leaf)

    def _shown(self, title: str, key: str) -> str:
        """A code with its name, also where only the code was typed."""
        from generator.filling.heads import LIST_OF

        name = self.ground.codes.names(LIST_OF[title]).get(key, "")
        return f"{key} {name}" if name else key

    def put(self, old: Sequence[Tree], rows: Sequence[Row], desk: Desk) -> list[Tree]:
        """The list as the rows say it."""
        lines = self.lines(old)
        exact = (lambda line: (*self._key(line.texts), self._amount(line.texts)), lambda row: (*self._row_key(row), says(row.cells.get(MONEY), Kind.MONEY)))  # fmt: skip
        alike = (lambda line: self._key(line.texts), self._row_key)
        found = pairs(lines, rows, (exact, alike))
        homes: dict[int, list[tuple[Row, Line | None]]] = {}
        heads: dict[int, tuple[str, ...]] = {
            number: tuple(head.key(head.told(entry, self.ground)) for head in self.heads)
            for number, entry in enumerate(old)
            if self.mine(entry)
        }
        for row, place in _as_before(rows, found):
            line = None if place is None else lines[place]
            home = self._home(row, heads, homes) if line is None else line.entry
            homes.setdefault(home, []).append((row, line))
        told = {line.entry for line in lines}
        built = {
            number: self._entry(old[number] if number >= 0 else None, members, desk)
            for number, members in homes.items()
        }
        return _arranged(old, built, told)

    def _key(self, texts: dict[str, str]) -> tuple[str, ...]:
        heads = (head.key(texts[head.title]) for head in self.heads)
        return (*heads, *(comparable(Kind.CODED, texts[title]) for title in _BODY))

    def _row_key(self, row: Row) -> tuple[str, ...]:
        heads = (head.key_in(row) for head in self.heads)
        return (*heads, *(says(row.cells.get(title), Kind.CODED) for title in _BODY))

    def _amount(self, texts: dict[str, str]) -> str:
        return comparable(Kind.MONEY, texts[MONEY])

    def _home(
        self, row: Row, heads: dict[int, tuple[str, ...]], homes: dict[int, list[tuple[Row, Line | None]]]
    ) -> int:
        """The entry that a new line goes to: the last that is of its kind, else the first in the file, else a new one."""
        key = tuple(head.key_in(row) for head in self.heads)
        alike = [number for number, its in heads.items() if its == key]
        used = [number for number in homes if number in alike]
        if used or alike:
            return used[-1] if used else alike[0]
        number = min((*heads, 0)) - 1
        heads[number] = key
        return number

    def _entry(self, old: Tree | None, members: list[tuple[Row, Line | None]], desk: Desk) -> Tree:
        first = members[0][0]
        shared = mapping(old) if old is not None else self._head(first, desk)
        key = self.body_of(shared) if old is not None else AMOUNT if self._is_side(shared) else SPENT
        body = self._body(mapping(shared).get(key, ""), members, desk, key == AMOUNT)
        return {**shared, key: body}

    def _is_side(self, shared: dict[str, Tree]) -> bool:
        return self.side or any(one.file and one.name in shared for one in self.ground.profile.dimensions)

    def _head(self, row: Row, desk: Desk) -> dict[str, Tree]:
        """What a new entry says for all its lines."""
        codes, found = Codes(self.ground), dict[str, Tree]()
        for head in self.heads:
            needed = head.column.needed
            if head.column.list == UNIT:
                said = codes.unit(desk, row, head.title, needed)
            else:
                said = codes.choice(desk, row, head.column, needed)
            if not said or (said == head.usual and head.title == CLASS):
                continue
            if len(head.path) == 1:
                found[head.path[0]] = said
            else:
                below = found.setdefault(head.path[0], {})
                mapping(below)[head.path[1]] = said
        return found

    def _body(self, old: Tree, members: list[tuple[Row, Line | None]], desk: Desk, side: bool) -> Tree:
        codes, body = Codes(self.ground), dict[str, Tree]()
        known = {code_of(key): key for key in mapping(old)}
        seen: dict[tuple[str, str], Row] = {}
        for row, line in members:
            if line is not None:
                function, economic = line.function, line.economic
            else:
                needed = not side
                function = codes.code(desk, row, FUNCTION, needed) or (NO_FUNCTION if side else "")
                economic = "" if side else codes.code(desk, row, ECONOMIC, not self.coarse)
                function = known.setdefault(code_of(function), function)
                under = {code_of(key): key for key in mapping(mapping(old).get(function, ""))}
                economic = under.get(code_of(economic), economic)
            leaf = self._leaf(row, line, desk)
            if line is None and not (side or (function and (economic or self.coarse))):
                continue  # told above
            if (function, economic) in seen:
                first = seen[function, economic]
                desk.wrong(
                    row, FUNCTION, f"与第{first.number}行的科目、资金都相同", "一笔钱填一行：请合并，或删去一行。"
                )
                continue
            seen[function, economic] = row
            self._placed(body, (function, economic), leaf, row, desk)
        if side and isinstance(old, str) and list(body) in ([NO_FUNCTION], [""]):
            return next(iter(body.values()))
        return {key or NO_FUNCTION: value for key, value in body.items()} if side else body

    def _placed(self, body: dict[str, Tree], keys: tuple[str, str], leaf: Tree, row: Row, desk: Desk) -> None:
        function, economic = keys
        if not economic:
            if function in body:
                desk.wrong(row, ECONOMIC, "这个功能科目有的行填了经济科目，这一行没有", "请补上经济科目。")
            body[function] = leaf
            return
        below = body.setdefault(function, {})
        if isinstance(below, str):
            desk.wrong(row, ECONOMIC, "这个功能科目有的行没有填经济科目", "请补上经济科目。")
            return
        mapping(below)[economic] = leaf

    def _leaf(self, row: Row, line: Line | None, desk: Desk) -> Tree:
        old = line.texts if line else {}
        money = old.get(MONEY, "")
        if line is None or says(row.cells.get(MONEY), Kind.MONEY) != comparable(Kind.MONEY, money):
            if not row.raw(MONEY) and not (row.cells.get(MONEY) and row.cells[MONEY].kind.value == "公式"):
                desk.wrong(row, MONEY, "这一行没有填金额", "没有金额的填0；不要这一行的，把整行清空。")
            below = any(row.raw(head.title) in self.below_zero for head in self.heads)
            money = typed(desk, row, MONEY, Kind.SIGNED if below else Kind.MONEY)
        government = old.get(GOVERNMENT, "")
        if says(row.cells.get(GOVERNMENT), Kind.CODED) != comparable(Kind.CODED, government):
            government = Codes(self.ground).code(desk, row, GOVERNMENT, False)
        elif line is not None:
            government = text(mapping(line.leaf).get(GOVERNMENT_KEY))
            if money == old.get(MONEY):
                return line.leaf
        if not government:
            return money
        return ordered((AMOUNT, GOVERNMENT_KEY), {AMOUNT: money, GOVERNMENT_KEY: government}, ())


def _as_before(rows: Sequence[Row], found: Sequence[int | None]) -> list[tuple[Row, int | None]]:
    """Rows in the order of the file, whatever a person sorted them by; a new one stands after the row above it."""
    above, keyed = -1, []
    for number, (row, place) in enumerate(zip(rows, found, strict=True)):
        above = above if place is None else place
        keyed.append((above, place is None, number, row, place))
    return [(row, place) for *_, row, place in sorted(keyed, key=lambda one: one[:3])]


def _arranged(old: Sequence[Tree], built: dict[int, Tree], told: set[int]) -> list[Tree]:
    """The entries in the order of their rows; those that no row can be of stay where they were."""
    silent = [number for number in range(len(old)) if number not in told and number not in built]
    found: list[Tree] = []
    for number, entry in built.items():
        while silent and 0 <= silent[0] < number:
            found.append(old[silent.pop(0)])
        found.append(entry)
    return found + [old[number] for number in silent]
