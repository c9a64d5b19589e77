"""Two ways of taking the same money apart, joined: how much of each part of one is in each part of the other.

Where the document does not print it, several ways may be right. The same is chosen each time: parts of equal amounts
first, then whole parts that add up, then parts whose names are alike, and the rest in the order they are printed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

Likeness = Sequence[Sequence[float | None]]
"""How alike the names of each giver and taker are; None where nothing of the one can be in the other."""
_STEPS = 3_000
_ALIKE, _SOMEWHAT = 0.5, 0.2


class Shared(NamedTuple):
    """How much each giver gives to each taker; what of each could not be given; the givers of which another way is right too."""

    flows: dict[tuple[int, int], int]
    left: tuple[int, ...]
    open: frozenset[int]


def shared(givers: Sequence[int], takers: Sequence[int], likeness: Likeness) -> Shared:
    """All amounts of givers brought to takers, as much as may be."""
    state = _State(list(givers), list(takers), likeness)
    state.equal()
    state.alike(_ALIKE)
    state.whole()
    state.alike(_SOMEWHAT)
    state.alike(0.0)
    state.reroute()
    return Shared(state.flows, tuple(state.gives), state.undecided())


class _State:
    def __init__(self, gives: list[int], takes: list[int], likeness: Likeness) -> None:
        self.gives, self.takes, self.likeness = gives, takes, likeness
        self.to = [[j for j, like in enumerate(row) if like is not None] for row in likeness]
        self.flows: dict[tuple[int, int], int] = {}

    def give(self, i: int, j: int, amount: int) -> None:
        if amount:
            self.flows[i, j] = self.flows.get((i, j), 0) + amount
            self.gives[i] -= amount
            self.takes[j] -= amount
            if not self.flows[i, j]:
                del self.flows[i, j]

    def like(self, i: int, j: int) -> float:
        return self.likeness[i][j] or 0.0

    def equal(self) -> None:
        """Parts of one amount that only fit each other, or whose names are somewhat alike."""
        for i in range(len(self.gives)):
            same = [j for j in self.to[i] if self.gives[i] and self.takes[j] == self.gives[i]]
            named = [j for j in same if self.like(i, j) >= _SOMEWHAT]
            others = [o for o in range(len(self.gives)) if o != i and self.gives[o] == self.gives[i]]
            if named:
                self.give(i, max(named, key=lambda j: self.like(i, j)), self.gives[i])
            elif len(same) == 1 and not any(same[0] in self.to[o] for o in others):
                self.give(i, same[0], self.gives[i])

    def alike(self, least: float) -> None:
        pairs = [(-self.like(i, j), i, j) for i, some in enumerate(self.to) for j in some if self.like(i, j) >= least]
        for _, i, j in sorted(pairs):
            self.give(i, j, min(self.gives[i], self.takes[j]))

    def whole(self) -> None:
        """Several whole takers that come to a giver's amount."""
        for i in range(len(self.gives)):
            some = [j for j in self.to[i] if self.takes[j] > 0]
            for j in _adding_up(self.gives[i], [(j, self.takes[j]) for j in some]) if self.gives[i] > 0 else ():
                self.give(i, j, self.takes[j])

    def reroute(self) -> None:
        """What greedy giving left over, along paths that take back what others gave."""
        for i in range(len(self.gives)):
            while self.gives[i] > 0 and (path := self._path(i)):
                steps = list(zip(path, path[1:], strict=False))
                most = min(self.gives[i], self.takes[path[-1]])
                most = min([most, *(self.flows[b, a] for at, (a, b) in enumerate(steps) if at % 2)])
                for at, (a, b) in enumerate(steps):
                    self.give(*((a, b, most) if at % 2 == 0 else (b, a, -most)))

    def _path(self, start: int) -> list[int] | None:
        """Giver, taker, giver … to a taker that has room."""
        came: dict[tuple[bool, int], int] = {(True, start): -1}
        givers_of: dict[int, list[int]] = {}
        for i, j in self.flows:
            givers_of.setdefault(j, []).append(i)
        waiting = deque([(True, start)])
        while waiting:
            is_giver, at = waiting.popleft()
            if not is_giver and self.takes[at] > 0:
                return self._back(came, at)
            for other in self.to[at] if is_giver else givers_of.get(at, ()):
                if (not is_giver, other) not in came:
                    came[not is_giver, other] = at
                    waiting.append((not is_giver, other))
        return None

    @staticmethod
    def _back(came: dict[tuple[bool, int], int], at: int) -> list[int]:
        path, is_giver = [at], False
        while (before := came[is_giver, path[-1]]) >= 0:
            path.append(before)
            is_giver = not is_giver
        return path[::-1]

    def undecided(self) -> frozenset[int]:
        """Givers some of whose amount could go elsewhere: on a ring along which amounts can be moved."""
        nodes = len(self.gives)
        ahead: list[list[int]] = [[nodes + j for j in some] for some in self.to] + [[] for _ in self.takes]
        for i, j in self.flows:
            ahead[nodes + j].append(i)
        found = set[int]()
        for ring in _rings(ahead):
            both = [sum(1 for j in ahead[i] if j in ring) if i < nodes else 0 for i in ring]
            if sum(both) >= len(ring):  # more ways than a tree has
                found |= {i for i, ways in zip(ring, both, strict=True) if ways > 1}
        return frozenset(found)


def _rings(ahead: Sequence[Sequence[int]]) -> list[set[int]]:
    """What can be reached from each other (strongly connected components, by Kosaraju's two walks)."""
    back: list[list[int]] = [[] for _ in ahead]
    for at, others in enumerate(ahead):
        for other in others:
            back[other].append(at)
    seen = set[int]()
    order = [node for start in range(len(ahead)) for node in _walk(start, ahead, seen)]
    done = set[int]()
    return [set(ring) for start in reversed(order) if (ring := _walk(start, back, done))]


def _walk(start: int, ahead: Sequence[Sequence[int]], seen: set[int]) -> list[int]:
    """What is reached from a node and was not seen, each after all that lies behind it."""
    if start in seen:
        return []
    seen.add(start)
    order, waiting = list[int](), [(start, iter(ahead[start]))]
    while waiting:
        node, rest = waiting[-1]
        other = next((one for one in rest if one not in seen), None)
        if other is None:
            order.append(node)
            waiting.pop()
        else:
            seen.add(other)
            waiting.append((other, iter(ahead[other])))
    return order


def _adding_up(wanted: int, items: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Of some items the first whole ones, in their order, that come to an amount; none where none do, or after long searching."""
    beyond = [0]
    for _, amount in reversed(items):
        beyond.append(beyond[-1] + amount)
    beyond.reverse()
    steps = 0

    def search(at: int, left: int) -> tuple[int, ...] | None:
        nonlocal steps
        steps += 1
        if not left:
            return ()
        if at == len(items) or left > beyond[at] or steps > _STEPS:
            return None
        key, amount = items[at]
        if amount <= left and (rest := search(at + 1, left - amount)) is not None:
            return (key, *rest)
        return search(at + 1, left)

    return (search(0, wanted) or ()) if len(items) < 400 else ()
