"""支出 of 基本支出 and of projects: “2080101 行政运行” over “30101 基本工资: 35.35” into ledger lines."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from generator.load.code_book import CodeBook
from generator.load.fields import amount_of, fields_of, pairs_of
from generator.load.yaml_text import Node, Reader
from generator.model.classification import ITEMS
from generator.model.ledger import LedgerLine
from generator.model.money import Scale
from generator.model.source import Position


class Funding(NamedTuple):
    """What all lines under one 支出 share."""

    agency: str
    fund: str
    origin: str
    period: str
    project: str = ""
    project_kind: str = ""


class _Heading(NamedTuple):
    """A 功能科目 as typed above its lines; no code when it is no good."""

    function: str
    position: Position


class SpendingReader:
    """Reads spending of one file; names and codes once looked up are remembered by their text."""

    def __init__(self, reader: Reader, codes: CodeBook, nature: str, scale: Scale) -> None:
        self.reader, self.codes, self.nature, self.scale = reader, codes, nature, scale
        self.functions: dict[str, str] = {}
        self.economics: dict[str, tuple[str, str]] = {}
        self.lines: list[LedgerLine] = []

    def read(self, node: Node | None, funding: Funding) -> None:
        """Add the lines under one 支出."""
        for key, value in pairs_of(self.reader, node, "支出"):
            function = self.functions.get(key.value)
            if function is None:
                function = self._function(key)
            heading = _Heading(function, self.reader.inside(key))
            for item, amount in pairs_of(self.reader, value, f"“{key.value}”"):
                self._line(heading, item, amount, funding)

    def _line(self, heading: _Heading, key: yaml.ScalarNode, node: Node, funding: Funding) -> None:
        codes = self.economics.get(key.value)
        if codes is None:
            codes = self._economic(key, isinstance(node, yaml.MappingNode))
        amount: Node | None = node
        government = codes[1]
        if isinstance(node, yaml.MappingNode):
            amount, government = self._explicit(key, node, government)
        money = amount_of(self.reader, amount, self.scale, f"“{key.value}”") if amount is not None else None
        if money is None or not heading.function or not codes[0]:
            return
        self.lines.append(
            LedgerLine(
                funding.agency, heading.function, codes[0], government, funding.fund, funding.origin, funding.period,
                funding.project, funding.project_kind, money, self.reader.at(key), heading.position,
            )
        )  # fmt: skip

    def _explicit(self, key: yaml.ScalarNode, node: yaml.MappingNode, usual: str) -> tuple[Node | None, str]:
        fields = fields_of(self.reader, node, f"“{key.value}”")
        amount, government = fields.take("金额"), fields.take("政府经济")
        fields.finish()
        if government is None:
            return amount, usual
        if not isinstance(government, yaml.ScalarNode):
            self.reader.report(
                "Y008", self.reader.at(government), "“政府经济”应是一个编码", "请写成“政府经济: 50501”。"
            )
            return amount, usual
        code, _ = self.codes.read(self.reader, government, "政府经济")
        return amount, code

    def _function(self, key: yaml.ScalarNode) -> str:
        code, known = self.codes.read(self.reader, key, "功能科目")
        if known and len(code) != ITEMS["功能科目"]:
            self.reader.report("D002", key, f"功能科目“{code}”不是项级科目", "请编到项级（7位编码）。")
            known = False
        self.functions[key.value] = code if known else ""
        return self.functions[key.value]

    def _economic(self, key: yaml.ScalarNode, explicit: bool) -> tuple[str, str]:
        code, known = self.codes.read(self.reader, key, "部门经济")
        if known and len(code) != ITEMS["部门经济"]:
            self.reader.report("D002", key, f"部门经济科目“{code}”不是款级科目", "请编到款级（5位编码）。")
            known = False
        government = self.codes.classification.government_code(code, self.nature) or ""
        if known and not explicit:
            known = self._has_government(key, code, government)
        if not explicit:
            self.economics[key.value] = (code if known else "", government)
        return (code if known else ""), government

    def _has_government(self, key: yaml.ScalarNode, code: str, government: str) -> bool:
        if government:
            self.codes.reject_unknown_government(self.reader, key, code, government)
            return True
        remedy = "请核对科目，或写成“{金额: …, 政府经济: …}”指明，或在“增补科目”里写明它的“政府经济”。"
        self.reader.report("D006", key, f"{self.nature}单位的{code}没有对应的政府经济科目", remedy)
        return False
