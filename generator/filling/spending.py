"""支出明细, 项目 and 绩效指标: basic.yaml and projects.yaml as sheets. A line's project is named as the sheet 项目 names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.filling.entries import Entries, Line
from generator.filling.heads import ECONOMIC, FUNCTION, GOVERNMENT, MONEY, Codes, spent_heads, unit_column, unit_shown
from generator.filling.keys import BASIC_FILE, FUNDINGS, INDICATORS, PROJECTS, SPENT
from generator.filling.nouns import UNIT, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import among, items, mapping, ordered, pairs, text
from generator.filling.values import comparable, same, says, typed
from generator.filling.words import as_typed, flat
from generator.model.ledger import BASIC, DIMENSIONS, PROJECT, PROJECT_KINDS
from generator.model.problem import did_you_mean
from generator.model.tree import Tree, Trees

CLASS, WHICH, NAME, CODE, KIND = "类别", "项目", "项目名称", "项目编码", "项目类型"
CATEGORY, INDICATOR, TARGET = "一级指标", "指标名称", "指标值"
_FACTS = {NAME: "名称", CODE: "编码", KIND: "类型", UNIT: "单位"}
_ORDER = ("名称", "编码", "类型", "单位", "层级")


class Spending(NamedTuple):
    """How 支出 is laid out for a department."""

    ground: Ground

    @property
    def several(self) -> bool:
        """Whether whose a line is must be told."""
        return len(self.ground.agencies) != 1 or any("单位" in mapping(one) for one in self._basic(self.ground.trees))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What a line's 类别 may be."""
        return (self.ground.profile.widened.get("类别") or DIMENSIONS["类别"]).values

    @property
    def line_columns(self) -> tuple[Column, ...]:
        """Of 支出明细."""
        heads = tuple(head.column for head in spent_heads(self.ground))
        return (
            *((unit_column(self.ground)._replace(needed=True),) if self.several else ()),
            Column(CLASS, width=11, who="单位财务", hint="基本支出或项目支出。", choices=self.kinds, needed=True),
            Column(WHICH, width=26, who="业务科室", hint="项目支出选项目（先在“项目”表里填）；基本支出空着。", list=WHICH),
            Column(FUNCTION, Kind.CODED, 34, "单位财务", "项级（7位），从下拉里选，也可以只填编码。", list=FUNCTION, needed=True),
            Column(ECONOMIC, Kind.CODED, 26, "单位财务", "款级（5位），从下拉里选，也可以只填编码。", list=ECONOMIC, needed=not self.ground.profile.coarse),
            Column(GOVERNMENT, Kind.CODED, 18, "单位财务", "一般空着：由单位性质推出；要指明另一个时才填。", list=GOVERNMENT),
            *heads,
            Column(MONEY, Kind.MONEY, 14, "单位财务", f"单位：{self.ground.scale}，最多两位小数。", needed=True),
        )  # fmt: skip

    @property
    def project_columns(self) -> tuple[Column, ...]:
        """Of 项目."""
        return (
            *((unit_column(self.ground)._replace(needed=True),) if self.several else ()),
            Column(NAME, width=46, who="业务科室", hint="项目全称，与财政批复一致。", needed=True),
            Column(CODE, Kind.CODE, 26, "单位财务", "财政系统登记的编码，照抄，不要自己编。", needed=True),
            Column(KIND, width=14, who="单位财务", hint="从下拉里选。", choices=PROJECT_KINDS, needed=True),
        )

    @property
    def indicator_columns(self) -> tuple[Column, ...]:
        """Of 绩效指标."""
        return (
            Column(WHICH, width=46, who="业务科室", hint="从下拉里选项目。", list=WHICH, needed=True),
            Column(CATEGORY, width=14, who="业务科室", hint="从下拉里选。", choices=self.ground.profile.indicator_categories, needed=True),
            Column(INDICATOR, width=44, who="业务科室", hint="三级指标的名称。", needed=True),
            Column(TARGET, width=26, who="业务科室", hint="如“≥95%”；写“≤资金总额”的，印出时换成项目金额。", needed=True),
        )  # fmt: skip

    def line_rows(self, trees: Trees) -> list[Said]:
        """支出明细 as the files have it."""
        rows = [
            Said({**line.texts, UNIT: unit, CLASS: text(mapping(entry).get(CLASS)) or BASIC, WHICH: ""})
            for entry, unit, line in self._basic_lines(trees)
        ]
        names = self.names(trees)
        for number, project in enumerate(self._projects(trees)):
            if self._is_mine(project):
                own = {UNIT: self._unit(project), CLASS: PROJECT, WHICH: names[number]}
                rows += [Said({**own, **line.texts}) for line in self._fundings(project).lines(fundings_of(project))]
        return rows

    def _basic_lines(self, trees: Trees) -> Iterator[tuple[Tree, str, Line]]:
        entries = self._basic(trees)
        for line in self._of_basic.lines(entries):
            yield entries[line.entry], self._unit(entries[line.entry]), line

    def project_rows(self, trees: Trees) -> list[Said]:
        """项目 as the file has it."""
        return [
            Said({UNIT: self._unit(one), **{title: text(mapping(one).get(key)) for title, key in _FACTS.items() if title != UNIT}})
            for one in self._projects(trees)
            if self._is_mine(one)
        ]  # fmt: skip

    def indicator_rows(self, trees: Trees) -> list[Said]:
        """绩效指标 as the file has it."""
        names = self.names(trees)
        return [
            Said({WHICH: names[number], CATEGORY: category, INDICATOR: name, TARGET: text(value)})
            for number, one in enumerate(self._projects(trees))
            if self._is_mine(one)
            for category, found in mapping(mapping(one).get(INDICATORS, {})).items()
            for name, value in mapping(found).items()
        ]

    def names(self, trees: Trees) -> list[str]:
        """How sheets name each project: its name, and its code besides where the name is not its alone."""
        projects = [mapping(one) for one in self._projects(trees)]
        often = Counter(flat(text(one.get("名称"))) for one in projects)
        return [
            name if often[name := flat(text(one.get("名称")))] == 1 else f"{name}（{text(one.get('编码'))}）"
            for one in projects
        ]

    def put_projects(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """projects.yaml with what the sheet 项目 says of each; one that came has no lines yet."""
        old = self._projects(trees)
        mine = [number for number, one in enumerate(old) if self._is_mine(one)]
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
        return self._with(trees, PROJECTS, among(old, mine, new, found))

    def _project(self, old: dict[str, Tree], row: Row, desk: Desk) -> dict[str, Tree]:
        codes, new = Codes(self.ground), dict(old)
        for title, key in _FACTS.items():
            if title == UNIT:
                said = self._unit_said(text(old.get(key)), row, desk)
            elif same(row.cells.get(title), self._kind(title), text(old.get(key))):
                said = text(old.get(key))
            elif title == KIND:
                said = codes.choice(desk, row, self.project_columns[-1])
            else:
                said = typed(desk, row, title, self._kind(title))
            if said or (key in old and not text(old[key])):
                new[key] = said
            elif title != UNIT and not (cell := row.cells.get(title)) or (title != UNIT and cell and not cell.text):
                desk.wrong(row, title, f"“{title}”没有填", "请补上；不要这个项目的，把整行清空。")
            else:
                new.pop(key, None)
        return ordered(old, new, _ORDER)

    def _kind(self, title: str) -> Kind:
        return Kind.CODE if title == CODE else Kind.WORDS

    def _unit_said(self, old: str, row: Row, desk: Desk) -> str:
        if not self.several or UNIT not in row.cells:
            return old
        if old and says(row.cells.get(UNIT), Kind.CODED) == comparable(Kind.CODED, old):
            return old
        return Codes(self.ground).unit(desk, row, UNIT)

    def put_lines(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """basic.yaml and projects.yaml with these lines; run after ``put_projects``."""
        of_basic: list[Row] = []
        projects = self._projects(trees)
        of_projects: dict[int, list[Row]] = {number: [] for number, one in enumerate(projects) if self._is_mine(one)}
        known = self._known(trees)
        for row in rows:
            kind = self._class_of(row, desk)
            if kind == PROJECT:
                number = self._which(row, known, desk)
                if number is not None:
                    self._check_unit(row, mapping(projects[number]), desk)
                    of_projects.setdefault(number, []).append(row)
            elif kind:
                of_basic.append(row)
        entries = self._basic(trees)
        basic = self._of_basic.put(entries, of_basic, desk)
        new = [
            self._with_fundings(one, of_projects[number], desk) if number in of_projects else one
            for number, one in enumerate(projects)
        ]
        return self._with(self._with(trees, BASIC_FILE, basic), PROJECTS, new)

    def _class_of(self, row: Row, desk: Desk) -> str:
        said = flat(row.raw(CLASS))
        if not said:
            said = PROJECT if row.raw(WHICH) else ""
        if said not in self.kinds:
            column = next(one for one in self.line_columns if one.title == CLASS)
            return Codes(self.ground).choice(desk, row, column)
        if said != PROJECT and row.raw(WHICH):
            desk.wrong(row, WHICH, f"{said}不填项目", "是项目支出的，把“类别”改成项目支出；不是的，清空这一格。")
            return ""
        return said

    def _known(self, trees: Trees) -> dict[str, int]:
        """Projects by how a row may name them: as sheets do, by code, by the name before it was changed."""
        projects = [mapping(one) for one in self._projects(trees)]
        named = {name: number for number, name in enumerate(self.names(trees))}
        coded = {text(one.get("编码")): number for number, one in enumerate(projects)}
        before = dict(zip((text(mapping(one).get("编码")) for one in self._projects(self.ground.trees)), self.names(self.ground.trees), strict=True))  # fmt: skip
        earlier = {before[code]: number for code, number in coded.items() if code in before}
        return {**earlier, **coded, **named}

    def _which(self, row: Row, known: Mapping[str, int], desk: Desk) -> int | None:
        said = flat(row.raw(WHICH))
        if not said:
            desk.wrong(row, WHICH, "项目支出没有填是哪个项目", "请从下拉里选；没有的，先在“项目”表里填。")
        elif said not in known and (row.sheet.name, said) not in desk.told:
            desk.told.add((row.sheet.name, said))
            hint = did_you_mean(said, list(known)) or "请从下拉里选；没有的，先在“项目”表里填。"
            desk.wrong(row, WHICH, f"“项目”表里没有“{said}”", f"{hint}下面还写着它的行，一起改。")
        return known.get(said)

    def _check_unit(self, row: Row, project: dict[str, Tree], desk: Desk) -> None:
        own = text(project.get("单位")) or self.ground.lone
        if self.several and row.raw(UNIT) and own and says(row.cells.get(UNIT), Kind.CODED) != own:
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
        order = [*_ORDER, *heads, SPENT, FUNDINGS, INDICATORS]
        if FUNDINGS in own or len(new) > 1:
            kept = {key: value for key, value in own.items() if key == "层级" or key not in (*heads, SPENT)}
            return ordered(own, {**kept, FUNDINGS: new}, order)
        kept = {key: value for key, value in own.items() if key not in (*heads, SPENT)}
        return ordered(own, {**kept, **mapping(new[0] if new else {})}, order)

    def put_indicators(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """projects.yaml with these 绩效指标; run after ``put_projects``."""
        known, projects = self._known(trees), self._projects(trees)
        found: dict[int, dict[str, Tree]] = {}
        for row in rows:
            number = self._which(row, known, desk)
            titles = [title for title in (CATEGORY, INDICATOR, TARGET) if not row.raw(title)]
            for title in titles:
                desk.wrong(row, title, f"“{title}”没有填", "请补上；不要这一行的，把整行清空。")
            if number is None or titles:
                continue
            old = mapping(mapping(projects[number]).get(INDICATORS, {}))
            category, name = (typed(desk, row, title, Kind.WORDS) for title in (CATEGORY, INDICATOR))
            category = as_typed(old, category)
            before = mapping(old.get(category, {}))
            name = as_typed(before, name)
            below = mapping(found.setdefault(number, {}).setdefault(category, {}))
            if name in below:
                desk.wrong(row, INDICATOR, f"这个项目的{category}里已有“{name}”", "请改名，或删去一行。")
            was = text(before.get(name, ""))
            below[name] = was if says(row.cells.get(TARGET), Kind.WORDS) == comparable(Kind.WORDS, was) else typed(desk, row, TARGET, Kind.WORDS)  # fmt: skip
        new = [
            self._with_indicators(one, found.get(number, {})) if self._is_mine(one) else one
            for number, one in enumerate(projects)
        ]
        return self._with(trees, PROJECTS, new)

    def _with_indicators(self, project: Tree, found: dict[str, Tree]) -> Tree:
        own = mapping(project)
        old = mapping(own.get(INDICATORS, {}))
        silent = {category: value for category, value in old.items() if not mapping(value)}
        found = ordered(old, {**silent, **found}, list(found)) if silent else found
        if not found and INDICATORS not in own:
            return project
        return {**own, INDICATORS: found if found or not old else {}}

    def _basic(self, trees: Trees) -> list[Tree]:
        return items(trees.get(BASIC_FILE, []))

    def _projects(self, trees: Trees) -> list[Tree]:
        return items(trees.get(PROJECTS, []))

    def _unit(self, entry: Tree) -> str:
        return unit_shown(text(mapping(entry).get("单位")) or self.ground.lone, self.ground)

    def _is_mine(self, entry: Tree) -> bool:
        return self.ground.unit in ("", text(mapping(entry).get("单位")) or self.ground.lone)

    @property
    def _of_basic(self) -> Entries:
        from generator.filling.heads import Head

        unit = Head(unit_column(self.ground)._replace(needed=True), ("单位",), self.ground.usual_unit)
        kind = Head(Column(CLASS, choices=self.kinds), (CLASS,), BASIC)
        heads = (*((unit,) if self.several else ()), kind, *spent_heads(self.ground))
        coarse = self.ground.profile.coarse or "类别" in self.ground.profile.widened
        return Entries(self.ground, heads, coarse, mine=self._is_mine)

    def _fundings(self, project: Tree) -> Entries:
        level = text(mapping(project).get("层级")) if FUNDINGS in mapping(project) else ""
        heads = tuple(
            head._replace(usual=level) if level and head.title == "层级" else head for head in spent_heads(self.ground)
        )
        return Entries(self.ground, heads, self.ground.profile.coarse)

    def _with(self, trees: Trees, name: str, new: list[Tree]) -> Trees:
        return trees if items(trees.get(name, [])) == new else {**trees, name: new}


def fundings_of(project: Tree) -> list[Tree]:
    """A project's 资金: those it lists, or the one that it is itself."""
    own = mapping(project)
    if FUNDINGS in own:
        return items(own[FUNDINGS])
    beside = ("名称", "编码", "类型", "单位", INDICATORS)
    inline = {key: value for key, value in own.items() if key not in beside}
    return [inline] if SPENT in own else []
