"""Sheets, columns and rows of the fill-in workbook, and what a reader is told of the department."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.classification import Classification
from generator.model.problem import Problem, Severity
from generator.model.profile import Profile
from generator.model.source import in_document
from generator.model.tree import Tree, Trees
from generator.sheets.sheet import Cell, Sheet
from generator.sheets.sheet import Kind as Stored

if TYPE_CHECKING:
    from generator.filling.sums import Sum

CODE = "D071"
"""The rule of which every mistake in a fill-in workbook is."""
UNIT, WHOLE = "单位", "全部门"
"""The column that says whose a row is, and what stands there for what is the department's as a whole."""


class Kind(Enum):
    """What a cell holds: words, words on several lines, a code, a code with its name, an amount, a count, a day."""

    WORDS = "文字"
    LINES = "多行"
    CODE = "编码"
    CODED = "科目"
    MONEY = "金额"
    SIGNED = "可以是负数的金额"
    COUNT = "数量"
    DATE = "日期"


class Column(NamedTuple):
    """A column: its title, what it holds, who knows it, what a person is told of it, its width in signs.

    ``choices``: the drop-down list, ``list`` the name of one on the hidden sheet instead; ``needed``: coloured while a row that
    says anything leaves it empty. ``fixed``: printed for the person and locked; ``aside``: of no row, never read back; ``spared``: a workbook
    for a single unit has none; ``seldom``: written only where data already say it, and not missed.
    """

    title: str
    kind: Kind = Kind.WORDS
    width: int = 16
    who: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    list: str = ""
    needed: bool = False
    fixed: bool = False
    aside: bool = False
    spared: bool = False
    seldom: bool = False


class Said(NamedTuple):
    """A row as the workbook shows it: texts by column; ``kind`` of its value, where rows of a sheet differ in it.

    ``needed``: its value is asked for; ``choices`` of its value; ``sum``: the live sum that stands beside it.
    """

    texts: Mapping[str, str]
    kind: Kind | None = None
    needed: bool = False
    choices: tuple[str, ...] = ()
    sum: Sum | None = None


class Row(NamedTuple):
    """A row of a workbook that came back: its cells by column title, and where it stands; ``names``: what a cell is better called."""

    cells: Mapping[str, Cell]
    number: int
    sheet: Sheet
    names: Mapping[str, str] = MappingProxyType({})

    def called(self, title: str) -> str:
        """What messages call its cell in a column."""
        return self.names.get(title, title)

    def raw(self, title: str) -> str:
        """What stands in a column, as a person sees it; empty where there is no such column."""
        cell = self.cells.get(title)
        return "" if cell is None else cell.text.strip()

    def cell(self, title: str) -> Cell:
        """Its cell in a column; for a column that is not there the row's first."""
        return self.cells.get(title) or next(iter(self.cells.values()), Cell(self.number, 1))


_NOWHERE = Sheet("", "", MappingProxyType({}))


def row_of(said: Said, number: int = 0, sheet: Sheet = _NOWHERE) -> Row:
    """A row as though it had been read."""
    cells = {
        title: Cell(number, column, text, Stored.TEXT if text else Stored.EMPTY)
        for column, (title, text) in enumerate(said.texts.items(), 1)
    }
    return Row(cells, number, sheet)


class Desk(NamedTuple):
    """Where a workbook is read: what is wrong with it, what a person should know, the 金额单位, and what was told once for all."""

    problems: list[Problem]
    remarks: list[str]
    scale: str
    alone: bool
    told: set[tuple[str, str]]

    @classmethod
    def new(cls, scale: str, alone: bool) -> Desk:
        """An empty one; ``alone``: the workbook was made for a single unit, and so has no columns of units."""
        return cls([], [], scale, alone, set())

    def wrong(self, row: Row, title: str, message: str, remedy: str) -> None:
        """Report a mistake at a row's cell."""
        place = row.sheet.position(row.cell(title)) if row.number else in_document(title)
        self.problems.append(Problem(CODE, Severity.ERROR, message, remedy, place))


class Ground(NamedTuple):
    """A department as its workbook needs to know it: its year's folder as trees, and what its place asks for.

    ``unit``: the workbook is of one unit alone; empty: of the whole department. ``asked``: units that it asks of themselves also
    where no file is there yet.
    """

    year: int
    profile: Profile
    codes: Classification
    trees: Trees
    unit: str = ""
    asked: tuple[str, ...] = ()

    @property
    def head(self) -> Mapping[str, Tree]:
        """department.yaml."""
        found = self.trees.get("department.yaml", {})
        return found if isinstance(found, dict) else {}

    @property
    def agencies(self) -> Mapping[str, str]:
        """Code → name of the units."""
        found = self.head.get("预算单位", {})
        pairs = found.items() if isinstance(found, dict) else ()
        return {code: str(one.get("名称", "")) if isinstance(one, dict) else str(one) for code, one in pairs}

    @property
    def lone(self) -> str:
        """The department's only unit, which entries need not name; empty where there are several."""
        agencies = list(self.agencies)
        return agencies[0] if len(agencies) == 1 else ""

    @property
    def usual_unit(self) -> str:
        """Whose a row is that names no unit; empty where nobody knows."""
        return self.unit or self.lone

    @property
    def scale(self) -> str:
        """金额单位."""
        return str(self.head.get("金额单位") or "万元")

    @property
    def apart(self) -> tuple[str, ...]:
        """The units that say something of themselves in a file of their own, or all where there are several."""
        if self.unit:
            return (self.unit,)
        told = [name.removeprefix("units/").removesuffix(".yaml") for name in self.trees if name.startswith("units/")]
        agencies = list(self.agencies)
        return tuple(dict.fromkeys((*(agencies if len(agencies) > 1 else ()), *told, *self.asked)))


Told = Callable[[Trees], Sequence[Said]]
Put = Callable[[Trees, Sequence[Row], Desk], Trees]


class Form(NamedTuple):
    """A sheet: its title, what it is for, its columns, what it says of trees, and the trees once its rows are said.

    ``spare``: empty rows below for what comes. ``seldom``: written only where it says something, and not missed.
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    told: Told
    put: Put
    spare: int = 0
    seldom: bool = False

    @property
    def read_back(self) -> tuple[Column, ...]:
        """The columns that are taken in."""
        return tuple(column for column in self.columns if not column.aside)

    def column(self, title: str) -> Column:
        """A column by its title."""
        return next(column for column in self.columns if column.title == title)
