"""The file of a dimension whose values are not added up (流向 in income.yaml): income, balances, what is beside the spending.

- 流向: 收入
  资金来源: 一般公共预算
  金额: {2080501 行政单位离退休: 54.53, 未列科目: 112.88}

What came from another unit of the department says so (内部往来: {来自: …, 资金来源: …}), as its spending does: the 部门版 has
the income where the payer has it, and what is left of it under the 资金来源 it was paid from.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.code_book import CodeBook
from generator.load.fields import Fields, amount_of, fields_of, items_of
from generator.load.projects import own_value, transfer_of
from generator.load.spending import SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.department import Department
from generator.model.ledger import DIMENSIONS, Dimension, LedgerLine

AMOUNT, NO_FUNCTION = "金额", "未列科目"


def read_sides(
    reader: Reader, node: Node | None, codes: CodeBook, head: Department, dimension: Dimension
) -> list[LedgerLine]:
    """The lines of one file, in their order."""
    spending = SpendingReader(reader, codes, head)
    lines: list[LedgerLine] = []
    for item in items_of(reader, node, dimension.file):
        fields = fields_of(reader, item, dimension.file)
        lines += side_of(spending, fields, dimension)
        fields.finish()
    return lines


def side_of(spending: SpendingReader, fields: Fields, dimension: Dimension) -> Iterator[LedgerLine]:
    """The lines of one entry; its 功能科目 may be left out."""
    reader, head = spending.reader, spending.department
    value = fields.choice(dimension.name, dimension.values[1:])
    agencies = tuple(head.agencies)
    agency = fields.choice("单位", agencies, agencies[0] if len(agencies) == 1 else None)
    fund, origin, period = (
        fields.choice(one.typed, one.values, one.usual or None)
        for one in (reader.usual("资金"), DIMENSIONS["来源"], DIMENSIONS["年度"])
    )
    others = [one for one in reader.own.values() if one.name != dimension.name]
    own = (
        (dimension.name, value),
        *((one.name, own_value(spending, fields, one, agency)) for one in others),
        *transfer_of(spending, fields, agency, of_income=True),
    )
    negative = value in dimension.below_zero
    for key, node in _amounts(fields.take(AMOUNT)):
        function = "" if key is None or key.value == NO_FUNCTION else spending.function_of(key)
        money = amount_of(reader, node, head.scale, f"“{key.value if key else value}”", negative)
        place = reader.inside(key if key is not None else node)
        if money is not None and (function or key is None or key.value == NO_FUNCTION):
            yield LedgerLine(agency, function, "", "", fund, origin, period, "", "", money, place, place, own)


def _amounts(node: Node | None) -> Iterator[tuple[yaml.ScalarNode | None, Node]]:
    """功能科目 with their amounts, or one amount alone."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif node is not None:
        yield None, node
