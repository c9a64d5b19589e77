"""basic.yaml and projects.yaml: who is paid from where, and what each project promises."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from generator.load.fields import Fields, brief, fields_of, items_of, pairs_of, text_of
from generator.load.spending import Funding, SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.department import Indicator, Project
from generator.model.ledger import CARRIED_FORWARD, FROM_ABOVE, FUNDS, OWN, PROJECT_KINDS, THIS_YEAR
from generator.model.problem import Note

PERIODS = (THIS_YEAR, CARRIED_FORWARD)


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
    reader = spending.reader
    for item in items_of(reader, node, "projects.yaml"):
        fields = fields_of(reader, item, "项目")
        project = _project(reader, fields, agencies)
        before = len(spending.lines), len(reader.problems)
        _read_fundings(spending, fields, project)
        fields.finish()
        if (len(spending.lines), len(reader.problems)) == before:
            reader.report(
                "D018", project.position, f"项目“{project.name}”没有任何支出明细", "请补上“支出”，或删去这个项目。"
            )
        if project.code and project.code in projects:
            other = projects[project.code]
            message = f"项目“{project.name}”的编码与“{other.name}”相同（{project.code}）"
            note = Note("编码相同的项目在这里", other.position)
            reader.report("D016", fields.values["编码"][1], message, "每个项目的编码应不同，请核对。", note)
        projects[project.code] = project
    return projects


def _project(reader: Reader, fields: Fields, agencies: Mapping[str, str]) -> Project:
    code = fields.text("编码")
    if code and not re.fullmatch(r"[0-9A-Za-z-]+", code):
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
        fields.choice("层级", (OWN, FROM_ABOVE), OWN),
        _agency(fields, agencies),
        _indicators(reader, fields.take("绩效指标")),
        reader.at(fields.node),
    )


def _kind(reader: Reader, fields: Fields, name: str) -> str:
    node = fields.take("类型")
    value = text_of(reader, node, "“类型”") if node is not None else ""
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
        fields.choice("资金来源", FUNDS),
        fields.choice("层级", (OWN, FROM_ABOVE), project.level if project else OWN),
        fields.choice("年度", PERIODS, THIS_YEAR),
        project.code if project else "",
        project.kind if project else "",
    )
    node = fields.take("支出")
    if isinstance(node, yaml.MappingNode) and not node.value:
        whose = f"项目“{project.name}”的" if project else ""
        message = f"{whose}这笔{funding.fund}没有任何支出明细"
        spending.reader.report("D018", node, message, "请在“支出”下补上，或删去这一笔资金。")
    spending.read(node, funding)


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
