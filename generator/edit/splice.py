"""The text that stays is cut out of the old file and put together again: what no change touches keeps its bytes.

An entry is its line and those below it, with the comment lines right above. Blank lines part entries and stay where they
are. What stands above a blank line belongs to nobody, and outlives the entry below it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from generator.edit.flow import flow_edited
from generator.edit.matching import items_matched, names_matched
from generator.edit.written import (
    block_text,
    composed,
    content_end,
    flow_text,
    is_block,
    key_text,
    pairs_of,
    past_blanks,
    same,
    scalar_text,
    tree_at,
    tree_of,
)
from generator.model.tree import Tree


class Place(NamedTuple):
    """An entry of a block: its name's node (None in a list), its value's, and where in the text it begins.

    ``above``: whole lines over it that belong to nobody; ``lead``: its own comments; ``start`` to ``end``: all the rest.
    """

    key: ScalarNode | None
    value: Node
    at: int
    above: str
    lead: str
    start: int
    end: int


def edited(text: str, tree: Tree) -> str:
    """A file's text, changed so that it says ``tree``; the same text where it does already; "" gives a new file.

    Comments, order, quotes and blank lines of what stays are kept. A comment goes with the entry that it stands beside or
    right above. Raises ruamel's YAMLError for a text that is no YAML.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    old = text.replace("\r\n", "\n")
    root = composed(old)
    if same("" if root is None else tree_at(root), tree):
        return text
    new = _whole(old, tree) if root is None else _of_root(old if old.endswith("\n") else f"{old}\n", root, tree)
    if root is not None and not _says(new, tree):  # YAML that nobody writes by hand: what it says goes first
        new = _whole(_head(old), tree)
    return new.replace("\n", ends)


def _says(text: str, tree: Tree) -> bool:
    try:
        return same(tree_of(text), tree)
    except YAMLError:
        return False


def _whole(above: str, tree: Tree) -> str:
    above = f"{above}\n" if above and not above.endswith("\n") else above
    return above + (block_text(tree, 0) if tree and not isinstance(tree, str) else f"{_inline(tree, '')}\n")


def _inline(tree: Tree, name: str, style: str = "") -> str:
    """A text, or a list or map that is empty."""
    return scalar_text(tree, name, style) if isinstance(tree, str) else flow_text(tree)


def _head(text: str) -> str:
    """The comments a file begins with; the last of them are the first entry's where a blank line parts them from others."""
    found = re.match(r"(?:(?:---)? *(?:#.*)?\n)*", text)
    head = found[0] if found else ""
    above = head[: head.rfind("\n\n") + 1]
    return f"{above}\n" if "#" in above else head


def _of_root(text: str, root: Node, tree: Tree) -> str:
    if not is_block(root):
        start, end = root.start_mark.index, root.end_mark.index
        if isinstance(root, CollectionNode) and _like(root, tree) and root.value and tree:
            return text[:start] + flow_edited(text, root, tree) + text[end:]
        if isinstance(tree, str) or not tree:
            return f"{text[:start]}{_inline(tree, '', _style(root))}{_line_broken(text[end:])}"
        comment, _, rest = text[end:].partition("\n")
        comment = f"{comment.strip()}\n" if comment.strip() else ""
        return text[:start] + comment + block_text(tree, 0) + rest
    head = _head(text)
    if not _like(root, tree) or not tree:
        return _whole(head, tree)
    return head + _block(text, root, len(head), len(text), tree)


def _block(text: str, node: CollectionNode, start: int, end: int, tree: Tree) -> str:
    """The text of a block map or list from ``start`` (where it stands in a line, else the line under the name) to ``end``."""
    places, tail = _places(text, node, start, end)
    olds = [("" if one.key is None else str(one.key.value), tree_at(one.value)) for one in places]
    if isinstance(tree, dict):
        matched, entries = names_matched(olds, tree), list(tree.items())
    else:
        matched, entries = items_matched([value for _, value in olds], tree), [("", item) for item in tree]
    stays = _kept_above(places, set(matched))
    column, inline = node.start_mark.column, text[start - 1 : start] not in ("", "\n")
    usual = Counter(one.above.count("\n") if not one.above.strip() else 1 for one in places[1:]).most_common(1)
    blank = "\n" * (usual[0][0] if usual else 0)
    lines: list[str] = []
    for number, (place, (name, value)) in enumerate(zip(matched, entries, strict=True)):
        if place is None:
            above, lead, body = blank, "", _new(name, value, column, isinstance(tree, dict))
        else:
            one = places[place]
            above, lead = stays[place] if place or not number else blank + stays[place], one.lead
            body = _entry(text, one, name, value, column)
            body = f"{' ' * column}{body}" if inline and not place else body
        lines.append((above if number or not place else above.lstrip("\n")) + lead + body)
    found = "".join(lines) + stays[len(places)] + tail
    return found.lstrip(" \n") if inline else found


def _kept_above(places: list[Place], matched: set[int | None]) -> list[str]:
    """What stands above each entry that stays, and at last above the end: with what stood above those that go."""
    found, carried = [], ""
    for number, one in enumerate(places):
        if number in matched:
            found.append(carried + one.above)
            carried = ""
        else:
            found.append("")
            carried += one.above if one.above.strip() else ""
    return [*found, carried]


def _places(text: str, node: CollectionNode, start: int, end: int) -> tuple[list[Place], str]:
    """The entries of a block, and what stands at its end below all of them."""
    column = node.start_mark.column
    pairs = pairs_of(node)
    cut, found = start, []
    for number, (key, value) in enumerate(pairs):
        after = content_end(pairs[number - 1][1]) if number else node.start_mark.index
        at = key.start_mark.index if key else text.index("-", past_blanks(text, after))
        line = max(text.rfind("\n", 0, at) + 1, start)
        above = text[cut:line]
        parted = above.rfind("\n\n") + 2 if "\n\n" in above else 1 if above.startswith("\n") else 0
        limit = pairs[number + 1][0] or pairs[number + 1][1] if number + 1 < len(pairs) else None
        cut = _cut(text, content_end(value), limit.start_mark.index if limit else end, column)
        found.append(Place(key, value, at, above[:parted], above[parted:], line, cut))
    return found, text[cut:end]


def _cut(text: str, content: int, limit: int, column: int) -> int:
    """Where an entry ends whose last word ends at ``content``: after its line, and after comments that stand deeper than the block."""
    line = content if text[content - 1 : content] == "\n" else text.find("\n", content) + 1 or len(text)
    cut = line
    while line < limit:
        after = text.find("\n", line) + 1 or len(text)
        bare = text[line:after].lstrip(" ")
        if bare.strip() and not bare.startswith("#"):
            break
        if bare.startswith("#") and after - line - len(bare) > column:
            cut = after
        line = after
    return min(cut, limit)


def _entry(text: str, place: Place, name: str, tree: Tree, column: int) -> str:
    """An entry's text, with its value changed, and its name where that is another."""
    key, value = place.key, place.value
    mark = (text.index(":", key.end_mark.index) if key else place.at) + 1
    head = text[place.start : mark]
    if key and key.value != name:
        head = text[place.start : place.at] + key_text(name, _style(key)) + text[key.end_mark.index : mark]
    if same(tree_at(value), tree):
        return head + text[mark : place.end]
    if not is_block(value):
        return head + _value(text, place, mark, (name, tree), column)
    inline = "\n" not in text[mark : value.start_mark.index]
    start = value.start_mark.index if inline else text.index("\n", mark) + 1
    if _like(value, tree) and tree:
        return head + text[mark:start] + _block(text, value, start, place.end, tree)
    return head + _put(tree, name, "" if inline else text[mark:start], column, key is None)


def _value(text: str, place: Place, mark: int, entry: tuple[str, Tree], column: int) -> str:
    """What follows a name whose value was a text, or stood between brackets."""
    (name, tree), value, end = entry, place.value, place.value.end_mark.index
    before, rest = text[mark : value.start_mark.index] or " ", text[end : place.end]
    if isinstance(value, CollectionNode) and value.value and tree and not isinstance(tree, str):
        new = flow_edited(text, value, tree) if _like(value, tree) else flow_text(tree)
    elif isinstance(tree, str) or not tree:
        new = _inline(tree, name, _style(value))
    else:
        comment, _, below = rest.partition("\n")
        return _put(tree, name, comment, column, place.key is None) + below
    old = text[value.start_mark.index : end]
    if getattr(value, "style", "") in ("|", ">"):
        beside = re.search(r"[ \t]+#.*", old.partition("\n")[0])
        return f"{before}{new}{beside[0] if beside else ''}\n{rest}"
    return before + new + _aligned(rest, len(new) - len(old))


def _put(tree: Tree, name: str, comment: str, column: int, item: bool) -> str:
    """A value of another kind, after its name and beside the comment that stood there."""
    comment = comment.rstrip()
    if not tree or isinstance(tree, str):
        return f" {_inline(tree, name)}{comment}\n"
    lines = block_text(tree, column + 2)
    return f" {lines.lstrip(' ')}" if item and not comment else f"{comment}\n{lines}"


def _aligned(rest: str, grown: int) -> str:
    """What follows a value on its line: a comment set apart by several blanks stays at its column."""
    found = re.match(r" {2,}(?=#)", rest)
    return rest if found is None else " " * max(2, found.end() - grown) + rest[found.end() :]


def _new(name: str, tree: Tree, column: int, named: bool) -> str:
    """The lines of an entry that came."""
    return block_text({name: tree} if named else [tree], column)


def _line_broken(rest: str) -> str:
    return rest if rest.startswith(("\n", " ")) else f"\n{rest}"


def _like(node: Node, tree: Tree) -> bool:
    """Whether a collection and a tree are of one kind."""
    return isinstance(node, CollectionNode) and isinstance(tree, dict if isinstance(node, MappingNode) else list)


def _style(node: Node) -> str:
    return str(getattr(node, "style", "") or "")
