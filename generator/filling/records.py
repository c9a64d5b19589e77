"""Sheets of 清单 and of 预算单位: one a row; what did not change keeps what stands in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes, unit_code
from generator.filling.heads import unit_shown
from generator.filling.keys import AGENCIES, DEPARTMENT
from generator.filling.nouns import UNIT, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import among, assigned, at, followed, items, mapping, ordered, text
from generator.filling.values import comparable, says, typed
from generator.filling.words import flat
from generator.model.department import NATURES
from generator.model.record import FieldKind, RecordList
from generator.model.tree import Tree, Trees

_KINDS = {FieldKind.MONEY: Kind.MONEY, FieldKind.COUNT: Kind.COUNT, FieldKind.DATE: Kind.DATE}
CODE, CALLED, NATURE = "预算单位代码", "单位名称", "单位性质"


class Records(NamedTuple):
    """A 清单."""

    ground: Ground
    declared: RecordList

    @property
    def columns(self) -> tuple[Column, ...]:
        """A column for each of its fields; whose a record is, where there are several units."""
        own = [one.name for one in self.declared.fields]
        whose = UNIT not in own and len(self.ground.agencies) > 1
        return (
            *((Column(UNIT, Kind.CODED, 30, hint="从下拉里选预算单位。", list=UNIT, spared=True),) if whose else ()),
            *(
                Column(one.name, _KINDS.get(one.kind, Kind.WORDS), 14 if one.kind in _KINDS else 24,
                       hint="从下拉里选。" if one.choices else "如 2025-03-31。" if one.kind is FieldKind.DATE else "",
                       choices=one.choices)
                for one in self.declared.fields
            ),
        )  # fmt: skip

    def rows(self, trees: Trees) -> list[Said]:
        """The records as the file has them."""
        return [
            Said(self._shown(mapping(one))) for one in items(trees.get(self.declared.file, [])) if self._is_mine(one)
        ]

    def _is_mine(self, one: Tree) -> bool:
        return self.ground.unit in ("", text(mapping(one).get(UNIT)) or self.ground.unit)

    def _shown(self, record: Mapping[str, Tree]) -> dict[str, str]:
        found = {column.title: text(record.get(column.title)) for column in self.columns}
        return {**found, UNIT: unit_shown(found[UNIT], self.ground)} if self._has_units and found[UNIT] else found

    @property
    def _has_units(self) -> bool:
        return self.columns[0].title == UNIT and self.columns[0].kind is Kind.CODED

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """The file with these records."""
        old = items(trees.get(self.declared.file, []))
        mine = [number for number, one in enumerate(old) if self._is_mine(one)]
        found = followed(
            [tuple(comparable(one.kind, self._shown(mapping(old[number]))[one.title]) for one in self.columns) for number in mine],
            [tuple(says(row.cells.get(one.title), one.kind) for one in self.columns) for row in rows],
        )  # fmt: skip
        new = [
            self._record({} if place is None else mapping(old[mine[place]]), row, desk)
            for row, place in zip(rows, found, strict=True)
        ]
        whole = among(old, mine, new, found)
        if whole == old or (not whole and not old):
            return trees
        return {**trees, self.declared.file: whole}

    def _record(self, old: Mapping[str, Tree], row: Row, desk: Desk) -> Tree:
        codes, new, shown = Codes(self.ground), dict(old), self._shown(old)
        for column in self.columns:
            title = column.title
            if says(row.cells.get(title), column.kind) == comparable(column.kind, shown[title]):
                continue
            if column.list == UNIT:
                said = codes.unit(desk, row, title, False)
            elif column.choices:
                said = codes.choice(desk, row, column, False)
            else:
                said = typed(desk, row, title, column.kind)
            new[title] = said
            if not said:
                del new[title]
        if self.ground.unit and self._has_units:
            new.setdefault(UNIT, self.ground.unit)
        return ordered(old, new, [column.title for column in self.columns])


class Agencies(NamedTuple):
    """预算单位 of department.yaml."""

    ground: Ground

    @property
    def columns(self) -> tuple[Column, ...]:
        """Code, name, and the 单位性质 that is not the department's."""
        return (
            Column(CODE, Kind.CODE, 16, "单位财务", "预算单位代码，前面的0不要丢。", needed=True),
            Column(CALLED, width=50, who="办公室", hint="单位全称。", needed=True),
            Column(NATURE, width=12, who="人事", hint="与部门的单位性质不同时才填。", choices=NATURES),
        )

    def rows(self, trees: Trees) -> list[Said]:
        """The units as the file has them."""
        return [Said(self._shown(code, one)) for code, one in mapping(at(trees.get(DEPARTMENT, ""), (AGENCIES,)) or "").items()]  # fmt: skip

    def _shown(self, code: str, one: Tree) -> dict[str, str]:
        own = mapping(one)
        name = text(own.get("名称")) if own else text(one)
        return {CODE: code, CALLED: name, NATURE: text(own.get(NATURE))}

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """department.yaml with these units."""
        codes, new = Codes(self.ground), dict[str, Tree]()
        old = mapping(at(trees.get(DEPARTMENT, ""), (AGENCIES,)) or "")
        for row in rows:
            code = unit_code(says(row.cells.get(CODE), Kind.CODE), {one: "" for one in old}) or typed(desk, row, CODE, Kind.CODE)  # fmt: skip
            if not row.raw(CODE):
                desk.wrong(row, CODE, f"“{CODE}”没有填", "请补上；不要这一行的，把整行清空。")
            if code in new:
                desk.wrong(row, CODE, f"预算单位{code}填了两行", "请核对，删去一行。")
            if not row.raw(CALLED):
                desk.wrong(row, CALLED, f"“{CALLED}”没有填", "请填单位全称。")
            was = self._shown(code, old.get(code, ""))
            name = was[CALLED] if flat(row.raw(CALLED)) == flat(was[CALLED]) else typed(desk, row, CALLED, Kind.WORDS)
            nature = codes.choice(desk, row, self.columns[2], False)
            same = (name, nature) == (was[CALLED], was[NATURE])
            if same and code in old:
                new[code] = old[code]
            elif nature or mapping(old.get(code, "")):
                kept = {**mapping(old.get(code, "")), "名称": name, NATURE: nature}
                new[code] = {key: value for key, value in kept.items() if value}
            else:
                new[code] = name
        if new == old and list(new) == list(old):
            return trees
        return {**trees, DEPARTMENT: assigned(trees.get(DEPARTMENT, ""), {(AGENCIES,): new}, [(AGENCIES,)])}
