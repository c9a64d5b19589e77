"""The sheet 绩效指标: those of projects.yaml, one a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.filling.keys import INDICATORS, PROJECTS
from generator.filling.nouns import Column, Desk, Ground, Kind, Row, Said
from generator.filling.projects import WHICH, Projects
from generator.filling.shapes import mapping, ordered, text
from generator.filling.values import comparable, says, typed
from generator.filling.words import as_typed
from generator.model.tree import Tree, Trees

CATEGORY, INDICATOR, TARGET = "一级指标", "指标名称", "指标值"


class Indicators(NamedTuple):
    """The 绩效指标 of a department's projects."""

    ground: Ground

    @property
    def projects(self) -> Projects:
        """The projects that they are of."""
        return Projects(self.ground)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Of 绩效指标."""
        return (
            Column(WHICH, width=46, who="业务科室", hint="从下拉里选项目。", list=WHICH, needed=True),
            Column(CATEGORY, width=14, who="业务科室", hint="从下拉里选。", choices=self.ground.profile.indicator_categories, needed=True),
            Column(INDICATOR, width=44, who="业务科室", hint="三级指标的名称。", needed=True),
            Column(TARGET, width=26, who="业务科室", hint="如“≥95%”；写“≤资金总额”的，印出时换成项目金额。", needed=True),
        )  # fmt: skip

    def rows(self, trees: Trees) -> list[Said]:
        """绩效指标 as the file has it."""
        names = self.projects.names(trees)
        return [
            Said({WHICH: names[number], CATEGORY: category, INDICATOR: name, TARGET: text(value)})
            for number, one in enumerate(self.projects.listed(trees))
            if self.projects.is_mine(one)
            for category, found in mapping(mapping(one).get(INDICATORS, {})).items()
            for name, value in mapping(found).items()
        ]

    def put(self, trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        """projects.yaml with these 绩效指标; run after ``put_projects``."""
        known, projects = self.projects.known(trees), self.projects.listed(trees)
        found: dict[int, dict[str, Tree]] = {}
        for row in rows:
            number = self.projects.which(row, known, desk)
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
            self._with_indicators(one, found.get(number, {})) if self.projects.is_mine(one) else one
            for number, one in enumerate(projects)
        ]
        return self.projects.with_list(trees, PROJECTS, new)

    def _with_indicators(self, project: Tree, found: dict[str, Tree]) -> Tree:
        own = mapping(project)
        old = mapping(own.get(INDICATORS, {}))
        silent = {category: value for category, value in old.items() if not mapping(value)}
        found = ordered(old, {**silent, **found}, list(found)) if silent else found
        if not found and INDICATORS not in own:
            return project
        return {**own, INDICATORS: found if found or not old else {}}
