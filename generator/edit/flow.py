"""What stands between brackets: changed in place, and on its lines where it has several."""

from __future__ import annotations

import re
from typing import NamedTuple

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from generator.edit.matching import items_matched, names_matched
from generator.edit.written import flow_text, key_text, pairs_of, same, scalar_text, tree_at
from generator.model.tree import Tree


class _Part(NamedTuple):
    """An entry: its name's node (None in a list), its value's; the blanks or lines ``before`` it, the comment ``behind`` its comma."""

    key: ScalarNode | None
    value: Node
    before: str
    behind: str


def flow_edited(text: str, node: CollectionNode, tree: Tree) -> str:
    """The text of a map or list between brackets, changed so that it says ``tree``, which is of the same kind and not empty."""
    parts, close = _parts(text, node)
    olds = [("" if one.key is None else str(one.key.value), tree_at(one.value)) for one in parts]
    if isinstance(tree, dict):
        matched, entries = names_matched(olds, tree), list(tree.items())
    else:
        matched, entries = items_matched([value for _, value in olds], tree), [("", item) for item in tree]
    usual = parts[min(1, len(parts) - 1)].before or " "
    found = text[node.start_mark.index]
    for number, (place, (name, value)) in enumerate(zip(matched, entries, strict=True)):
        if place is None:
            before, behind, body = usual, "", _new(name, value, isinstance(tree, dict))
        else:
            one = parts[place]
            before, behind, body = one.before, one.behind, _entry(text, one, name, value)
            before = usual if number and not place else before
        if not number and (place or place is None):
            before = parts[0].before
        if "#" in found.rpartition("\n")[2] and "\n" not in before and parts[0].behind + close != "":
            before = before if _closed(found) else f"\n{' ' * (node.start_mark.column + 2)}"
        last = number + 1 == len(entries)
        found += before + body + ("" if last or behind.startswith(",") else ",") + behind
    if not _closed(found) and "\n" not in close:
        close = f"\n{' ' * node.start_mark.column}{close.strip()}"
    return found + close


def _closed(text: str) -> bool:
    """Whether what follows is no part of a comment."""
    return not re.search(r"[\s,]#[^\n\"']*$", text)


def _parts(text: str, node: CollectionNode) -> tuple[list[_Part], str]:
    """The entries, and what stands from the last of them to the bracket that closes."""
    pairs = pairs_of(node)
    at, found = node.start_mark.index + 1, []
    for number, (key, value) in enumerate(pairs):
        start, end = (key or value).start_mark.index, value.end_mark.index
        last = number + 1 == len(pairs)
        after = node.end_mark.index - 1 if last else (pairs[number + 1][0] or pairs[number + 1][1]).start_mark.index
        gap = text[end:after].lstrip(" ").removeprefix(",") if not last else text[end:after]
        line, broken, _ = gap.partition("\n")
        behind = line if broken and ("#" in line or last) else ""
        found.append(_Part(key, value, text[at:start], behind))
        at = after - len(gap) + len(behind)
    return found, (gap[len(behind) :] if pairs else "") + text[node.end_mark.index - 1]


def _entry(text: str, part: _Part, name: str, tree: Tree) -> str:
    key, value = part.key, part.value
    if key is None:
        return _value(text, value, name, tree)
    between = text[key.end_mark.index : value.start_mark.index]
    new = _value(text, value, name, tree)
    between = (
        between if between.endswith((" ", "\n")) or not new else f"{between}: " if ":" not in between else f"{between} "
    )
    old = text[key.start_mark.index : key.end_mark.index]
    return (old if key.value == name else key_text(name, flow=True)) + between + new


def _value(text: str, node: Node, name: str, tree: Tree) -> str:
    old = text[node.start_mark.index : node.end_mark.index]
    if same(tree_at(node), tree):
        return old
    kind = dict if isinstance(node, MappingNode) else list
    if isinstance(node, CollectionNode) and node.value and tree and isinstance(tree, kind):
        return flow_edited(text, node, tree)
    return (
        scalar_text(tree, name, str(getattr(node, "style", "") or ""), True)
        if isinstance(tree, str)
        else flow_text(tree)
    )


def _new(name: str, tree: Tree, named: bool) -> str:
    return f"{key_text(name, flow=True)}: {flow_text(tree, name)}" if named else flow_text(tree)
