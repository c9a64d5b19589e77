"""原因库: phrases for reasons of change, by direction and what moved: a general one of ours, and a department's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.load.fields import items_of, pairs_of, text_of
from generator.load.files import Folder
from generator.load.yaml_text import Node, Reader
from generator.model.problem import Problems, which_of

OWN = "原因库.yaml"
"""A department's own, in its folder of years."""
UP, DOWN = "增加", "减少"
Bank = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By direction, then by what moved (names of figures, or parts of them, between “|”), the phrases."""


def read_banks(data: Path) -> tuple[tuple[Bank, ...], Problems]:
    """The department's own, where it has one, then ours; and what is wrong with its own."""
    folder = Folder(data)
    own = [_bank(*folder.open(OWN, required=False))] if (data / OWN).exists() else []
    ours = _bank(*Folder(Path(__file__).parent / "reference").open("reasons.yaml"))
    return (*own, ours), folder.problems


def phrases(banks: tuple[Bank, ...], figure: str, direction: str) -> tuple[str, ...]:
    """What may be said of a figure that moved this way: the department's own first, and of each bank what fits best."""
    found = [phrase for bank in banks for phrase in _best(bank.get(direction, {}), figure)]
    return tuple(dict.fromkeys(found))


def _best(bank: Mapping[str, tuple[str, ...]], figure: str) -> tuple[str, ...]:
    """Of the rows that name a part of the figure's name the one that names most of it."""
    fitting = [
        (len(part), phrases) for names, phrases in bank.items() for part in names.split("|") if part and part in figure
    ]
    return max(fitting, key=lambda one: one[0], default=(0, ()))[1]


def _bank(reader: Reader, node: Node | None) -> Bank:
    return dict(_directions(reader, node))


def _directions(reader: Reader, node: Node | None) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    for key, value in pairs_of(reader, node, OWN):
        if key.value not in (UP, DOWN):
            remedy = f"请核对写法。{which_of(key.value, (UP, DOWN))}"
            reader.report("Y007", key, f"{OWN}没有“{key.value}”这一项", remedy)
            continue
        yield (
            key.value,
            {
                name.value: tuple(
                    text_of(reader, item, f"“{name.value}”") for item in items_of(reader, said, f"“{name.value}”")
                )
                for name, said in pairs_of(reader, value, f"“{key.value}”")
            },
        )
