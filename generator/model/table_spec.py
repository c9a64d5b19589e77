"""A place's tables as data: columns, rows, panels, forms, and how a table stands in the document."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.ledger import Filter
from generator.model.number_format import NumberFormat
from generator.model.source import Position, Text

LINE = "行次"
"""The source of a column that counts its table's rows."""


class TextColumn(NamedTuple):
    """A column of words; ``source`` names what stands in it (名称, 功能科目.类, “项目.名称/单位.代码”…)."""

    label: str
    source: str


class AmountColumn(NamedTuple):
    """A column of amounts: the lines it adds up; ``format`` where it is not written as its table's others.

    ``each`` 单位: it stands for a column of each unit, until they are known.
    """

    label: str
    filter: Filter
    format: NumberFormat | None = None
    each: str = ""


ANY_INDICATOR = "指标"
INDICATOR_FIELDS = ("指标", "指标值", "类别", "性质", "数值", "度量单位")
"""What a column prints of an indicator: its name, its target, its category, and the target taken apart: ≥, 60, 场."""
INDICATOR_CATEGORIES = ("成本指标", "产出指标", "效益指标", "满意度指标")


class IndicatorColumn(NamedTuple):
    """A column of a project's indicators of one category, or of all in turn (ANY_INDICATOR); ``field`` is a word of INDICATOR_FIELDS."""

    label: str
    category: str
    field: str


class RecordColumn(NamedTuple):
    """A column of a list's field that adds up (清单列); ``where``, of the records with one of these words alone (其中)."""

    label: str
    field: str
    format: NumberFormat | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


class ComparedColumn(NamedTuple):
    """A column of amounts against a basis: ``aspect`` is 上年数 (the basis's own amount), 差额, 增幅 or 完成率."""

    label: str
    filter: Filter
    aspect: str
    basis: str
    position: Position
    format: NumberFormat | None = None


class ShareColumn(NamedTuple):
    """A column of 占比: how much of the row's ``whole`` its ``filter`` is; without ``whole``, of the column's total."""

    label: str
    filter: Filter
    whole: Filter | None = None
    format: NumberFormat | None = None


Leaf = TextColumn | AmountColumn | IndicatorColumn | RecordColumn | ComparedColumn | ShareColumn
NUMBERS = (AmountColumn, RecordColumn, ComparedColumn, ShareColumn)
"""The columns that print numbers."""


def is_rate(column: Leaf) -> bool:
    """Whether a column prints percentages, not amounts."""
    compared = isinstance(column, ComparedColumn) and column.aspect in ("增幅", "完成率")
    return compared or isinstance(column, ShareColumn)


class ColumnGroup(NamedTuple):
    """A header cell above other columns."""

    label: str
    columns: "tuple[ColumnGroup | Leaf, ...]"


Column = ColumnGroup | Leaf


def leaves(columns: tuple[Column, ...]) -> tuple[Leaf, ...]:
    """The columns proper, left to right."""
    found: list[Leaf] = []
    for column in columns:
        if isinstance(column, ColumnGroup):
            found.extend(leaves(column.columns))
        else:
            found.append(column)
    return tuple(found)


def paths(columns: tuple[Column, ...], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Leaf]]:
    """The columns proper, left to right, each with the words over it, outermost first."""
    found: list[tuple[tuple[str, ...], Leaf]] = []
    for column in columns:
        if isinstance(column, ColumnGroup):
            found += paths(column.columns, (*above, column.label))
        else:
            found.append(((*above, column.label), column))
    return found


class FixedRow(NamedTuple):
    """One row with a label of the form's own: a total or a line of it. ``filter`` None leaves it without amounts.

    ``column`` names the text column the label stands in (the first one when empty); ``level`` 1 or 2
    numbers it 一、 or （一）, 0 not at all. ``also`` are words of other text columns, by their names.
    """

    label: str
    filter: Filter | None
    column: str = ""
    level: int = 0
    also: tuple[tuple[str, str], ...] = ()


class GroupRows(NamedTuple):
    """A row for each value of ``by`` among the lines; ``below`` repeats rows inside each.

    ``complete`` prints every code of the classification on this level, also without lines; of 功能类 a numbered row has
    the code's number. ``codes`` are printed instead, in this order, whether there are lines or not. ``expand`` gives a
    project as many rows as its longest list of indicators.
    """

    by: tuple[str, ...]
    order: tuple[str, ...]
    complete: bool = False
    expand: bool = False
    level: int = 0
    below: "tuple[RowSpec, ...]" = ()
    codes: tuple[str, ...] = ()


class BlockRows(NamedTuple):
    """Rows over only the lines that ``filter`` selects; left out when there are none, unless they are ``always`` there."""

    filter: Filter
    rows: "tuple[RowSpec, ...]"
    always: bool = False


class FillRow(NamedTuple):
    """Where a panel is stretched to the height of its neighbour."""

    def __bool__(self) -> bool:
        return True


class EmptyRows(NamedTuple):
    """Rows of a form that nobody has filled in."""

    number: int


class RecordRows(NamedTuple):
    """The records of a list, or of some of it; over each group of ``groups`` a row with its words and sums.

    ``groups`` are columns of the list, outermost first, those of one row together; ``total`` is the label of a row with
    the sums of all, empty for none; ``level`` numbers the rows of the outermost group. Without ``groups`` a record is a row.
    Not ``each``: the rows of groups alone (明细: 否).
    """

    list: str
    groups: tuple[tuple[str, ...], ...] = ()
    total: str = ""
    level: int = 0
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    each: bool = True


RowSpec = RecordRows | FixedRow | GroupRows | BlockRows | FillRow | EmptyRows


def has_template(row: RowSpec) -> bool:
    if isinstance(row, FixedRow):
        return "{" in row.label or any("{" in words for _, words in row.also)
    inner = row.below if isinstance(row, GroupRows) else row.rows if isinstance(row, BlockRows) else ()
    return any(has_template(one) for one in inner)


class Panel(NamedTuple):
    """A table's columns and rows; two panels stand side by side (收入 | 支出), each under its ``title``.

    Neighbours of one ``above`` stand together under these words (支出 over 功能分类 and 支出用途).
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[RowSpec, ...]
    above: str = ""


class FormCell(NamedTuple):
    """A cell of a form: a text of its own, a value of the department, or a figure."""

    span: int = 1
    text: str = ""
    value: str = ""
    filter: Filter | None = None
    centred: bool = False


class FormRow(NamedTuple):
    """A row of a form; with ``each`` it is repeated for every item of that list of the department."""

    cells: tuple[FormCell, ...]
    each: str = ""


class Standing(NamedTuple):
    """How a table stands in the document, where it does not stand as the rest.

    ``caption`` is the pattern of its caption, ``headline`` the line above it (None: the document's), ``number`` its
    pattern of numbers (empty: the document's). A table ``below`` another is its 1-1; ``again`` begins at one.
    ``entry`` is what the contents call it (None: its title), nothing where it is not ``listed``.
    """

    caption: Text
    headline: tuple[Text, Text] | None = None
    number: str = ""
    below: bool = False
    again: bool = False
    entry: Text | None = None
    listed: bool = True


class TableSpec(NamedTuple):
    """One table. Exactly one of ``panels`` and ``form`` is filled.

    ``title`` is written here once: contents entry, caption and cross-reference read it. ``widths`` are
    a form's relative column widths, ``merged`` columns in which equal neighbours, or of words blank ones below, become one cell.
    ``filled_notes`` stand below it where it has amounts. ``zero`` overrides the profile's way to print nothing (True: 0.00). ``kind`` is which national form it is (表5), where
    that is said; ``aliases`` what else its words may be called in documents of others, by the word.
    """

    key: str
    title: Text
    landscape: bool
    headline: bool
    filter: Filter
    panels: tuple[Panel, ...] = ()
    form: tuple[FormRow, ...] = ()
    widths: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    zero: bool | None = None
    kind: str = ""
    aliases: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    format: NumberFormat | None = None
    filled_notes: tuple[str, ...] = ()
    standing: Standing = Standing(Text("{{ 表名 }}", Position("")))

    @property
    def caption(self) -> str:
        """The template of its caption, with its title in it."""
        return re.sub(r"\{\{ *表名 *\}\}", lambda _: self.title.value, self.standing.caption.value)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The columns proper of all its panels."""
        return tuple([leaf for panel in self.panels for leaf in leaves(panel.columns)])
