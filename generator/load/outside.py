"""部门间往来: money that goes to a unit of another department, or comes from one.

    部门间往来: {付给: "055001"}
    部门间往来: {来自: "055001", 资金来源: 一般公共预算}

It stays in the tables of both. Who has the data of all departments compares what both sides say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.fields import Fields, brief, fields_of
from generator.load.spending import SpendingReader
from generator.load.yaml_text import Node
from generator.model.ledger import OUT_BY, OUT_FUND, OUT_TO, OUTSIDE, PAID_BY, PAID_TO, TRANSFER


def outside_of(spending: SpendingReader, node: Node, of_income: bool) -> Iterator[tuple[str, str]]:
    """What a line says of its own: who is paid; or who paid, and out of which 资金来源 of his. Reported: a unit of the same department."""
    reader = spending.reader
    fields = fields_of(reader, node, f"“{OUTSIDE}”")
    if PAID_TO in fields.values and of_income:
        fields.take(PAID_TO)
        remedy = f"付款的一边写在那笔支出旁边；这里只写“{OUTSIDE}: {{{PAID_BY}: …, 资金来源: …}}”。"
        reader.report("Y007", reader.at(node), f"收入和结转里不写“{PAID_TO}”", remedy)
    elif PAID_TO in fields.values:
        yield OUT_TO, _unit(spending, fields, PAID_TO)
    else:
        yield OUT_BY, _unit(spending, fields, PAID_BY)
        yield OUT_FUND, fields.choice("资金来源", reader.usual("资金").values)
    fields.finish()


def _unit(spending: SpendingReader, fields: Fields, name: str) -> str:
    code = fields.text(name)
    node = fields.take(name, False)
    if node is None or spending.reader.is_blank(node):
        return code
    if code in spending.department.agencies:
        remedy = f"本部门单位之间的往来写“{TRANSFER}”；付给部门外的，请核对代码。"
        spending.reader.report("Y008", node, f"“{OUTSIDE}”里的“{brief(code)}”是本部门的单位", remedy)
    elif code and not re.fullmatch(r"[0-9A-Za-z-]+", code):
        remedy = f'写对方的单位代码，加引号，如 {name}: "055001"。'
        spending.reader.report("Y008", node, f"“{name}”应是单位代码，不能是“{brief(code)}”", remedy)
    return code
