"""Sheets of one thing a row: 清单, 预算单位, 整体绩效, 逐项说明; a row that did not change keeps what stands in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.filling.heads import Codes, unit_code, unit_shown
from generator.filling.keys import AGENCIES, DEPARTMENT, GOALS, NARRATIVE, PERFORMANCE, SAYINGS, unit_file
from generator.filling.nouns import UNIT, WHOLE, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import Path, among, assigned, at, items, mapping, ordered, pairs, text
from generator.filling.values import NOTHING, comparable, says, typed
from generator.filling.words import flat
from generator.model.department import NATURES
from generator.model.problem import which_of
from generator.model.record import FieldKind, RecordList
from generator.model.tree import Tree, Trees

_KINDS = {FieldKind.MONEY: Kind.MONEY, FieldKind.COUNT: Kind.COUNT, FieldKind.DATE: Kind.DATE}
PART, FIRST, SECOND, NAME, CONTENT, EXPLAINED = "部分", "一级指标", "二级指标", "名称", "内容或指标值", "说明"
GOAL, TASK, TARGET = "年度履职目标", "年度主要任务", "指标"
OF, OF_WHAT = "分类", "编码或名称"
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
        found = _matched(
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
        return ordered(old, new, [column.title for column in self.columns])


def _matched(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> list[int | None]:
    """Which old row each new one is: an equal one, else the one that followed the row above."""
    found = pairs(old, new, [(lambda one: one, lambda one: one)])
    taken = {place for place in found if place is not None}
    above = -1
    for number, place in enumerate(found):
        if place is None and above + 1 < len(old) and above + 1 not in taken:
            found[number] = place = above + 1
            taken.add(place)
        above = place if place is not None else above
    return found


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


class Goals(NamedTuple):
    """整体绩效: the department's, and its units'."""

    ground: Ground

    @property
    def columns(self) -> tuple[Column, ...]:
        """A column for each level of 指标; goals and tasks use the last ones."""
        whose = Column(UNIT, Kind.CODED, 30, hint=f"“{WHOLE}”或预算单位。", list=WHOLE, spared=True)
        parts = (GOAL, TASK, TARGET)
        return (
            *((whose,) if self.ground.apart else ()),
            Column(PART, width=14, who="业务科室", hint="从下拉里选。", choices=parts, needed=True),
            Column(FIRST, width=16, who="业务科室", hint="只有指标填。"),
            Column(SECOND, width=18, who="业务科室", hint="只有指标填。"),
            Column(NAME, width=30, who="业务科室", hint="指标名称或任务名称；目标空着。"),
            Column(CONTENT, width=60, who="业务科室", hint="目标、任务的内容，或指标值。", needed=True),
            Column(EXPLAINED, width=60, who="业务科室", hint="指标的说明，可以不填。"),
        )

    @property
    def _places(self) -> list[tuple[str, str, Path]]:
        """Whose, the file, and where in it."""
        units = [(code, unit_file(code), (PERFORMANCE,)) for code in self.ground.apart]
        return [*([] if self.ground.unit else [("", GOALS, ())]), *units]

    def rows(self, trees: Trees) -> list[Said]:
        """Goals, tasks and 指标 as the files have them."""
        found = []
        for unit, file, path in self._places:
            whose = unit_shown(unit, self.ground) if unit else WHOLE
            found += [
                Said({UNIT: whose, **texts}) for texts in _goal_rows(mapping(at(trees.get(file, ""), path) or ""))
            ]
        return found

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """The files with these."""
        changed = dict(trees)
        by_unit: dict[str, list[Row]] = {unit: [] for unit, _, _ in self._places}
        for row in rows:
            said = flat(row.raw(UNIT)) if self.ground.apart else WHOLE
            unit = self.ground.unit if said in ("", WHOLE) else unit_code(said, self.ground.agencies)
            if said not in ("", WHOLE) and unit not in by_unit:
                desk.wrong(row, UNIT, f"没有“{said}”这个预算单位", which_of(said, [WHOLE, *self.ground.agencies]))
                continue
            by_unit[unit].append(row)
        for unit, file, path in self._places:
            old = at(trees.get(file, ""), path)
            new = self._goals(mapping(old or ""), by_unit[unit], desk)
            if new == mapping(old or ""):
                continue
            changed[file] = assigned(trees.get(file, ""), {path: new or None}, [path]) if path else new
        return changed if changed != dict(trees) else trees

    def _goals(self, old: dict[str, Tree], rows: Sequence[Row], desk: Desk) -> dict[str, Tree]:
        goals: list[Tree] = []
        tasks: list[tuple[Row, Tree]] = []
        targets: dict[str, Tree] = {}
        before = {flat(text(one)): one for one in items(old.get(GOAL, []))}
        for row in rows:
            part = Codes(self.ground).choice(desk, row, Column(PART, choices=(GOAL, TASK, TARGET)))
            asked = {GOAL: (CONTENT,), TASK: (NAME, CONTENT), TARGET: (FIRST, SECOND, NAME, CONTENT)}.get(part, ())
            wanting = [title for title in asked if not row.raw(title)]
            for title in wanting:
                desk.wrong(row, title, f"{part}的“{title}”没有填", "请补上；不要这一行的，把整行清空。")
            if wanting or not part:
                continue
            if part == GOAL:
                goals.append(before.get(flat(row.raw(CONTENT))) or typed(desk, row, CONTENT, Kind.WORDS))
            elif part == TASK:
                tasks.append((row, {"任务名称": typed(desk, row, NAME, Kind.WORDS), "主要内容": typed(desk, row, CONTENT, Kind.WORDS)}))  # fmt: skip
            else:
                self._target(targets, mapping(old.get(TARGET, "")), row, desk)
        new: dict[str, Tree] = {GOAL: goals, TASK: self._tasks(items(old.get(TASK, [])), tasks), TARGET: targets}
        asked_of = {key: value for key, value in new.items() if value or key in old}
        kept = {key: value for key, value in old.items() if key not in new}
        found = {**kept, **asked_of}
        found = {key: old[key] if not value and key in old and not old[key] else value for key, value in found.items()}
        return ordered(old, found, (GOAL, TASK, TARGET))

    def _tasks(self, old: Sequence[Tree], new: Sequence[tuple[Row, Tree]]) -> list[Tree]:
        texts = [(flat(text(mapping(one).get("任务名称"))), flat(text(mapping(one).get("主要内容")))) for one in old]
        found = _matched(texts, [(flat(row.raw(NAME)), flat(row.raw(CONTENT))) for row, _ in new])
        return [
            old[place] if place is not None and texts[place] == (flat(row.raw(NAME)), flat(row.raw(CONTENT))) else
            {**mapping(old[place]), **mapping(task)} if place is not None else task
            for (row, task), place in zip(new, found, strict=True)
        ]  # fmt: skip

    def _target(self, targets: dict[str, Tree], old: Mapping[str, Tree], row: Row, desk: Desk) -> None:
        place, before = targets, old
        for title in (FIRST, SECOND):
            key = _known(before, typed(desk, row, title, Kind.WORDS))
            place, before = mapping(place.setdefault(key, {})), mapping(before.get(key, ""))
        name = _known(before, typed(desk, row, NAME, Kind.WORDS))
        if name in place:
            desk.wrong(row, NAME, f"“{name}”填了两行", "请改名，或删去一行。")
        was = before.get(name, "")
        own = mapping(was) or {"指标值": text(was)}
        value, explained = text(own.get("指标值")), text(own.get("说明"))
        new_value = value if flat(row.raw(CONTENT)) == flat(value) else typed(desk, row, CONTENT, Kind.WORDS)
        new_explained = explained if flat(row.raw(EXPLAINED)) == flat(explained) else typed(desk, row, EXPLAINED, Kind.WORDS)  # fmt: skip
        if (new_value, new_explained) == (value, explained) and name in before:
            place[name] = was
        else:
            told = {**mapping(was), "指标值": new_value, "说明": new_explained}
            place[name] = {key: one for key, one in told.items() if one}


def _goal_rows(own: Mapping[str, Tree]) -> list[dict[str, str]]:
    blank = {FIRST: "", SECOND: "", NAME: "", CONTENT: "", EXPLAINED: ""}
    found = [{PART: GOAL, **blank, CONTENT: text(one)} for one in items(own.get(GOAL, []))]
    for one in items(own.get(TASK, [])):
        task = mapping(one)
        found.append({PART: TASK, **blank, NAME: text(task.get("任务名称")), CONTENT: text(task.get("主要内容"))})
    for first, seconds in mapping(own.get(TARGET, "")).items():
        for second, names in mapping(seconds).items():
            for name, value in mapping(names).items():
                told = mapping(value) or {"指标值": text(value)}
                found.append({PART: TARGET, FIRST: first, SECOND: second, NAME: name, CONTENT: text(told.get("指标值")), EXPLAINED: text(told.get("说明"))})  # fmt: skip
    return found


def _known(old: Mapping[str, Tree], said: str) -> str:
    return next((key for key in old if flat(key) == said), said)


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
        files = dict(self._places)
        for row in rows:
            said = flat(row.raw(UNIT)) if self.ground.apart else WHOLE
            unit = self.ground.unit if said in ("", WHOLE) else unit_code(said, self.ground.agencies)
            if unit not in files or (said not in ("", WHOLE) and not unit):
                desk.wrong(row, UNIT, f"没有“{said}”这个预算单位", which_of(said, [WHOLE, *self.ground.agencies]))
                continue
            of = Codes(self.ground).choice(desk, row, Column(OF, choices=tuple(self.ground.profile.sayings)))
            old = mapping(at(trees.get(files[unit], ""), (SAYINGS, of)) or "")
            name = _known(old, flat(row.raw(OF_WHAT)))
            if not name:
                desk.wrong(row, OF_WHAT, f"“{OF_WHAT}”没有填", "请补上；不要这一行的，把整行清空。")
            elif of:
                below = found[files[unit]].setdefault(of, {})
                if name in below:
                    desk.wrong(row, OF_WHAT, f"“{name}”填了两行", "请删去一行。")
                below[name] = self._said(of, old.get(name), row, desk)
        changed = dict(trees)
        for file, told in found.items():
            before = at(trees.get(file, ""), (SAYINGS,))
            silent = {of: value for of, value in mapping(before or "").items() if of not in self.ground.profile.sayings or not mapping(value)}  # fmt: skip
            new = ordered(mapping(before or ""), {**silent, **told}, list(self.ground.profile.sayings))
            if new != mapping(before or "") or [list(mapping(one)) for one in new.values()] != [list(mapping(one)) for one in mapping(before or "").values()]:  # fmt: skip
                changed[file] = assigned(trees.get(file, ""), {(SAYINGS,): new or None}, [(SAYINGS,)])
        return changed

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
