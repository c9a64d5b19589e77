"""The verb todo: what of a year is not filled in, missing or not confirmed, who knows it, and how far one has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.carry.new_year import confirmed, paths_of
from generator.carry.who import who_knows
from generator.load.files import Folder, access
from generator.load.unconfirmed import kept_of, open_in
from generator.load.watch import years_in
from generator.model.doubts import UNCONFIRMED, Pending
from generator.model.problem import Problem, Severity, UsageError
from generator.model.replacement import Replacement
from generator.model.source import Position
from generator.model.tree import Tree
from generator.work.check import make, read_over
from generator.work.data_files import opened, saying
from generator.work.stages import Unread
from generator.work.workshop import Workshop

BLANK, MISSING, PENDING = "待填", "缺", "待确认"
_MISSING = frozenset(("D028", "D057", "D066", "T210", "Y006", "Y009", "Y013"))
"""Rules that say something is not there."""
_TOLD_ELSEWHERE = frozenset(("D064", "D065"))
_PASSED_OVER = re.compile(r"第\d+项|支出|资金")
ALL = "全部"


class Item(NamedTuple):
    """One thing to do: of which kind, where, under which heading it is told, what it is, and who knows."""

    kind: str
    position: Position
    heading: str
    what: str
    who: str


class Todo(NamedTuple):
    """What is left of a year, and how many of its values there are in all.

    ``drafted`` are reasons that the program wrote and a person should look at, ``errors`` mistakes of other kinds.
    """

    items: tuple[Item, ...]
    values: int
    drafted: tuple[str, ...] = ()
    errors: int = 0

    @property
    def done(self) -> int:
        """How many are settled."""
        return self.values - len(self.items)

    def count(self, kind: str) -> int:
        """How many are of a kind."""
        return sum(item.kind == kind for item in self.items)


def todo(shop: Workshop, data: Path, year: int, unit: str = "") -> Todo:
    """What is left of ``data/<year>``, in the order of the files. Raises UsageError where there is no such folder."""
    _folder(data, year)
    made = make(shop, data, year, unit, draft=True)
    problems = (read_over(made) if isinstance(made, Unread) else made).problems
    others = [problem for problem in problems if _is_another(problem)]
    drafted = tuple(problem.message for problem in problems if problem.code == "B102")
    return left(data, year, problems)._replace(drafted=drafted, errors=len(others))


def _folder(data: Path, year: int) -> Folder:
    folder = Folder(data / str(year))
    if not folder.path.is_dir():
        years = "、".join(path.name for path in years_in(data)) or "无"
        raise UsageError(f"没有 {folder.path.as_posix()} 这个目录。现有年度：{years}。")
    return folder


def _is_missing(problem: Problem) -> bool:
    """J306 is one only as an error: the project has no indicators at all."""
    return problem.code in _MISSING or (problem.code == "J306" and problem.severity is Severity.ERROR)


def _is_another(problem: Problem) -> bool:
    told = problem.code in _TOLD_ELSEWHERE or _is_missing(problem)
    return problem.severity is Severity.ERROR and not told


def _item(kind: str, one: Pending) -> Item:
    named = [name for name in one.path if not _PASSED_OVER.fullmatch(name)] or [*one.path]
    return Item(
        kind,
        one.position,
        named[0] if len(one.path) > 1 else "",
        named[-1] if named else "",
        who_knows(one.file, one.path),
    )


def _missing(problem: Problem, folder: Folder) -> Item:
    file = problem.position.file.removeprefix(f"{folder.path.as_posix()}/")
    quoted = re.findall("“([^”]+)”", problem.message)
    return Item(MISSING, problem.position, problem.message, problem.message, who_knows(file, [problem.remedy, *quoted]))


def left(data: Path, year: int, problems: Sequence[Problem]) -> Todo:
    """The same, of a year that a run has just read with these problems."""
    folder = _folder(data, year)
    with access():
        found = open_in(folder)
    missing = [problem for problem in problems if _is_missing(problem)]
    items = (
        *(_item(BLANK, one) for one in found.blanks),
        *(_missing(problem, folder) for problem in missing),
        *(_item(PENDING, one) for one in found.pending),
    )
    return Todo(items, found.values + len(missing))


class Confirming(NamedTuple):
    """What confirming comes to: how many values were open before, and what is to be saved."""

    open: int
    changes: tuple[Replacement, ...]


def confirm(data: Path, year: int, words: Sequence[str]) -> Confirming:
    """Take out of the year's unconfirmed.yaml all that has one of the words as its file or among its names.

    Raises UsageError where nothing of it is open, or a word names nothing.
    """
    folder = _folder(data, year)
    if not folder.at(UNCONFIRMED).exists():
        raise UsageError(f"{year}年没有要确认的内容。")
    with access():
        kept = {name: tree for name, tree in kept_of(folder).items() if tree}
    known = _names(kept)
    unknown = [word for word in words if word != ALL and word not in known]
    if unknown:
        raise UsageError(f"没有要确认的“{unknown[0]}”。请照 shuoming todo {year} 列出的名称写，或写文件名。")
    named = frozenset(words)
    left = {
        name: inner
        for name, tree in kept.items()
        if name not in named and ALL not in named and (inner := confirmed(tree, named))
    }
    with access():
        pending = open_in(_folder(data, year)).pending
    return Confirming(len(pending), _saved(folder.at(UNCONFIRMED), left))


def _names(kept: dict[str, Tree]) -> set[str]:
    values = (value for tree in kept.values() for value in _values(tree))
    return {name for path in _paths(kept) for name in path} | set(values)


def _values(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
        return
    for inner in tree.values() if isinstance(tree, dict) else tree:
        yield from _values(inner)


def _paths(kept: dict[str, Tree]) -> Iterator[tuple[str, ...]]:
    for name, tree in kept.items():
        yield from ((name, *path) for path in paths_of(tree))


def _saved(path: Path, left: dict[str, Tree]) -> tuple[Replacement, ...]:
    file = opened(path)
    if left:
        changes, _ = saying(file, left)
        return changes
    comments = "".join(f"{line}\n" for line in file.source.text.split("\n") if line.startswith("#"))
    return (Replacement(path, file.data, f"{comments}# 都确认了。\n".encode()),)


def by_person(items: Iterable[Item]) -> dict[str, dict[tuple[str, str], list[Item]]]:
    """Who knows → (file, heading) → items; whoever has most to do first."""
    found: dict[str, dict[tuple[str, str], list[Item]]] = {}
    for item in items:
        found.setdefault(item.who, {}).setdefault((item.position.file, item.heading), []).append(item)
    return dict(sorted(found.items(), key=lambda pair: -sum(map(len, pair[1].values()))))
