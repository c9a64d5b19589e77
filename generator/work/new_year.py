"""The verb new: a year opened from an earlier one, and what a person is told of it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.carry.new_year import (
    NOT_CARRIED,
    REASONS,
    Carried,
    Place,
    Renamed,
    Rules,
    Said,
    carried,
    commented,
    paths_of,
)
from generator.edit import edited
from generator.load.classification import load_classification, tenure_of
from generator.load.watch import years_in
from generator.model.basis import LAST_YEAR, key_of
from generator.model.classification import LISTS, Classification
from generator.model.doubts import BLANK, UNCONFIRMED
from generator.model.problem import Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.replacement import Replacement
from generator.model.source import Source
from generator.model.tree import Tree
from generator.work.data_files import DataFile, opened, said
from generator.work.workshop import Workshop

_HEAD = """\
# 从{since}年结转来、还没有确认的内容，样子和各文件里的一样。程序写的，一般不用手改：
# 在数据文件里改过的，就算确认了；不用改的，用 shuoming todo {year} --confirm 确认，确认了就从这里消失。
"""


class NewYear(NamedTuple):
    """What opening a year comes to: its files, and what is to be told of them; no files with an error among ``problems``.

    ``dropped`` are last year's files that are not needed any more, ``since`` the year it was opened from.
    """

    since: int
    changes: tuple[Replacement, ...]
    problems: Problems
    sources: dict[str, Source]
    moved: tuple[Said, ...] = ()
    stayed: tuple[Said, ...] = ()
    codes: tuple[Said, ...] = ()
    blanks: tuple[Place, ...] = ()
    unconfirmed: int = 0
    dropped: tuple[str, ...] = ()


def new_year(shop: Workshop, data: Path, year: int, since: int = 0) -> NewYear:
    """The folder ``data/<year>``, made of that of ``since``, else of the latest year before it.

    Raises UsageError where the folder is there already, and where there is none to open it from.
    """
    folder, before = data / str(year), data / str(_opened_from(data, year, since))
    since = int(before.name)
    profile, problems, _ = shop.profile(year)
    if profile is None:
        return NewYear(since, (), problems, {})
    names = [path.relative_to(before).as_posix() for path in sorted(before.rglob("*.yaml"))]
    files = {name: opened(before / name) for name in names if name not in NOT_CARRIED}
    problems = tuple(problem for file in files.values() for problem in file.problems)
    if has_errors(problems):
        return NewYear(since, (), problems, {file.source.name: file.source for file in files.values()})
    texts = {name: commented(file.source.text, since) for name, file in files.items()}
    trees = {name: _tree(file, texts[name]) for name, file in files.items()}
    made = carried(trees, _rules(profile, data, (since, year)))
    new: dict[str, str] = {}
    if made.unconfirmed:  # the first: a run that is killed among the files leaves none that looks confirmed
        new[UNCONFIRMED] = _HEAD.format(since=since, year=year) + edited("", made.unconfirmed)
    new |= {name: edited(texts[name], tree) for name, tree in made.trees.items()} | dict(_prior(profile, data, year))
    changes = tuple(Replacement(folder / name, None, text.encode()) for name, text in new.items())
    dropped = tuple(name for name in names if name not in new and name != UNCONFIRMED)
    return NewYear(since, changes, problems, {}, *_told(made), sum(1 for _ in paths_of(made.unconfirmed)), dropped)


def _opened_from(data: Path, year: int, since: int) -> int:
    folder = data / str(year)
    if folder.exists() and not (folder.is_dir() and all(path.is_dir() for path in folder.rglob("[!.]*"))):
        raise UsageError(f"{folder.as_posix()} 已经有了。要重新结转，请先把它移开或改名。")
    since = since or max((int(path.name) for path in years_in(data) if int(path.name) < year), default=0)
    if since >= year:
        raise UsageError(f"只能从以前的年度结转，不能从{since}年结转到{year}年。")
    if not (data / str(since) / "department.yaml").is_file():
        there = "、".join(path.name for path in years_in(data)) or "无"
        asked = f"{(data / str(since)).as_posix()} 里没有数据" if since else "没有可以结转的年度"
        raise UsageError(f"{asked}。现有年度：{there}。新的部门请用 shuoming init。")
    return since


def _told(made: Carried) -> tuple[tuple[Said, ...], tuple[Said, ...], tuple[Said, ...], tuple[Place, ...]]:
    return made.moved, made.stayed, made.codes, made.blanks


def _tree(file: DataFile, text: str) -> Tree:
    """What a file says without last year's reasons; a place for this year's where it said nothing else."""
    tree = said(file._replace(source=file.source._replace(text=text)))
    return tree or {REASONS[0]: {}} if tree != [] and text != file.source.text else tree


def _rules(profile: Profile, data: Path, years: tuple[int, int]) -> Rules:
    since, year = years
    from_folder = {basis for basis in profile.bases if basis.has_folder and (data / str(year - basis.years)).is_dir()}
    typed = [basis for basis in profile.bases if basis not in from_folder]
    keys = {key_of(basis) for basis in from_folder}
    return Rules(
        since,
        year,
        frozenset(basis.file for basis in from_folder),
        frozenset(basis.file for basis in typed),
        frozenset(keys),
        frozenset({key_of(basis) for basis in typed}),
        _renamed(profile, years),
    )


def _prior(profile: Profile, data: Path, year: int) -> Iterator[tuple[str, str]]:
    """Last year's amounts by figure, to be filled in, where last year has no folder."""
    if (data / str(year - 1)).is_dir():
        return
    lines = "".join(f"{figure.name}: {BLANK}\n" for figure in profile.figures if figure.compared)
    yield LAST_YEAR.file, f"# 上年（{year - 1}年）年初预算数。{year - 1}年的数据不在本库，比较用的数填在这里。\n{lines}"


def _renamed(profile: Profile, years: tuple[int, int]) -> Callable[[str], Renamed | None]:
    """What became of a code from one year to the other."""
    before, now = (load_classification(year, profile.extra_codes, profile.editions) for year in years)
    return lambda code: _became(code, years, (before, now))


def _became(code: str, years: tuple[int, int], lists: tuple[Classification, Classification]) -> Renamed | None:
    key = _list_of(code)
    old, new = (found.names(key).get(code, "") for found in lists)
    if new:
        return Renamed(f"{code}“{old}”改称“{new}”，已改", new) if old and old != new else None
    if not old:
        return None
    tenure = tenure_of(key, code)
    to = f"，同名的是{tenure.successor}" if tenure is not None and tenure.successor else ""
    return Renamed(f"{code} {old} {years[1]}年的科目里没有了{to}，请核对后改列")


def _list_of(code: str) -> str:
    function, department, government = LISTS
    if code[0] == "3":
        return department
    return government if code[0] == "5" and len(code) <= 5 else function
