"""Which entry of the old list or map is which of the new one: equal ones, those of one name or code, the most alike, those in one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import islice

from generator.align import bigrams
from generator.model.tree import Tree

_KEYS = ("编码", "名称", "任务名称", "代码")
"""What tells the items of a list apart, the surest first."""
_LEAST = 0.3
"""How much of its words an item shares with the one it was, at least."""
_MOST = 40_000
"""No more pairs are compared; in longer lists what stands at the same place is."""


def items_matched(old: Sequence[Tree], new: Sequence[Tree]) -> list[int | None]:
    """For each new item of a list, the place of the old one that it is or was; None for one that came."""
    found: list[int | None] = [None] * len(new)
    left = dict.fromkeys(range(len(old)))
    for known in (_whole, *(_named(key) for key in _KEYS)):
        _by_key(old, new, left, found, known)
    _by_place(old, new, left, found, _LEAST)
    _by_likeness(old, new, left, found)
    _by_place(old, new, left, found, 0.0)
    return found


def names_matched(old: Sequence[tuple[str, Tree]], new: dict[str, Tree]) -> list[int | None]:
    """For each new name of a map, the place of the old entry: of the same name, else one that is gone and begins with the same code."""
    places = {name: place for place, (name, _) in enumerate(old)}
    gone = {_code(name): place for name, place in reversed(places.items()) if name not in new and _code(name)}
    return [places[name] if name in places else gone.pop(_code(name), None) for name in new]


def _code(name: str) -> str:
    code = name.split(" ", 1)[0]
    return code if code.isdigit() else ""


def _whole(item: Tree) -> Hashable:
    return json.dumps(item, ensure_ascii=False)


def _named(key: str) -> Callable[[Tree], Hashable]:
    def of(item: Tree) -> Hashable:
        name = item.get(key) if isinstance(item, dict) else None
        return name if isinstance(name, str) else None

    return of


def _by_key(
    old: Sequence[Tree],
    new: Sequence[Tree],
    left: dict[int, None],
    found: list[int | None],
    known: Callable[[Tree], Hashable],
) -> None:
    """Takes out of ``left`` what is found: the first of one key is the first of the other side, and so on."""
    having: dict[Hashable, list[int]] = {}
    for place in left:
        having.setdefault(known(old[place]), []).append(place)
    for number, item in enumerate(new):
        key = known(item) if found[number] is None else None
        if key is not None and having.get(key):
            found[number] = having[key].pop(0)
            del left[found[number]]  # type: ignore[arg-type]


def _by_likeness(old: Sequence[Tree], new: Sequence[Tree], left: dict[int, None], found: list[int | None]) -> None:
    came = [number for number, place in enumerate(found) if place is None]
    if len(left) * len(came) > _MOST:
        pairs = [(0.0, number, number) for number in came if number in left]
    else:
        words = {place: _words(old[place]) for place in left}
        pairs = []
        for number in came:
            own = _words(new[number])
            may = [place for place in left if not _of_two_codes(old[place], new[number])]
            pairs += [(-_alike(words[place], own), abs(place - number), number, place) for place in may]  # type: ignore[misc]
        pairs = [(score, number, place) for score, _, number, place in sorted(pairs) if -score >= _LEAST]  # type: ignore[misc]
    for _, number, place in pairs:
        if place in left and found[number] is None:
            found[number] = place
            del left[place]


def _by_place(
    old: Sequence[Tree], new: Sequence[Tree], left: dict[int, None], found: list[int | None], least: float
) -> None:
    """As many gone as came between the same neighbours: each is another's new words, if they are alike enough."""
    above, run = -1, list[int]()
    for number, place in enumerate([*found, len(old)]):
        if place is None:
            run.append(number)
            continue
        gone = [one for one in range(above + 1, place) if one in left] if len(run) <= place - above - 1 else []
        for came, was in zip(run, gone, strict=True) if len(run) == len(gone) else ():
            if not _of_two_codes(old[was], new[came]) and _alike(_words(old[was]), _words(new[came])) >= least:
                found[came] = was
                del left[was]
        above, run = place, []


def _of_two_codes(old: Tree, new: Tree) -> bool:
    """Whether two items are of different codes: projects are alike in nearly all else."""
    codes = _named(_KEYS[0])(old), _named(_KEYS[0])(new)
    return None not in codes and codes[0] != codes[1]


def _words(item: Tree) -> frozenset[Hashable]:
    return frozenset(pair for text in islice(_texts(item), 200) for pair in bigrams(text))


def _texts(item: Tree) -> Iterator[str]:
    if isinstance(item, dict):
        for name, value in item.items():
            yield name
            yield from _texts(value)
    elif isinstance(item, list):
        for value in item:
            yield from _texts(value)
    else:
        yield item


def _alike(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)
