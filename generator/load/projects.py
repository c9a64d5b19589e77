"""basic.yaml and projects.yaml: who is paid from where, and what each project promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from generator.load.fields import Fields, brief, fields_of, items_of, pairs_of, text_of
from generator.load.spending import Funding, SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.department import Indicator, Project
from generator.model.doubts import BLANK, blank_words
from generator.model.ledger import (
    BASIC,
    DIMENSIONS,
    ORIGINALLY,
    OUTSIDE,
    PAID_BY,
    PAID_TO,
    PROJECT,
    PROJECT_KINDS,
    TRANSFER,
    Dimension,
    LedgerLine,
)
from generator.model.problem import Note

FIELDS = (
    "名称",
    "编码",
    "类型",
    "层级",
    "单位",
    "资金来源",
    "年度",
    "支出",
    "资金",
    "绩效指标",
    "内部往来",
    "部门间往来",
)
"""What may be typed of a project; of 基本支出 the same but what only projects have."""


def read_basic(spending: SpendingReader, node: Node | None, agencies: Mapping[str, str]) -> None:
    """基本支出: a list of fundings with their 支出."""
    for item in items_of(spending.reader, node, "basic.yaml"):
        fields = fields_of(spending.reader, item, "基本支出")
        _read_funding(spending, fields, _agency(fields, agencies), None)
        fields.finish()


def read_projects(spending: SpendingReader, node: Node | None, agencies: Mapping[str, str]) -> dict[str, Project]:
    """项目支出: the projects by code; their lines go to ``spending``.

    Source: rules D016 (codes unique), D018 (each project has lines), D020 (类型).
    """
    projects: dict[str, Project] = {}
    spans: dict[str, slice] = {}
    reader = spending.reader
    for item in items_of(reader, node, "projects.yaml"):
        fields = fields_of(reader, item, "项目")
        project = _project(reader, fields, agencies)
        before = len(spending.lines), len(reader.problems)
        _read_fundings(spending, fields, project)
        fields.finish()
        if (len(spending.lines), len(reader.problems)) == before and not reader.is_blank(fields.take("支出", False)):
            reader.report(
                "D018", project.position, f"项目“{project.name}”没有任何支出明细", "请补上“支出”，或删去这个项目。"
            )
        if project.code and project.code in projects:
            first = (projects[project.code], spending.lines[spans[project.code]])
            _report_twice(reader, fields.values["编码"][1], first, (project, spending.lines[before[0] :]))
        spans[project.code] = slice(before[0], len(spending.lines))
        projects[project.code] = project
    return projects


_Paid = tuple[Project, list[LedgerLine]]


def _report_twice(reader: Reader, node: Node, first: _Paid, again: _Paid) -> None:
    """Two projects of one code: pasted twice, pasted and half rewritten, or the code typed wrong. Nobody is to make one up."""
    (other, _), (project, _) = first, again
    differing = list(_differing(first, again))
    note = Note("编码相同的项目在这里", other.position)
    known = "编码以财政系统登记的为准，不要自己编"
    if not differing:
        message = f"项目“{project.name}”写了两遍，与第{other.position.line}行开始的一模一样"
        remedy = f"请删去其中一个；确是两个项目的，{known}。"
    elif "名称" not in differing:
        message = f"项目“{project.name}”写了两遍，编码也相同（{project.code}），只有{'、'.join(differing)}不同"
        remedy = f"请留下对的一个，删去另一个；确是两个项目的，{known}。"
    else:
        message = f"项目“{project.name}”的编码与“{other.name}”相同（{project.code}）"
        same = "，其余完全相同，像是复制后只改了名称" if differing == ["名称"] else ""
        message, remedy = message + same, f"两个项目的编码不会相同，请核对哪一个填错了；{known}。"
    reader.report("D016", node, message, remedy, note)


def _differing(first: _Paid, again: _Paid) -> Iterator[str]:
    (one, paid), (other, paid_again) = first, again
    pairs = (
        ("名称", one.name, other.name),
        ("类型", one.kind, other.kind),
        ("层级", one.level, other.level),
        ("单位", one.agency, other.agency),
        ("支出", _amounts(paid), _amounts(paid_again)),
        ("绩效指标", _said(one), _said(other)),
    )
    return (name for name, before, after in pairs if before != after)


def _amounts(lines: list[LedgerLine]) -> list[tuple[str, ...]]:
    return sorted(
        (line.function, line.department_economic, line.government_economic, line.fund, line.period, str(line.money))
        for line in lines
    )


def _said(project: Project) -> list[tuple[str, str, str]]:
    return [(category, one.name, one.value) for category, found in project.indicators.items() for one in found]


def _project(reader: Reader, fields: Fields, agencies: Mapping[str, str]) -> Project:
    code = fields.text("编码")
    if reader.is_blank(fields.take("编码", False)):
        code = blank_words(f"{BLANK}：{reader.at(fields.node).line}")  # each of its own, or amounts would run together
    elif code and not re.fullmatch(r"[0-9A-Za-z-]+", code):
        node = fields.take("编码")
        assert node is not None
        reader.report(
            "D016", node, f"项目编码“{code}”含有数字和字母以外的字符", "请核对编码；如从Excel复制请先设为文本格式。"
        )
    name = fields.text("名称")
    return Project(
        code,
        name,
        _kind(reader, fields, name),
        _typed(fields, DIMENSIONS["来源"]),
        _agency(fields, agencies),
        _indicators(reader, fields.take("绩效指标", False)),
        reader.at(fields.node),
    )


def _kind(reader: Reader, fields: Fields, name: str) -> str:
    node = fields.take("类型")
    value = text_of(reader, node, "“类型”") if node is not None else ""
    if reader.is_blank(node):
        return PROJECT_KINDS[-1]
    if node is not None and value and value not in PROJECT_KINDS:
        reader.report(
            "D020",
            node,
            f"项目“{name}”的类型“{brief(value)}”无效，只能是“{'”或“'.join(PROJECT_KINDS)}”",
            "请改为其中之一；人员类和公用经费请填在 basic.yaml。",
        )
    return value


def _agency(fields: Fields, agencies: Mapping[str, str]) -> str:
    if len(agencies) == 1:
        return fields.choice("单位", tuple(agencies), next(iter(agencies)))
    return fields.choice("单位", tuple(agencies))


def _read_fundings(spending: SpendingReader, fields: Fields, project: Project) -> None:
    node = fields.take("资金", required=False)
    if node is None:
        _read_funding(spending, fields, project.agency, project)
        return
    for item in items_of(spending.reader, node, "资金"):
        inner = fields_of(spending.reader, item, "资金")
        _read_funding(spending, inner, project.agency, project)
        inner.finish()


def _read_funding(spending: SpendingReader, fields: Fields, agency: str, project: Project | None) -> None:
    funding = Funding(
        agency,
        _typed(fields, spending.reader.usual("资金")),
        _typed(fields, DIMENSIONS["来源"], project.level if project else ""),
        _typed(fields, DIMENSIONS["年度"]),
        project.code if project else "",
        project.kind if project else "",
        (
            *(
                (name, own_value(spending, fields, dimension, agency))
                for name, dimension in spending.reader.own.items()
            ),
            *_kind_typed(spending.reader, fields, project),
            *transfer_of(spending, fields, agency),
        ),
    )
    node = fields.take("支出")
    if isinstance(node, yaml.MappingNode) and not node.value:
        whose = f"项目“{project.name}”的" if project else ""
        message = f"{whose}这笔{funding.fund}没有任何支出明细"
        spending.reader.report("D018", node, message, "请在“支出”下补上，或删去这一笔资金。")
    spending.read(node, funding)


def _kind_typed(reader: Reader, fields: Fields, project: Project | None) -> Iterator[tuple[str, str]]:
    """类别 of a funding beside 基本支出 and 项目支出, where the place has such; it needs no 部门经济."""
    if project is None and "类别" in reader.widened:
        kinds = tuple(value for value in reader.usual("类别").values if value != PROJECT)
        kind = fields.choice("类别", kinds, BASIC)
        if kind != BASIC:
            yield "类别", kind


def transfer_of(
    spending: SpendingReader, fields: Fields, agency: str, of_income: bool = False
) -> Iterator[tuple[str, str]]:
    """内部往来: money that one unit of the department pays another, so that the 部门版 counts it once.

    What one unit pays is spending: ``of_income`` it only says from whom something came. 部门间往来 says the same of units of
    other departments.
    """
    outside = fields.take(OUTSIDE, False)
    if outside is not None:
        from generator.load.outside import outside_of  # few departments pay another

        yield from outside_of(spending, outside, of_income)
    node = fields.take(TRANSFER, False)
    if node is None:
        return
    inner = fields_of(spending.reader, node, f"“{TRANSFER}”")
    others = tuple(code for code in spending.department.agencies if code != agency)
    if PAID_TO in inner.values and of_income:
        inner.take(PAID_TO)
        remedy = f"付款的一边写在那笔支出旁边；这里只写“{TRANSFER}: {{{PAID_BY}: …, 资金来源: …}}”。"
        spending.reader.report("Y007", spending.reader.at(node), f"收入和结转里不写“{PAID_TO}”", remedy)
    elif PAID_TO in inner.values:
        yield PAID_TO, inner.choice(PAID_TO, others)
    else:
        yield PAID_BY, inner.choice(PAID_BY, others)
        yield ORIGINALLY, inner.choice("资金来源", spending.reader.usual("资金").values)
    inner.finish()


def own_value(spending: SpendingReader, fields: Fields, dimension: Dimension, agency: str) -> str:
    """A value of a place's own dimension; of one whose other values have a file, nobody types the first."""
    if dimension.by_unit:
        return spending.department.nature_of(agency)
    return dimension.usual if dimension.file else _typed(fields, dimension)


def _typed(fields: Fields, dimension: Dimension, usual: str = "") -> str:
    """A value of a dimension that is typed beside a 支出; not typed, ``usual`` or the dimension's own."""
    return fields.choice(dimension.typed, dimension.values, usual or dimension.usual or None)


def _indicators(reader: Reader, node: Node | None) -> dict[str, tuple[Indicator, ...]]:
    found: dict[str, tuple[Indicator, ...]] = {}
    for category, values in pairs_of(reader, node, "绩效指标"):
        found[category.value] = tuple(
            Indicator(
                name.value, text_of(reader, value, f"指标“{name.value}”"), reader.inside(name), reader.inside(value)
            )
            for name, value in pairs_of(reader, values, f"“{category.value}”")
        )
    return found
