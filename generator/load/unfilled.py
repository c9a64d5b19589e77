"""待填: which texts of a file are not filled in; and what of a file is still as it was carried from last year."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.load.yaml_text import Node, Reader
from generator.model.doubts import Pending, is_blank
from generator.model.problem import Problem, Severity
from generator.model.source import Position
from generator.model.tree import Tree

NAMES = ("编码", "名称", "任务名称", "单位", "代码")
"""What tells one item of a list from the others, the best first."""
_SHOWN = 8


def report_blanks(reader: Reader, root: Node, draft: bool) -> None:
    """D064, once for a file; from then on the reader says nothing else of these places."""
    found = [node for _, node in leaves_of(root) if is_blank(node.value.strip())]
    found += [key for key in _keys(root) if is_blank(key.value.strip())]
    if not found:
        return
    lines = sorted({node.start_mark.line + 1 for node in found})
    place, length = reader.at(min(found, key=lambda node: node.start_mark.index)), len("待填")
    remedy = f"请把“待填”改成内容，或先用 --draft 看草稿；清单见 shuoming todo {_year_of(reader)}。"
    severity = Severity.WARNING if draft else Severity.ERROR
    reader.problems.append(
        Problem("D064", severity, f"有{len(found)}处还没有填（{lines_said(lines)}）", remedy, place, length)
    )
    for node in found:
        at, inside = reader.at(node), reader.inside(node)
        reader.blanks |= {(at.line, at.column), (inside.line, inside.column)}


def pending_in(label: str, file: str, root: Node, carried: Tree) -> Iterator[Pending]:
    """The values of a file that are still as they were carried: what was changed since has been confirmed by that."""
    for path, node in _same(root, carried, ()):
        yield Pending(file, path, node.value, Position(label, node.start_mark.line + 1, node.start_mark.column + 1))


def _same(node: Node, carried: Tree, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    if isinstance(carried, dict) and isinstance(node, yaml.MappingNode):
        values = {key.value: value for key, value in node.value}
        for name, inner in carried.items():
            if name in values:
                yield from _same(values[name], inner, (*path, name))
    elif isinstance(carried, list) and isinstance(node, yaml.SequenceNode):
        left = list(enumerate(node.value, 1))
        for inner in carried:
            best = max(left, key=lambda one: _likeness(one[1], inner), default=None)
            if best is not None and _likeness(best[1], inner) > 0:
                left.remove(best)
                yield from _same(best[1], inner, (*path, name_of(best[1]) or f"第{best[0]}项"))
    elif isinstance(carried, str) and isinstance(node, yaml.ScalarNode) and node.value == carried:
        yield path, node


def _likeness(node: Node, carried: Tree) -> float:
    """How sure it is that a list's item is the one that was carried: by its code, its name, else by what it says."""
    if isinstance(carried, str):
        return float(isinstance(node, yaml.ScalarNode) and node.value == carried)
    if isinstance(carried, dict) and isinstance(node, yaml.MappingNode):
        for weight, name in enumerate(reversed(NAMES), 2):
            if name in carried and any(key.value == name and value.value == carried[name] for key, value in node.value):
                return float(weight)
    alike, all_of_it = sum(1 for _ in _same(node, carried, ())), _size(carried)
    return alike / all_of_it if alike * 2 >= all_of_it else 0.0


def _size(tree: Tree) -> int:
    if isinstance(tree, str):
        return 1
    return sum(_size(inner) for inner in (tree.values() if isinstance(tree, dict) else tree)) or 1


def name_of(node: Node) -> str:
    """What an item of a list is called: its name, as a person says it."""
    said = {key.value: value.value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    return next((said[name] for name in ("名称", "任务名称", *NAMES) if isinstance(said.get(name), str)), "")


def leaves_of(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Every text of a file, with the names that lead to it."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from leaves_of(value, (*path, key.value))
    else:
        for number, item in enumerate(node.value, 1):
            yield from leaves_of(item, (*path, name_of(item) or f"第{number}项"))


def _keys(node: Node) -> Iterator[yaml.ScalarNode]:
    for one in node.value if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) else ():
        key, value = one if isinstance(one, tuple) else (None, one)
        if key is not None:
            yield key
        yield from _keys(value)


def lines_said(lines: list[int]) -> str:
    more = f"等{len(lines)}行" if len(lines) > _SHOWN else "行"
    return f"第{'、'.join(map(str, lines[:_SHOWN]))}{more}"


def _year_of(reader: Reader) -> str:
    parts = reader.source.name.split("/")
    return next((part for part in reversed(parts[:-1]) if part.isdigit()), "")
