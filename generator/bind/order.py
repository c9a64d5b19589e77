"""Which row of a definition each row of a table is, where both keep one order: as in a grammar, and only if certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NONE, UNSURE = -1, -2
_START = -1
_MISS = 1 << 40
"""A row that is left unexplained costs more than any number of definition rows passed over."""
Steps = Mapping[tuple[int, int], int]


def settle(rows: Sequence[Sequence[int]], steps: Steps) -> list[int]:
    """For each row the one position, of those it may be, that it has in every cheapest reading of all rows.

    ``steps`` says what it costs to come from one position (-1 the start) to another, and has no pair that can't follow
    another. NONE is a row that no reading explains, UNSURE one that two readings explain differently.
    """
    before: list[dict[int, int]] = [{_START: 0}]
    for places in rows:
        before.append(_after(before[-1], places, steps))
    after: dict[int, int] = dict.fromkeys(before[-1], 0)
    least = min(before[-1].values())
    found = [NONE] * len(rows)
    for number in range(len(rows) - 1, -1, -1):
        reached, places = before[number], rows[number]
        found[number] = _certain(reached, places, after, steps, least)
        after = _reaching(reached, places, after, steps)
    return found


def _after(reached: Mapping[int, int], places: Sequence[int], steps: Steps) -> dict[int, int]:
    now = {state: cost + _MISS for state, cost in reached.items()}
    for place in places:
        costs = [cost + steps[state, place] for state, cost in reached.items() if (state, place) in steps]
        if costs:
            now[place] = min(min(costs), now.get(place, costs[0]))
    return now


def _reaching(
    reached: Mapping[int, int], places: Sequence[int], after: Mapping[int, int], steps: Steps
) -> dict[int, int]:
    """What the rows from here on cost from each state before them."""
    return {
        state: min(
            [after[state] + _MISS, *(steps[state, place] + after[place] for place in places if (state, place) in steps)]
        )
        for state in reached
    }


def _certain(
    reached: Mapping[int, int], places: Sequence[int], after: Mapping[int, int], steps: Steps, least: int
) -> int:
    options = {
        place
        for place in places
        for state, cost in reached.items()
        if (state, place) in steps and cost + steps[state, place] + after[place] == least
    }
    if any(cost + _MISS + after[state] == least for state, cost in reached.items()):
        options.add(NONE)
    return options.pop() if len(options) == 1 else UNSURE
