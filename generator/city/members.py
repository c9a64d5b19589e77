"""For whom a city waits: the departments of its 应收清单 (a table, csv or xlsx), or those whose folders are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.city.controls import BESIDE, Controls, controls_of, lying_in
from generator.model.city import ALL_UNITS, Member
from generator.model.file_names import profile_of, why_refused
from generator.model.problem import Problem, Problems, Severity, UsageError, which_of
from generator.model.source import Position
from generator.model.unseen import shown
from generator.sheets.formats import moment_of
from generator.sheets.read import workbook_at
from generator.sheets.sheet import Cell, Kind, Sheet, spread

MANIFESTS = ("应收清单.csv", "应收清单.xlsx")
"""What the table is called that stands in a city's folder."""
_NEEDED = ("名称",)
_COLUMNS = (
    "代码", "名称", "目录", "地区", "格式", "版本", "单位", "联系人", "截止日期", "公开日期", "公开网址",
)  # fmt: skip
WHOLE, EACH = "部门版", "单位版"
_SPLIT = r"[、，,;；\s/和]+"
_DAY = re.compile(r"([12][0-9]{3})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?(?:[ T].*)?")
_SUMS = ("合计", "总计", "小计", "共计")
_FOLDER = re.compile(r"([0-9A-Za-z]+)-(.+)")


class Members(NamedTuple):
    """The departments in the order of their keys, what is wrong with the table, and folders that it does not name.

    ``controls`` are the bureau's control totals, where it gave any; ``name`` is what the city's folder is called.
    """

    members: tuple[Member, ...]
    problems: Problems = ()
    unlisted: tuple[str, ...] = ()
    controls: Controls | None = None
    name: str = ""


def members_of(city: Path, manifest: Path | None = None) -> Members:
    """Those that a city's folder is waiting for: as the ``manifest`` says, or the one that lies in the folder, else all its folders.

    A folder of a department is called ``<code>-<name>``, or has a folder ``data``. Raises UsageError where the folder or the
    table can't be read, or is none.
    """
    if not city.is_dir():
        raise UsageError(f"没有 {city.as_posix()} 这个目录；city 后面写各部门文件夹所在的目录。")
    name = city.resolve().name.encode("utf-8", "replace").decode()
    folders = [path for path in sorted(city.iterdir()) if _is_department(path)]
    there = {path.name: path for path in folders if not _why_refused(path.name)}
    odd = tuple(_odd(path) for path in folders if path.name not in there)
    manifest, controls = manifest or lying_in(city, MANIFESTS), controls_of(city)
    if manifest is None:
        return Members(tuple(_found(path) for path in there.values()), odd, (), controls, name)
    listed, problems = _listed(manifest, city, there)
    named = {Path(member.folder).resolve() for member in listed}
    unlisted = tuple(name for name, path in there.items() if path.resolve() not in named)
    return Members(tuple(sorted(listed)), (*problems, *odd), unlisted, controls, name)


def _why_refused(name: str) -> str:
    undecoded = any("\ud800" <= letter <= "\udfff" for letter in name)
    return "名称不是UTF-8编码的" if undecoded else why_refused(name)


def _odd(path: Path) -> Problem:
    name = shown(path.as_posix().encode("utf-8", "replace").decode())
    return Problem(
        "K101", Severity.WARNING, f"目录名不行，没有做：{_why_refused(path.name)}", "请改名后再运行。", Position(name)
    )


def _is_department(path: Path) -> bool:
    return (
        path.is_dir()
        and not path.name.startswith(".")
        and bool(_FOLDER.fullmatch(path.name) or (path / "data").is_dir())
    )


def _found(path: Path) -> Member:
    named = _FOLDER.fullmatch(path.name)
    code, name = named.groups() if named else ("", path.name)
    return Member(path.name, code, name, path.as_posix())


def _listed(path: Path, city: Path, there: Iterable[str]) -> tuple[list[Member], Problems]:
    if not path.is_file():
        raise UsageError(f"没有 {path.as_posix()} 这个文件。")
    reader = _Reader(path, workbook_at(path).visible[0], there)
    members = [reader.member(row, cells, city) for row, cells in reader.rows()]
    return members, (*reader.problems, *reader.twice(members))


def day_of(text: str) -> date | None:
    """The day that a text names; None where it names none, or no year of it."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:  # the 31st of February
        return None


def _text(column: str, cell: Cell) -> str:
    """What a cell says: a code without “.00”, and a day as 2027-03-01, whatever of it is shown."""
    if column in ("代码", "单位"):
        return cell.code.strip()
    day = moment_of(cell.number) if cell.kind is Kind.DATE and cell.number is not None else None
    return day.date().isoformat() if day is not None else cell.text.strip()


class _Reader:
    """One table being read: which column has what, and what is wrong."""

    def __init__(self, path: Path, sheet: Sheet, there: Iterable[str]) -> None:
        self.path, self.sheet, self.problems, self._there = path, sheet, list[Problem](), frozenset(there)
        self._rows = list(sheet.rows())
        self._head, self._columns = self._columns_of()
        self.sheet = self._unmerged()
        self._places: dict[str, Cell] = {}

    def _columns_of(self) -> tuple[int, Mapping[str, int]]:
        for row, cells in self._rows:
            named = {cell.text.strip(): cell.column for cell in cells}
            if all(name in named for name in _NEEDED):
                self._report_unknown(cells)
                return row, {name: named[name] for name in _COLUMNS if name in named}
        raise UsageError(
            f"{self.path.as_posix()} 里没有找到表头。应收清单要有一列“名称”，还可以有：{'、'.join(_COLUMNS)}。"
        )

    def _report_unknown(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            name = cell.text.strip()
            if name and name not in (*_COLUMNS, *BESIDE):
                self._report(Severity.WARNING, cell, f"不认识“{name}”这一列，没有读", which_of(name, _COLUMNS))

    def _unmerged(self) -> Sheet:
        """With a 地区 or 联系人 that stands once for several rows in each of them; who a row is of stands in the row itself."""
        own = [at for name, at in self._columns.items() if name in ("代码", "名称", "目录")]
        merged = (block for block in self.sheet.merged if block.top > self._head)
        shared = tuple(block for block in merged if not any(block.left <= at <= block.right for at in own))
        return spread(self.sheet._replace(merged=shared))

    def rows(self) -> Iterator[tuple[int, Mapping[str, Cell]]]:
        """The rows below the head that say who they are of; not those that add up the others."""
        for row, all_cells in self._rows:
            cells = {name: self.sheet.at(row, column) for name, column in self._columns.items()}
            adds = "".join(all_cells[0].text.split()) in _SUMS
            if row > self._head and not adds and any(self._said(row, cells).values()):
                yield row, cells

    def _said(self, row: int, cells: Mapping[str, Cell]) -> Mapping[str, str]:
        """What the row's own cells say, by column; what it shares with rows above it only where it says something itself."""
        said = {name: _text(name, cell) for name, cell in cells.items()}
        return said if any(said[name] for name, cell in cells.items() if cell.row == row) else {}

    def member(self, row: int, cells: Mapping[str, Cell], city: Path) -> Member:
        """The department of a row."""
        said = self._said(row, cells)
        code, name = self._code(said.get("代码", ""), said.get("名称", "")), said.get("名称", "")
        folder = said.get("目录") or (f"{code}-{name}" if code else name)
        at = self.sheet.at(row, self._columns["名称"])
        if not name:
            self._report(Severity.ERROR, at, "没有写部门的名称", "请补上名称，或删去这一行。")
        why = _why_refused(Path(folder).name) if folder else ""
        if why:
            self._report(
                Severity.ERROR,
                cells.get("目录", at),
                f"目录“{folder}”不行：{why}",
                "请改目录名；不写目录时，目录名是“代码-名称”。",
            )
        self._days(cells, said)
        key = Path(folder).name
        self._places.setdefault(key.casefold(), at)
        return Member(
            key, code, name, (city / folder).as_posix(), said.get("地区", ""), self._profile(cells, said), self._units(cells, said),
            said.get("联系人", ""), said.get("截止日期", ""), said.get("公开日期", ""), said.get("公开网址", ""),
        )  # fmt: skip

    def _days(self, cells: Mapping[str, Cell], said: Mapping[str, str]) -> None:
        """Nobody can be late after a day that nobody knows."""
        for column in ("截止日期", "公开日期"):
            if (text := said.get(column)) and day_of(text) is None:
                self._report(
                    Severity.WARNING,
                    cells[column],
                    f"{column}“{text}”认不出是哪一天",
                    "请写成 2027-03-01 这样，年也写上。",
                )

    def _code(self, code: str, name: str) -> str:
        """With the zeros that Excel takes from its beginning, as the department's folder has them."""
        if f"{code}-{name}" in self._there or not code.isdecimal():
            return code
        found = [one for one in self._there if re.fullmatch(f"0+{code}-{re.escape(name)}", one)]
        return found[0].partition("-")[0] if len(found) == 1 else code

    def _profile(self, cells: Mapping[str, Cell], said: Mapping[str, str]) -> str:
        name = said.get("格式", "")
        try:
            return profile_of(name) if name else ""
        except UsageError as error:
            self._report(
                Severity.ERROR, cells["格式"], str(error).rstrip("。"), "有哪些格式方案，见 shuoming profiles。"
            )
            return ""

    def _units(self, cells: Mapping[str, Cell], said: Mapping[str, str]) -> tuple[str, ...]:
        """ALL_UNITS where 单位版 is asked for without naming any."""
        codes = tuple(filter(None, re.split(_SPLIT, said.get("单位", ""))))
        kinds = tuple(filter(None, re.split(_SPLIT, said.get("版本", ""))))
        unknown = next((kind for kind in kinds if kind not in (WHOLE, EACH)), "")
        if unknown:
            self._report(
                Severity.ERROR,
                cells["版本"],
                f"版本不能是“{unknown}”",
                f"写“{WHOLE}”，或“{WHOLE}、{EACH}”；不写是{WHOLE}。",
            )
        return codes or (ALL_UNITS if EACH in kinds else ())

    def twice(self, members: Sequence[Member]) -> Iterator[Problem]:
        """Folders that two rows name: one would write over the other's files."""
        for key, number in Counter(member.key.casefold() for member in members).items():
            if number > 1 and key:
                yield self._problem(
                    Severity.ERROR,
                    self._places[key],
                    f"目录“{key}”有{number}行",
                    "每个部门写一行；两个部门的目录名（各级目录的最后一段）也不能相同。",
                )

    def _report(self, severity: Severity, cell: Cell, message: str, remedy: str) -> None:
        self.problems.append(self._problem(severity, cell, message, remedy))

    def _problem(self, severity: Severity, cell: Cell, message: str, remedy: str) -> Problem:
        return Problem("K101", severity, message, remedy, self.sheet.position(cell))
