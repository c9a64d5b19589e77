"""A finance system's 支出明细 for the verb import: its 对照, and what the department is that it goes into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.edit import tree_of
from generator.intake import mapping as shipped_in
from generator.intake.flat import read_flat
from generator.intake.ground import Ground
from generator.intake.mapping import Heads, mapping_of
from generator.load.department import load_head
from generator.load.files import access, read_text
from generator.load.yaml_text import Reader, parse
from generator.model.doubts import is_blank
from generator.model.ledger import DIMENSIONS
from generator.model.problem import Problem, Problems, Severity, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.source import Source
from generator.model.tree import Tree
from generator.sheets.read import read_workbook
from generator.sheets.sheet import Workbook
from generator.work.handed import Given, Handed, Taken

OWN = "对照.yaml"
"""A department's own 对照: in the year's folder, beside the years, or in its profile's folder."""
_TITLES = 3
_FILES = ("basic.yaml", "projects.yaml")
_NEEDED = ("代码", "单位性质", "金额单位")
"""Of department.yaml, what an amount's 政府经济 and size depend on; the rest may still be 待填."""


def read_flat_detail(handed: Handed) -> Taken:
    """What exports of details say of a year that there is a folder of. Raises UsageError for files that can't be read."""
    books = [_book(file) for file in handed.files]
    said = _year_of(books)
    if said and said != handed.year:
        if handed.year:
            return Taken({}, year=said)
        handed = handed._replace(year=said)
    if not handed.year:
        return Taken({})
    profile, problems, _ = handed.shop.profile(handed.year)
    if profile is None:
        return Taken({}, problems=problems)
    known = shipped()
    own = _own(handed, known)
    ground, problems = _ground(handed, profile)
    if ground is None:
        return Taken({}, problems=problems)
    found = read_flat(books, known, own, ground)
    return Taken(found.trees, found.remarks, found.problems, said)


def _year_of(books: Sequence[Workbook]) -> int:
    """The one year that titles above the tables name; 0 where they name none or several."""
    cells = (cell for book in books for sheet in book.visible for cell in sheet.cells.values() if cell.row <= _TITLES)
    years = {int(year) for cell in cells for year in re.findall(r"(?<![0-9])(20[0-9]{2}) *年", cell.text)}
    return years.pop() if len(years) == 1 else 0


def shipped() -> dict[str, Heads]:
    """The 对照 that come with the program, by name: one that builds on another after it."""
    found: dict[str, Heads] = {}
    trees = [_mapping_tree(path) for path in sorted((Path(shipped_in.__file__).parent / "mappings").glob("*.yaml"))]
    for name, tree in sorted(trees, key=lambda pair: isinstance(pair[1], dict) and "沿用" in pair[1]):
        heads = mapping_of(tree, name, found)
        found[heads.name] = heads
    return found


def _own(handed: Handed, known: Mapping[str, Heads]) -> Heads | None:
    """The nearest 对照 of the department or its place."""
    places = (handed.folder, handed.data, *handed.shop.folders)
    path = next((folder / OWN for folder in places if (folder / OWN).is_file()), None)
    if path is None:
        return None
    name, tree = _mapping_tree(path)
    return mapping_of(tree, name, known)


def _mapping_tree(path: Path) -> tuple[str, Tree]:
    tree, problems = _tree(path, path.as_posix())
    if problems:
        raise UsageError(f"{problems[0].position}：{problems[0].message}。{problems[0].remedy}")
    return path.as_posix(), tree


def _tree(path: Path, label: str) -> tuple[Tree, Problems]:
    """What a YAML file says; empty where there is none, or nothing in it."""
    problems: list[Problem] = []
    with access():
        text = read_text(path, label, problems) if path.is_file() else ""
    reader = Reader(Source(label, text or ""))
    if text and text.strip():
        parse(reader)
    found = (*problems, *reader.problems)
    return (tree_of(text) if text and text.strip() and not has_errors(found) else ""), tuple(
        problem for problem in found if has_errors([problem])
    )


def _book(file: Given) -> Workbook:
    try:
        return read_workbook(file.name, file.data)
    except UsageError as error:
        raise UsageError(f"{file.path.as_posix()}：{error}") from error


def _ground(handed: Handed, profile: Profile) -> tuple[Ground | None, Problems]:
    """The department as its folder says it; None where that is wrong itself."""
    head, codes, problems = load_head(handed.data, handed.year, profile, handed.shop.remember)
    if head is None:
        return None, problems
    said, _ = _tree(handed.folder / "department.yaml", "")
    if isinstance(said, dict) and any(is_blank(str(said.get(key, ""))) for key in _NEEDED):
        return None, tuple(problem._replace(severity=Severity.ERROR) for problem in problems)
    problems = tuple(problem for problem in problems if problem.code != "D064")
    trees: dict[str, Tree] = {}
    for name in _FILES:
        path = handed.folder / name
        tree, wrong = _tree(path, path.as_posix())
        problems += wrong
        trees[name] = tree or []
    dimensions = [
        *(profile.widened.get(name, DIMENSIONS[name]) for name in ("资金", "来源", "年度", "类别")),
        *(one for one in profile.dimensions if not one.by_unit and not one.file),
    ]
    return (
        None
        if has_errors(problems)
        else Ground(
            head.agencies,
            {code: head.nature_of(code) for code in head.agencies},
            head.scale.label,
            codes,
            {one.name: one.values for one in dimensions},
            {one.name: one.usual for one in dimensions if one.usual},
            trees,
            handed.unit,
        )
    ), problems
