"""accepted.yaml: findings of the check that a person looked at and accepts, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load.fields import fields_of, items_of
from generator.load.yaml_text import Node, Reader
from generator.model.department import Acceptance
from generator.model.source import Text


def read_accepted(reader: Reader, node: Node | None, agencies: tuple[str, ...] = ()) -> Iterator[Acceptance]:
    """Each needs the rule's code, words of the message it is about, a reason and a name; it may be of one of the units."""
    for item in items_of(reader, node, "accepted.yaml"):
        fields = fields_of(reader, item, "接受记录")
        rule = fields.located("规则")
        if rule is None:
            fields.take("规则")
        yield Acceptance(
            rule or Text("", reader.at(fields.node)),
            fields.text("内容"),
            fields.text("原因"),
            fields.text("接受人"),
            fields.text("日期", ""),
            fields.choice("单位", agencies, "") if "单位" in fields.values else "",
        )
        fields.finish()
