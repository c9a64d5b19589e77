"""The verb init: a new department's folder, laid out."""

from __future__ import annotations

import re
from pathlib import Path

from generator.carry.blank import Begun, blank_files
from generator.carry.folder import STARTERS, beside
from generator.load.shipped import home_of, names_of
from generator.load.watch import layers_of
from generator.model.file_names import why_refused
from generator.model.problem import UsageError, did_you_mean, has_errors
from generator.model.replacement import Replacement
from generator.work.workshop import Workshop

_NAME = re.compile(r"[\w（）()《》“”、·—-]*[^\W\d_][\w（）()《》“”、·—-]*")
_CODE = re.compile(r"[0-9A-Za-z-]+")


def init(folder: Path, said: Begun, templates: Path) -> tuple[Replacement, ...]:
    """All files of a new department's folder, none of them written yet.

    Raises UsageError for a name, code or place that can't be, and for a folder that holds something already.
    """
    _reject_name("部门名称", said.name)
    _reject_codes(said)
    _reject_folder(folder)
    if not layers_of(templates / said.place):
        names = names_of(templates)
        hint = did_you_mean(said.place, names) or f"现有：{'、'.join(names)}。"
        raise UsageError(f"没有“{said.place}”这个格式方案。{hint}各是给谁用的，见 shuoming profiles。")
    profile, problems, _ = Workshop(templates, said.place).profile(said.year)
    if profile is None or has_errors(problems):
        raise UsageError(
            f"{home_of(templates, said.place).as_posix()} 有错误，请先运行 shuoming profile check {said.place}。"
        )
    data = blank_files(said, profile)
    files = {f"data/{said.year}/{name}": text.encode() for name, text in data.items()}
    files |= beside(said, profile, data)
    return tuple(
        Replacement(folder / name, None, content, 0o755 if name.endswith(STARTERS) else 0o644)
        for name, content in files.items()
    )


def _reject_name(what: str, name: str) -> None:
    why = why_refused(name) or ("" if _NAME.fullmatch(name) else "只用汉字、字母、数字、括号和“-”")
    if why:
        raise UsageError(f"{what}“{name}”不行：{why}。")


def _reject_codes(said: Begun) -> None:
    for code, name in {said.code: "", **said.units}.items():
        if code and not _CODE.fullmatch(code):
            raise UsageError(f"代码“{code}”不行：只用半角的数字、字母和“-”。")
        if name:
            _reject_name("单位名称", name)
        if not code.startswith(said.code):
            raise UsageError(f"单位代码“{code}”应以部门代码“{said.code}”开头。")


def _reject_folder(folder: Path) -> None:
    """Its own name and those above it that are to be made must be names on every system; what is there must be empty."""
    if folder.is_dir():
        if any(folder.iterdir()):
            raise UsageError(f"{folder.as_posix()} 里已经有东西，没有动它。请用 --folder 另写一个目录，或换一个名称。")
        return
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise UsageError(f"{path.as_posix()} 是一个文件，不能作目录。请用 --folder 另写一个目录。")
            return
        why = why_refused(path.name) if path.name != ".." else ""
        if why:
            raise UsageError(f"目录名“{path.name}”不行：{why}。请用 --folder 另写一个目录。")
