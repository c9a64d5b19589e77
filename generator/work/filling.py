"""The verb workbook: a year's data as a fill-in workbook; and the same workbook, filled in, as trees for import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.load.classification import load_classification
from generator.load.extra_codes import read_extra_codes
from generator.load.fields import fields_of
from generator.load.files import Folder
from generator.model.problem import Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.source import Source
from generator.model.tree import Tree, Trees
from generator.work.data_files import opened, said
from generator.work.stages import Stopped
from generator.work.workshop import Workshop

if TYPE_CHECKING:
    from generator.filling.nouns import Ground
    from generator.work.intake import Given, Handed, Taken

_HEAD = "department.yaml"


class Filled(NamedTuple):
    """A fill-in workbook, and the name it usually has."""

    name: str
    data: bytes
    problems: Problems
    sources: dict[str, Source]


def workbook(shop: Workshop, data: Path, year: int, unit: str = "") -> Filled | Stopped:
    """The fill-in workbook of a year, or of one of its units; ``Stopped`` where profile or files can't be read.

    What is missing or wrong in the data is no hindrance: it is what the workbook is for. Raises UsageError without the year's folder,
    or for a unit that is not the department's.
    """
    from generator.filling.mark import mark_of
    from generator.filling.write import workbook_of

    folder = data / str(year)
    if not folder.is_dir():
        years = "、".join(sorted(path.name for path in data.glob("[12][0-9][0-9][0-9]") if path.is_dir()))
        raise UsageError(f"没有 {folder.as_posix()} 这个目录。现有年度：{years or '无'}。先用 shuoming new {year} 新建。")
    profile, problems, sources = shop.profile(year)
    told = {source.name: source for source in sources}
    if profile is None or has_errors(problems):
        return Stopped(problems, told)
    trees, wrong, files = trees_in(folder)
    if wrong:
        return Stopped(wrong, told | files)
    ground = _ground(folder, year, profile, trees, unit)
    if unit and unit not in ground.agencies:
        raise UsageError(f"没有代码为“{unit}”的预算单位。现有：{'、'.join(ground.agencies) or '无'}。")
    name = str(ground.head.get("名称") or "")
    of_unit = f"{ground.agencies[unit]}" if unit else name
    title = "".join(sign for sign in f"{of_unit}{year}年填报表.xlsx" if sign not in '\\/:*?"<>|')
    return Filled(title, workbook_of(ground, mark_of(ground, shop.name)), (), told)


def trees_in(folder: Path) -> tuple[dict[str, Tree], Problems, dict[str, Source]]:
    """What the files of a year's folder say, by name, and what is wrong with those that can't be read."""
    trees: dict[str, Tree] = {}
    problems: list = []  # type: ignore[type-arg]
    sources = {}
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("units/*.yaml"))):
        file = opened(path)
        sources[file.source.name] = file.source
        problems += file.problems
        if not file.problems:
            trees[path.relative_to(folder).as_posix()] = said(file)
    return trees, tuple(problems), sources


def _ground(folder: Path, year: int, profile: Profile, trees: Trees, unit: str) -> Ground:
    from generator.filling.nouns import Ground

    extra = profile.extra_codes
    if (folder / _HEAD).exists():
        reader, node = Folder(folder).open(_HEAD)
        extra = extra.and_also(read_extra_codes(reader, fields_of(reader, node, _HEAD).take("增补科目", False)))
    return Ground(year, profile, load_classification(year, extra, profile.editions), trees, unit)


def is_filled(files: Sequence[Given]) -> bool:
    """Whether a file is a fill-in workbook, by the names of its sheets; nothing else of it is read."""
    return len(files) == 1 and any(_names(files[0].data, name) for name in ("填报标记", "支出明细"))


def _names(data: bytes, name: str) -> bool:
    """Whether a workbook has a sheet of this name."""
    if data.startswith(b"PK"):
        from generator.opc import Package

        try:
            package = Package(data)
            return f'name="{name}"'.encode() in package.xml(package.main)
        except (UsageError, LookupError, ValueError):
            return False
    return data.startswith(b"\xd0\xcf\x11\xe0") and name.encode("utf-16-le") in data


def read_filled(handed: Handed) -> Taken:
    """A fill-in workbook that came back, as what the files are to say."""
    from generator.filling.layout import forms_of, put_back
    from generator.filling.mark import VERSION, mark_in
    from generator.filling.nouns import Desk
    from generator.filling.read import rows_of
    from generator.sheets.read import read_workbook
    from generator.work.intake import Taken

    file = handed.files[0]
    try:
        book = read_workbook(file.name, file.data)
    except UsageError as error:
        raise UsageError(f"{file.name}：{error}") from error
    mark = mark_in(book)
    again = "请用 shuoming workbook 重新生成一份，把填的内容拷过去。"
    if mark is None:
        raise UsageError(f"{file.name} 少了隐藏的工作表“填报标记”，不知道是哪一年、哪个部门的。{again}")
    if mark.version != VERSION:
        raise UsageError(f"{file.name} 是另一版的填报表（第{mark.version}版，现在是第{VERSION}版）。{again}")
    year = int(mark.year)
    if handed.year and handed.year != year:
        raise UsageError(f"{file.name} 是{year}年的填报表，--year 写的是{handed.year}。请核对是不是这个文件。")
    if handed.unit and handed.unit != mark.unit:
        whose = f"单位{mark.unit}的" if mark.unit else "整个部门的"
        raise UsageError(f"{file.name} 是{whose}填报表，--unit 写的是{handed.unit}。请核对是不是这个文件。")
    profile, problems, _ = handed.shop.profile(year)
    if profile is None or has_errors(problems):
        return Taken({}, (), problems, year)
    folder = handed.data / mark.year
    trees, wrong, _ = trees_in(folder)
    if wrong:
        return Taken({}, (), wrong, year)
    ground = _ground(folder, year, profile, trees, mark.unit)
    code = str(ground.head.get("代码") or "")
    if code and code != mark.code:
        name = ground.head.get("名称") or ""
        raise UsageError(f"{file.name} 是{mark.name}（{mark.code}）的填报表，{folder.as_posix()} 是{name}（{code}）的。")
    desk = Desk([], [])
    forms = forms_of(ground)
    rows = rows_of(book, forms, desk)
    put = put_back(forms, trees, rows, desk) if not desk.problems else trees
    changed = {name: tree for name, tree in put.items() if tree is not trees.get(name) and tree != trees.get(name)}
    return Taken(changed, tuple(desk.remarks), tuple(desk.problems), year)
