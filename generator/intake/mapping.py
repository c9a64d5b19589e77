"""对照: which head of an export is which field, and what its values mean here. Shipped ones stand in mappings/, as YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from fnmatch import translate
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from generator.model.problem import UsageError, which_of
from generator.model.tree import Tree

AMOUNT = "金额"
LISTS = ("功能科目", "部门经济", "政府经济")
LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "功能科目": ("功能类", "功能款", "功能项"),
        "部门经济": ("部门经济类", "部门经济款"),
        "政府经济": ("政府经济类", "政府经济款"),
    }
)
"""The fields of a code that stands in several columns."""
NAMES = MappingProxyType({"功能科目": "功能科目名称", "部门经济": "部门经济名称", "政府经济": "政府经济名称"})
MEANS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"项目类别": ("类别",), "资金性质": ("资金", "年度", "来源"), "资金来源": ("资金", "来源", "年度"), "层级": ("来源",), "年度": ("年度",)}
)  # fmt: skip
"""What the words of a field may say of a line."""
FIELDS = (
    "单位编码", "预算单位", *NAMES.values(), *(level for levels in LEVELS.values() for level in levels), *LISTS,
    "项目编码", "项目名称", *MEANS, AMOUNT,
)  # fmt: skip
_KEYS = ("名称", "沿用", "表头", "资金分列", "取值", "空格", "金额单位", "舍入", "没有写明时", "不读的行")
AS_ABOVE, ROUNDED = "同上", "四舍五入"


class FundColumn(NamedTuple):
    """A column of amounts of one kind of money: its heads, what its lines have, and what is doubtful of that."""

    heads: tuple[str, ...]
    means: Mapping[str, str]
    doubt: str = ""


class Heads(NamedTuple):
    """A 对照. ``heads``: by field, what it may be called, the best first; “*” stands for any letters.

    ``values``: by dimension (资金, 来源, 年度, 类别, a place's own), what a text means. ``above``: an empty cell repeats the one above.
    ``scale``: 金额单位 where the table does not say; ``rounded``: amounts that are finer than cents are rounded.
    ``unsaid``: what a line has of a dimension where nothing says it; ``skipped``: rows that are left out, by field.
    """

    name: str
    heads: Mapping[str, tuple[str, ...]]
    funds: tuple[FundColumn, ...] = ()
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    above: bool = False
    scale: str = ""
    rounded: bool = False
    unsaid: Mapping[str, str] = MappingProxyType({})
    skipped: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def value(self, dimension: str, text: str) -> str:
        """What a text says of a dimension; empty where it says nothing of it."""
        flat = flattened(text)
        bare = re.sub(r"^[0-9]+[-_.、]*(?=\D)", "", flat)
        found = [
            (pattern.count("*"), index, value)
            for index, (value, patterns) in enumerate(self.values.get(dimension, {}).items())
            for pattern in patterns
            if matches(pattern, flat) or matches(pattern, bare)
        ]
        return min(found)[2] if found else ""


def mapping_of(tree: Tree, where: str, shipped: Mapping[str, Heads]) -> Heads:
    """A 对照 from what its file says; ``沿用`` takes over another. Raises UsageError, which names the file, for what it may not say."""
    said = _map(tree, where, "文件")
    _only(said, _KEYS, where, "对照文件")
    base = Heads(where, {})
    if based := _text(said, "沿用"):
        if based not in shipped:
            raise UsageError(f"{where}：没有“{based}”这个对照。{which_of(based, tuple(shipped))}")
        base = shipped[based]
    heads = {key: _texts(value, where, key) for key, value in _map(said.get("表头", {}), where, "表头").items()}
    values = {
        dimension: {value: _texts(texts, where, value) for value, texts in _map(inner, where, dimension).items()}
        for dimension, inner in _map(said.get("取值", {}), where, "取值").items()
    }
    _only(heads, (*FIELDS, *values), where, "表头")
    return base._replace(
        name=_text(said, "名称") or where,
        heads={**base.heads, **{key: (*own, *base.heads.get(key, ())) for key, own in heads.items()}},
        funds=(*(_fund(item, where) for item in _list(said.get("资金分列", []), where)), *base.funds),
        values={key: _merged(values.get(key, {}), base.values.get(key, {})) for key in {**base.values, **values}},
        above=_choice(said, "空格", ("报错", AS_ABOVE), where) == AS_ABOVE if "空格" in said else base.above,
        scale=_choice(said, "金额单位", ("元", "万元", "千元"), where) if "金额单位" in said else base.scale,
        rounded=_choice(said, "舍入", ("不舍入", ROUNDED), where) == ROUNDED if "舍入" in said else base.rounded,
        unsaid={**base.unsaid, **_words(said.get("没有写明时", {}), where)},
        skipped={
            **base.skipped,
            **{key: _texts(value, where, key) for key, value in _map(said.get("不读的行", {}), where, "不读的行").items()},
        },
    )  # fmt: skip


def flattened(text: str) -> str:
    """A head or a value as it is compared: no blanks, one kind of brackets and letters, no star of a required field."""
    flat = re.sub(r"[\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", text)).lower()
    return flat.strip("*:").replace("（", "(").replace("）", ")")


def matches(pattern: str, flat: str) -> bool:
    """Whether a flattened text is what a pattern says."""
    return _pattern(pattern).fullmatch(flat) is not None


@lru_cache(maxsize=4096)
def _pattern(pattern: str) -> re.Pattern[str]:
    starred = flattened(pattern.replace("*", "\0")).replace("\0", "*")
    return re.compile(translate(starred.replace("[", "[[]").replace("?", "[?]")))


def _merged(own: Mapping[str, tuple[str, ...]], base: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {value: (*own.get(value, ()), *base.get(value, ())) for value in {**own, **base}}


def _fund(item: Tree, where: str) -> FundColumn:
    said = dict(_map(item, where, "资金分列"))
    heads, doubt = _texts(said.pop("表头", []), where, "资金分列"), str(said.pop("存疑", ""))
    if not heads or "资金" not in said:
        raise UsageError(f"{where}：“资金分列”的每一项应有“表头”和“资金”。")
    return FundColumn(heads, _words(said, where), doubt)


def _map(tree: Tree, where: str, what: str) -> Mapping[str, Tree]:
    if tree in ("", []):
        return {}
    if not isinstance(tree, dict):
        raise UsageError(f"{where}：“{what}”应是“名称: 内容”的若干行。")
    return tree


def _list(tree: Tree, where: str) -> list[Tree]:
    if not isinstance(tree, list):
        raise UsageError(f"{where}：“资金分列”应是以“- ”开头的列表。")
    return tree


def _texts(tree: Tree, where: str, what: str) -> tuple[str, ...]:
    items = tree if isinstance(tree, list) else [tree]
    if not all(isinstance(item, str) for item in items):
        raise UsageError(f"{where}：“{what}”应是一个词，或 [ ] 里的几个词。")
    return tuple(str(item) for item in items if item)


def _words(tree: Tree, where: str) -> dict[str, str]:
    return {key: (_texts(value, where, key) or ("",))[0] for key, value in _map(tree, where, "没有写明时").items()}


def _text(said: Mapping[str, Tree], key: str) -> str:
    return str(said.get(key, ""))


def _choice(said: Mapping[str, Tree], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = _text(said, key)
    if value not in allowed:
        raise UsageError(f"{where}：“{key}”不能是“{value}”，只能是：{'、'.join(allowed)}。")
    return value


def _only(said: Mapping[str, object], allowed: tuple[str, ...], where: str, what: str) -> None:
    for key in _strange(said, allowed):
        raise UsageError(f"{where}：{what}里没有“{key}”这一项。{which_of(key, allowed)}")


def _strange(said: Mapping[str, object], allowed: tuple[str, ...]) -> Iterator[str]:
    return (key for key in said if key not in allowed)
