"""Sheets of one fact a row: where each fact stands in the files, what a row of it shows, and the files once rows are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes, unit_code
from generator.filling.heads import unit_shown
from generator.filling.nouns import UNIT, WHOLE, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import Path, assigned, at, mapping, text
from generator.filling.sums import Sum
from generator.filling.values import NOTHING, same, typed
from generator.filling.words import flat
from generator.model.doubts import BLANK
from generator.model.problem import which_of
from generator.model.tree import Tree, Trees

GROUP, ITEM, VALUE, ABOUT, WHO = "分类", "项目", "填写", "说明", "谁知道"


_SPARE = 2
"""Empty rows below the values of a fact that may have more."""


class Fact(NamedTuple):
    """A fact: the labels of its row, its file and path, what it holds, whether several rows may say it.

    ``needed``: it is asked for; ``choices``: of a closed list; ``open``: a map whose names a person chooses, one a row (the row's
    item is the name), ``names`` those there are, empty for any. ``lone``: one value alone need be no list.
    """

    labels: tuple[str, str]
    file: str
    path: Path
    kind: Kind = Kind.WORDS
    several: bool = False
    needed: bool = False
    choices: tuple[str, ...] = ()
    open: bool = False
    names: tuple[str, ...] = ()
    lone: bool = False
    about: str = ""
    who: str = ""
    unit: str = ""
    sum: Sum | None = None

    def value_in(self, trees: Trees) -> Tree | None:
        """What the files say of it; None where they say nothing."""
        return at(trees.get(self.file, ""), self.path)


class Facts(NamedTuple):
    """A sheet's facts, in their order."""

    ground: Ground
    facts: tuple[Fact, ...]
    labels: tuple[str, str] = (GROUP, ITEM)
    value: Column = Column(VALUE, width=60)
    widths: tuple[int, int] = (16, 30)
    more: tuple[Column, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether rows say whose they are."""
        return any(fact.unit for fact in self.facts)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The sheet's columns."""
        group, item = self.labels
        free = any(fact.open or fact.several for fact in self.facts)
        groups = tuple(dict.fromkeys(fact.labels[0] for fact in self.facts))
        whose = Column(UNIT, Kind.CODED, 30, hint=f"“{WHOLE}”或预算单位。", list=WHOLE, fixed=not free, spared=True)
        return (
            *((whose,) if self.apart else ()),
            Column(group, width=self.widths[0], fixed=not free, choices=groups),
            Column(item, width=self.widths[1], fixed=not free),
            self.value,
            *self.more,
            Column(ABOUT, width=52, fixed=True, aside=True),
            Column(WHO, width=12, fixed=True, aside=True),
        )

    def rows(self, trees: Trees) -> list[Said]:
        """A row for each fact that is asked for or said; one for each of its values where there are several."""
        return [row for fact in self.facts for row in self._rows_of(fact, trees)]

    def _rows_of(self, fact: Fact, trees: Trees) -> Iterable[Said]:
        value = fact.value_in(trees)
        if fact.open:
            pairs = mapping(value or "").items()
            return [self._said(fact, name, text(one), fact.sum and fact.sum.of(name)) for name, one in pairs]
        if isinstance(value, dict) or (isinstance(value, list) and not fact.several):
            return []
        texts = ([text(one) for one in value] or ["无"]) if isinstance(value, list) else [text(value)]
        more = fact.several and (isinstance(value, list) or not (fact.unit or fact.lone))
        texts += [""] * (_SPARE if more else 0)
        return [self._said(fact, fact.labels[1], one, fact.sum) for one in texts]

    def _said(self, fact: Fact, item: str, value: str, sum_: Sum | None) -> Said:
        whose = unit_shown(fact.unit, self.ground) if fact.unit else WHOLE
        group, title = self.labels
        texts = {
            UNIT: whose,
            group: fact.labels[0],
            title: item,
            self.value.title: value,
            ABOUT: fact.about,
            WHO: fact.who,
        }
        asked = fact.needed and not value and not fact.value_in(self.ground.trees)
        return Said(texts, fact.kind, asked, fact.choices, sum_)  # fmt: skip

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """The files with what rows say; a fact that no row is of stays as it is."""
        by_label = {self._label(fact): number for number, fact in enumerate(self.facts) if not fact.open}
        opened = {(fact.unit, fact.labels[0]): number for number, fact in enumerate(self.facts) if fact.open}
        found: dict[int, list[Row]] = {}
        for row in rows:
            unit, group, item = self._labels_in(row)
            number = by_label.get((unit, group, item), opened.get((unit, group)))
            if number is None:
                self._unknown(row, (unit, group, item), desk)
            else:
                found.setdefault(number, []).append(row)
        for number in opened.values():
            found.setdefault(number, [])  # all of its rows may have been taken away
        changes: dict[str, dict[Path, Tree | None]] = {}
        for number, its in sorted(found.items()):
            fact = self.facts[number]
            old, new = fact.value_in(trees), self._value(fact, its, trees, desk)
            if new != old:
                changes.setdefault(fact.file, {})[fact.path] = new
        order = {fact.file: [one.path for one in self.facts if one.file == fact.file] for fact in self.facts}
        changed = {name: assigned(trees.get(name, ""), values, order[name]) for name, values in changes.items()}
        return {**trees, **changed} if changed else trees

    def _label(self, fact: Fact) -> tuple[str, str, str]:
        return (fact.unit, fact.labels[0], fact.labels[1])

    def _labels_in(self, row: Row) -> tuple[str, str, str]:
        said = flat(row.raw(UNIT)) if self.apart else ""
        unit = (self.ground.unit if said in ("", WHOLE) else unit_code(said, self.ground.agencies) or said) if said != WHOLE else ""  # fmt: skip
        group, item = self.labels
        cell = row.cells.get(item)
        name = flat(cell.code if cell is not None else "")
        return unit, flat(row.raw(group)), name

    def _unknown(self, row: Row, label: tuple[str, str, str], desk: Desk) -> None:
        if not row.raw(self.value.title):
            return
        group, item = self.labels
        unit, of, name = label
        if unit and unit not in {fact.unit for fact in self.facts}:
            desk.wrong(row, UNIT, f"没有“{unit}”这个预算单位", which_of(unit, [WHOLE, *self.ground.agencies]))
            return
        groups = dict.fromkeys(fact.labels[0] for fact in self.facts)
        if of not in groups:
            desk.wrong(row, group, f"没有“{of}”这一类", which_of(of, list(groups)))
            return
        names = [fact.labels[1] for fact in self.facts if fact.labels[0] == of and not fact.open]
        desk.wrong(row, item, f"没有“{name}”这一项", which_of(name, list(dict.fromkeys(names))))

    def _value(self, fact: Fact, rows: Sequence[Row], trees: Trees, desk: Desk) -> Tree | None:
        old = fact.value_in(trees)
        if fact.open:
            named = self._named(fact, rows, trees, desk)
            return old if named is None and not old else named
        title = self.value.title
        said = [row for row in rows if row.cells.get(title) is not None and row.cells[title].text]
        formulas = [
            row for row in rows if (cell := row.cells.get(title)) is not None and cell.formula and not cell.text
        ]
        said += formulas
        if fact.several:
            return self._list(fact, said, old, desk)
        if not said:
            return old if old == "" else None
        if len(said) > 1:
            desk.wrong(said[1], title, f"“{fact.labels[1]}”填了两行（另一行是第{said[0].number}行）", "只能填一行，请删去一行。")  # fmt: skip
        return self._one(fact, said[0], text(old), desk)

    def _list(self, fact: Fact, rows: Sequence[Row], old: Tree | None, desk: Desk) -> Tree | None:
        title = self.value.title
        before = [text(one) for one in old] if isinstance(old, list) else [text(old)] if old else []
        said = [row for row in rows if flat(row.raw(title)) not in NOTHING or flat(row.raw(title)) in before]
        if rows and not said:
            return old if old == [] else []
        if not rows:
            return None
        known = {flat(one): one for one in before}
        texts: list[Tree] = [known.get(flat(row.raw(title))) or self._one(fact, row, "", desk) for row in said]
        return texts[0] if len(texts) == 1 and (isinstance(old, str) or (fact.lone and old is None)) else texts

    def _one(self, fact: Fact, row: Row, old: str, desk: Desk) -> str:
        title = self.value.title
        row = row._replace(names={title: fact.labels[1] or row.raw(self.labels[1])})
        cell = row.cells.get(title)
        if old and same(cell, fact.kind, old):
            return old
        said = typed(desk, row, title, fact.kind)
        if said and fact.choices and said not in (*fact.choices, BLANK):
            desk.wrong(row, title, f"“{fact.labels[1]}”不能是“{said}”", which_of(said, fact.choices, "只能是"))
        return said

    def _named(self, fact: Fact, rows: Sequence[Row], trees: Trees, desk: Desk) -> Tree | None:
        """A map with a name a row."""
        old = mapping(fact.value_in(trees) or "")
        found: dict[str, Tree] = {}
        first: dict[str, Row] = {}
        item, title = self.labels[1], self.value.title
        for row in rows:
            name = self._labels_in(row)[2]
            key = next((one for one in old if flat(one) == name), name)
            if not row.raw(title):
                continue
            if name and fact.names and key not in old and name not in fact.names:
                desk.wrong(row, item, f"没有“{name}”这一项", which_of(name, fact.names))
            elif not name:
                desk.wrong(row, item, f"“{item}”没有填", "请补上；不要这一行的，把整行清空。")
            elif key in first:
                desk.wrong(row, item, f"“{name}”与第{first[key].number}行重复", "请删去一行。")
            else:
                first[key] = row
                if key not in old and not fact.names:
                    Codes(self.ground._replace(trees=trees)).item(desk, row, item, fact.labels[0])
                found[key] = self._one(fact, row, text(old.get(key, "")), desk)
        return found or None
