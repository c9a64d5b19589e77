"""What a row's cells say: codes, the agency, the project, which money; words that are not known are told once each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.codes import by_name, coded, in_levels, named, plain
from generator.intake.ground import Ground, wrong
from generator.intake.mapping import FIELDS, LEVELS, LISTS, MEANS, NAMES, Heads, flattened
from generator.model.classification import ITEMS
from generator.model.ledger import BASIC, PROJECT, PROJECT_KINDS
from generator.model.problem import Problem
from generator.sheets.sheet import Cell, Kind, Sheet

_OPEN_KINDS = ("运转类", PROJECT)
"""What says that it is no 基本支出, but not which kind of project."""
Own = Mapping[str, Cell]
"""A row's cells by field."""


class Words:
    """The words of a sheet being read, what is wrong with them, and the names that they have for codes."""

    def __init__(self, sheet: Sheet, heads: Heads, ground: Ground) -> None:
        self.sheet, self.heads, self.ground = sheet, heads, ground
        self.problems: list[Problem] = []
        self.names: dict[tuple[str, str], str] = {}
        self.unused: dict[tuple[str, str], int] = {}
        self._unknown: dict[tuple[str, str], list[Cell]] = {}
        typed = ground.trees.get("projects.yaml", [])
        items = [item for item in typed if isinstance(item, dict)] if isinstance(typed, list) else []
        self._projects: dict[str, dict[str, Any]] = {str(item.get("编码", "")): item for item in items}
        self._by_name: dict[str, list[str]] = {}
        for code, item in self._projects.items():
            self._by_name.setdefault(re.sub(r"\s", "", str(item.get("名称", ""))), []).append(code)

    def all_problems(self) -> tuple[Problem, ...]:
        """What was found wrong, words that are not known last."""
        told = (self._of_unknown(field, text, cells) for (field, text), cells in self._unknown.items())
        return (*self.problems, *told)

    def unknown(self, field: str, text: str, cell: Cell) -> None:
        """A word that says nothing of a field is told once, with how often it stands there."""
        self._unknown.setdefault((field, text), []).append(cell)

    def keys(self, own: Mapping[str, Cell]) -> dict[str, str]:
        """What a row says of itself, as codes; what can't be one is told."""
        keys = {name: code for name in LISTS if (code := self._code(name, own))}
        agency = own.get("单位编码") or own.get("预算单位")
        if agency is not None:
            keys["单位"] = self._agency(agency)
        project = own.get("项目编码")
        if project is not None:
            keys["项目"] = self._project(project)
        if "项目名称" in own:
            keys["项目名称"] = re.sub(r"\s", "", own["项目名称"].text)
        for field in ("项目类别", *(name for name in MEANS if name in own)):
            if field in own:
                keys[field] = flattened(own[field].text)
        return keys

    def _code(self, name: str, own: Mapping[str, Cell]) -> str:
        """The code of one of the lists, in one column or in several; a name alone where only one code has it."""
        levels = [own[level] for level in LEVELS[name] if level in own]
        cells = [own[name]] if name in own else levels
        for cell in cells:
            if cell.problem or cell.kind is Kind.DATE:
                self.report(cell, *_bad_code(cell, name))
                return ""
        typed = named(own[NAMES[name]].text) if NAMES[name] in own else ""
        if name not in own:
            return self._named(
                name, in_levels([own[level].code if level in own else "" for level in LEVELS[name]]), typed
            )
        found = coded(own[name].code)
        code = found.code or by_name(found.name, self.ground.codes.names(name), ITEMS[name])
        self._named(name, code, found.name or typed)
        if not code:
            self.report(
                own[name], f"“{found.name}”不是{name}的编码", "请补上编码；如是合计行，请在行首写“合计”或“小计”。"
            )
        return code

    def _project(self, cell: Cell) -> str:
        """A project's code, which may have its name behind it."""
        found = re.fullmatch(r"([0-9A-Za-z-]+)(?:[\s_]+\D.*)?", plain(cell.code))
        if cell.problem or cell.kind is Kind.DATE or found is None:
            self.report(cell, *_bad_code(cell, "项目编码"))
            return ""
        return found[1]

    def _named(self, name: str, code: str, typed: str) -> str:
        if code and typed:
            self.names.setdefault((name, code), typed)
        return code

    def _agency(self, cell: Cell) -> str:
        """The agency that a cell names by its code, its name, or both; also where Excel took the zero before its code."""
        agencies, typed = self.ground.agencies, plain(cell.code).lower()
        begun = [code for code in agencies if re.match(rf"[\[(]?{re.escape(code.lower())}(?![0-9a-z])", typed)]
        flat, digits = flattened(typed), re.match("[0-9]*", typed)
        for alike in (
            sorted(begun, key=len)[-1:],
            [code for code, name in agencies.items() if flattened(name) == flat],
            [code for code, name in agencies.items() if flattened(name) == re.sub(r"^[0-9a-z]+[-_)\]]?", "", flat)],
            [code for code in agencies if code.lstrip("0") == (digits[0] if digits else "")],
        ):
            if len(alike) == 1:
                return alike[0]
        self.unknown("预算单位", cell.text.strip(), cell)
        return ""

    def project_name(self, own: Mapping[str, Cell]) -> str:
        parts = re.split(r"[\s_]+", plain(own["项目编码"].code), maxsplit=1) if "项目编码" in own else []
        return parts[1] if len(parts) > 1 else ""

    def means(self, own: Mapping[str, Cell], by_column: bool) -> Iterator[tuple[str, str]]:
        """资金, 来源, 年度 and a place's own dimensions, as the first field says that says it."""
        found: dict[str, str] = {}
        fields = {
            **MEANS,
            **{
                name: (name,)
                for name in self.ground.values
                if name not in FIELDS and name not in ("资金", "来源", "类别")
            },
        }
        for field, dimensions in fields.items():
            cell = own.get(field)
            if cell is None or field == "项目类别":
                continue
            says = {dimension: value for dimension in dimensions if (value := self._value(dimension, cell.text))}
            if not says:
                self.unused[field, cell.text.strip()] = self.unused.get((field, cell.text.strip()), 0) + 1
            if field == "资金性质" and "资金" not in says and not by_column and "资金" not in found:
                self.unknown("资金", cell.text.strip(), cell)
                says["资金"] = ""
            found = {**says, **found}
        unsaid = {key: value for key, value in self.heads.unsaid.items() if key not in ("类别", "项目类型")}
        found = {**unsaid, **found}
        if "资金" not in found and not by_column:
            self.unknown("资金", "", next(iter(own.values())))
        yield from found.items()

    def _value(self, dimension: str, text: str) -> str:
        exact = [value for value in self.ground.values.get(dimension, ()) if flattened(value) == flattened(text)]
        value = exact[0] if exact else self.heads.value(dimension, text)
        return value if value in self.ground.values.get(dimension, (value,)) else ""

    def kind(self, own: Mapping[str, Cell], keys: Mapping[str, str], place: Cell) -> tuple[str, str]:
        """基本支出, a kind of project, or a 类别 of the place's; and the project's code, empty for 基本支出."""
        code, name = keys.get("项目", ""), keys.get("项目名称", "")
        named_ = self._by_name.get(name, []) if name else []
        code = code or (named_[0] if len(named_) == 1 else "")
        cell = own.get("项目类别")
        kind = self._value("类别", cell.text) if cell is not None else ""
        kind = kind or (self.heads.value("类别", cell.text) if cell is not None else "")
        if cell is not None and not kind:
            self.unknown("项目类别", cell.text.strip(), cell)
            return "", ""
        kind = kind or self.heads.unsaid.get("类别", "")
        if kind in _OPEN_KINDS or not kind:
            known = str(self._projects.get(code, {}).get("类型", "")) if code else ""
            basic = BASIC if not kind and not code and not name else ""
            kind = known or basic or self.heads.unsaid.get("项目类型", "")
        if not kind:
            self._unknown.setdefault(("项目类别", cell.text.strip() if cell is not None else ""), []).append(
                cell or place
            )
        elif kind in PROJECT_KINDS and not code and "项目编码" not in own:
            self.unknown("项目编码", name, place)
        return kind, code if kind in PROJECT_KINDS else ""

    def report(self, cell: Cell, message: str, remedy: str) -> None:
        problem = wrong(self.sheet, cell, message, remedy)
        if problem not in self.problems:  # a merged cell is read for each of its rows
            self.problems.append(problem)

    def _of_unknown(self, field: str, text: str, cells: list[Cell]) -> Problem:
        """What is told once of a word that is not known, however often it stands there."""
        times = f"（共{len(cells)}处）" if len(cells) > 1 else ""
        known = "、".join(self.ground.agencies) if field == "预算单位" else "、".join(self.ground.values.get(field, ()))
        message, remedy = {
            "预算单位": (f"预算单位“{text}”不是本部门的" if text else "看不出是哪个预算单位的（可以加 --unit 代码）", f"department.yaml里的预算单位有：{known}。请核对是不是这个部门的文件。"),
            "资金": (f"资金“{text}”不认识" if text else "没有写是什么资金", f"请在对照文件的“取值”里写明它是哪种资金（{known}），或写“没有写明时: {{资金: …}}”。"),
            "项目类别": (f"项目类别“{text}”分不清是基本支出还是哪类项目" if text else "没有写项目类别，也不是已有的项目", "请在对照文件的“取值”的“类别”里写明：基本支出、其他运转类或特定目标类；或写“没有写明时: {项目类型: 特定目标类}”。"),
            "项目编码": (f"项目“{text}”没有编码" if text else "项目支出没有项目编码和名称", "请在这一行补上项目编码（财政系统里的）。"),
        }[field]  # fmt: skip
        return wrong(self.sheet, cells[0], message + times, remedy)


def _bad_code(cell: Cell, what: str) -> tuple[str, str]:
    if cell.kind is Kind.DATE:
        return f"{what}被当成了日期（{cell.text}）", "请把这一列设为“文本”，重新填写编码。"
    return (
        f"{what}“{cell.text or cell.formula}”读不出来：{cell.problem}",
        "请从系统重新导出，或把这一列设为“文本”后重新填写。",
    )
