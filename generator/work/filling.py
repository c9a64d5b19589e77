"""The verb workbook: a year's data as a fill-in workbook; and the same workbook, filled in, as trees for import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.load.classification import load_classification
from generator.load.extra_codes import read_extra_codes
from generator.load.fields import fields_of
from generator.load.files import Folder
from generator.model.doubts import BLANK
from generator.model.problem import Problem, Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.source import Source
from generator.model.tree import Tree, Trees
from generator.work.data_files import opened, said
from generator.work.handed import Given, Handed, Taken
from generator.work.stages import Stopped
from generator.work.workshop import Workshop

if TYPE_CHECKING:
    from generator.filling.mark import Mark
    from generator.filling.nouns import Ground
    from generator.sheets.sheet import Workbook

_HEAD = "department.yaml"
_KNOWN_BY = (("填报标记",), ("支出明细", "部门情况", "控制数"))
"""Sheets that only a fill-in workbook has: its mark, or what is left where somebody took that away."""


class Filled(NamedTuple):
    """A fill-in workbook, and the name it usually has."""

    name: str
    data: bytes


def workbook(shop: Workshop, data: Path, year: int, unit: str = "") -> Filled | Stopped:
    """The fill-in workbook of a year, or of one of its units; ``Stopped`` where profile or files can't be read.

    What is missing or wrong in the data is no hindrance: it is what the workbook is for. Raises UsageError without the year's folder,
    or for a unit that is not the department's.
    """
    from generator.filling.mark import mark_of
    from generator.filling.write import workbook_of

    ground = ground_of(shop, data, year, unit)
    if isinstance(ground, Stopped):
        return ground
    of_unit = ground.agencies[unit] if unit else str(ground.head.get("名称") or "")
    title = "".join(sign for sign in f"{of_unit}{year}年填报表.xlsx" if sign not in '\\/:*?"<>|')
    return Filled(title, workbook_of(ground, mark_of(ground, shop.name)))


def ground_of(shop: Workshop, data: Path, year: int, unit: str = "") -> Ground | Stopped:
    """A year's folder as the room ``filling`` needs to know it. As ``workbook`` otherwise."""
    folder = data / str(year)
    if not folder.is_dir():
        years = "、".join(sorted(path.name for path in data.glob("[12][0-9][0-9][0-9]") if path.is_dir()))
        raise UsageError(f"没有 {folder.as_posix()} 这个目录。现有年度：{years or '无'}。")
    profile, problems, sources = shop.profile(year)
    trees, wrong, files = trees_in(folder)
    if profile is None or has_errors((*problems, *wrong)):
        return Stopped((*problems, *wrong), {source.name: source for source in sources} | files)
    ground = _ground(folder, year, profile, trees, unit)
    if unit and unit not in ground.agencies:
        raise UsageError(f"没有代码为“{unit}”的预算单位。现有：{'、'.join(ground.agencies) or '无'}。")
    return ground


def trees_in(folder: Path) -> tuple[dict[str, Tree], Problems, dict[str, Source]]:
    """What the files of a year's folder say, by name, and what is wrong with those that can't be read."""
    trees: dict[str, Tree] = {}
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
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
    return len(files) == 1 and any(_has_sheets(files[0].data, names) for names in _KNOWN_BY)


def _has_sheets(data: bytes, names: tuple[str, ...]) -> bool:
    """Whether a workbook has sheets of these names."""
    if data.startswith(b"PK"):
        from generator.opc import Package

        try:
            package = Package(data)
            listed = package.xml(package.main)
        except (UsageError, LookupError, ValueError):
            return False
        return all(f'name="{name}"'.encode() in listed for name in names)
    return data.startswith(b"\xd0\xcf\x11\xe0") and all(name.encode("utf-16-le") in data for name in names)


def _shop_of(handed: Handed, name: str) -> Workshop:
    """The place whose workbook it is: the one asked for may be of another year's 格式."""
    shop = handed.shop
    there = name != shop.name and (shop.templates / name).is_dir()
    return Workshop(shop.templates, name) if there else shop


def read_filled(handed: Handed) -> Taken:
    """A fill-in workbook that came back, as what the files are to say."""
    from generator.filling.mark import mark_in
    from generator.sheets.read import read_workbook

    file = handed.files[0]
    try:
        book = read_workbook(file.name, file.data)
    except UsageError as error:
        raise UsageError(f"{file.name}：{error}") from error
    mark = _sound(mark_in(book), handed)
    profile, problems, _ = _shop_of(handed, mark.profile).profile(int(mark.year))
    trees, wrong, _ = trees_in(handed.data / mark.year)
    if profile is None or has_errors((*problems, *wrong)):
        return Taken({}, (), (*problems, *wrong), int(mark.year))
    ground = _ground(handed.data / mark.year, int(mark.year), profile, trees, mark.unit)
    _same_department(ground, mark, file, handed.data / mark.year)
    return _taken(book, ground, mark)


def _taken(book: Workbook, ground: Ground, mark: Mark) -> Taken:
    from generator.filling.layout import forms_of, put_back
    from generator.filling.nouns import Desk
    from generator.filling.read import others_in, rows_of

    ground = ground._replace(asked=mark.asked)
    desk = Desk.new(mark.scale, len(mark.asked) < 2)
    put = dict(put_back(ground, lambda forms: rows_of(book, forms, desk), desk))
    strange = others_in(book, forms_of(ground._replace(trees=put)))
    desk.remarks.extend(f"工作表“{name}”不是填报表的，没有读。" for name in strange)
    put.setdefault(_HEAD, {})
    head = put[_HEAD]
    if isinstance(head, dict) and "年度" not in head:
        put[_HEAD] = {"年度": mark.year, **({} if "格式" in head else {"格式": mark.profile}), **head}
    changed = {name: tree for name, tree in put.items() if tree != ground.trees.get(name)}
    if since := [name for name in mark.changed(ground.trees) if name in changed and name in ground.trees]:
        names = "、".join(since)
        desk.remarks.append(
            f"写出这份填报表以后，{names}改过（或已导入过）；导入以填报表为准，改回去的也在下面，请看清。"
        )
    return Taken(changed, tuple(desk.remarks), tuple(desk.problems), ground.year)


def _sound(mark: Mark | None, handed: Handed) -> Mark:
    """A mark that goes with what was typed. Raises UsageError for another layout, year or unit."""
    from generator.filling.mark import VERSION

    name = handed.files[0].name
    again = "请用 shuoming workbook 重新生成一份，把填的内容拷过去。"
    if mark is None:
        raise UsageError(f"{name} 少了隐藏的工作表“填报标记”，不知道是哪一年、哪个部门的。{again}")
    if mark.version != VERSION:
        raise UsageError(f"{name} 是另一版的填报表（第{mark.version}版，现在是第{VERSION}版）。{again}")
    if handed.year and str(handed.year) != mark.year:
        raise UsageError(f"{name} 是{mark.year}年的填报表，--year 写的是{handed.year}。请核对是不是这个文件。")
    if handed.unit and handed.unit != mark.unit:
        whose = f"单位{mark.unit}的" if mark.unit else "整个部门的"
        raise UsageError(f"{name} 是{whose}填报表，--unit 写的是{handed.unit}。请核对是不是这个文件。")
    return mark


def _same_department(ground: Ground, mark: Mark, file: Given, folder: Path) -> None:
    """Raises UsageError where the year's folder is another department's; one whose code was only just filled in is none."""
    code, name = str(ground.head.get("代码") or BLANK), str(ground.head.get("名称") or BLANK)
    if code != mark.code and name != mark.name and BLANK not in (code, mark.code):
        raise UsageError(
            f"{file.name} 是{mark.name}（{mark.code}）的填报表，{folder.as_posix()} 是{name}（{code}）的。"
        )
