"""台账 of a basis's file: what an earlier year or stage came to, line by line, where its folder is not at hand.

It may tell less than a year's own ledger: 功能科目 and amount are enough. What a line leaves out is unknown of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.code_book import CodeBook
from generator.load.fields import amount_of, fields_of, items_of, pairs_of
from generator.load.narrative import LINES
from generator.load.spending import Funding, SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.department import Department
from generator.model.ledger import BASIC, DIMENSIONS, OWN, PROJECT, THIS_YEAR, Dimension, Ledger, LedgerLine

_SOME = "（某项目）"
"""The project of a line that says no more of it than 项目支出."""


def read_basis_ledger(reader: Reader, node: yaml.MappingNode, codes: CodeBook, head: Department) -> Ledger:
    """The lines under 台账, in the department's unit."""
    typed = next((value for key, value in node.value if key.value == LINES), None)
    lines: list[LedgerLine] = []
    unknown: set[str] = set()
    for item in items_of(reader, typed, LINES):
        found, missing = _entry(reader, item, codes, head)
        lines += found
        unknown |= missing
    return Ledger(head.year, head.scale, tuple(lines), frozenset(unknown))


def _entry(reader: Reader, item: Node, codes: CodeBook, head: Department) -> tuple[list[LedgerLine], set[str]]:
    fields = fields_of(reader, item, LINES)
    missing: set[str] = set()

    def said(dimension: Dimension, key: str, usual: str) -> str:
        if key not in fields.values:
            missing.add(dimension.name)
        return fields.choice(key, dimension.values, usual)

    kind = fields.choice("类别", (BASIC, PROJECT), "") if "类别" in fields.values else ""
    missing |= {"项目", "项目类型"} if kind else {"项目", "项目类型", "类别", "经费"}
    agencies = tuple(head.agencies)
    if len(agencies) > 1 and "单位" not in fields.values:
        missing.add("单位")
    funding = Funding(
        fields.choice("单位", agencies, agencies[0]),
        said(DIMENSIONS["资金"], "资金来源", DIMENSIONS["资金"].values[0]),
        said(DIMENSIONS["来源"], "层级", OWN),
        fields.choice("年度", DIMENSIONS["年度"].values, THIS_YEAR),
        _SOME if kind == PROJECT else "",
        "",
        tuple((name, said(dimension, dimension.typed, dimension.usual)) for name, dimension in reader.own.items()),
    )
    spending = SpendingReader(reader, codes, head)
    spent = fields.take("支出")
    fields.finish()
    lines = list(_lines(spending, spent, funding))
    if any(not line.department_economic for line in lines):
        missing |= {"部门经济", "政府经济", "经费"}
    return lines, missing


def _lines(spending: SpendingReader, node: Node | None, funding: Funding) -> Iterator[LedgerLine]:
    reader = spending.reader
    for key, value in pairs_of(reader, node, "支出"):
        if isinstance(value, yaml.MappingNode):
            before = len(spending.lines)
            spending.read(yaml.MappingNode(value.tag, [(key, value)], key.start_mark, value.end_mark), funding)
            yield from spending.lines[before:]
            continue
        function = spending.function_of(key)
        money = amount_of(reader, value, spending.department.scale, f"“{key.value}”")
        if function and money is not None:
            yield LedgerLine(
                funding.agency, function, "", "", funding.fund, funding.origin, funding.period, funding.project,
                funding.project_kind, money, reader.inside(key), reader.inside(key), funding.own,
            )  # fmt: skip
