"""The sheet 支出明细: the lines of basic.yaml and projects.yaml, one a row. A line's project is named as the sheet 项目 names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes
from generator.filling.entries import Entries, Line
from generator.filling.heads import (
    ECONOMIC,
    FUNCTION,
    GOVERNMENT,
    MONEY,
    Head,
    spent_heads,
    unit_column,
    unit_shown,
)
from generator.filling.keys import BASIC_FILE, FUNDINGS, INDICATORS, PROJECTS, SPENT
from generator.filling.nouns import UNIT, Column, Desk, Ground, Kind, Row, Said
from generator.filling.projects import ORDER, WHICH, Projects
from generator.filling.shapes import items, mapping, ordered, text
from generator.filling.values import says
from generator.filling.words import flat
from generator.model.ledger import BASIC, DIMENSIONS, PROJECT
from generator.model.tree import Tree, Trees

CLASS = "类别"


class Spending(NamedTuple):
    """How 支出 is laid out for a department."""

    ground: Ground

    @property
    def projects(self) -> Projects:
        """The projects that lines may be of."""
        return Projects(self.ground)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What a line's 类别 may be."""
        return (self.ground.profile.widened.get("类别") or DIMENSIONS["类别"]).values

    @property
    def columns(self) -> tuple[Column, ...]:
        """Of 支出明细."""
        heads = tuple(head.column for head in spent_heads(self.ground))
        return (
            *((unit_column(self.ground)._replace(needed=True),) if self.projects.several else ()),
            Column(CLASS, width=11, who="单位财务", hint="基本支出或项目支出。", choices=self.kinds, needed=True),
            Column(WHICH, width=26, who="业务科室", hint="项目支出选项目（先在“项目”表里填）；基本支出空着。", list=WHICH),
            Column(FUNCTION, Kind.CODED, 34, "单位财务", "项级（7位），从下拉里选，也可以只填编码。", list=FUNCTION, needed=True),
            Column(ECONOMIC, Kind.CODED, 26, "单位财务", "款级（5位），从下拉里选，也可以只填编码。", list=ECONOMIC, needed=not self.ground.profile.coarse),
            Column(GOVERNMENT, Kind.CODED, 18, "单位财务", "一般空着：由单位性质推出；要指明另一个时才填。", list=GOVERNMENT),
            *heads,
            Column(MONEY, Kind.MONEY, 14, "单位财务", f"单位：{self.ground.scale}，最多两位小数。", needed=True),
        )  # fmt: skip

    def rows(self, trees: Trees) -> list[Said]:
        """支出明细 as the files have it."""
        rows = [
            Said({**line.texts, UNIT: unit, CLASS: text(mapping(entry).get(CLASS)) or BASIC, WHICH: ""})
            for entry, unit, line in self._basic_lines(trees)
        ]
        names = self.projects.names(trees)
        for number, project in enumerate(self.projects.listed(trees)):
            if self.projects.is_mine(project):
                own = {UNIT: self.projects.unit_of(project), CLASS: PROJECT, WHICH: names[number]}
                rows += [Said({**own, **line.texts}) for line in self._fundings(project).lines(fundings_of(project))]
        return rows

    def _basic_lines(self, trees: Trees) -> Iterator[tuple[Tree, str, Line]]:
        entries = self.projects.basic(trees)
        for line in self._of_basic.lines(entries):
            yield entries[line.entry], self.projects.unit_of(entries[line.entry]), line

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """basic.yaml and projects.yaml with these lines; run after ``put_projects``."""
        of_basic: list[Row] = []
        projects = self.projects.listed(trees)
        of_projects: dict[int, list[Row]] = {
            number: [] for number, one in enumerate(projects) if self.projects.is_mine(one)
        }
        known = self.projects.known(trees)
        for row in rows:
            kind = self._class_of(row, desk)
            if kind == PROJECT:
                number = self.projects.which(row, known, desk)
                if number is not None:
                    self._check_unit(row, mapping(projects[number]), desk)
                    of_projects.setdefault(number, []).append(row)
            elif kind:
                of_basic.append(row)
        entries = self.projects.basic(trees)
        basic = self._of_basic.put(entries, of_basic, desk)
        new = [
            self._with_fundings(one, of_projects[number], desk) if number in of_projects else one
            for number, one in enumerate(projects)
        ]
        return self.projects.with_list(self.projects.with_list(trees, BASIC_FILE, basic), PROJECTS, new)

    def _class_of(self, row: Row, desk: Desk) -> str:
        said = flat(row.raw(CLASS))
        if not said:
            said = PROJECT if row.raw(WHICH) else ""
        if said not in self.kinds:
            column = next(one for one in self.columns if one.title == CLASS)
            return Codes(self.ground).choice(desk, row, column)
        if said != PROJECT and row.raw(WHICH):
            desk.wrong(row, WHICH, f"{said}不填项目", "是项目支出的，把“类别”改成项目支出；不是的，清空这一格。")
            return ""
        return said

    def _check_unit(self, row: Row, project: dict[str, Tree], desk: Desk) -> None:
        own = text(project.get("单位")) or self.ground.lone
        if self.projects.several and row.raw(UNIT) and own and says(row.cells.get(UNIT), Kind.CODED) != own:
            code = Codes(self.ground).unit(desk, row, UNIT)
            if code and code != own:
                shown = unit_shown(own, self.ground)
                message = f"这一行的单位与项目“{text(project.get('名称'))}”的（{shown}）不同"
                desk.wrong(row, UNIT, message, "一个项目是一个单位的，请改成一致。")

    def _with_fundings(self, project: Tree, rows: Sequence[Row], desk: Desk) -> Tree:
        old, own = fundings_of(project), mapping(project)
        new = self._fundings(project).put(old, rows, desk)
        if new == old or (not rows and not old):
            return project
        heads = [head.path[0] for head in spent_heads(self.ground)]
        order = [*ORDER, *heads, SPENT, FUNDINGS, INDICATORS]
        if FUNDINGS in own or len(new) > 1:
            kept = {key: value for key, value in own.items() if key == "层级" or key not in (*heads, SPENT)}
            return ordered(own, {**kept, FUNDINGS: new}, order)
        kept = {key: value for key, value in own.items() if key not in (*heads, SPENT)}
        return ordered(own, {**kept, **mapping(new[0] if new else {})}, order)

    @property
    def _of_basic(self) -> Entries:
        unit = Head(unit_column(self.ground)._replace(needed=True), ("单位",), self.ground.usual_unit)
        kind = Head(Column(CLASS, choices=self.kinds), (CLASS,), BASIC)
        heads = (*((unit,) if self.projects.several else ()), kind, *spent_heads(self.ground))
        coarse = self.ground.profile.coarse or "类别" in self.ground.profile.widened
        return Entries(self.ground, heads, coarse, mine=self.projects.is_mine)

    def _fundings(self, project: Tree) -> Entries:
        level = text(mapping(project).get("层级")) if FUNDINGS in mapping(project) else ""
        heads = tuple(
            head._replace(usual=level) if level and head.title == "层级" else head for head in spent_heads(self.ground)
        )
        return Entries(self.ground, heads, self.ground.profile.coarse)


def fundings_of(project: Tree) -> list[Tree]:
    """A project's 资金: those it lists, or the one that it is itself."""
    own = mapping(project)
    if FUNDINGS in own:
        return items(own[FUNDINGS])
    beside = ("名称", "编码", "类型", "单位", INDICATORS)
    inline = {key: value for key, value in own.items() if key not in beside}
    return [inline] if SPENT in own else []
