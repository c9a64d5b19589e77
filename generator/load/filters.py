"""The filter language: {资金: 一般公共预算, 部门经济: [301, 303]} into a Filter."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from generator.load.classification import FILES, beginnings
from generator.load.fields import pairs_of
from generator.load.yaml_text import Node, Reader
from generator.model.classification import Edition, ExtraCodes
from generator.model.ledger import DIMENSIONS, Dimension, Filter
from generator.model.problem import which_of


def read_filter(reader: Reader, node: Node | None) -> Filter:
    """A filter; {} selects everything. Unknown dimensions and values are reported."""
    if node is not None and not isinstance(node, yaml.MappingNode):
        remedy = "请写成“{资金: 一般公共预算, 类别: 基本支出}”这样；不筛选写“{}”。"
        reader.report(
            "P003", node if isinstance(node, yaml.ScalarNode) else reader.at(node), "筛选条件的写法不对", remedy
        )
        return Filter()
    terms = []
    known = {**DIMENSIONS, **reader.widened, **reader.own}
    for key, value in pairs_of(reader, node, "筛选条件"):
        if key.value not in known:
            reader.report("P003", key, f"筛选条件没有“{key.value}”", f"请核对写法。{which_of(key.value, list(known))}")
            continue
        nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not nodes:
            reader.report("P003", key, f"“{key.value}”没有填写", "请填要选的值；不限定就删去这一项。")
        values = tuple(full for item in nodes for full in _values(reader, known[key.value], item))
        terms.append((key.value, values))
    return Filter(tuple(terms))


def reject_unknown_codes(readers: Iterable[Reader], extra: ExtraCodes, editions: Iterable[Edition]) -> None:
    """A code that no year's classification has: a column of zeros that looks as if there were nothing to spend."""
    texts = {name: "\n".join((beginnings(name), *extra.of(name))) for name in FILES}
    for edition in editions:
        texts[edition.key] += "\n".join(("", *edition.names))
    for reader in readers:
        for name, node in reader.codes:
            code = node.value.strip()
            if name in texts and f"\n{code}" not in texts[name]:
                message = f"筛选条件里的{name}“{code}”不在科目表中，什么也选不到"
                reader.report("P003", node, message, "请核对编码；本地另有的科目，请在report.yaml的“增补科目”里写明。")


def _values(reader: Reader, dimension: Dimension, node: Node) -> tuple[str, ...]:
    value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
    allowed = dimension.choices
    if dimension.coded and not re.fullmatch(r"[0-9]+", value):
        reader.report(
            "P003", reader.at(node), f"“{dimension.name}”应是编码，不能是“{value}”", "请填编码或编码的开头几位，如301。"
        )
    elif dimension.coded and isinstance(node, yaml.ScalarNode):
        reader.codes.append((dimension.name, node))
    elif allowed and value not in allowed:
        remedy = f"请核对写法。{which_of(value, allowed)}"
        reader.report("P003", reader.at(node), f"“{dimension.name}”没有“{value}”", remedy)
    return dimension.groups.get(value, (value,))
