"""支出 of 基本支出 and of projects: “2080101 行政运行” over “30101 基本工资: 35.35” into ledger lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from os.path import commonprefix
from typing import NamedTuple

import yaml

from generator.load.classification import Tenure, tenure_of
from generator.load.fields import amount_of, code_of, fields_of, pairs_of
from generator.load.yaml_text import Node, Reader
from generator.model.classification import Classification
from generator.model.department import NATURES, Department
from generator.model.ledger import LedgerLine
from generator.model.problem import did_you_mean
from generator.model.source import Position

_PARTS = re.compile(r"([0-9]*)\s*(.*?)", re.DOTALL)


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


class _List(NamedTuple):
    """One list of the classification, ``key`` as its file is known by: its codes, the rule that a code exists, its
    name in messages, and a line of it.
    """

    key: str
    names: Mapping[str, str]
    rule: str
    what: str
    usual: str

    def example(self, typed: str) -> str:
        """How ``typed`` is written properly, if its code or its name tells what was meant; else any line of the list."""
        code, name = _PARTS.fullmatch(unicodedata.normalize("NFKC", typed).strip()).groups()  # type: ignore[union-attr]
        found = [code] if code in self.names else [other for other, full in self.names.items() if full == name]
        return f"{found[0]} {self.names[found[0]]}" if len(found) == 1 else self.usual


class SpendingReader:
    """Reads spending of one file; names and codes once looked up are remembered by their text."""

    def __init__(self, reader: Reader, classification: Classification, department: Department) -> None:
        self.reader, self.classification, self.department = reader, classification, department
        self.functions: dict[str, str] = {}
        self.economics: dict[tuple[str, str], tuple[str, str]] = {}  # by the text and the 单位性质
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
        nature = self.department.nature_of(funding.agency)
        codes = self.economics.get((key.value, nature))
        if codes is None:
            codes = self._economic(key, isinstance(node, yaml.MappingNode), funding.agency)
        amount: Node | None = node
        government = codes[1]
        if isinstance(node, yaml.MappingNode):
            amount, government = self._explicit(key, node, government)
        money = amount_of(self.reader, amount, self.department.scale, f"“{key.value}”") if amount is not None else None
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
        known = _List(
            "政府经济",
            self.classification.government_economic,
            "D005",
            "政府预算支出经济分类科目",
            "50501 工资福利支出",
        )
        code, name = code_of(self.reader, government, "政府经济科目", known.example)
        self._check_name(government, code, name, known)
        return amount, code

    def _function(self, key: yaml.ScalarNode) -> str:
        codes = _List("功能科目", self.classification.function, "D001", "功能科目", "2080101 行政运行")
        code, name = code_of(self.reader, key, "功能科目", codes.example)
        known = self._check_name(key, code, name, codes)
        if known and len(code) != 7:
            self.reader.report("D002", key, f"功能科目“{code}”不是项级科目", "请编到项级（7位编码）。")
            known = False
        self.functions[key.value] = code if known else ""
        return self.functions[key.value]

    def _economic(self, key: yaml.ScalarNode, explicit: bool, agency: str) -> tuple[str, str]:
        codes = _List(
            "部门经济", self.classification.department_economic, "D004", "部门预算支出经济分类科目", "30101 基本工资"
        )
        code, name = code_of(self.reader, key, "部门经济科目", codes.example)
        known = self._check_name(key, code, name, codes)
        if known and len(code) != 5:
            self.reader.report("D002", key, f"部门经济科目“{code}”不是款级科目", "请编到款级（5位编码）。")
            known = False
        nature = self.department.nature_of(agency)
        government = self.classification.government_code(code, nature) or ""
        if known and not government and not explicit:
            self.reader.report(
                "D006",
                key,
                f"{nature}单位的{code}没有对应的政府经济科目",
                self._nature_remedy(code, agency),
            )
            known = False
        if not explicit:
            self.economics[key.value, nature] = (code if known else "", government)
        return (code if known else ""), government

    def _nature_remedy(self, code: str, agency: str) -> str:
        """Where another 单位性质 has the code, that may be what is wrong."""
        explicit = "写成“{金额: …, 政府经济: …}”指明。"
        others = [nature for nature in NATURES if self.classification.government_code(code, nature)]
        if not others or len(self.department.agencies) < 2:
            return f"请核对科目，或{explicit}"
        own = self.department.line_of(agency, others[-1])
        return f"如是{others[-1]}单位，请在department.yaml的“预算单位”下写成{own}；否则请核对科目，或{explicit}"

    def _check_name(self, key: yaml.ScalarNode, code: str, name: str, codes: _List) -> bool:
        table = codes.names
        if not code:
            return False
        if code not in table:
            namesakes = [other for other, full in table.items() if full == name and len(other) == len(code)]
            same = max(namesakes, key=lambda other: len(commonprefix([other, code])), default="")
            hint = f"是否为“{same} {name}”？" if same else ""
            tenure = tenure_of(codes.key, code)
            if tenure is not None:
                message, remedy = _out_of_force(codes.what, code, tenure, hint)
            else:
                message = f"{codes.what}“{code}”不存在"
                remedy = f"请核对编码，以及它今年是否还在用。{hint or did_you_mean(code, list(table))}"
            self.reader.report(codes.rule, key, message, remedy)
            return False
        if name and name != table[code]:
            message = f"{codes.what}{code}的名称“{name}”与科目表不一致"
            self.reader.warn("D003", key, message, f"科目表中称“{table[code]}”，文档将使用该名称。")
        return True


def _out_of_force(what: str, number: str, tenure: Tenure, hint: str) -> tuple[str, str]:
    """What is said of a code of another year: when it was, or will be, and where the spending is put now."""
    code = f"{what}“{number} {tenure.name}”"
    if tenure.successor:
        below = "下的项级科目" if len(tenure.successor) < len(number) else ""
        now = f"{int(tenure.until) + 1}年起改列“{tenure.successor} {tenure.name}”{below}"
        return f"{code}只用到{tenure.until}年", f"{now}，请核对后改用。"
    if tenure.since and tenure.until:
        message = f"{code}只在{tenure.since}—{tenure.until}年使用"
    else:
        message = f"{code}只用到{tenure.until}年" if tenure.until else f"{code}从{tenure.since}年起才有"
    return message, f"请按当年的科目表改列。{hint}"
