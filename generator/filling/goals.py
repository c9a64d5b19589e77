"""The sheet 整体绩效: goals, tasks and 指标 of the department and of its units, one a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.filling.codes import Codes, unit_code
from generator.filling.heads import unit_shown
from generator.filling.keys import GOALS, PERFORMANCE, unit_file
from generator.filling.nouns import UNIT, WHOLE, Column, Desk, Ground, Kind, Row, Said
from generator.filling.shapes import Path, assigned, at, followed, items, mapping, ordered, text
from generator.filling.values import typed
from generator.filling.words import as_typed, flat
from generator.model.problem import which_of
from generator.model.tree import Tree, Trees

PART, FIRST, SECOND, NAME, CONTENT, EXPLAINED = "部分", "一级指标", "二级指标", "名称", "内容或指标值", "说明"
GOAL, TASK, TARGET = "年度履职目标", "年度主要任务", "指标"


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
        found = followed(texts, [(flat(row.raw(NAME)), flat(row.raw(CONTENT))) for row, _ in new])
        return [
            old[place] if place is not None and texts[place] == (flat(row.raw(NAME)), flat(row.raw(CONTENT))) else
            {**mapping(old[place]), **mapping(task)} if place is not None else task
            for (row, task), place in zip(new, found, strict=True)
        ]  # fmt: skip

    def _target(self, targets: dict[str, Tree], old: Mapping[str, Tree], row: Row, desk: Desk) -> None:
        place, before = targets, old
        for title in (FIRST, SECOND):
            key = as_typed(before, typed(desk, row, title, Kind.WORDS))
            place, before = mapping(place.setdefault(key, {})), mapping(before.get(key, ""))
        name = as_typed(before, typed(desk, row, NAME, Kind.WORDS))
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
