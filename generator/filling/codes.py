"""Codes as cells have them: read, found again without the zeros that a program dropped, and told where they are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.filling.heads import LIST_OF, unit_shown
from generator.filling.keys import PROJECTS
from generator.filling.nouns import UNIT, Column, Desk, Ground, Kind, Row
from generator.filling.shapes import items, mapping, text
from generator.filling.values import typed
from generator.filling.words import code_of, flat, name_beside, wide
from generator.model.classification import ITEMS, LISTS
from generator.model.doubts import BLANK
from generator.model.problem import did_you_mean, which_of


class Codes(NamedTuple):
    """The lists of codes, for reading cells that nothing said before."""

    ground: Ground

    def unit(self, desk: Desk, row: Row, title: str, needed: bool = True) -> str:
        """A unit's code; a zero that a program dropped is given back. A unit's workbook has no other's rows."""
        agencies = self.ground.agencies
        cell = row.cells.get(title)
        said = typed(desk, row, title, Kind.CODED)
        usual = self.ground.usual_unit if title == UNIT else ""
        if not said:
            if needed and not usual and not (cell and cell.text):
                desk.wrong(row, title, f"“{title}”没有填", "请从下拉里选。")
            return usual
        if said == BLANK:
            return said
        code = unit_code(said, agencies)
        if code and title == UNIT and self.ground.unit not in ("", code):
            whose = unit_shown(self.ground.unit, self.ground)
            desk.wrong(
                row,
                title,
                f"这是{whose}的填报表，不能填{unit_shown(code, self.ground)}",
                "请填到它自己的，或整个部门的填报表里。",
            )
        if not code:
            names = [unit_shown(one, self.ground) for one in agencies]
            desk.wrong(row, title, f"没有“{said}”这个预算单位", which_of(said, names))
        return code

    def choice(self, desk: Desk, row: Row, column: Column, needed: bool = True) -> str:
        """One of a closed list's words."""
        said = typed(desk, row, column.title, Kind.WORDS)
        cell = row.cells.get(column.title)
        if not said and needed and not (cell and cell.text):
            desk.wrong(row, column.title, f"“{column.title}”没有填", f"请从下拉里选：{'、'.join(column.choices)}。")
        if said and column.choices and said not in (*column.choices, BLANK):
            hint = did_you_mean(said, column.choices) or f"只能是：{'、'.join(column.choices)}。"
            desk.wrong(row, column.title, f"“{column.title}”不能是“{said}”", hint)
            return ""
        return said

    def code(self, desk: Desk, row: Row, title: str, needed: bool = True) -> str:
        """A 科目 as a data file names it: code and name. Reported: one that is not there, not the finest, or with another's name."""
        cell = row.cells.get(title)
        said = typed(desk, row, title, Kind.CODED)
        key, names = LIST_OF[title], self.ground.codes.names(LIST_OF[title])
        if not said:
            if needed and not (cell and cell.text):
                desk.wrong(row, title, f"“{title}”没有填", "请从下拉里选，或填编码。")
            return ""
        if said == BLANK:
            return said
        code, name = code_of(said), name_beside(said)
        if code not in names:
            called = [one for one, its in names.items() if its == said and len(one) == ITEMS[key]]
            if len(called) != 1:
                self._unknown(desk, row, title, said, called)
                return ""
            code, name = called[0], ""
        if len(code) != ITEMS[key]:
            level = "项级（7位）" if key == "功能科目" else "款级（5位）"
            below = [f"{one} {its}" for one, its in names.items() if one.startswith(code) and len(one) == ITEMS[key]]
            hint = f"，如“{below[0]}”" if below else ""
            desk.wrong(row, title, f"“{title}”{code} {names[code]}不到{level}", f"请填到{level}{hint}。")
            return ""
        if name and wide(name) != wide(names[code]):
            remedy = f"请从下拉里重新选；编码对的，只留编码{code}。"
            desk.wrong(row, title, f"“{title}”{code}是“{names[code]}”，写的是“{name}”", remedy)
            return ""
        return f"{code} {names[code]}"

    def item(self, desk: Desk, row: Row, title: str, dimension: str) -> None:
        """Reports what names no 科目, project or unit, by its code or its name; words before “/” are a figure's."""
        said = flat(row.raw(title))
        figure, _, rest = said.partition("/")
        said = rest if rest and figure in {one.name for one in self.ground.profile.figures} else said
        projects = [mapping(one) for one in items(self.ground.trees.get(PROJECTS, []))]
        known: Mapping[str, str] = (
            self.ground.codes.names(dimension) if dimension in LISTS
            else {text(one.get("编码")): flat(text(one.get("名称"))) for one in projects} if dimension == "项目"
            else self.ground.agencies if dimension == "单位" else {}
        )  # fmt: skip
        if not known or code_of(said) in known or said in known.values():
            return
        hint = did_you_mean(said, [*known.values()][:2000]) or "请核对编码或名称。"
        desk.wrong(row, title, f"没有“{said}”这个{dimension}", hint)

    def _unknown(self, desk: Desk, row: Row, title: str, said: str, called: list[str]) -> None:
        names = self.ground.codes.names(LIST_OF[title])
        if called:
            desk.wrong(row, title, f"叫“{said}”的科目有几个", f"请填编码：{'、'.join(called[:5])}。")
            return
        near = [f"{one} {names[one]}" for one in _near(code_of(said), names)] if code_of(said).isdigit() else []
        hint = f"是否为“{'”或“'.join(near)}”？" if near else did_you_mean(said, list(names.values()))
        remedy = hint or "请从下拉里选；确是新增的科目，先填到department.yaml的“增补科目”。"
        desk.wrong(row, title, f"{self.ground.year}年的科目表里没有“{said}”", remedy)


def _near(code: str, names: Mapping[str, str]) -> list[str]:
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(code, [one for one in names if len(one) == len(code)] or list(names), 2, 0.7)


def unit_code(said: str, agencies: Mapping[str, str]) -> str:
    """The code of the unit that is meant: by its code, also without the zeros before it, or by its name."""
    code = code_of(wide(said))
    if code in agencies:
        return code
    found = [one for one in agencies if one.lstrip("0") == code.lstrip("0")] if code.isdigit() else []
    found = found or [one for one, name in agencies.items() if name == said]
    return found[0] if len(found) == 1 else ""
