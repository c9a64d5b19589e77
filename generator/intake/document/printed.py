"""What a bound document's tables print: amounts with their scopes, units and projects with their codes and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from generator.model.bound import Bound, BoundTable
from generator.model.department import PROJECT_TOTAL
from generator.model.ledger import PROJECT_KINDS, Filter
from generator.model.meaning import term
from generator.model.money import Money, Scale
from generator.model.number_format import NumberFormat
from generator.model.table_spec import ANY_INDICATOR, AmountColumn, ComparedColumn, IndicatorColumn, TextColumn

_AMOUNT = r"-?\d[\d,]*(?:\.\d+)?"
_CODE = r"[0-9A-Za-z-]+"
_CODES = ("项目", "功能科目", "部门经济", "政府经济")


class Amount(NamedTuple):
    """A printed amount that is not nothing, in the data's unit; ``place`` is “表!行/栏”.

    ``aspect`` and ``basis`` where it is compared (上年数, 差额), empty for the year's own.
    ``grain`` is the last digit that is printed, where that is less than the data has.
    """

    scope: Filter
    value: Decimal
    table: str
    place: str
    aspect: str = ""
    basis: str = ""
    grain: Decimal = Decimal(0)


class FoundProject(NamedTuple):
    """A project as tables name it; ``code`` and ``kind`` (类型) are empty where none prints it; indicators by category, as printed."""

    code: str
    name: str
    indicators: dict[str, dict[str, str]]
    kind: str = ""


def amount_in(text: str, format_: NumberFormat | None = None, scale: Scale = Scale.WAN) -> Decimal | None:
    """The amount that a cell prints, in ``scale``; None for words, dashes and blanks."""
    text = text.strip().replace("，", ",").replace("－", "-")
    if not re.fullmatch(_AMOUNT, text):
        return None
    value = Decimal(text.replace(",", ""))
    return value if format_ is None else Money(value, format_.scale).convert(scale).amount


class Printed(NamedTuple):
    """How a document prints amounts: the data's unit; of a workbook its tables' own by caption, and where a cell stands."""

    scale: Scale
    scales: Mapping[str, Scale] = MappingProxyType({})
    place: Callable[[str, int, int], str] | None = None


def amounts_of(bound: Bound, how: Printed, projects: Mapping[str, FoundProject]) -> Iterator[Amount]:
    """All amounts of the tables with their scopes, in the data's unit and in their order; nothing where a cell says zero.

    A row with the name of one of the ``projects`` is that project's, though its code may be a unit's.
    """
    named = Counter(project.name for project in projects.values())
    keys = {project.name: key for key, project in projects.items() if named[project.name] == 1}
    for table in bound.tables:
        for row, cells in enumerate(table.table.rows):
            said = {keys[text] for text in map(str.strip, cells) if text in keys}
            for column, text in enumerate(cells):
                found = _cell(table, (row, column), text, how)
                if found is not None and (found.value or found.aspect):
                    lone = len(said) == 1 and not any(name in _CODES for name in found.scope.dimensions)
                    yield found._replace(scope=found.scope.narrowed(("项目", tuple(said)))) if lone else found


def _cell(table: BoundTable, at: tuple[int, int], text: str, how: Printed) -> Amount | None:
    (row, column), scale, caption = at, how.scale, table.table.caption
    leaf = table.columns[column] if column < len(table.columns) else None
    if leaf is None and not table.cells:
        return None
    place = f"{caption}!{_label(table, row)}/{leaf.label if leaf is not None else column + 1}"
    place = how.place(caption, row, column) if how.place is not None else place
    format_ = leaf.format if isinstance(leaf, (AmountColumn, ComparedColumn)) else None
    format_ = NumberFormat(how.scales[caption]) if caption in how.scales else format_
    value = amount_in(text, format_, scale)
    if value is None and isinstance(leaf, ComparedColumn) and not text.strip():
        value = Decimal(0)
    if value is None:
        return None
    if isinstance(leaf, ComparedColumn) and leaf.aspect in ("上年数", "差额"):
        selected = table.scopes[row][table.panels[column]]
        if selected is None:
            return None
        scope = table.scope.narrowed(*selected.terms, *leaf.filter.terms)
        return Amount(scope, value, caption, place, leaf.aspect, leaf.basis)
    grain = _grain(format_, scale) if isinstance(leaf, AmountColumn) and format_ is not None else Decimal(0)
    scope_of = table.scope_of(row, column)
    return None if scope_of is None else Amount(scope_of, value, caption, place, grain=grain)


def _grain(format_: NumberFormat, scale: Scale) -> Decimal:
    grain = format_.grain / scale.value
    return grain if grain > Decimal("0.01") else Decimal(0)


def _label(table: BoundTable, row: int) -> str:
    """A row as a reader finds it: its number and its first words."""
    said = next((text for text in table.table.rows[row] if text.strip() and amount_in(text) is None), "")
    return f"第{row + 1}行 {said[:20]}".strip()


def agencies_of(bound: Bound) -> tuple[str, dict[str, str]]:
    """The department's code, where a table prints it, and its units by code with their names, in the order of the tables."""
    found: dict[str, str] = {}
    codes: dict[str, None] = {}
    for table in bound.tables:
        for row in range(len(table.table.rows)):
            scope = _row_scope(table, row)
            said = (
                [term(scope, name) for name in ("功能科目", "部门经济", "政府经济", "项目")]
                if scope is not None
                else []
            )
            if scope is None or any(said):
                continue
            unit = term(scope, "单位")
            if unit is not None and len(unit) == 1:
                found[unit[0]] = found.get(unit[0], "") or _word(table, row, "名称", ("单位", "")) or unit[0]
            elif code := _word(table, row, "代码", ("单位", "")):
                codes[code] = None
    above = [code for code in codes if found and all(unit.startswith(code) for unit in found)]
    return min(above, key=len, default=""), found


def projects_of(bound: Bound) -> dict[str, FoundProject]:
    """The projects that tables name, by what their scopes call them; in the order of the table that has most of them unsorted."""
    found: dict[str, FoundProject] = {}
    orders = list[list[str]]()
    for table in bound.tables:
        order, project = list[str](), ""
        for row in range(len(table.table.rows)):
            scope = _row_scope(table, row)
            said = term(scope, "项目") if scope is not None else None
            if said is not None and len(said) == 1 and said[0]:
                project = said[0]
                order += [project] if project not in order else []
                known = found.get(project, FoundProject("", "", {}))
                code = known.code or _word(table, row, "代码", ("项目", "")) or _word(table, row, "编码", ("项目", ""))
                name = known.name or _word(table, row, "名称", ("项目", ""))
                kind = known.kind or _word(table, row, "类型", ("项目",))
                found[project] = FoundProject(code, name, known.indicators, kind if kind in PROJECT_KINDS else "")
            elif scope is not None and any(term(scope, name) for name in ("功能科目", "部门经济", "单位")):
                project = ""
            if project:
                _read_indicators(table, row, found[project].indicators)
        orders.append(order)
    most = max(map(len, orders), default=0)
    whole = [order for order in orders if len(order) == most]
    best = next((order for order in whole if order != sorted(order)), whole[0] if whole else [])
    ordered = [*best, *(project for project in found if project not in best)]
    return {project: _named(project, found[project]) for project in ordered}


def _named(key: str, project: FoundProject) -> FoundProject:
    """A project that its scope calls by its code, or by its name where no table has its code."""
    if project.code == key:
        return project
    is_code = re.fullmatch(_CODE, key) is not None and project.name not in ("", key)
    return project._replace(code=key) if is_code else project._replace(code="", name=project.name or key)


def _row_scope(table: BoundTable, row: int) -> Filter | None:
    scopes = table.scopes[row] if row < len(table.scopes) else ()
    return next((scope for scope in scopes if scope is not None), None)


def _word(table: BoundTable, row: int, part: str, of: tuple[str, ...]) -> str:
    """What a row says in a column of this part (代码, 名称) of one of these things (“”: of what the row is)."""
    for column, leaf in enumerate(table.columns):
        if not isinstance(leaf, TextColumn):
            continue
        for source in leaf.source.split("/"):
            thing, _, named = source.rpartition(".")
            if named == part and thing in of and (text := _at(table, row, column)):
                return text
    return ""


def _at(table: BoundTable, row: int, column: int) -> str:
    cells = table.table.rows[row]
    return cells[column].strip() if column < len(cells) else ""


def _read_indicators(table: BoundTable, row: int, found: dict[str, dict[str, str]]) -> None:
    """A row's indicators by category: a name, and a value whole or taken apart."""
    said: dict[str, dict[str, str]] = {}
    for column, leaf in enumerate(table.columns):
        if isinstance(leaf, IndicatorColumn) and (text := _at(table, row, column)):
            said.setdefault(leaf.category, {})[leaf.field] = text
    for category, words in said.items():
        name = words.get("指标", "")
        value = words.get("指标值") or "".join(words.get(part, "") for part in ("性质", "数值", "度量单位"))
        of = words.get("类别", "") if category == ANY_INDICATOR else category
        if name and of:
            found.setdefault(of, {}).setdefault(name, value)


def with_total(value: str, total: Decimal, unit: str) -> str:
    """An indicator's value with 资金总额 where it prints the project's own amount, so that it follows it."""
    for hit in re.finditer(rf"({_AMOUNT}){unit}", value):
        if Decimal(hit[1].replace(",", "")) == total:
            return value[: hit.start()] + PROJECT_TOTAL + value[hit.end() :]
    return value
