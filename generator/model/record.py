"""清单: lists of records beside the ledger (政府采购明细, 新增资产, 对下转移支付 …), declared by a place."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from generator.model.money import Money, Scale
from generator.model.source import Position


class FieldKind(Enum):
    """What a column of a list holds."""

    WORDS = "文字"
    MONEY = "金额"
    COUNT = "数量"
    RATE = "比率"
    DATE = "日期"


class RecordField(NamedTuple):
    """A column of a list; ``choices`` is its closed list of words, empty for any."""

    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether there is a sum of it."""
        return self.kind in (FieldKind.MONEY, FieldKind.COUNT)


class RecordList(NamedTuple):
    """A list: its name, the file of the year's folder it is typed in, its columns, the figure that an amount must equal.

    ``equals`` maps a column to a figure's name (核对).
    """

    name: str
    file: str
    fields: tuple[RecordField, ...]
    equals: Mapping[str, str]
    position: Position

    def field(self, name: str) -> RecordField | None:
        """A column by its name."""
        return next((field for field in self.fields if field.name == name), None)


class RecordSum(NamedTuple):
    """A number that is a sum over a list (合计): which column, of the records with these words."""

    list: str
    field: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


Value = str | Money | int


class Record(NamedTuple):
    """One record: a value by column, and where each was typed. A column left empty is not there."""

    values: Mapping[str, Value]
    places: Mapping[str, Position]
    position: Position
    agency: str = ""

    def text(self, name: str) -> str:
        """Its words in a column; empty for a number or nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def meets(self, where: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
        """Whether it has one of these words in each of these columns."""
        return all(self.text(name) in wanted for name, wanted in where)

    def number(self, name: str, scale: Scale) -> Money | int | None:
        """The amount in a column, in cents of ``scale``, or the count; None for words or nothing."""
        value = self.values.get(name)
        if isinstance(value, Money):
            return value.in_cents(scale)
        return value if isinstance(value, int) else None
