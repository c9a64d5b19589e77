"""A list of codes as finance offices hand it out, a spreadsheet or CSV, into codes and names; every bad row is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.load.fields import brief
from generator.load.yaml_text import Reader
from generator.model.classification import ITEMS, LISTS, SEVERAL, SOCIAL_INSURANCE
from generator.model.ledger import GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL
from generator.model.problem import Note, Problems
from generator.model.source import Position, Source
from generator.sheets.text import decoded, rows_of

if TYPE_CHECKING:
    from generator.sheets.sheet import Sheet

Row = tuple[int, list[str]]
"""A row's number as a person counts it, and its cells."""
_FUNDS = {"政府性基金": GOVERNMENT_FUNDS, "国有资本": STATE_CAPITAL, "社会保险": SOCIAL_INSURANCE, "一般公共": GENERAL}
_CODE_HEAD, _TOGETHER = re.compile(r"(?!上级|父).*(?:编码|代码|编号)"), re.compile(r".*科目|.*编码.*名称")
_NAME_HEADS = (re.compile(r"(?!上级|父).*名称"), re.compile(r".*科目"))
_FUND_HEAD = re.compile(r"资金(?:性质|来源)?|(?:所属)?预算(?:类型|类别)?")
_LEVELS = ("类", "款", "项")
_WIDTHS = (3, 2, 2)
_REMARK = re.compile(r"(?:备?注|说明)[:：]")
_LIST_OF = dict(zip("235", LISTS, strict=True))
_INCOME = "1"
_BOTH = re.compile(r"([0-9]{3,7})[\s_-]+(\D.*)")
_DATA = re.compile("[1235][0-9]{2}(?:[0-9]{2}){0,3}")
_HEAD_ROWS = 20
_LONGEST = 80


class CodeEntry(NamedTuple):
    """A code with its name, its fund if the file has a column of them, and where it stands."""

    name: str
    fund: str
    position: Position


class CodeTable(NamedTuple):
    """What a file says: codes by list, how many codes of income were passed over, and what is wrong with it."""

    codes: dict[str, dict[str, CodeEntry]]
    income: int
    problems: Problems


class _Columns(NamedTuple):
    """Where a row has its code (one column, or 类, 款, 项), its name, and its fund (-1: nowhere)."""

    code: tuple[int, ...]
    name: int
    fund: int


def read_sheets(name: str, data: bytes) -> list[tuple[Source, list[Row]]]:
    """The rows of a file: of a workbook those of each visible sheet. Raises UsageError for what is neither that nor text."""
    from generator.sheets.read import is_workbook, read_workbook

    if not is_workbook(data):
        text = decoded(data)
        return [(Source(name, text), rows_of(text))]
    return [(Source(f"{name}（{sheet.name}）", ""), list(_rows(sheet))) for sheet in read_workbook(name, data).visible]


def _rows(sheet: Sheet) -> Iterator[Row]:
    for number, cells in sheet.rows():
        texts = [""] * cells[-1].column
        for cell in cells:
            texts[cell.column - 1] = cell.code
        yield number, texts


def read_table(source: Source, rows: Sequence[Row]) -> CodeTable | None:
    """The codes of one sheet; None when it has no heads such as 科目编码 and 科目名称."""
    start, columns = _heads(rows)
    if columns is None:
        return None
    taking = _Taking(Reader(source), columns)
    for number, cells in rows[start:]:
        taking.take(Position(source.name, number, 1), cells)
    return CodeTable(taking.codes, taking.income, tuple(taking.reader.problems))


class _Taking:
    """Rows being taken in; 类 and 款 stand over the rows below them where these leave them blank."""

    def __init__(self, reader: Reader, columns: _Columns) -> None:
        self.reader, self.columns, self.income = reader, columns, 0
        self.codes: dict[str, dict[str, CodeEntry]] = {}
        self._above: list[str] = []

    def take(self, place: Position, cells: Sequence[str]) -> None:
        """One row below the heads."""
        first = next((_flat(cell) for cell in cells if _flat(cell)), "")
        if not first or _REMARK.match(first):
            return
        code, name = self._code_and_name(cells)
        if _CODE_HEAD.fullmatch(code) or code in _LEVELS:
            return  # the heads again, on top of another page
        wrong = _wrong(code, name)
        if wrong:
            self.reader.report("D032", place, *wrong)
        elif code[0] == _INCOME:
            self.income += 1
        else:
            self._keep(code, name, _flat(_cell(cells, self.columns.fund)), place)

    def _code_and_name(self, cells: Sequence[str]) -> tuple[str, str]:
        name = _name(_cell(cells, self.columns.name)) if self.columns.name not in self.columns.code else ""
        if len(self.columns.code) > 1:
            return self._code(cells), name
        text = _cell(cells, self.columns.code[0])
        both = _BOTH.fullmatch(text.strip())
        return (both[1], name or _name(both[2])) if both else (_digits(text), name)

    def _code(self, cells: Sequence[str]) -> str:
        parts = [_digits(_cell(cells, column)) for column in self.columns.code]
        last = max((level for level, part in enumerate(parts) if part), default=-1)
        if last < 0:
            return ""
        first = next(level for level, part in enumerate(parts) if part)
        above = [*self._above[:first], *(part for part in parts[first : last + 1])]
        code = ""
        for part, width in zip(above, _WIDTHS, strict=False):
            code = part if len(part) > width and part.startswith(code) else code + part.zfill(width)
        self._above = [code[:3], code[3:5], code[5:7]][: last + 1]
        return code if len(above) == last + 1 and all(above) else ""

    def _keep(self, code: str, name: str, fund: str, place: Position) -> None:
        known = next((own for words, own in _FUNDS.items() if words in fund), SEVERAL if fund == SEVERAL else "")
        if fund and not known:
            choices = "、".join(_FUNDS.values())
            self.reader.report("D032", place, f"“{code} {name}”的资金“{brief(fund)}”不认识", f"只能是：{choices}。")
        _add(self.reader, self.codes.setdefault(_LIST_OF[code[0]], {}), code, CodeEntry(name, known, place))


def _wrong(code: str, name: str) -> tuple[str, str] | None:
    """What is wrong with a row, and how to mend it."""
    if not code:
        return f"“{brief(name)}”没有编码", "请补上编码；不是科目的，请删去这一行。"
    if not re.fullmatch("[0-9]+", code):
        return f"“{brief(code)}”不是编码", "编码只有数字；不是科目的，请删去这一行。"
    if code[0] == _INCOME:
        return None
    if code[0] not in _LIST_OF or len(code) not in range(3, ITEMS[_LIST_OF[code[0]]] + 1, 2):
        what = f"编码“{brief(code)}”的位数不对，或开头的数字不对"
        return what, "功能科目以2开头，3、5、7位；部门经济以3开头、政府经济以5开头，3、5位。"
    return _wrong_name(code, name)


def _wrong_name(code: str, name: str) -> tuple[str, str] | None:
    if not name:
        return f"“{code}”没有名称", "请补上名称。"
    if not re.search("[\u4e00-\u9fff]", name) or not name.isprintable() or len(name) > _LONGEST:
        return f"“{code}”的名称“{brief(name)}”不像科目名称", "请核对名称这一列。"
    return None


def _heads(rows: Sequence[Row]) -> tuple[int, _Columns | None]:
    """Where the rows below the heads begin, and which column is which; heads may take several rows."""
    heads: dict[int, list[str]] = {}
    for index, (_, cells) in enumerate(rows[:_HEAD_ROWS]):
        if heads and any(_DATA.fullmatch(_digits(cell)) or _BOTH.fullmatch(cell.strip()) for cell in cells):
            return index, _columns(heads)
        for column, cell in enumerate(cells):
            if _flat(cell):
                heads.setdefault(column, []).append(_flat(cell))
    return len(rows), _columns(heads)


def _columns(heads: dict[int, list[str]]) -> _Columns | None:
    levels = tuple(column for level in _LEVELS if (column := _found(heads, re.compile(level))) >= 0)
    code = levels if len(levels) > 1 else (_found(heads, _CODE_HEAD),)
    others = {column: texts for column, texts in heads.items() if column not in code}
    together = _found(others, _TOGETHER)
    if code[0] < 0 and together >= 0:
        code = (together,)
    name = next((column for head in _NAME_HEADS if (column := _found(others, head)) >= 0), -1)
    return _Columns(code, name, _found(others, _FUND_HEAD)) if code[0] >= 0 and name >= 0 else None


def _found(heads: dict[int, list[str]], pattern: re.Pattern[str]) -> int:
    return next((column for column, texts in sorted(heads.items()) if any(map(pattern.fullmatch, texts))), -1)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if 0 <= column < len(cells) else ""


def _flat(text: str) -> str:
    """Without blanks, wide letters made narrow."""
    return re.sub(r"[\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", text))


def _digits(text: str) -> str:
    """A code as typed: without blanks, an apostrophe before it, dots or dashes in it, or decimals of a number."""
    flat = _flat(text).lstrip("'‘’`")
    flat = re.sub(r"\.0+$", "", flat) if re.fullmatch(r"[0-9]+\.0+", flat) else flat
    return re.sub(r"[-.·]", "", flat) if re.fullmatch(r"[0-9]+(?:[-.·][0-9]+)+", flat) else flat


def _name(text: str) -> str:
    """A name as it is printed: without blanks, brackets and commas as the catalogue has them."""
    return re.sub(r"[\s\u200b\ufeff]", "", text).translate(str.maketrans("(),", "（），"))


def _add(reader: Reader, codes: dict[str, CodeEntry], code: str, entry: CodeEntry) -> None:
    """Take a code in; one that is there under another name is told."""
    other = codes.setdefault(code, entry)
    if other.name != entry.name:
        note = Note(f"另一处是“{other.name}”", other.position)
        message = f"“{code}”出现两次，名称不同：“{entry.name}”"
        reader.report("D032", entry.position, message, "请核对，只留一个。", note)


def merged(tables: Sequence[CodeTable]) -> CodeTable:
    """Several sheets or files as one; a code they name differently is told."""
    codes: dict[str, dict[str, CodeEntry]] = {}
    reader = Reader(Source("", ""))
    for table in tables:
        for key, entries in table.codes.items():
            for code, entry in entries.items():
                _add(reader, codes.setdefault(key, {}), code, entry)
    problems = (*(problem for table in tables for problem in table.problems), *reader.problems)
    return CodeTable(codes, sum(table.income for table in tables), problems)
