"""台账 of a basis's file: what an earlier year or stage came to, line by line, where its folder is not at hand.

It may tell less than a year's own ledger: 功能科目 and amount are enough. What a line leaves out is unknown of it.
"""

from __future__ import annotations

import yaml

from generator.load.code_book import CodeBook
from generator.load.fields import fields_of, items_of
from generator.load.narrative import LINES
from generator.load.projects import transfer_of
from generator.load.spending import Funding, SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.department import Department
from generator.model.ledger import BASIC, DIMENSIONS, OWN, PROJECT, THIS_YEAR, Dimension, Ledger, LedgerLine, ledger_of

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
    return ledger_of(head.year, head.scale, lines, reader.own.values())._replace(unknown=frozenset(unknown))


def _entry(reader: Reader, item: Node, codes: CodeBook, head: Department) -> tuple[list[LedgerLine], set[str]]:
    fields = fields_of(reader, item, LINES)
    side = next((one for one in reader.own.values() if one.file and one.name in fields.values), None)
    if side is not None:
        from generator.load.sides import side_of  # few places type income

        found = list(side_of(SpendingReader(reader, codes, head), fields, side))
        fields.finish()
        return found, set()
    missing: set[str] = set()

    def said(dimension: Dimension, key: str, usual: str) -> str:
        if key not in fields.values and not dimension.apart:
            missing.add(dimension.name)
        return fields.choice(key, dimension.values, usual)

    def own(dimension: Dimension) -> str:
        if not dimension.by_unit:
            return said(dimension, dimension.typed, dimension.usual)
        missing.update([dimension.name] if "单位" in missing else [])
        return head.nature_of(agency)

    kind = fields.choice("类别", reader.usual("类别").values, "") if "类别" in fields.values else ""
    missing |= {"项目", "项目类型"} if kind else {"项目", "项目类型", "类别", "经费"}
    agencies = tuple(head.agencies)
    if len(agencies) > 1 and "单位" not in fields.values:
        missing.add("单位")
    agency = fields.choice("单位", agencies, agencies[0])
    funding = Funding(
        agency,
        said(reader.usual("资金"), "资金来源", reader.usual("资金").values[0]),
        said(DIMENSIONS["来源"], "层级", OWN),
        fields.choice("年度", DIMENSIONS["年度"].values, THIS_YEAR),
        _SOME if kind == PROJECT else "",
        "",
        (
            *((name, own(dimension)) for name, dimension in reader.own.items()),
            *((("类别", kind),) if kind not in ("", BASIC, PROJECT) else ()),
            *transfer_of(SpendingReader(reader, codes, head), fields, agency),
        ),
    )
    spending = SpendingReader(reader, codes, head, coarse=True)
    spending.read(fields.take("支出"), funding)
    fields.finish()
    if any(not line.department_economic for line in spending.lines):
        missing |= {"部门经济", "政府经济", "经费"}
    return spending.lines, missing
