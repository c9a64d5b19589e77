"""A cell as the text that a data file has of it: what a person, Excel or another program made of it is undone or told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from generator.filling.nouns import Desk, Kind, Row
from generator.filling.words import CODED, code_of, flat, name_beside, wide
from generator.model.doubts import BLANK
from generator.model.unseen import HIDDEN, name_of
from generator.sheets.numbers import typed_number
from generator.sheets.sheet import Cell
from generator.sheets.sheet import Kind as Stored

_CENTS = Decimal("0.01")
_UNITS = {"亿元": 100_000_000, "万元": 10_000, "千元": 1000, "元": 1, "亿": 100_000_000, "万": 10_000}
_LONGEST = Decimal("1E15")
NOTHING = ("无", "-", "—", "－", "/")


def comparable(kind: Kind, text: str) -> str:
    """What two texts have in common that say the same: 34.6 and 34.60, “2080101” and “2080101 行政运行”."""
    match kind:
        case Kind.MONEY | Kind.SIGNED | Kind.COUNT:
            number = typed_number(text)
            return flat(text) if number is None else f"{number.normalize():f}"
        case Kind.CODED:
            return code_of(wide(text))
        case Kind.CODE:
            return wide(flat(text))
        case Kind.LINES:
            return "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return flat(text)


def says(cell: Cell | None, kind: Kind) -> str:
    """What a cell says, for comparing with what was written: nothing is reported."""
    if cell is None:
        return ""
    if kind in (Kind.MONEY, Kind.SIGNED, Kind.COUNT):
        return comparable(
            kind, cell.text if cell.number is None or cell.kind is not Stored.NUMBER else str(cell.number)
        )
    if kind in (Kind.CODE, Kind.CODED):
        return comparable(kind, cell.code)
    return comparable(kind, cell.text)


def same(cell: Cell | None, kind: Kind, old: str) -> bool:
    """Whether a cell says what was written into it; a code that a program took for a number may have lost its zeros."""
    said, was = says(cell, kind), comparable(kind, old)
    lost = kind in (Kind.CODE, Kind.CODED) and cell is not None and cell.kind is Stored.NUMBER
    return said == was or (lost and bool(said) and said == was.lstrip("0"))


def typed(desk: Desk, row: Row, title: str, kind: Kind) -> str:
    """A cell's text as a data file has it; empty for an empty cell, and after reporting what is no good."""
    cell = row.cells.get(title)
    if cell is None or (cell.kind is Stored.EMPTY and not cell.text):
        return ""
    if flat(cell.text) == BLANK:
        return BLANK
    if broken := _broken(cell, kind):
        desk.wrong(row, title, f"“{row.called(title)}”{broken[0]}", broken[1])
        return ""
    if hidden := re.search(f"[{HIDDEN}\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", cell.text):
        remedy = "请删去后重新输入这一格。"
        desk.wrong(row, title, f"“{row.called(title)}”里有一个看不见的{name_of(hidden[0])}", remedy)
        return ""
    if kind is Kind.SIGNED:
        return _money(desk, row, title, cell, True)
    return _READERS.get(kind, _words)(desk, row, title, cell)


def _broken(cell: Cell, kind: Kind) -> tuple[str, str] | None:
    """Why a cell's value can't be relied on, and what to do."""
    if cell.kind is Stored.ERROR:
        return f"是错误值{cell.text}", "请改成内容本身。"
    if cell.kind is Stored.FORMULA:
        return "是公式，文件里没有存下结果", "请用Excel或WPS打开、保存一次，或改成数本身。"
    if cell.problem:
        remedy = "请把这一格设为“文本”，再重新输入完整的编码。" if kind is not Kind.MONEY else "请核对是否多打了数字。"
        return f"“{cell.text}”：{cell.problem}", remedy
    if cell.kind is Stored.DATE and kind is not Kind.DATE:
        wanted = "数值" if kind in (Kind.MONEY, Kind.SIGNED, Kind.COUNT) else "文本"
        return f"被当成了日期（{cell.text}）", f"请把这一格的格式设为“{wanted}”，再重新输入。"
    return None


def _money(desk: Desk, row: Row, title: str, cell: Cell, below_zero: bool = False) -> str:
    number = _amount(desk, row, title, cell)
    if number is None:
        return ""
    if number < 0 and not below_zero:
        desk.wrong(row, title, f"“{row.called(title)}”是负数（{number:f}）", "这里不应有负数，请核对。")
        return ""
    if number != number.quantize(_CENTS):
        message = f"“{row.called(title)}”{number:f}超过两位小数"
        desk.wrong(row, title, message, f"请核对；四舍五入是{number.quantize(_CENTS, 'ROUND_HALF_UP')}。")
        return ""
    if abs(number) >= _LONGEST:
        desk.wrong(row, title, f"“{row.called(title)}”{number:f}太大", "整数部分最多15位，请核对是否多打了数字。")
        return ""
    return f"{number if number else abs(number):.2f}"


def _amount(desk: Desk, row: Row, title: str, cell: Cell) -> Decimal | None:
    """The number of an amount, in the department's unit; None after reporting."""
    number, unit, scale = cell.amount, "", desk.scale
    if number is None:
        text = wide(flat(cell.text)).replace(" ", "")
        unit = next((one for one in _UNITS if text.endswith(one)), "")
        number = typed_number(text.removesuffix(unit)) if unit else None
    if number is None:
        if flat(cell.text) in NOTHING:
            desk.wrong(row, title, f"“{row.called(title)}”是“{flat(cell.text)}”", "没有金额请填0。")
        else:
            desk.wrong(row, title, f"“{row.called(title)}”“{_short(cell.text)}”不是数", f"请只填数，单位是{scale}。")
        return None
    if unit and _UNITS[unit] != _UNITS[scale]:
        meant = (number * _UNITS[unit] / _UNITS[scale]).normalize()
        message = f"“{row.called(title)}”写的是“{_short(cell.text)}”，这张表的单位是{scale}"
        desk.wrong(row, title, message, f"请改成以{scale}为单位的数：{meant:f}。")
        return None
    return number


def _count(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    number = cell.amount
    if number is None or number != number.to_integral_value() or number < 0:
        desk.wrong(row, title, f"“{row.called(title)}”“{_short(cell.text)}”不是整数", "请只填整数，不带单位；没有填0。")
        return ""
    return f"{int(number)}"


def _code(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    text = wide(flat(cell.code))
    if not re.fullmatch(r"[0-9A-Za-z-]+", text):
        desk.wrong(
            row, title, f"“{row.called(title)}”“{_short(cell.text)}”不是编码", "编码只用数字、字母和“-”，请核对。"
        )
        return ""
    return text


def _coded(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    """A code with its name, or either; the code is looked up by who asks."""
    text = flat(cell.code)
    found = CODED.fullmatch(wide(text))
    return f"{found[1]} {name_beside(text)}".strip() if found and found[2] else (found[1] if found else text)


def _date(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    """A day as 2025-03-31, whatever the cell shows it as."""
    text = flat(cell.text)
    found = re.fullmatch(r"([12][0-9]{3})[年/.-]([0-9]{1,2})(?:[月/.-]([0-9]{1,2})日?|月)?(?: .*)?", wide(text))
    if found is None:
        return wide(text)
    return "-".join([found[1], *(f"{int(part):02}" for part in found.groups()[1:] if part)])


def _words(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    return flat(cell.text)


def _lines(desk: Desk, row: Row, title: str, cell: Cell) -> str:
    return comparable(Kind.LINES, cell.text)


def _short(text: str) -> str:
    text = flat(text)
    return text if len(text) <= 24 else f"{text[:23]}…"


_READERS: Mapping[Kind, Callable[[Desk, Row, str, Cell], str]] = {
    Kind.MONEY: _money,
    Kind.COUNT: _count,
    Kind.CODE: _code,
    Kind.CODED: _coded,
    Kind.DATE: _date,
    Kind.LINES: _lines,
}
