"""What two printed amounts have to do with each other, and how it is said when they do not agree.

An agreement (勾稽关系) is a relation over meanings. These kinds are all there are: a whole is the sum of its parts in a
row, in a column or in another table; a part is not more than its whole; the same number is printed alike, and the same
things are listed; a cell that can hold no entry is blank.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from generator.check.amounts import Printed
from generator.check.rules import PASS, Answer, Finding, Unable
from generator.check.sheets import Sheet
from generator.model.extent import Extent
from generator.model.money import ZERO
from generator.model.source import Position

MEND = "请核对这一处的各个数；由程序生成的文档请重新生成，不要在Word里改数。"


class Tie(Enum):
    """How amounts are related."""

    ROW = "一行里合计＝各栏之和"
    COLUMN = "一栏里合计＝各行之和"
    COARSE = "类、款一级的行＝所属各行之和"
    PART = "部分不大于整体"
    NOTHING = "不会有数的格是空白的"
    SAME = "同一个数各处相同"
    ELSEWHERE = "一表的数＝另一表各数之和"
    SUMMED = "两表相同的项，数也相同"
    LISTED = "两表列的项相同"
    MOVED = "与基准比较的栏由各数得出"


class Relation(NamedTuple):
    """What is asked of which tables: ``sheet`` holds the whole, ``other`` what it is compared with (itself: inside it).

    ``extent`` is what the whole is, ``dimensions`` what is listed beside.
    """

    kind: Tie
    sheet: Sheet
    other: Sheet
    extent: Extent
    dimensions: tuple[str, ...] = ()

    @property
    def forms(self) -> frozenset[str]:
        """Which forms it is about."""
        return frozenset((self.sheet.form, self.other.form))


Asked = tuple[Relation, Iterable[Answer]]


def compared(whole: Printed, parts: Sequence[Printed], said: str, least: bool = False) -> Answer:
    """Whether a whole is the sum of parts of the same table, or (``least``) not less; ``said`` names whole and parts.

    It has {row}, {column}, {a} for the whole's amount, {b} for the parts'.
    """
    values = [(cell, cell.amount) for cell in (whole, *parts)]
    why = next((cell.sheet.unreadable(cell.row, cell.column) for cell, value in values if value is None), "")
    if why:
        return Unable(why)
    here, *rest = (value for _, value in values if value is not None)
    total, scale = sum(rest, ZERO), whole.sheet.scale
    if here == total:
        return PASS
    if scale is not None and abs(here - total) * scale.value <= _off(whole, parts):
        return PASS
    return judged(here, total, said, whole, least)


def _off(whole: Printed, parts: Sequence[Printed]) -> Decimal:
    """By how much a whole and its parts may be off, in 元, where their columns print less than was added up."""
    return sum((cell.off for cell in (whole, *parts)), ZERO)


def across(whole: Printed, parts: Sequence[Printed], said: str, least: bool = False) -> Answer:
    """The same of other tables, each in its own unit; what is told is in the whole's."""
    why = next((cell.why for cell in (whole, *parts) if cell.yuan is None), "")
    scale = whole.sheet.scale
    if why or scale is None:
        return Unable(why)
    total = sum((cell.yuan for cell in parts if cell.yuan is not None), ZERO) / scale.value
    gap = abs((whole.amount or ZERO) - total)
    if not gap or gap * scale.value <= _off(whole, parts):
        return PASS
    return judged(whole.amount or ZERO, total, said, whole, least)


def judged(here: Decimal, there: Decimal, said: str, whole: Printed, least: bool = False) -> Answer:
    """通过, or the finding at the whole's place."""
    if here == there or (least and here > there):
        return PASS
    sheet = whole.sheet
    words = said.replace("{row}", sheet.named(whole.row)).replace("{column}", sheet.head(whole.column))
    return equal(f"“{sheet.name}”{words}".replace("≠", "＜" if least else "≠"), here, there, whole.place)


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
