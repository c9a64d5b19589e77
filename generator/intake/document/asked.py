"""All that a place asks a person to say, with a mark for each word: the probe's files, and what the marks stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from generator.intake.document.phrases import mark
from generator.model.profile import FactKind, Profile
from generator.model.tree import Tree

Path = tuple[str, ...]
"""Where a word stands: the file and the keys down to it."""
HEAD, NARRATIVE = "department.yaml", "narrative.yaml"
DUTIES, STRUCTURE = (HEAD, "主要职责"), (HEAD, "机构构成")
OFFICES = (*STRUCTURE, "内设机构")
REASONS, SAYINGS = "变动原因", "说明"


class Asked(NamedTuple):
    """The probe's department.yaml and narrative.yaml as far as they are words and typed numbers; paths by mark.

    ``lists`` are the marks of items of lists.
    """

    department: dict[str, Tree]
    narrative: dict[str, Tree]
    paths: Mapping[int, Path]
    lists: frozenset[int]


class _Marks:
    def __init__(self) -> None:
        self.paths: dict[int, Path] = {}
        self.lists: set[int] = set()

    def word(self, *path: str) -> str:
        self.paths[len(self.paths)] = path
        return mark(len(self.paths) - 1)

    def several(self, *path: str) -> list[Tree]:
        found: list[Tree] = []
        for _ in range(3):
            found.append(self.word(*path))
            self.lists.add(len(self.paths) - 1)
        return found


def asked_of(profile: Profile, items: Mapping[str, Iterable[str]]) -> Asked:
    """All that the profile asks for; ``items`` are the codes of each dimension that something may be said of (说明)."""
    marks = _Marks()
    department: dict[str, Tree] = {
        "主要职责": marks.several(*DUTIES),
        "机构构成": {
            "预算范围": marks.word(*STRUCTURE, "预算范围"),
            "内设机构归属": marks.word(*STRUCTURE, "内设机构归属"),
            "内设机构": marks.several(*OFFICES),
        },
    }
    narrative: dict[str, Tree] = {}
    for number, (name, kind) in enumerate(profile.facts.items(), 1):
        value: Tree = f"{Decimal(number):.2f}" if kind is FactKind.MONEY else str(number)
        keys = name.split(".", 1)
        if kind is FactKind.WORDS:
            value = marks.several(NARRATIVE, *keys)
        put(narrative, keys, value)
    for spec in profile.figures:
        if spec.compared:
            put(narrative, [REASONS, spec.name], marks.word(NARRATIVE, REASONS, spec.name))
    for dimension, words in profile.sayings.items():
        for code in items.get(dimension, ()):
            for word in words:
                put(narrative, [SAYINGS, dimension, code, word], marks.word(NARRATIVE, SAYINGS, dimension, code, word))
    return Asked(department, narrative, marks.paths, frozenset(marks.lists))


def with_facts(tree: Tree, facts: Mapping[str, str]) -> Tree:
    """narrative.yaml with typed numbers instead of a probe's."""
    found = (
        {key: dict(value) if isinstance(value, dict) else value for key, value in tree.items()}
        if isinstance(tree, dict)
        else {}
    )
    for name, value in facts.items():
        put(found, name.split(".", 1), value)
    return found


def put(tree: dict[str, Tree], keys: Iterable[str], value: Tree) -> None:
    """A value at its place in a tree; the maps above it are made."""
    *above, last = keys
    for key in above:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[last] = value
