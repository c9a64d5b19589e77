"""What JSON Schemas are made of: fields, lists, choices, each with its title and what it explains in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
AMOUNT_SHAPE: Schema = {
    "title": "金额",
    "description": "只填阿拉伯数字，最多两位小数，不带单位、逗号和空格；没有金额填0.00。",
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$",
    "errorMessage": "金额只填阿拉伯数字，最多两位小数，前面不多写0，不带单位、逗号和空格。",  # instead of the pattern
}
COUNT: Schema = {"title": "数量", "description": "整数，没有填0。", "type": "integer", "minimum": 0,
                  "errorMessage": "填整数，没有填0。"}  # fmt: skip


def object_of(title: str, fields: Mapping[str, Schema], optional: Iterable[str] = (), **more: Any) -> Schema:
    """A mapping with these fields and no others; those not optional are required."""
    left_out = set(optional)
    required = [name for name in fields if name not in left_out]
    schema = {"title": title, "type": "object", **more, "properties": dict(fields), "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def mapping_of(title: str, values: Schema, known: Iterable[str] = ()) -> Schema:
    """A mapping whose names a person chooses; ``known`` are suggested."""
    schema: Schema = {"title": title, "type": "object", "additionalProperties": values}
    suggested = {name: values for name in known}
    return schema | ({"properties": suggested} if suggested else {})


def list_of(title: str, item: Schema, description: str = "") -> Schema:
    return described({"title": title, "type": "array", "items": item}, description)


def text_of(title: str, description: str = "") -> Schema:
    return described({"title": title, **TEXT}, description)


def choice_of(title: str, values: Iterable[str], description: str = "") -> Schema:
    choices = list(values)
    return described({"title": title, "enum": choices, "errorMessage": f"可以填：{'、'.join(choices)}。"}, description)


def described(schema: Schema, description: str) -> Schema:
    return schema | ({"description": description} if description else {})


def code_of(title: str, description: str) -> Schema:
    return {
        "title": title,
        "description": description,
        "type": ["string", "integer"],
        "pattern": "^[0-9A-Za-z-]+$",
        "errorMessage": "代码只用数字、字母和“-”。",
    }
