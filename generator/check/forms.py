"""The forms of a 部门预算 found in a Reading by the words a reader goes by, and their cells by row and column.

The national list of tables is 财预〔2016〕143号; places name them a little differently. What can't be bound
for certain is never guessed: ``Absent`` (no such table) or ``Unbound`` (it is there, and can't be read).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from generator.check.book_rules import Derived
from generator.check.rules import PASS, Absent, Answer, Finding, Unbound
from generator.model.money import ZERO, Scale
from generator.model.numerals import NUMERAL, ORDINAL
from generator.model.reading import Reading, ReadTable
from generator.model.source import Position, in_document

_FORMS = {
    "部门收支表": "表1", "收支表": "表1", "部门收入表": "表2", "部门支出表": "表3", "财政拨款收支表": "表4",
    "一般公共支出表": "表5", "一般公共基本支出表": "表6", "支出经济分类汇表": "表7",
    "“三公”经费表": "表8", "“三公”经费支出表": "表8", "一般公共“三公”经费表": "表8", "一般公共“三公”经费支出表": "表8",
    "政府性基金支出表": "表9", "国有资本经营支出表": "表10", "项目支出表": "表11",
    "部门（单位）整体绩效目标表": "表12", "本级部门（单位）整体绩效目标表": "表12",
    "项目绩效目标表": "表13", "项目支出绩效目标表": "表13", "部门项目绩效目标表": "表13", "部门项目支出绩效目标表": "表13",
}  # fmt: skip
"""Which form a title means, without the words that places put in or leave out."""
_FILLERS = ("预算", "总体情况", "情况", "明细", "总")
MEND = "请核对这一处的各个数；由程序生成的文档请重新生成，不要在Word里改数。"
BY_FUNCTION = ("表3", "表5", "表9", "表10")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNIT = re.compile(r"(?:单位[:：]|（)\s*(万元|元)")
_SCALES = {"万元": Scale.WAN, "元": Scale.YUAN}


@lru_cache(maxsize=256)
def title_of(caption: str) -> str:
    """A caption without its year, its number and the width of its brackets."""
    plain = together(caption.translate(str.maketrans("()", "（）")))
    plain = re.sub(rf"^(?:附?表[\d{NUMERAL}]+[.、．]?|[\d{NUMERAL}]+[.、．])", "", plain)
    return re.sub(r"^(?:\d{4}年(?:度)?)+", "", plain)


def together(text: str) -> str:
    """The text without blanks: how wide a label, a heading or a name is set is none of its words."""
    return "".join(text.split())


def _essence(title: str) -> str:
    for word in _FILLERS:
        title = title.replace(word, "")
    return title


@lru_cache(maxsize=8192)
def amount_in(text: str) -> Decimal | None:
    """A cell's amount: blank is zero; None when the text is no number."""
    plain = text.strip()
    if not plain:
        return ZERO
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


class Form:
    """One table, or one side of a two-sided one (``side`` is the word over it), by words instead of places."""

    def __init__(self, table: ReadTable, side: str = "") -> None:
        self.table, self.side = table, side
        self.name = title_of(table.caption)
        self.paths = tuple(tuple(map(together, path)) for path in table.columns)
        self.columns = tuple(column for column, path in enumerate(self.paths) if not side or path[:1] == (side,))
        self._bound: dict[tuple[str, ...], int] = {}
        self._names: dict[int, str] = {}
        self._labelled: dict[tuple[str, ...], dict[str, tuple[int, ...]]] = {}
        self._codes: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._texts: dict[int, tuple[str, ...]] = {}
        self._values: dict[int, tuple[Decimal | None, ...]] = {}

    @property
    def rows(self) -> range:
        """The numbers of its body rows."""
        return range(len(self.table.rows))

    @cached_property
    def scale(self) -> Scale:
        """The unit its headline or its header names."""
        words = " ".join([self.table.headline, *(word for path in self.table.columns for word in path)])
        found = _UNIT.search(words) or next(
            (hit for row in self.table.rows for text in row if (hit := _UNIT.search(text))), None
        )
        if found is None:
            raise Unbound(f"“{self.name}”没有写金额单位")
        return _SCALES[found[1]]

    @cached_property
    def amount_columns(self) -> tuple[int, ...]:
        """The columns that hold amounts and nothing else; columns of indicators may hold numbers too."""
        return tuple(column for column in self.columns if self._holds_amounts(column))

    def _holds_amounts(self, column: int) -> bool:
        texts = set(self.texts(column)) - {""}
        return any("." in text for text in texts) and all(map(_NUMBER.fullmatch, texts))

    def has(self, *words: str) -> bool:
        """Whether exactly one column is under these words."""
        return len(self._under(words)) == 1

    def column(self, *words: str) -> int:
        """The one column whose header path holds ``words`` in order and ends in the last. Raises Unbound."""
        if words not in self._bound:
            found = self._under(words)
            if len(found) != 1:
                state = "没有" if not found else "有不止一个"
                raise Unbound(f"“{self.name}”{state}“{'·'.join(words)}”这一栏")
            self._bound[words] = found[0]
        return self._bound[words]

    def _under(self, words: Sequence[str]) -> list[int]:
        return [column for column in self.columns if _leads(self.paths[column], words)]

    def row(self, label: str, *words: str) -> int:
        """The one row called ``label`` (its ordinal not counted) in the column under ``words``, or anywhere."""
        found = self._labels(words).get(label, ())
        if len(found) != 1:
            raise Unbound(f"“{self.name}”{'没有' if not found else '有不止一个'}“{label}”这一行")
        return found[0]

    def _labels(self, words: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
        if words not in self._labelled:
            labels: dict[str, dict[int, None]] = {}
            for place in (self.column(*words),) if words else self.columns:
                for row, text in enumerate(self.texts(place)):
                    if text:
                        labels.setdefault(ORDINAL.sub("", together(text)), {})[row] = None
            self._labelled[words] = {label: tuple(rows) for label, rows in labels.items()}
        return self._labelled[words]

    def label(self, row: int, column: int) -> str:
        """A cell's words without the ordinal before them."""
        return ORDINAL.sub("", together(self.text(row, column)))

    def text(self, row: int, column: int) -> str:
        """A cell's words; none where the row has no such cell."""
        known = self._texts.get(column)
        return (self.texts(column) if known is None else known)[row]

    def texts(self, column: int) -> tuple[str, ...]:
        """The words of a column, row by row."""
        if column not in self._texts:
            self._texts[column] = tuple([row[column].strip() if column < len(row) else "" for row in self.table.rows])
        return self._texts[column]

    def amount(self, row: int, column: int) -> Decimal:
        """A cell's amount in the table's unit; blank is zero. Raises Unbound when it is no number."""
        known = self._values.get(column)
        value = (self._amounts(column) if known is None else known)[row]
        if value is not None:
            return value
        if column >= len(self.table.rows[row]):
            raise Unbound(f"“{self.name}”第{row + 1}行的格数与表头不同")
        raise Unbound(f"“{self.name}”{self.named(row)}的“{self.table.rows[row][column]}”不是数字")

    def _amounts(self, column: int) -> tuple[Decimal | None, ...]:
        self._values[column] = tuple(amount_in(row[column]) if column < len(row) else None for row in self.table.rows)
        return self._values[column]

    def agrees(self, row: int, column: int, other: Decimal, said: str, place: Position | None = None) -> Answer:
        """通过 when the cell shows ``other``; else ``said`` with {row}, {column}, {a} here and {b} there filled in."""
        here = self.amount(row, column)
        if here == other:
            return PASS
        words = said.replace("{row}", self.named(row)).replace("{column}", self.head(column))
        return equal(f"“{self.name}”{words}", here, other, place or self.place(row, column))

    def total(self, rows: Iterable[int], column: int) -> Decimal:
        """The sum of a column over some rows."""
        return sum((self.amount(row, column) for row in rows), ZERO)

    def code(self, row: int, *words: str) -> str:
        """The code under ``words``: its parts (类, 款, 项) put together."""
        if words not in self._codes:
            under = [column for column in self.columns if self.paths[column][:1] == words[:1]]
            parts = [column for column in under if self.paths[column][-1] in ("类", "款", "项", *words[-1:])]
            self._codes[words] = tuple(
                "".join(filter(str.isdigit, texts)) for texts in zip(*map(self.texts, parts), strict=True)
            ) or ("",) * len(self.table.rows)
        return self._codes[words][row]

    def named(self, row: int) -> str:
        """How a message names a row: the words before its first amount."""
        if row not in self._names:
            self._names[row] = self._name(row)
        return self._names[row]

    def _name(self, row: int) -> str:
        words = [self.text(row, column) for column in self.columns]
        name = ""
        for word in filter(None, words[: _first_amount(words)]):
            name += word if not name or (word.isdigit() and name[-1:].isdigit()) else f" {word}"
        return name or f"第{row + 1}行"

    def head(self, column: int) -> str:
        """How a message names a column."""
        path = self.paths[column] if column < len(self.paths) else ()
        return "·".join(path[1 if self.side else 0 :]) or f"第{column + 1}栏"

    def place(self, row: int, column: int) -> Position:
        """“表!行/栏” of the produced document."""
        return in_document(f"{self.name}!{self.named(row)}/{self.head(column)}")


class Forms:
    """The forms of a reading, looked for once each; ``derived`` where the document is our own."""

    def __init__(self, reading: Reading, derived: Derived | None = None) -> None:
        self.reading, self.derived = reading, derived
        self._tables: dict[str, list[ReadTable]] = {}
        for table in reading.tables:
            key = _FORMS.get(_essence(title_of(table.caption)))
            if key:
                self._tables.setdefault(key, []).append(table)
        self._forms: dict[tuple[str, str], Form] = {}
        self._plain: dict[int, Form] = {}

    def form(self, key: str, side: str = "") -> Form:
        """The form (表1 … 表13). Raises Absent when it is not there, Unbound when it is there twice."""
        tables = self._tables.get(key, ())
        if not tables:
            raise Absent(f"本文档没有{key_name(key)}")
        if len(tables) > 1:
            raise Unbound(f"“{title_of(tables[0].caption)}”出现{len(tables)}次")
        if (key, side) not in self._forms:
            form = Form(tables[0], side)
            if not form.columns or (key != "表12" and not any(tables[0].columns)):
                raise Unbound(f"“{form.name}”的表头读不出来")
            if not form.rows and key != "表13":  # who has no projects has no rows of goals
                raise Unbound(f"“{form.name}”没有一行内容")
            self._forms[key, side] = form
        return self._forms[key, side]

    def plain(self, table: ReadTable) -> Form:
        """Any table as a form, whichever it is."""
        if id(table) not in self._plain:
            self._plain[id(table)] = Form(table)
        return self._plain[id(table)]

    def key_of(self, table: ReadTable) -> str:
        """Which form a table is; empty when none."""
        return next((key for key, tables in self._tables.items() if any(table is one for one in tables)), "")

    def there(self, *keys: str) -> tuple[str, ...]:
        """Those of the forms that are in the document. Raises Absent when none is."""
        found = tuple(key for key in keys if key in self._tables)
        if not found:
            raise Absent(f"本文档没有{'、'.join(key_name(key) for key in keys)}")
        return found


def key_name(key: str) -> str:
    """A form's usual name."""
    return _NAMES[key]


_NAMES = {
    "表1": "部门收支总表", "表2": "部门收入总表", "表3": "部门支出总表", "表4": "财政拨款收支总表", "表5": "一般公共预算支出表",
    "表6": "一般公共预算基本支出表", "表7": "支出经济分类汇总表", "表8": "“三公”经费表", "表9": "政府性基金支出表",
    "表10": "国有资本经营预算支出表", "表11": "项目支出表", "表12": "整体绩效目标表", "表13": "项目绩效目标表",
}  # fmt: skip


def equal(said: str, left: Decimal, right: Decimal, place: Position) -> Answer:
    """通过 when both are the same; else ``said`` with {a}, {b} filled in, and by how much the first is more or less."""
    if left == right:
        return PASS
    words = said.replace("{a}", two_decimals(left)).replace("{b}", two_decimals(right))
    return Finding(f"{words}，{which_is_more(left, right)}", MEND, place)


def which_is_more(left: Decimal, right: Decimal) -> str:
    """By how much the first of two amounts a message names is more or less than the other: “前者多1.00”."""
    return f"前者{more_or_less(left - right)}{two_decimals(abs(left - right))}"


def more_or_less(gap: Decimal) -> str:
    """多 or 少, for messages that say which side is larger."""
    return "多" if gap > 0 else "少"


def two_decimals(amount: Decimal) -> str:
    """An amount as messages print it."""
    return f"{amount:.2f}"


def total_row(form: Form) -> int:
    """The row called 合计."""
    return form.row("合计")


def function_rows(form: Form) -> tuple[int, ...]:
    """The rows of 功能科目 at 项 level (7 digits)."""
    return tuple(row for row in form.rows if len(form.code(row, "科目编码")) == 7)


def economic_heads(form: Form) -> tuple[str, str]:
    """The words over the columns of 部门经济 and of 政府经济. Raises Unbound."""
    heads = list(dict.fromkeys(word for column in form.columns[:6] for word in form.paths[column][:1]))
    ours = next((head for head in heads if head.startswith("部门预算")), "")
    theirs = next((head for head in heads if head.startswith("政府预算")), "")
    if not ours or not theirs:
        raise Unbound(f"“{form.name}”的经济分类栏读不出来")
    return ours, theirs


def economic_rows(form: Form) -> Iterator[tuple[int, str, str]]:
    """The rows of economic codes with both codes: (row, 部门经济, 政府经济). Forms 表6 and 表7."""
    ours, theirs = economic_heads(form)
    for row in form.rows:
        code = form.code(row, ours, "科目编码")
        if len(code) == 5:
            yield row, code, form.code(row, theirs, "科目编码")


def _leads(path: Sequence[str], words: Sequence[str]) -> bool:
    if not path or path[-1] != words[-1]:
        return False
    rest = iter(path)
    return all(any(word == step for step in rest) for word in words)


def _first_amount(words: Sequence[str]) -> int:
    for place, word in enumerate(words):
        if "." in word and _NUMBER.fullmatch(word):
            return place
    return len(words)
