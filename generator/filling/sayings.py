"""The sheet 逐项说明: what is said of one 功能科目, project …, one a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.filling.codes import Codes, unit_code
from generator.filling.heads import unit_shown
from generator.filling.keys import NARRATIVE, SAYINGS, unit_file
from generator.filling.nouns import UNIT, WHOLE, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import assigned, at, mapping, ordered, text
from generator.filling.values import NOTHING, comparable, says, typed
from generator.filling.words import as_typed, flat
from generator.model.problem import which_of
from generator.model.tree import Tree, Trees

OF, OF_WHAT = "分类", "编码或名称"


class Sayings(NamedTuple):
    """逐项说明: what is said of one 功能科目, 项目 …."""

    ground: Ground

    @property
    def words(self) -> tuple[str, ...]:
        """All that a place asks, of whatever it asks it."""
        return tuple(dict.fromkeys(word for asked in self.ground.profile.sayings.values() for word in asked))

    @property
    def columns(self) -> tuple[Column, ...]:
        """A column for each word that is asked."""
        asked = self.ground.profile.sayings
        whose = Column(UNIT, Kind.CODED, 30, hint=f"“{WHOLE}”或预算单位。", list=WHOLE, spared=True)
        which = {word: "、".join(of for of, words in asked.items() if word in words) for word in self.words}
        return (
            *((whose,) if self.ground.apart else ()),
            Column(OF, width=12, hint="从下拉里选。", choices=tuple(asked), needed=True),
            Column(OF_WHAT, width=40, hint="如“2080501 行政单位离退休”，或项目名称。", needed=True),
            *(
                Column(word, Kind.LINES, 50, "业务科室", f"说明{which[word]}用；几段话的，一段一行。")
                for word in self.words
            ),
        )

    @property
    def _places(self) -> list[tuple[str, str]]:
        units = [(code, unit_file(code)) for code in self.ground.apart]
        return [*([] if self.ground.unit else [("", NARRATIVE)]), *units]

    def rows(self, trees: Trees) -> list[Said]:
        """What the files say."""
        found = []
        for unit, file in self._places:
            whose = unit_shown(unit, self.ground) if unit else WHOLE
            for of, told in mapping(at(trees.get(file, ""), (SAYINGS,)) or "").items():
                if of in self.ground.profile.sayings:
                    found += [
                        Said({UNIT: whose, OF: of, OF_WHAT: name, **self._words(of, value)})
                        for name, value in mapping(told).items()
                    ]
        return found

    def _words(self, of: str, value: Tree) -> dict[str, str]:
        own = value if isinstance(value, dict) else {self.ground.profile.sayings[of][0]: value}
        return {
            word: "\n".join(map(text, said)) if isinstance(said := own.get(word, ""), list) else text(said)
            for word in self.words
        }

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """The files with these."""
        found: dict[str, dict[str, dict[str, Tree]]] = {file: {} for _, file in self._places}
        for row in rows:
            file = self._file_of(row, desk)
            of = Codes(self.ground).choice(desk, row, Column(OF, choices=tuple(self.ground.profile.sayings)))
            if file and of:
                self._put_one(
                    found[file].setdefault(of, {}), at(trees.get(file, ""), (SAYINGS, of)), row, (of, trees), desk
                )
        changed = dict(trees)
        for file, told in found.items():
            before = at(trees.get(file, ""), (SAYINGS,))
            silent = {of: value for of, value in mapping(before or "").items() if of not in self.ground.profile.sayings or not mapping(value)}  # fmt: skip
            new = ordered(mapping(before or ""), {**silent, **told}, list(self.ground.profile.sayings))
            if new != mapping(before or "") or [list(mapping(one)) for one in new.values()] != [list(mapping(one)) for one in mapping(before or "").values()]:  # fmt: skip
                changed[file] = assigned(trees.get(file, ""), {(SAYINGS,): new or None}, [(SAYINGS,)])
        return changed

    def _file_of(self, row: Row, desk: Desk) -> str:
        """The file that a row's words stand in; empty after reporting a unit that is not there."""
        files = dict(self._places)
        said = flat(row.raw(UNIT)) if self.ground.apart else WHOLE
        unit = self.ground.unit if said in ("", WHOLE) else unit_code(said, self.ground.agencies)
        if unit in files and (unit or said in ("", WHOLE)):
            return files[unit]
        desk.wrong(row, UNIT, f"没有“{said}”这个预算单位", which_of(said, [WHOLE, *self.ground.agencies]))
        return ""

    def _put_one(self, told: dict[str, Tree], before: Tree | None, row: Row, of: tuple[str, Trees], desk: Desk) -> None:
        old = mapping(before or "")
        name = as_typed(old, flat(row.raw(OF_WHAT)))
        if not name:
            desk.wrong(row, OF_WHAT, f"“{OF_WHAT}”没有填", "请补上；不要这一行的，把整行清空。")
            return
        if name in told:
            desk.wrong(row, OF_WHAT, f"“{name}”填了两行", "请删去一行。")
        if name not in old:
            Codes(self.ground._replace(trees=of[1])).item(desk, row, OF_WHAT, of[0])
        told[name] = self._said(of[0], old.get(name), row, desk)

    def _said(self, of: str, old: Tree | None, row: Row, desk: Desk) -> Tree:
        was = self._words(of, old) if old is not None else {}
        asked = self.ground.profile.sayings[of]
        for word in self.words:
            if word not in asked and row.raw(word):
                desk.wrong(row, word, f"{of}不说“{word}”", f"{of}要说的是：{'、'.join(asked)}。请清空这一格。")
        same = [says(row.cells.get(word), Kind.LINES) == comparable(Kind.LINES, was.get(word, "")) for word in asked]
        if old is not None and all(same):
            return old
        own = dict(old) if isinstance(old, dict) else {}
        for word, kept in zip(asked, same, strict=True):
            if kept:
                continue
            lines = typed(desk, row, word, Kind.LINES).split("\n")
            own[word] = list(lines) if len(lines) > 1 else lines[0]
        own = {word: said for word, said in own.items() if said and (said not in NOTHING or said == own.get(word))}
        return own.get(asked[0], "") if len(asked) == 1 and not isinstance(old, dict) and isinstance(own.get(asked[0]), str) else ordered(mapping(old or ""), own, asked)  # fmt: skip
