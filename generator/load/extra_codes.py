"""增补科目: codes that a place has beside the classification, or that came within the year, into ExtraCodes."""

from __future__ import annotations

import re

import yaml

from generator.load.fields import Fields, brief, fields_of, pairs_of, text_of
from generator.load.yaml_text import Node, Reader
from generator.model.classification import ITEMS, LISTS, ExtraCode, ExtraCodes
from generator.model.department import NATURES
from generator.model.ledger import APPROPRIATIONS

ANY = "any"
_PAIR = rf"[0-9]+/(?:{'|'.join((*NATURES, ANY))})"
_GOVERNMENT = r"5[0-9]{4}(?: .*)?"
_FIRST = dict(zip(LISTS, "235", strict=True))
DAY = r"^[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))?$"


def read_extra_codes(reader: Reader, node: Node | None) -> ExtraCodes:
    """By list: a code with its name, or with 名称 and what else there is to say of it; and 对应, pairs of codes."""
    fields = fields_of(reader, node, "“增补科目”") if node is not None else None
    if fields is None:
        return ExtraCodes()
    codes = {key: dict(_codes(reader, key, fields.take(key, False))) for key in LISTS}
    pairs = {}
    for key, value in pairs_of(reader, fields.take("对应", False), "对应"):
        if re.fullmatch(_PAIR, key.value):
            code, nature = key.value.split("/")
            pairs[code, nature] = text_of(reader, value, "政府经济科目")
        else:
            _report_code(reader, "对应", key, "“编码/单位性质”，如“30101/事业”")
    fields.finish()
    return ExtraCodes(codes, pairs)


def _codes(reader: Reader, what: str, node: Node | None) -> list[tuple[str, ExtraCode]]:
    found = []
    lengths = range(3, ITEMS[what] + 1, 2)
    for key, value in pairs_of(reader, node, what):
        code = key.value
        if not re.fullmatch("[0-9]+", code):
            _report_code(reader, what, key, "编码，只有数字")
        elif len(code) not in lengths or code[0] != _FIRST[what]:
            wanted = "、".join(map(str, lengths))
            _report_code(reader, what, key, f"以{_FIRST[what]}开头的编码，{wanted}位")
        else:
            found.append((code, _code(reader, what, code, value)))
    return found


def _report_code(reader: Reader, what: str, key: yaml.ScalarNode, wanted: str) -> None:
    reader.report("D001", key, f"“{what}”里的“{brief(key.value)}”写法不对", f"冒号前应是{wanted}。")


def _code(reader: Reader, what: str, code: str, node: Node) -> ExtraCode:
    if not isinstance(node, yaml.MappingNode):
        return ExtraCode(text_of(reader, node, "科目名称"))
    fields = fields_of(reader, node, f"“{code}”")
    found = ExtraCode(
        fields.text("名称"),
        fields.choice("资金", APPROPRIATIONS, "") if what == LISTS[0] else "",
        _day(reader, fields, "自"),
        _day(reader, fields, "至"),
        fields.text("文号", ""),
        _government(reader, fields.take("政府经济", False)) if what == LISTS[1] else {},
    )
    fields.finish()
    if found.until and found.until[: len(found.since)] < found.since[: len(found.until)]:
        remedy = "请核对“自”和“至”。"
        reader.report("D032", reader.at(node), f"“{code}”到{found.until}为止，却从{found.since}起才有", remedy)
    return found


def _day(reader: Reader, fields: Fields, name: str) -> str:
    """A year, or a day of it; empty where it is not said."""
    node = fields.take(name, False)
    if node is None:
        return ""
    text = text_of(reader, node, f"“{name}”")
    if re.fullmatch(DAY, text):
        return text
    reader.report("D032", node, f"“{name}”不能是“{brief(text)}”", "请写成年度或日期，如 2026 或 2026-05-01。")
    return ""


def _government(reader: Reader, node: Node | None) -> dict[str, str]:
    """One government code for units of any 单位性质, or one for each."""
    if node is None:
        return {}
    if isinstance(node, yaml.MappingNode):
        fields = fields_of(reader, node, "“政府经济”")
        found = {nature: _pure(reader, item) for nature in NATURES if (item := fields.take(nature, False)) is not None}
        fields.finish()
        return found
    return {ANY: _pure(reader, node)}


def _pure(reader: Reader, node: Node) -> str:
    """A government code; its name may stand after it."""
    text = text_of(reader, node, "“政府经济”")
    if text and not re.fullmatch(_GOVERNMENT, text):
        remedy = "请填政府预算支出经济分类的5位编码，如“50502”。"
        reader.report("D005", node, f"“政府经济”不能是“{brief(text)}”", remedy)
    return text[:5]
