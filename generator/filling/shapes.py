"""Trees changed where they differ: keys keep their order, what stays keeps its text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from generator.model.tree import Tree

Old = TypeVar("Old")
New = TypeVar("New")
Path = tuple[str, ...]


def ordered(old: Iterable[str], new: Mapping[str, Tree], order: Sequence[str]) -> dict[str, Tree]:
    """``new`` in the order of the old keys; a key that came stands after the last one before it in ``order``, else at the end."""
    keys = [key for key in old if key in new]
    for key in (one for one in new if one not in keys):
        above = order[: order.index(key)] if key in order else ()
        places = [keys.index(one) + 1 for one in above if one in keys]
        below = [keys.index(one) for one in order[len(above) :] if one in keys] if key in order else []
        keys.insert(max(places) if places else min(below) if below else len(keys), key)
    return {key: new[key] for key in keys}


def mapping(tree: Tree) -> dict[str, Tree]:
    """A tree as a map; empty where it is none."""
    return tree if isinstance(tree, dict) else {}


def items(tree: Tree) -> list[Tree]:
    """A tree as a list; empty where it is none."""
    return tree if isinstance(tree, list) else []


def text(tree: Tree | None) -> str:
    """A tree as a text; empty where it is none."""
    return tree if isinstance(tree, str) else ""


def at(tree: Tree, path: Path) -> Tree | None:
    """What stands at a path; None where nothing does."""
    for key in path:
        if not isinstance(tree, dict) or key not in tree:
            return None
        tree = tree[key]
    return tree


def assigned(tree: Tree, values: Mapping[Path, Tree | None], order: Sequence[Path]) -> Tree:
    """A tree with a value at each path, and nothing where it is None; maps that become empty go."""
    if not values:
        return tree
    old = mapping(tree)
    new = dict(old)
    for key in dict.fromkeys(path[0] for path in values):
        below = {path[1:]: value for path, value in values.items() if path[0] == key}
        if () in below:
            value = below[()]
        else:
            value = assigned(old.get(key, {}), below, [path[1:] for path in order if len(path) > 1 and path[0] == key])
            value = value if value or value == old.get(key) else None
        if value is None:
            new.pop(key, None)
        else:
            new[key] = value
    return ordered(old, new, list(dict.fromkeys(path[0] for path in order if path))) if old or new else tree


def pairs(
    old: Sequence[Old], new: Sequence[New], keys: Sequence[tuple[Callable[[Old], Hashable], Callable[[New], Hashable]]]
) -> list[int | None]:
    """Of each new thing, which old one it is: the first that is left of those with an equal key, key after key."""
    found: list[int | None] = [None] * len(new)
    left = set(range(len(old)))
    for key_of_old, key_of_new in keys:
        waiting: dict[Hashable, list[int]] = {}
        for place in sorted(left, reverse=True):
            waiting.setdefault(key_of_old(old[place]), []).append(place)
        for place, one in enumerate(new):
            if found[place] is None and waiting.get(key := key_of_new(one)):
                found[place] = waiting[key].pop()
        left -= {place for place in found if place is not None}
    return found


def among(old: Sequence[Tree], mine: Sequence[int], new: Sequence[Tree], found: Sequence[int | None]) -> list[Tree]:
    """``new`` things in their order, and the old ones that are not among ``mine`` where they stood: before what came after them."""
    others = [number for number in range(len(old)) if number not in set(mine)]
    whole: list[Tree] = []
    for one, place in zip(new, found, strict=True):
        while place is not None and others and others[0] < mine[place]:
            whole.append(old[others.pop(0)])
        whole.append(one)
    return [*whole, *(old[number] for number in others)]


def followed(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> list[int | None]:
    """Which old row each new one is: an equal one, else the one that followed the row above."""
    found = pairs(old, new, [(lambda one: one, lambda one: one)])
    taken = {place for place in found if place is not None}
    above = -1
    for number, place in enumerate(found):
        if place is None and above + 1 < len(old) and above + 1 not in taken:
            found[number] = place = above + 1
            taken.add(place)
        above = place if place is not None else above
    return found
