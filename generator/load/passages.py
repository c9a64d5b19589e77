"""The department's own words, file by file, each with its place: what the rules on words read."""

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.load.yaml_text import Node
from generator.model.source import Passage, Position, Text

EACH, KEY = "*", "键"
_QUOTED = ("'", '"')


class _Words(NamedTuple):
    """Where words stand in a file: keys from the root, EACH for every item or key, KEY for a key's own name."""

    kind: str
    path: tuple[str, ...]


_OF_A_BODY = (
    _Words("职责", ("主要职责", EACH)),
    _Words("机构", ("机构构成", "预算范围")),
    _Words("机构", ("机构构成", "内设机构归属")),
    _Words("机构", ("机构构成", "内设机构", EACH)),
)
_OF_GOALS = (
    _Words("目标", ("年度履职目标", EACH)),
    _Words("任务", ("年度主要任务", EACH, EACH)),
    _Words("指标", ("指标", EACH, EACH, KEY)),
    _Words("指标值", ("指标", EACH, EACH, EACH, "指标值")),
    _Words("说明", ("指标", EACH, EACH, EACH, "说明")),
)
_NARRATED = (
    _Words("原因", ("变动原因", EACH)),
    _Words("事项", (EACH,)),
    _Words("事项", (EACH, EACH)),
    _Words("说明", ("说明", EACH, EACH)),
    _Words("说明", ("说明", EACH, EACH, EACH)),
    _Words("说明", ("说明", EACH, EACH, EACH, EACH)),
)
_ELSEWHERE = ("变动原因", "主要职责", "机构构成", "控制数", "整体绩效")
"""What else stands in a file that has 事项, and is of a kind of its own."""
_FILES = {
    "department.yaml": (
        _Words("名称", ("名称",)),
        _Words("名称", ("预算单位", EACH)),
        _Words("名称", ("预算单位", EACH, "名称")),
        *_OF_A_BODY,
    ),
    "unit": (
        *_OF_A_BODY,
        *_NARRATED,
        *(_Words(words.kind, ("整体绩效", *words.path)) for words in _OF_GOALS),
    ),
    "projects.yaml": (
        _Words("项目", (EACH, "名称")),
        _Words("指标", (EACH, "绩效指标", EACH, KEY)),
        _Words("指标值", (EACH, "绩效指标", EACH, EACH)),
    ),
    "performance.yaml": _OF_GOALS,
    "narrative.yaml": _NARRATED,
}  # fmt: skip


def passages_of(name: str, source: str, root: Node | None) -> Iterator[Passage]:
    """The words of one file, or of a “unit”; ``source`` is the file as messages name it. Nothing from a file without words."""
    found, new = (
        _Found(root),
        tuple.__new__,
    )  # as Text(…), Passage(…), a third quicker: a large department has ten thousand
    for words in _FILES.get(name, ()):
        for place, node in found.at(words.path):
            if not isinstance(node, yaml.ScalarNode) or (words.kind == "事项" and place.startswith(_ELSEWHERE)):
                continue
            mark, quote = node.start_mark, 1 if node.style in _QUOTED else 0
            position = new(Position, (source, mark.line + 1, mark.column + 1 + quote, ""))
            text = new(Text, (node.value, position))
            yield new(Passage, (words.kind, place, text, _literal(node, quote)))


def _literal(node: yaml.ScalarNode, quote: int) -> bool:
    start, end = node.start_mark, node.end_mark
    return start.line == end.line and end.column - start.column == len(node.value) + 2 * quote


class _Found:
    """The nodes of a file by the paths that lead there, each with its place in words; what paths begin with is walked once."""

    def __init__(self, root: Node | None) -> None:
        self._known: dict[tuple[str, ...], list[tuple[str, Node]]] = {(): [("", root)] if root is not None else []}

    def at(self, path: tuple[str, ...]) -> list[tuple[str, Node]]:
        """In the file's order."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = list(_below(self.at(path[:-1]), path[-1]))
        return found


def _below(found: list[tuple[str, Node]], step: str) -> Iterator[tuple[str, Node]]:
    for place, node in found:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if step in (key.value, EACH, KEY):
                    yield f"{place}“{key.value}”" if place else key.value, key if step == KEY else value
        elif isinstance(node, yaml.SequenceNode) and step == EACH:
            for number, item in enumerate(node.value, 1):
                yield _named(item) or f"{place}第{number}项", item


def _named(node: Node) -> str:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in ("名称", "任务名称") and isinstance(value, yaml.ScalarNode):
                return f"{'项目' if key.value == '名称' else '任务'}“{value.value}”"
    return ""
