"""The sheet 项目: what projects.yaml says of each project but its money and its 绩效指标; and how other sheets name projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes
from generator.filling.heads import unit_column, unit_shown
from generator.filling.keys import BASIC_FILE, PROJECTS
from generator.filling.nouns import UNIT, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import among, items, mapping, ordered, pairs, text
from generator.filling.values import comparable, same, says, typed
from generator.filling.words import flat
from generator.model.ledger import PROJECT_KINDS
from generator.model.problem import did_you_mean
from generator.model.tree import Tree, Trees

WHICH, NAME, CODE, KIND = "项目", "项目名称", "项目编码", "项目类型"
_FACTS = {NAME: "名称", CODE: "编码", KIND: "类型", UNIT: "单位"}
ORDER = ("名称", "编码", "类型", "单位", "层级")


class Projects(NamedTuple):
    """The projects of a department."""

    ground: Ground

    @property
    def several(self) -> bool:
        """Whether whose a line is must be told."""
        return len(self.ground.agencies) != 1 or any("单位" in mapping(one) for one in self.basic(self.ground.trees))

    @property
    def columns(self) -> tuple[Column, ...]:
        """Of 项目."""
        return (
            *((unit_column(self.ground)._replace(needed=True),) if self.several else ()),
            Column(NAME, width=46, who="业务科室", hint="项目全称，与财政批复一致。", needed=True),
            Column(CODE, Kind.CODE, 26, "单位财务", "财政系统登记的编码，照抄，不要自己编。", needed=True),
            Column(KIND, width=14, who="单位财务", hint="从下拉里选。", choices=PROJECT_KINDS, needed=True),
        )

    def rows(self, trees: Trees) -> list[Said]:
        """项目 as the file has it."""
        return [
            Said({UNIT: self.unit_of(one), **{title: text(mapping(one).get(key)) for title, key in _FACTS.items() if title != UNIT}})
            for one in self.listed(trees)
            if self.is_mine(one)
        ]  # fmt: skip

    def names(self, trees: Trees) -> list[str]:
        """How sheets name each project: its name, and its code besides where the name is not its alone."""
        projects = [mapping(one) for one in self.listed(trees)]
        often = Counter(flat(text(one.get("名称"))) for one in projects)
        return [
            name if often[name := flat(text(one.get("名称")))] == 1 else f"{name}（{text(one.get('编码'))}）"
            for one in projects
        ]

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """projects.yaml with what the sheet 项目 says of each; one that came has no lines yet."""
        old = self.listed(trees)
        mine = [number for number, one in enumerate(old) if self.is_mine(one)]
        found = pairs(mine, rows, [
            (lambda number: comparable(Kind.CODE, text(mapping(old[number]).get("编码"))), lambda row: says(row.cells.get(CODE), Kind.CODE)),
            (lambda number: flat(text(mapping(old[number]).get("名称"))), lambda row: flat(row.raw(NAME))),
        ])  # fmt: skip
        new: list[Tree] = []
        seen: dict[str, Row] = {}
        for row, place in zip(rows, found, strict=True):
            project = self._project({} if place is None else mapping(old[mine[place]]), row, desk)
            code = text(project.get("编码"))
            if code and code in seen:
                message = f"项目编码{code}与第{seen[code].number}行相同"
                desk.wrong(row, CODE, message, "两个项目的编码不会相同，请核对哪一个填错了。")
            seen[code] = row
            new.append(project)
        return self.with_list(trees, PROJECTS, among(old, mine, new, found))

    def _project(self, old: dict[str, Tree], row: Row, desk: Desk) -> dict[str, Tree]:
        codes, new = Codes(self.ground), dict(old)
        for title, key in _FACTS.items():
            if title == UNIT:
                said = self._unit_said(text(old.get(key)), row, desk)
            elif same(row.cells.get(title), self._kind(title), text(old.get(key))):
                said = text(old.get(key))
            elif title == KIND:
                said = codes.choice(desk, row, self.columns[-1])
            else:
                said = typed(desk, row, title, self._kind(title))
            if said or (key in old and not text(old[key])):
                new[key] = said
            elif title != UNIT and not (cell := row.cells.get(title)) or (title != UNIT and cell and not cell.text):
                desk.wrong(row, title, f"“{title}”没有填", "请补上；不要这个项目的，把整行清空。")
            else:
                new.pop(key, None)
        return ordered(old, new, ORDER)

    def _kind(self, title: str) -> Kind:
        return Kind.CODE if title == CODE else Kind.WORDS

    def _unit_said(self, old: str, row: Row, desk: Desk) -> str:
        if not self.several or UNIT not in row.cells:
            return old
        if old and says(row.cells.get(UNIT), Kind.CODED) == comparable(Kind.CODED, old):
            return old
        return Codes(self.ground).unit(desk, row, UNIT)

    def known(self, trees: Trees) -> dict[str, int]:
        """Projects by how a row may name them: as sheets do, by code, by the name before it was changed."""
        projects = [mapping(one) for one in self.listed(trees)]
        named = {name: number for number, name in enumerate(self.names(trees))}
        coded = {text(one.get("编码")): number for number, one in enumerate(projects)}
        before = dict(zip((text(mapping(one).get("编码")) for one in self.listed(self.ground.trees)), self.names(self.ground.trees), strict=True))  # fmt: skip
        earlier = {before[code]: number for code, number in coded.items() if code in before}
        return {**earlier, **coded, **named}

    def which(self, row: Row, known: Mapping[str, int], desk: Desk) -> int | None:
        """The number of the project that a row names; None after reporting."""
        said = flat(row.raw(WHICH))
        if not said:
            desk.wrong(row, WHICH, "项目支出没有填是哪个项目", "请从下拉里选；没有的，先在“项目”表里填。")
        elif said not in known and (row.sheet.name, said) not in desk.told:
            desk.told.add((row.sheet.name, said))
            hint = did_you_mean(said, list(known)) or "请从下拉里选；没有的，先在“项目”表里填。"
            desk.wrong(row, WHICH, f"“项目”表里没有“{said}”", f"{hint}下面还写着它的行，一起改。")
        return known.get(said)

    def listed(self, trees: Trees) -> list[Tree]:
        """projects.yaml."""
        return items(trees.get(PROJECTS, []))

    def basic(self, trees: Trees) -> list[Tree]:
        """basic.yaml."""
        return items(trees.get(BASIC_FILE, []))

    def unit_of(self, entry: Tree) -> str:
        """Whose an entry is, as cells show it."""
        return unit_shown(text(mapping(entry).get("单位")) or self.ground.lone, self.ground)

    def is_mine(self, entry: Tree) -> bool:
        """Whether an entry is of the workbook."""
        return self.ground.unit in ("", text(mapping(entry).get("单位")) or self.ground.lone)

    def with_list(self, trees: Trees, name: str, new: list[Tree]) -> Trees:
        """The files with another list in one of them."""
        return trees if items(trees.get(name, [])) == new else {**trees, name: new}
