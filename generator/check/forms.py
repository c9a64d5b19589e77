"""The forms of a 部门预算 found in a Reading by the words a reader goes by, and their cells by row and column.

The national list of tables is 财预〔2016〕143号; places name them a little differently. What can't be bound
for certain is never guessed: ``Absent`` (no such table) or ``Unbound`` (it is there, and can't be read).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from generator.check.rules import PASS, Absent, Answer, Finding, Unbound
from generator.model.money import ZERO, Scale
from generator.model.reading import Reading, ReadTable
from generator.model.source import Position, in_document

_FORMS = {
    "表1": r"(?:部门)?收支(?:预算)?总?表|部门收支总体情况表",
    "表2": r"部门收入(?:预算)?总?表",
    "表3": r"部门支出(?:预算)?总?表",
    "表4": r"财政拨款收支(?:预算)?总?表",
    "表5": r"一般公共预算支出(?:预算)?表",
    "表6": r"一般公共预算基本支出(?:预算)?(?:情况)?表",
    "表7": r"支出经济分类汇总表",
    "表8": r"(?:一般公共预算)?“三公”经费(?:支出)?(?:预算)?表",
    "表9": r"政府性基金(?:预算)?支出(?:预算)?表",
    "表10": r"国有资本经营(?:预算)?支出(?:预算)?表",
    "表11": r"项目支出(?:预算)?(?:明细)?表",
    "表12": r"(?:本级)?部门（单位）整体绩效目标表",
    "表13": r"(?:部门预算)?项目(?:支出)?绩效目标表",
}
BY_FUNCTION = ("表3", "表5", "表9", "表10")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
_UNIT = re.compile(r"(?:单位[:：]|（)\s*(万元|元)")
_SCALES = {"万元": Scale.WAN, "元": Scale.YUAN}


def title_of(caption: str) -> str:
    """A caption without its year, its number and the width of its brackets."""
    plain = caption.translate(str.maketrans("()", "（）")).replace(" ", "")
    plain = re.sub(r"^(?:附?表[\d一二三四五六七八九十]+[.、．]?|[\d一二三四五六七八九十]+[.、．])", "", plain)
    return re.sub(r"^\d{4}年(?:度)?", "", plain)


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
        self.columns = tuple(
            column for column, path in enumerate(table.columns) if not side or (path and path[0] == side)
        )
        self._bound: dict[tuple[str, ...], int] = {}
        self._names: dict[int, str] = {}
        self._labelled: dict[tuple[str, ...], dict[str, list[int]]] = {}
        self._parts: dict[tuple[str, ...], list[int]] = {}
        self._amounts: dict[tuple[int, int], Decimal] = {}

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
        texts = [text for row in self.rows if (text := self.text(row, column))]
        return any("." in text for text in texts) and all(amount_in(text) is not None for text in texts)

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
        return [column for column in self.columns if _leads(self.table.columns[column], words)]

    def row(self, label: str, *words: str) -> int:
        """The one row called ``label`` (its ordinal not counted) in the column under ``words``, or anywhere."""
        found = self._labels(words).get(label, ())
        if len(found) != 1:
            raise Unbound(f"“{self.name}”{'没有' if not found else '有不止一个'}“{label}”这一行")
        return found[0]

    def _labels(self, words: tuple[str, ...]) -> dict[str, list[int]]:
        if words not in self._labelled:
            labels: dict[str, list[int]] = {}
            for row in self.rows:
                for place in (self.column(*words),) if words else self.columns:
                    rows = labels.setdefault(self.label(row, place), [])
                    if row not in rows[-1:]:
                        rows.append(row)
            self._labelled[words] = labels
        return self._labelled[words]

    def label(self, row: int, column: int) -> str:
        """A cell's words without the ordinal before them."""
        return _ORDINAL.sub("", self.text(row, column))

    def text(self, row: int, column: int) -> str:
        """A cell's words; none where the row has no such cell."""
        texts = self.table.rows[row]
        return texts[column].strip() if column < len(texts) else ""

    def amount(self, row: int, column: int) -> Decimal:
        """A cell's amount in the table's unit; blank is zero. Raises Unbound when it is no number."""
        known = self._amounts.get((row, column))
        if known is not None:
            return known
        if column >= len(self.table.rows[row]):
            raise Unbound(f"“{self.name}”第{row + 1}行的格数与表头不同")
        value = amount_in(self.table.rows[row][column])
        if value is None:
            raise Unbound(f"“{self.name}”{self.named(row)}的“{self.table.rows[row][column]}”不是数字")
        self._amounts[row, column] = value
        return value

    def total(self, rows: Iterable[int], column: int) -> Decimal:
        """The sum of a column over some rows."""
        return sum((self.amount(row, column) for row in rows), ZERO)

    def code(self, row: int, *words: str) -> str:
        """The code under ``words``: its parts (类, 款, 项) put together."""
        parts = self._parts.get(words)
        if parts is None:
            under = [column for column in self.columns if self.table.columns[column][:1] == words[:1]]
            parts = [column for column in under if self.table.columns[column][-1] in ("类", "款", "项", *words[-1:])]
            self._parts[words] = parts
        return "".join(text for column in parts if (text := self.text(row, column)).isdigit())

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
        path = self.table.columns[column][1 if self.side else 0 :]
        return "·".join(path) or f"第{column + 1}栏"

    def place(self, row: int, column: int) -> Position:
        """“表!行/栏” of the produced document."""
        return in_document(f"{self.name}!{self.named(row)}/{self.head(column)}")


class Forms:
    """The forms of a reading, looked for once each."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._tables: dict[str, list[ReadTable]] = {}
        for table in reading.tables:
            title = title_of(table.caption)
            for key, pattern in _FORMS.items():
                if re.fullmatch(pattern, title):
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


def equal(said: str, left: Decimal, right: Decimal, place: Position, remedy: str) -> Answer:
    """通过 when both are the same; else ``said`` with {a}, {b} and {d} filled in."""
    if left == right:
        return PASS
    message = said.format(a=shown(left), b=shown(right), d=shown(abs(left - right)))
    return Finding(message, remedy, place)


def shown(amount: Decimal) -> str:
    """An amount as messages print it."""
    return f"{amount:.2f}"


def total_row(form: Form) -> int:
    """The row called 合计."""
    return form.row("合计")


def function_rows(form: Form) -> tuple[int, ...]:
    """The rows of 功能科目 at 项 level (7 digits)."""
    return tuple(row for row in form.rows if len(form.code(row, "科目编码")) == 7)


def economic_rows(form: Form) -> Iterator[tuple[int, str, str]]:
    """The rows of economic codes with both codes: (row, 部门经济, 政府经济). Forms 表6 and 表7."""
    heads = list(dict.fromkeys(form.table.columns[column][0] for column in form.columns[:6]))
    ours = next((head for head in heads if head.startswith("部门预算")), "")
    theirs = next((head for head in heads if head.startswith("政府预算")), "")
    if not ours or not theirs:
        raise Unbound(f"“{form.name}”的经济分类栏读不出来")
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
