"""Why a number is what it is: how it came about, from what, and where it is printed."""

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from generator.model.money import Money
from generator.model.source import Position


class Kind(Enum):
    """What a number is, and so how it came about."""

    SUM = "台账合计"
    SHARE = "占比"
    DIFFERENCE = "与上年的差额"
    RATE = "增减幅度"
    FACT = "填报的数"
    TOTAL = "填报数的合计"
    NOTHING = "没有数"
    OWN = "部门自己的话"
    CODE = "编码"
    YEAR = "年度"
    ORDINAL = "序号"
    FORMAT = "格式方案的话"
    CONTROL = "控制数"
    TYPED = "填写的内容"


class Place(NamedTuple):
    """A place of the document: a section, or a cell of table number ``table``; ``text`` is what is printed there.

    ``row`` are the words of its row, ``column`` the header path of its column, ``above`` the code and name of the unit
    that the row is listed under, where there are several. Page 0 is the cover.
    """

    title: str
    page: int
    text: str
    table: int = 0
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


class Typed(NamedTuple):
    """Something a person typed: where, what it says, its amount; ``printed`` where rounding to another unit made another."""

    position: Position
    words: str
    money: Money | None = None
    printed: Money | None = None
    topped_up: bool = False


Value = Money | Decimal | int | str
"""An amount, a percentage, a count, or words."""


class Explanation(NamedTuple):
    """One number, told: ``parts`` are the numbers it is computed from, ``typed`` the lines it adds up or is.

    ``related`` are numbers told of it (its change, its shares) or, of a line, the numbers it reaches.
    """

    kind: Kind
    name: str
    value: Value
    notes: tuple[str, ...] = ()
    typed: tuple[Typed, ...] = ()
    parts: "tuple[Explanation, ...]" = ()
    places: tuple[Place, ...] = ()
    related: "tuple[Explanation, ...]" = ()
