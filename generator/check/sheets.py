"""Bound tables panel by panel: how messages name a row, a column and a table, and what each amount is and means."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import zip_longest

from generator.check.covers import covers
from generator.check.shapes import Shape, Values, shapes_of
from generator.model.bound import BoundTable
from generator.model.extent import NOTHING, Extent, around, extent_of, meet, union
from generator.model.ledger import CODED, Filter
from generator.model.money import ZERO, Scale
from generator.model.number_format import NumberFormat
from generator.model.numerals import A_NUMERAL, NUMERAL, ORDINAL
from generator.model.patterns import any_of
from generator.model.reading import ReadTable
from generator.model.source import Position, in_document
from generator.model.table_spec import NUMBERS, AmountColumn, Leaf, TableSpec

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_TABLE = rf"(?:\d+(?:-\d+)?|{A_NUMERAL}(?!般))"
"""A table's number: of 表05一般公共预算支出表 05, of 表五一般公共预算支出表 五."""
_FORM = r"(?:公开|预算|财决)?\d+(?:-\d+)?表"
"""How forms are numbered that a ministry numbers: 公开01表."""
_UNIT = re.compile(r"(?:单位[:：]|（)\s*(万元|元)")
_NIL = ("", "-", "—", "——", "－", "--")
"""What stands for no amount at all."""
_TOTALS = ("", "合计", "小计", "总计")
_SCALES = {"万元": Scale.WAN, "元": Scale.YUAN}


@lru_cache(maxsize=256)
def title_of(caption: str) -> str:
    """A caption without its year, its number and the width of its brackets."""
    plain = together(caption.translate(str.maketrans("()", "（）")))
    plain = re.sub(rf"^(?:{_FORM}|附?表{_TABLE}[.、．]?|[\d{NUMERAL}]+(?:-\d+)?[.、．])", "", plain)
    return re.sub(r"^(?:\d{4}年(?:度)?)+", "", plain)


def together(text: str) -> str:
    """The text without blanks: how wide a label, a heading or a name is set is none of its words."""
    return "".join(text.split())


_COUNT, _STOP = rf"(?:{any_of(*NUMERAL)}|\d)+", rf"(?:{any_of(*'、．')}|\.)"


def bare_title(text: str) -> str:
    """A heading, a caption or a line of the contents without its number and its year."""
    plain = re.sub(
        rf"^(?:第{_COUNT}(?:部分|章|节)|{A_NUMERAL}{_STOP}|（{_COUNT}）|附件(?:{_COUNT})?：?|{_FORM}|附?表{_TABLE}(?:{_STOP}|：)?|\d+(?:-\d+)?{_STOP})",
        "",
        together(text),
    )
    return re.sub(r"^(?:\d{4}年(?:度)?)+", "", plain)


@lru_cache(maxsize=8192)
def amount_in(text: str) -> Decimal | None:
    """A cell's amount: blank is zero; None when the text is no number."""
    plain = text.strip()
    if plain in _NIL:
        return ZERO
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


class Sheet:
    """One panel of a table (收入 | 支出), or a form: its cells of amounts by row and grid column.

    ``shapes`` are those of its rows, where its definition is at hand; ``usual`` is how the definition writes amounts.
    """

    def __init__(
        self, bound: BoundTable, panel: int = 0, shapes: tuple[Shape, ...] = (), usual: NumberFormat | None = None
    ) -> None:
        self.shapes, self.usual = shapes, usual
        self.bound, self.table, self.panel = bound, bound.table, panel
        self.key, self.form, self.name = bound.key, bound.form, title_of(bound.table.caption)
        self.is_form = bool(bound.cells)
        self.sides = len({*bound.panels}) > 1
        count = len(self.table.columns) or max(map(len, self.table.rows), default=0)
        self.columns = tuple(
            column for column in range(count) if self.is_form or (bound.panels[column : column + 1] or (0,))[0] == panel
        )
        self._names: dict[int, str] = {}
        self._wholes: dict[int, dict[int, list[tuple[int, ...]]]] = {}

    @cached_property
    def scale(self) -> Scale | None:
        """The unit its headline or its header names; None where it names none."""
        words = " ".join([self.table.headline, *(word for path in self.table.columns for word in path)])
        found = _UNIT.search(words) or next(
            (hit for row in self.table.rows for text in row if (hit := _UNIT.search(text))), None
        )
        return _SCALES[found[1]] if found else None

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """The columns of amounts; without a definition, those that hold amounts and nothing else."""
        leaves = self.bound.columns
        if not self.key:
            return tuple(filter(self._holds_amounts, self.columns))
        return tuple(place for place in self.columns if place < len(leaves) and isinstance(leaves[place], AmountColumn))

    def _holds_amounts(self, column: int) -> bool:
        texts = set(self.texts(column)).difference(_NIL)
        return "." in "".join(texts) and None not in map(amount_in, texts)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that have amounts."""
        if self.is_form:
            return tuple(dict.fromkeys(row for row, _ in self.cells))
        return tuple(row for row, scopes in enumerate(self.bound.scopes) if scopes[self.panel] is not None)

    @cached_property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """A form's cells of amounts."""
        return tuple(
            (row, column)
            for row, cells in enumerate(self.bound.cells)
            for column, cell in enumerate(cells)
            if cell is not None and cell.filter is not None
        )

    @cached_property
    def whole(self) -> Extent:
        """What all of the table is about."""
        return extent_of(self.bound.scope)

    @cached_property
    def row_extents(self) -> dict[int, Extent]:
        """What each row selects."""
        return {row: meet(self.whole, extent_of(self.selects(row), around(self.whole))) for row in self.rows}

    @cached_property
    def column_extents(self) -> dict[int, Extent]:
        """What each column of amounts selects in a row of everything."""
        leaves = self.bound.columns
        return {
            column: meet(self.whole, extent_of(leaf.filter, around(self.whole)))
            for column in self.amounts
            if isinstance(leaf := leaves[column], AmountColumn)
        }

    @cached_property
    def shape_of(self) -> dict[int, tuple[Shape, Values]]:
        """The shape of each row with amounts and its listed values; rows that the definition has not are left out."""
        found = {}
        for row in () if self.is_form else self.rows:
            terms = self.selects(row).terms
            fitting = ((shape, shape.values(terms)) for shape in self.shapes)
            known = next(((shape, values) for shape, values in fitting if values is not None), None)
            if known is not None:
                found[row] = known
        return found

    @cached_property
    def listed(self) -> dict[Shape, dict[int, Values]]:
        """The rows of each list with their values, also of a list that has none; those that sum up others of them are not."""
        found: dict[Shape, dict[int, Values]] = {shape: {} for shape in self.shapes if shape.own}
        for row, (shape, values) in self.shape_of.items():
            if shape.own:
                found[shape][row] = values
        return {shape: _without(rows, coarse(rows)) for shape, rows in found.items()}

    @cached_property
    def coarser(self) -> dict[int, list[int]]:
        """Rows that sum up others of their own list, which the definition has not: a 类 above its 款. Each with those."""
        rows: dict[Shape, dict[int, Values]] = {}
        for row, (shape, values) in self.shape_of.items():
            if shape.own:
                rows.setdefault(shape, {})[row] = values
        return {row: parts for of_shape in rows.values() for row, parts in coarse(of_shape).items()}

    @cached_property
    def left_out(self) -> int:
        """The kinds of entry of totals that the definition writes and the table has not: of blocks in which there is nothing."""
        there = {shape for shape, _ in self.shape_of.values()}
        gone = (shape for shape in self.shapes if not shape.lengths and shape not in there)
        return union(meet(self.whole, shape.extent).kinds for shape in gone)

    @cached_property
    def fixed(self) -> tuple[int, ...]:
        """The rows that are no list's."""
        return tuple(row for row in self.rows if row not in self.shape_of or not self.shape_of[row][0].own)

    def is_total(self, row: int) -> bool:
        """Whether a row is no list's, as none of a form is."""
        return self.is_form or row in self._fixed

    @cached_property
    def _fixed(self) -> frozenset[int]:
        return frozenset(self.fixed)

    @cached_property
    def repeats(self) -> dict[int, int]:
        """Fixed rows of the meaning of one above, as the row of the only department, each with that; the one above counts."""
        last: dict[Extent, int] = {}
        found = {}
        for row in self.fixed:
            above = last.setdefault(self.row_extents[row], row)
            if above != row and not self.between(above, row):
                found[row] = above
            last[self.row_extents[row]] = row
        return found

    def between(self, above: int, below: int) -> list[int]:
        """Rows with words but no meaning: 年终结转结余."""
        return [
            row
            for row in range(above + 1, below)
            if row not in self.row_extents and any(self.text(row, column) for column in self.columns)
        ]

    @cached_property
    def is_read(self) -> bool:
        """Whether all rows with amounts are known, so that what is listed is all there is."""
        if not self.bound.unbound or self.is_form:
            return True
        unknown = [row for row, scopes in enumerate(self.bound.scopes) if scopes[self.panel] is None]
        places = [place for place in self.columns if place in self.amounts or self.leaf(place) is None]
        return bool(self.amounts) and not any(self.amount(row, at) for row in unknown for at in places)

    def leaf(self, column: int) -> Leaf | None:
        """What stands in a column; None where the definition does not say."""
        return self.bound.columns[column] if column < len(self.bound.columns) else None

    def wholes(self, zero: int) -> dict[int, list[tuple[int, ...]]]:
        """The columns that others make up, each with those."""
        if zero not in self._wholes:
            self._wholes[zero] = self._made_up(zero)
        return self._wholes[zero]

    def _made_up(self, zero: int) -> dict[int, list[tuple[int, ...]]]:
        extents = [self.column_extents[column] for column in self.amounts]
        found = {column: covers(extent, extents, zero) for column, extent in self.column_extents.items()}
        return {
            column: [tuple(self.amounts[part] for part in cover) for cover in one]
            for column, one in found.items()
            if one
        }

    def selects(self, row: int) -> Filter:
        """A row's own scope, as its definition says it."""
        scopes = self.bound.scopes[row]
        return (scopes[self.panel] if self.panel < len(scopes) else None) or Filter()

    def extent(self, row: int, column: int) -> Extent:
        """What an amount adds up."""
        if self.is_form:
            scope = self.bound.scope_of(row, column)
            return extent_of(scope) if scope is not None else NOTHING
        return meet(self.row_extents[row], self.column_extents[column])

    def text(self, row: int, column: int) -> str:
        """A cell's words; none where the row has no such cell."""
        texts = self.table.rows[row]
        return texts[column].strip() if column < len(texts) else ""

    def texts(self, column: int) -> tuple[str, ...]:
        """The words of a column, row by row."""
        return self._texts[column] if column < len(self._texts) else ("",) * len(self.table.rows)

    @cached_property
    def _texts(self) -> list[tuple[str, ...]]:
        return [tuple(map(str.strip, texts)) for texts in zip_longest(*self.table.rows, fillvalue="")]

    def amount(self, row: int, column: int) -> Decimal | None:
        """A cell's amount in the table's unit; None where it is no number, and where the row has no such cell."""
        texts = self.table.rows[row]
        amount = amount_in(texts[column]) if column < len(texts) else None
        return amount * self._times[column] if amount and column in self._times else amount

    def way(self, column: int) -> NumberFormat | None:
        """How a column's numbers are written; None: as usual."""
        leaf = self.leaf(column)
        return self.usual if self.is_form else leaf.format if isinstance(leaf, NUMBERS) else None

    @cached_property
    def _times(self) -> dict[int, Decimal]:
        """The columns in a unit that is not the table's, each with how many of those one of its own is."""
        ways = ((place, leaf.format) for place, leaf in enumerate(self.bound.columns) if isinstance(leaf, NUMBERS))
        return {place: way.times for place, way in ways if way is not None and way.times != 1}

    def unreadable(self, row: int, column: int) -> str:
        """Why a cell has no amount."""
        if column >= len(self.table.rows[row]):
            return f"“{self.name}”第{row + 1}行的格数与表头不同"
        return f"“{self.name}”{self.named(row)}的“{self.text(row, column)}”不是数字"

    def named(self, row: int) -> str:
        """How a message names a row: the words before its first amount; of a form, those beside it."""
        if row not in self._names:
            self._names[row] = self._name(row)
        return self._names[row]

    def _name(self, row: int) -> str:
        words = [self.text(row, column) for column in self.columns]
        if self.is_form:
            first = next((column for where, column in self.cells if where == row), len(words))
            return next((word for word in reversed(words[:first]) if word), f"第{row + 1}行")
        whole = {place for place, column in enumerate(self.columns) if self.key and column in self.amounts}
        name = ""
        for word in filter(None, words[: _first_amount(words, whole)]):
            name += word if not name or (word.isdigit() and name[-1:].isdigit()) else f" {word}"
        return name or f"第{row + 1}行"

    def label(self, row: int) -> str:
        """A row's name without its ordinal, as a sum names its parts."""
        return ORDINAL.sub("", self.named(row))

    def head(self, column: int) -> str:
        """How a message names a column; a form has none."""
        if self.is_form:
            return ""
        path = self.table.columns[column] if column < len(self.table.columns) else ()
        return "·".join(map(together, path[1 if self.sides else 0 :])) or f"第{column + 1}栏"

    def short_head(self, column: int) -> str:
        """How a sum names one of its columns: by the last word of its header, where that is enough."""
        last = [path[-1] if path else "" for path in self.table.columns]
        word = last[column] if column < len(last) else ""
        return together(word) if word not in _TOTALS and last.count(word) == 1 else self.head(column)

    def place(self, row: int, column: int) -> Position:
        """“表!行/栏” of the produced document."""
        head = self.head(column)
        return in_document(f"{self.name}!{self.named(row)}{'/' if head else ''}{head}")


def coarse(rows: dict[int, Values]) -> dict[int, list[int]]:
    """The rows of a list whose codes begin others' codes, each with the rows of those."""
    lengths = {tuple(map(len, values.values())) for values in rows.values()}
    if len(lengths) < 2:
        return {}
    return {
        row: parts
        for row, values in rows.items()
        if (parts := [other for other, deeper in rows.items() if other != row and _begins(values, deeper)])
    }


def _begins(values: Values, deeper: Values) -> bool:
    nested = all(deeper[name].startswith(one) if name in CODED else deeper[name] == one for name, one in values.items())
    return nested and values != deeper


def _without(rows: dict[int, Values], others: dict[int, list[int]]) -> dict[int, Values]:
    return {row: values for row, values in rows.items() if row not in others}


def plain(table: ReadTable) -> Sheet:
    """Any table as one sheet, whatever it means."""
    return Sheet(BoundTable(table, "", "", Filter(), (), (), ()))


def sheets_of(bound: BoundTable, spec: TableSpec | None = None) -> tuple[Sheet, ...]:
    """The table's panels, left to right."""
    panels, way = (spec.panels, spec.format) if spec is not None else ((), None)
    shapes = tuple(shapes_of(panel.rows) for panel in panels)
    return tuple(
        Sheet(bound, panel, shapes[panel] if panel < len(shapes) else (), way)
        for panel in sorted({*bound.panels} or {0})
    )


def _first_amount(words: list[str], whole: set[int]) -> int:
    """The place of the first amount; it has decimals, but in ``whole`` places, where nothing else can stand."""
    for place, word in enumerate(words):
        if ("." in word or place in whole) and _NUMBER.fullmatch(word):
            return place
    return len(words)
