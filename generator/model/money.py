"""Amounts and percentages: Decimal, with a unit, rounded half-up here and nowhere else."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import Enum
from typing import NamedTuple

CENT = Decimal("0.01")
ZERO = Decimal(0)
_ROOM = Context(prec=6000)  # a document of others may hold numbers of any length


class Scale(Enum):
    """金额单位: how many 元 one unit is."""

    YUAN = 1
    WAN = 10_000

    @property
    def label(self) -> str:
        """The word printed after an amount."""
        return "元" if self is Scale.YUAN else "万元"


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """四舍五入 to ``places`` decimals; ties go away from zero."""
    return value.quantize(CENT if places == 2 else Decimal(1).scaleb(-places), ROUND_HALF_UP, _ROOM)


def cut(value: Decimal, places: int = 2) -> Decimal:
    """截断: what is beyond ``places`` decimals is left out."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN, _ROOM)


class Money(NamedTuple):
    """An amount in its unit. Amounts of different units neither add nor compare: convert first."""

    amount: Decimal
    scale: Scale = Scale.WAN

    def __add__(self, other: "Money") -> "Money":  # type: ignore[override]
        assert self.scale is other.scale
        return Money(self.amount + other.amount, self.scale)

    def __sub__(self, other: "Money") -> "Money":
        assert self.scale is other.scale
        return Money(self.amount - other.amount, self.scale)

    def __lt__(self, other: "Money") -> bool:  # type: ignore[override]
        assert self.scale is other.scale
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:  # type: ignore[override]
        return not other < self

    def __gt__(self, other: "Money") -> bool:  # type: ignore[override]
        return other < self

    def __ge__(self, other: "Money") -> bool:  # type: ignore[override]
        return not self < other

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.scale)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        """The amount with its unit, as a person types it."""
        return f"{self.amount:.2f}{self.scale.label}"

    def convert(self, scale: Scale) -> "Money":
        """The same money in another unit, exact."""
        if scale is self.scale:
            return self
        return Money(self.amount * self.scale.value / scale.value, scale)

    def in_cents(self, scale: Scale) -> "Money":
        """The same money in another unit, in cents of that unit; in its own as it is."""
        if scale is self.scale:
            return self
        return Money(round_half_up(self.convert(scale).amount), scale)

    def vanishes(self, scale: Scale) -> bool:
        """Whether it prints as 0.00 in this unit; nothing does, too."""
        return not round_half_up(self.convert(scale).amount)

    @staticmethod
    def total(amounts: "Iterable[Money]", scale: Scale) -> "Money":
        """The sum; nothing adds up to zero of ``scale``."""
        return Money(sum((money.amount for money in amounts), ZERO), scale)


def cents_of(money: Money) -> int:
    """An amount in 分."""
    return int(money.amount * (100 * money.scale.value))


def share(part: Money, whole: Money) -> Decimal | None:
    """How much of ``whole`` is ``part``, in percent, half-up to two places; None when ``whole`` is zero."""
    return round_half_up(part.amount * 100 / whole.amount) if whole else None


def shares(parts: Sequence[Money], whole: Money, on_largest: bool = False) -> tuple[Decimal, ...] | None:
    """Percentages of all parts of a whole that add up to 100.00 exactly; None when ``whole`` is zero.

    Each is its own half-up value; a remaining hundredth goes to the parts whose rounding error is
    largest (arithmetic of the statement, “largest remainder”), or all that remains to the largest part
    (``on_largest``). Parts that don't make up the whole are rounded one by one.
    """
    if not whole:
        return None
    exact = [part.amount * 100 / whole.amount for part in parts]
    rounded = [round_half_up(value) for value in exact]
    if Money.total(parts, whole.scale) != whole:
        return tuple(rounded)
    if on_largest:
        rounded[exact.index(max(exact))] += 100 - sum(rounded, ZERO)
        return tuple(rounded)
    return tuple(_spread(exact, rounded, Decimal(100)))


def apportion(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Amounts cut to cents so that they add up to the half-up rounded sum (尾差 by largest remainder).

    Every amount moves by less than a cent; ties go to the larger amount. Source: policy 3 of the
    conversion 元→万元 (docs/design.md, “Money”).
    """
    floors = [amount.quantize(CENT, ROUND_DOWN) for amount in amounts]
    return tuple(_spread(amounts, floors, round_half_up(sum(amounts, ZERO))))


def _spread(exact: Sequence[Decimal], rounded: list[Decimal], total: Decimal) -> list[Decimal]:
    missing = total - sum(rounded, ZERO)
    step = CENT if missing > 0 else -CENT
    sign = 1 if missing > 0 else -1
    order = sorted(range(len(exact)), key=lambda i: ((exact[i] - rounded[i]) * sign, exact[i]), reverse=True)
    for i in order[: int(abs(missing) / CENT)]:
        rounded[i] += step
    return rounded
