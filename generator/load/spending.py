"""支出 of 基本支出 and of projects: “2080101 行政运行” over “30101 基本工资: 35.35” into ledger lines."""

from collections.abc import Iterable
from typing import NamedTuple

import yaml

from generator.load.code_book import CodeBook
from generator.load.fields import amount_of, fields_of, pairs_of, plain_amount
from generator.load.yaml_text import Node, Reader
from generator.model.classification import ITEMS
from generator.model.department import NATURES, Department
from generator.model.ledger import LedgerLine
from generator.model.money import Money
from generator.model.source import Position


class Funding(NamedTuple):
    """What all lines under one 支出 share."""

    agency: str
    fund: str
    origin: str
    period: str
    project: str = ""
    project_kind: str = ""
    own: tuple[tuple[str, str], ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether it is neither 基本支出 nor 项目支出, but of a 类别 that its place adds."""
        return any(name == "类别" for name, _ in self.own)


class _Heading(NamedTuple):
    """A 功能科目 as typed above its lines; no code when it is no good."""

    function: str
    position: Position


class SpendingReader:
    """Reads spending of one file; names and codes once looked up are remembered by their text.

    Where it may be ``coarse``, an amount may stand at a 功能科目 itself, without 部门经济.
    """

    def __init__(self, reader: Reader, codes: CodeBook, department: Department, coarse: bool = False) -> None:
        self.reader, self.codes, self.department, self.coarse = reader, codes, department, coarse
        self.functions: dict[str, str] = {}
        self.economics: dict[str, dict[str, tuple[str, str]]] = {nature: {} for nature in NATURES}
        self.lines: list[LedgerLine] = []

    def read(self, node: Node | None, funding: Funding) -> None:
        """Add the lines under one 支出."""
        nature = self.department.nature_of(funding.agency)
        for key, value in pairs_of(self.reader, node, "支出"):
            heading = _Heading(self.function_of(key), self.reader.inside(key))
            if (self.coarse or funding.is_other) and isinstance(value, yaml.ScalarNode) and value.value.strip():
                self._read_alone(heading, value, f"“{key.value}”", funding)
                continue
            self._read_lines(heading, pairs_of(self.reader, value, f"“{key.value}”"), nature, funding)

    def function_of(self, key: yaml.ScalarNode) -> str:
        """The 功能科目 typed above some lines; empty after reporting one that is no good."""
        function = self.functions.get(key.value)
        return self._function(key) if function is None else function

    def _read_alone(self, heading: _Heading, node: yaml.ScalarNode, what: str, funding: Funding) -> None:
        money = amount_of(self.reader, node, self.department.scale, what)
        if money is not None and heading.function:
            line = LedgerLine(
                funding.agency, heading.function, "", "", funding.fund, funding.origin, funding.period,
                funding.project, funding.project_kind, money, heading.position, heading.position, funding.own,
            )  # fmt: skip
            self.lines.append(line)

    def _read_lines(
        self, heading: _Heading, pairs: Iterable[tuple[yaml.ScalarNode, Node]], nature: str, funding: Funding
    ) -> None:
        """Nearly all lines have a text that was looked up before, and a plain amount. ``new`` saves them a call each."""
        known, scale, file, new = self.economics[nature], self.department.scale, self.reader.source.name, tuple.__new__
        for key, node in pairs:
            codes, money = known.get(key.value), plain_amount(node, scale)
            if codes is None or money is None:
                codes, money = self._looked_up(key, node, nature, funding.agency)
            if money is not None and heading.function and codes[0]:
                mark = key.start_mark
                line = (
                    funding.agency, heading.function, *codes, funding.fund, funding.origin, funding.period,
                    funding.project, funding.project_kind, money,
                    new(Position, (file, mark.line + 1, mark.column + 1, "")), heading.position, funding.own,
                )  # fmt: skip
                self.lines.append(new(LedgerLine, line))

    def _looked_up(
        self, key: yaml.ScalarNode, node: Node, nature: str, agency: str
    ) -> tuple[tuple[str, str], Money | None]:
        """部门经济 and 政府经济, and the amount; whatever is wrong with them is reported."""
        codes = self.economics[nature].get(key.value)
        if codes is None:
            codes = self._economic(key, isinstance(node, yaml.MappingNode), agency)
        amount: Node | None = node
        government = codes[1]
        if isinstance(node, yaml.MappingNode):
            amount, government = self._explicit(key, node, government)
        scale = self.department.scale
        money = amount_of(self.reader, amount, scale, f"“{key.value}”") if amount is not None else None
        return (codes[0], government), money

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

    def _economic(self, key: yaml.ScalarNode, explicit: bool, agency: str) -> tuple[str, str]:
        code, known = self.codes.read(self.reader, key, "部门经济")
        if known and len(code) != ITEMS["部门经济"]:
            self.reader.report("D002", key, f"部门经济科目“{code}”不是款级科目", "请编到款级（5位编码）。")
            known = False
        nature = self.department.nature_of(agency)
        government = self.codes.classification.government_code(code, nature) or ""
        if known and not explicit:
            known = self._has_government(key, code, government, agency)
        if not explicit:
            self.economics[nature][key.value] = (code if known else "", government)
        return (code if known else ""), government

    def _has_government(self, key: yaml.ScalarNode, code: str, government: str, agency: str) -> bool:
        if government:
            self.codes.reject_unknown_government(self.reader, key, code, government)
            return True
        message = f"{self.department.nature_of(agency)}单位的{code}没有对应的政府经济科目"
        self.reader.report("D006", key, message, self._nature_remedy(code, agency))
        return False

    def _nature_remedy(self, code: str, agency: str) -> str:
        """Where another 单位性质 has the code, that may be what is wrong."""
        explicit = "写成“{金额: …, 政府经济: …}”指明，或在“增补科目”里写明它的“政府经济”。"
        others = [nature for nature in NATURES if self.codes.classification.government_code(code, nature)]
        if not others or len(self.department.agencies) < 2:
            return f"请核对科目，或{explicit}"
        own = self.department.line_of(agency, others[-1])
        return f"如是{others[-1]}单位，请在department.yaml的“预算单位”下写成{own}；否则请核对科目，或{explicit}"
