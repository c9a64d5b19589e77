"""The verbs about profiles themselves: which there are, and a new one over another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from generator.load.profile import load_profile
from generator.load.shipped import home_of, names_of
from generator.load.watch import LATEST, layers_of
from generator.model.problem import UsageError, did_you_mean, has_errors


class About(NamedTuple):
    """A profile in short. ``bases`` are the profiles it builds on, the nearest first; ``years`` those it says a difference of.

    ``tables`` is how many tables it has in its latest year, where it is ``sound``: without errors.
    """

    folder: str
    title: str
    purpose: str
    bases: tuple[str, ...]
    years: tuple[int, ...]
    sound: bool
    tables: int


def profiles_in(templates: Path) -> tuple[About, ...]:
    """Every profile of a folder and of the program, by name."""
    return tuple(_about(home_of(templates, name)) for name in names_of(templates))


def new_profile(templates: Path, name: str, base: str, title: str = "") -> dict[str, str]:
    """The files of a new profile that builds on another, by their paths. Raises UsageError where one can't be."""
    names = names_of(templates)
    if not re.fullmatch(r"[\w-]+", name):
        raise UsageError(f"格式方案名不能是“{name}”，只用汉字、字母、数字和“-”。")
    if (templates / name).exists():
        raise UsageError(f"{(templates / name).as_posix()} 已经有了。请换一个名称，或直接修改它。")
    if base not in names:
        raise UsageError(f"没有“{base}”这个格式方案。{did_you_mean(base, names) or '现有：' + '、'.join(names) + '。'}")
    path = f"{(templates / name).as_posix()}/report.yaml"
    return {path: _REPORT.format(base=base, name=title or name)}


def _about(path: Path) -> About:
    profile, problems, sources = load_profile(path)
    folders = [folder.name for folder in layers_of(path, LATEST)]
    years = tuple(sorted(int(name) for name in folders[: folders.index(path.name)]))
    bases = tuple(name for name in folders[folders.index(path.name) + 1 :] if not name.isdigit())
    own = next((source.text for source in sources if source.name == f"{path.as_posix()}/report.yaml"), "")
    purpose = re.search(r"(?m)^说明: *(.+)", own)
    sound = profile is not None and not has_errors(problems)
    return About(
        path.name,
        profile.name if profile else path.name,
        purpose[1].strip("\"' ") if purpose else "",
        bases,
        years,
        sound,
        len(profile.tables) if profile else 0,
    )


_REPORT = """\
# {name}的格式方案。只写与“{base}”不同的地方；没有写的，都与“{base}”一样。
# 写法见 docs/profile.md。改好后运行：shuoming profile check {name}
基于: {base}
名称: {name}部门预算说明
说明: 供{name}各部门使用

# 惯例:
#   表内金额单位: 元
# 编号:
#   附表: "{{1}}."
"""
