"""What a document tells of its own codes: which are of agencies, which code a name has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.bind.signs import AGENCIES, AGENCY, DEPARTMENT, PROJECT, Key
from generator.bind.words import Words, plain
from generator.model.classification import ITEMS, Classification
from generator.model.ledger import DIMENSIONS, Dimension

Keys = tuple[Key, ...]
Choices = Mapping[int, Keys]
Term = tuple[str, tuple[str, ...]]
_LEVELS = (3, 5, 7)


class Names:
    """The codes of the classification by name, each list sorted out when it is first asked for; and the closed lists."""

    def __init__(self, classification: Classification, own: Iterable[Dimension]) -> None:
        self._classification = classification
        self._closed = {row.name: row.choices for row in (*DIMENSIONS.values(), *own) if row.values}
        self._codes: dict[tuple[str, int], dict[str, list[str]]] = {}

    def codes(self, dimension: str, name: str, lengths: Iterable[int], words: Words) -> list[str]:
        """The codes of these lengths that have the name, with or without 支出, or another name of the same."""
        for said in ([name], [f"{name}支出"], sorted(words.word(name).others)):
            found = [code for length in lengths for one in said for code in self._of(dimension, length).get(one, ())]
            if found:
                return found
        return []

    def is_closed(self, dimension: str) -> bool:
        """Whether a dimension has a closed list of values."""
        return dimension in self._closed

    def value(self, dimension: str, name: str, words: Words) -> str:
        """The value of a closed list that a word means; empty when none, or several."""
        values = self._closed[dimension]
        found = [value for value in values if plain(value) == name] or [
            value for value in values if words.word(value).is_meant(name)
        ]
        return found[0] if len(found) == 1 else ""

    def _of(self, dimension: str, length: int) -> Mapping[str, Sequence[str]]:
        if (dimension, length) not in self._codes:
            found: dict[str, list[str]] = {}
            for code, name in self._classification.names(dimension).items():
                if len(code) == length:
                    found.setdefault(plain(name), []).append(code)
            self._codes[dimension, length] = found
        return self._codes[dimension, length]


class Known(NamedTuple):
    """The agencies of a document, the department first among them if it has a code, and its projects by name."""

    department: str
    agencies: frozenset[str]
    names: Mapping[str, Mapping[str, frozenset[str]]]

    def allowed(self, choices: Choices) -> Choices:
        """Those of a row's choices that the codes of agencies leave it."""
        if not self.agencies:
            return choices
        named = any(
            key.dimension in AGENCIES and key.code in self.agencies for keys in choices.values() for key in keys
        )
        return {place: keys for place, keys in choices.items() if all(self._allows(key, named) for key in keys)}

    def _allows(self, key: Key, named: bool) -> bool:
        if key.dimension == PROJECT:
            return not named
        if key.dimension == DEPARTMENT:
            return key.code in ("", self.department)
        if key.dimension != AGENCY:
            return True
        return key.code in self.agencies or self._is_like(key.code) if key.code else key.name in self.names[AGENCY]

    def _is_like(self, code: str) -> bool:
        return code.startswith(self.department) and len(code) in set(map(len, self.agencies))

    def terms(self, keys: Keys) -> tuple[Term, ...] | None:
        """What a grouped row selects; None where a name of it is that of several codes.

        A name that nobody gives a code stands for itself.
        """
        found = []
        for key in keys:
            if key.dimension == DEPARTMENT:
                continue
            codes = frozenset({key.code or key.name})
            if not key.code:
                codes = self.names.get(key.dimension, {}).get(key.name, codes)
            if len(codes) > 1:
                return None
            found.append((key.dimension, tuple(codes)))
        return tuple(found)


def agencies_in(rows: Iterable[Choices]) -> Known:
    """The agencies that rows name with a code, of rows that can be nothing but agencies."""
    found = [
        keys[0]
        for choices in rows
        if choices and all(keys and keys[0].dimension in AGENCIES for keys in choices.values())
        for keys in choices.values()
        if keys[0].code
    ]
    found = _of_one_family(found)
    codes = frozenset(key.code for key in found)
    shortest = min(codes, key=len, default="")
    department = shortest if all(code.startswith(shortest) for code in codes) else ""
    units = [key for key in found if key.code != department] or found
    return Known(department, codes, {AGENCY: _by_name(units)})


def _of_one_family(found: list[Key]) -> list[Key]:
    """Without codes that are said once and begin none of the others, where others do: such a one may be something else's."""
    times = Counter(key.code for key in found)
    family = {
        code
        for code in times
        if times[code] > 1
        or any(other != code and (other.startswith(code) or code.startswith(other)) for other in times)
    }
    return [key for key in found if key.code in family] or found


def with_projects(known: Known, rows: Iterable[Choices]) -> Known:
    """And the projects that rows name with a code."""
    keys = (
        keys[0]
        for choices in rows
        if len(said := {keys[:1] for keys in choices.values()}) == 1
        for keys in said
        if keys and keys[0].dimension == PROJECT and keys[0].code
    )
    return known._replace(names={**known.names, PROJECT: _by_name(keys)})


def _by_name(keys: Iterable[Key]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key in keys:
        if key.name:
            found[key.name] = found.get(key.name, frozenset()) | {key.code}
    return found


def levels(lengths: Iterable[int]) -> list[int]:
    """The lengths of codes, finest first."""
    return sorted(set(lengths) & set(_LEVELS), reverse=True)


def is_listed(dimension: str) -> bool:
    """Whether codes of this dimension are the classification's."""
    return dimension in ITEMS
