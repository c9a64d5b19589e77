"""What rules across departments are asked of, what they answer, and the words they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeVar

from generator.model.city import Amount, ControlTotal, ProjectLine, Transfer, UnitLine
from generator.model.problem import Severity

_LISTED = 5
_WAN_CENT = 10_000
"""0.01万元, in 分."""
_Item = TypeVar("_Item")


class Department(NamedTuple):
    """A member and, where its numbers are known, who its department.yaml says it is."""

    key: str
    code: str
    name: str
    own_code: str = ""
    own_name: str = ""
    file: str = ""

    @property
    def known(self) -> bool:
        """Whether its data could be read; else nobody knows its numbers."""
        return bool(self.file)

    @property
    def called(self) -> str:
        """Its name as messages have it."""
        return self.own_name or self.name or self.key

    @property
    def codes(self) -> frozenset[str]:
        """The codes that it goes by."""
        return frozenset(filter(None, (self.own_code or self.code, self.code)))


class Lines(NamedTuple):
    """What departments' summaries say, each line with the key of its department."""

    amounts: Sequence[tuple[str, Amount]] = ()
    projects: Sequence[tuple[str, ProjectLine]] = ()
    units: Sequence[tuple[str, UnitLine]] = ()
    transfers: Sequence[tuple[str, Transfer]] = ()


class Across:
    """All members and their numbers.

    ``controls`` None: the bureau gave no control totals. ``before`` are last year's amounts, None where there is no record of last year.
    """

    def __init__(
        self,
        departments: Sequence[Department],
        lines: Lines,
        controls: Sequence[ControlTotal] | None = None,
        before: Sequence[tuple[str, Amount]] | None = None,
    ) -> None:
        self.departments = {one.key: one for one in departments}
        self.controls, self.before = controls, before
        self.amounts, self.projects, self.units, self.transfers = lines

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The key of the first department that has a unit, by the unit's code."""
        return {unit.code: key for key, unit in reversed(self.units)}

    @cached_property
    def missing(self) -> Sequence[Department]:
        """The members whose numbers nobody knows."""
        return [one for one in self.departments.values() if not one.known]

    def called(self, key: str) -> str:
        """A department's name."""
        return self.departments[key].called

    def place(self, key: str, file: str, line: int = 0) -> str:
        """A line of a department's file as a person finds it in the city's folder: 001-教育局/data/2027/projects.yaml:12."""
        return f"{key}/{file}:{line}" if line else f"{key}/{file}"


class Found(NamedTuple):
    """不符: which departments it concerns (keys), what, and how to mend it; ``severity`` where it is milder than the rule."""

    keys: tuple[str, ...]
    message: str
    remedy: str
    severity: Severity | None = None


class AcrossRule(NamedTuple):
    """A row of the rules across departments; its fields are as those of a Rule (check/rules.py)."""

    code: str
    title: str
    severity: Severity
    find: Callable[[Across], Iterable[Found]]
    source: str
    wrong: str
    right: str


def several(rows: Iterable[tuple[str, _Item]], of: Callable[[_Item], str]) -> Iterator[list[tuple[str, _Item]]]:
    """The rows of each value that rows of more than one department have; of each department its first."""
    groups: dict[str, dict[str, _Item]] = {}
    for key, row in rows:
        if value := of(row):
            groups.setdefault(value, {}).setdefault(key, row)
    return (list(group.items()) for group in groups.values() if len(group) > 1)


def listed(pieces: Sequence[str]) -> str:
    """Pieces of a sentence, the first few of them."""
    more = f"，等{len(pieces)}个" if len(pieces) > _LISTED else ""
    return "；".join(islice(pieces, _LISTED)) + more


def money(cents: int) -> str:
    """An amount for a message: in 万元, or in 元 where two decimals of 万元 don't tell it."""
    yuan = Decimal(cents) / 100
    return f"{yuan / 10_000:.2f}万元" if cents % _WAN_CENT == 0 else f"{yuan:.2f}元"


def close(one: int, other: int) -> bool:
    """Whether two amounts are the same; where one alone is in whole cents of 万元, as far as these go."""
    rounded = (one % _WAN_CENT == 0) != (other % _WAN_CENT == 0)
    return one == other or (rounded and abs(one - other) < _WAN_CENT)
