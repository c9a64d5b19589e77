"""Entries and what is known beside them as the files of a year's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.intake.document.entries import Entry
from generator.intake.document.printed import FoundProject, with_total
from generator.model.classification import Classification
from generator.model.department import NATURES
from generator.model.ledger import BASIC, DIMENSIONS, OWN, PROJECT, PROJECT_KINDS, THIS_YEAR, Dimension
from generator.model.money import Scale
from generator.model.tree import Tree

NO_FUNCTION = "未列科目"


class Codes(NamedTuple):
    """What codes are called, and what the units are: their names and 单位性质 by code."""

    classification: Classification
    agencies: Mapping[str, str]
    natures: Mapping[str, str]
    own: tuple[Dimension, ...] = ()

    def named(self, dimension: str, code: str) -> str:
        """A code as it is typed: with its name."""
        return f"{code} {self.classification.names(dimension).get(code, '')}".strip()

    def government(self, economic: str, unit: str) -> str:
        """The 政府经济 that a 部门经济 has with the unit's 单位性质; empty where it has none."""
        return self.classification.government_code(economic, self.natures.get(unit, "")) or ""

    def any_government(self, economic: str) -> str:
        """The 政府经济 that a 部门经济 has with some 单位性质."""
        found = (self.classification.government_code(economic, nature) for nature in NATURES)
        return next(filter(None, found), "")


def head_tree(place: str, year: int, named: tuple[str, str, str], scale: Scale, codes: Codes) -> dict[str, Tree]:
    """What department.yaml says of who it is; ``named`` are its name, its code, and the date on the cover."""
    first = next(iter(codes.natures.values()))
    units: dict[str, Tree] = {
        unit: name if codes.natures[unit] == first else {"名称": name, "单位性质": codes.natures[unit]}
        for unit, name in codes.agencies.items()
    }
    name, code, date = named
    return {
        "年度": str(year), "格式": place, "名称": name, "代码": code, "单位性质": first, "金额单位": scale.label, "预算单位": units,
        **({"日期": date} if date else {}),
    }  # fmt: skip


def basic_tree(entries: Sequence[Entry], codes: Codes) -> list[Tree]:
    """basic.yaml of the entries that are no project's."""
    return [*_fundings([entry for entry in entries if entry.of("类别") != PROJECT], codes, OWN)]


def projects_tree(
    entries: Sequence[Entry], codes: Codes, projects: Mapping[str, FoundProject], scale: Scale
) -> list[Tree]:
    """projects.yaml: the projects in their order, each with its entries and 绩效指标."""
    found: list[Tree] = []
    for key, project in projects.items():
        its = [entry for entry in entries if entry.of("项目") == key]
        if not its:
            continue
        total = sum((entry.amount for entry in its), its[0].amount * 0)
        kind = project.kind or next((entry.of("项目类型") for entry in its if entry.of("项目类型")), PROJECT_KINDS[-1])
        levels = {entry.of("来源") or OWN for entry in its}
        level = levels.pop() if len(levels) == 1 else OWN
        tree: dict[str, Tree] = {"名称": project.name, "编码": project.code, "类型": kind, "层级": level}
        fundings = [*_fundings(its, codes, level)]
        unit = next((entry.of("单位") for entry in its), "")
        if len(codes.agencies) > 1:
            tree["单位"] = unit
        for funding in fundings:
            funding.pop("单位", None)
        tree |= fundings[0] if len(fundings) == 1 else {"资金": list[Tree](fundings)}
        if project.indicators:
            tree["绩效指标"] = {
                category: {name: with_total(value, total, scale.label) for name, value in named.items()}
                for category, named in project.indicators.items()
            }
        found.append(tree)
    return found


def _fundings(entries: Sequence[Entry], codes: Codes, level: str) -> list[dict[str, Tree]]:
    """Entries of one 资金来源 and the like together, in their order."""
    found: list[tuple[dict[str, Tree], dict[str, Tree]]] = []
    for entry in entries:
        head = _head(entry, codes, level)
        for known, spent in found:
            if known == head and _add(spent, entry, codes):
                break
        else:
            found.append((head, {}))
            _add(found[-1][1], entry, codes)
    return [{**head, "支出": spent} for head, spent in found]


def _add(spent: dict[str, Tree], entry: Entry, codes: Codes) -> bool:
    """Whether an entry finds its place in a 支出: not where another of its codes stands already."""
    economic, government, amount = entry.of("部门经济"), entry.of("政府经济"), f"{entry.amount:.2f}"
    key, inner = codes.named("功能科目", entry.of("功能科目")), spent
    if economic:
        below = spent.setdefault(key, {})
        if not isinstance(below, dict):
            return False
        key, inner = codes.named("部门经济", economic), below
    if key in inner:
        return False
    usual = codes.government(economic, entry.of("单位"))
    government = government or (codes.any_government(economic) if economic and not usual else "")
    inner[key] = {"金额": amount, "政府经济": government} if government not in ("", usual) else amount
    return True


def _head(entry: Entry, codes: Codes, level: str) -> dict[str, Tree]:
    """What all of a funding share, without what is so when nobody types it."""
    head: dict[str, Tree] = {}
    if len(codes.agencies) > 1:
        head["单位"] = entry.of("单位")
    head["资金来源"] = entry.of("资金") or DIMENSIONS["资金"].values[0]
    if (entry.of("来源") or OWN) != level:
        head["层级"] = entry.of("来源") or OWN
    if (entry.of("年度") or THIS_YEAR) != THIS_YEAR:
        head["年度"] = entry.of("年度")
    if entry.of("类别") not in ("", BASIC, PROJECT):
        head["类别"] = entry.of("类别")
    for one in codes.own:
        if not (one.file or one.by_unit or one.name in DIMENSIONS) and entry.of(one.name) not in ("", one.usual):
            head[one.name] = entry.of(one.name)
    return head


def side_tree(entries: Sequence[Entry], codes: Codes, dimension: Dimension) -> list[Tree]:
    """The file of a dimension whose values are not added up (income.yaml), entries of one kind together."""
    found: list[tuple[dict[str, Tree], dict[str, Tree]]] = []
    for entry in entries:
        head: dict[str, Tree] = {dimension.name: entry.of(dimension.name), **_head(entry, codes, OWN)}
        key = codes.named("功能科目", entry.of("功能科目")) if entry.of("功能科目") else NO_FUNCTION
        for known, amounts in found:
            if known == head and key not in amounts:
                amounts[key] = f"{entry.amount:.2f}"
                break
        else:
            found.append((head, {key: f"{entry.amount:.2f}"}))
    return [
        {**head, "金额": amounts[NO_FUNCTION] if [*amounts] == [NO_FUNCTION] else amounts} for head, amounts in found
    ]
