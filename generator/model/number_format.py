"""How a number is written (数的格式): its unit, its decimals, thousands, what nothing prints as, and how it is rounded."""

from decimal import Decimal
from typing import NamedTuple

from generator.model.money import ZERO, Money, Scale, cut, round_half_up


class NumberFormat(NamedTuple):
    """A way to write amounts or percentages. ``places`` decimals, at most so many where ``trimmed``; none of a ``whole`` number (411.20, but 480).

    ``zero`` is what nothing prints as, None for a number like any other; ``cut`` drops what is beyond the last decimal
    (截断) instead of rounding it half-up. A ``coarse`` one prints less than the tables' own cents, so that sums may be off.
    A column's ``times`` is how many units of its table's head one of its own is.
    """

    scale: Scale = Scale.WAN
    places: int = 2
    trimmed: bool = False
    thousands: bool = False
    zero: str | None = None
    cut: bool = False
    coarse: bool = False
    times: Decimal = Decimal(1)
    whole: bool = False

    @property
    def grain(self) -> Decimal:
        """The last decimal that is printed, in 元."""
        return self.scale.value * Decimal(1).scaleb(-self.places)

    def value(self, money: Money) -> Decimal:
        """The amount as it is printed, in the format's unit."""
        return self.rounded(money.convert(self.scale).amount)

    def printed(self, money: Money) -> Money:
        """The amount as who reads it knows it."""
        return Money(self.value(money), self.scale)

    def rounded(self, number: Decimal) -> Decimal:
        """A number to as many decimals as are printed; never -0.00."""
        return (cut(number, self.places) if self.cut else round_half_up(number, self.places)) or ZERO

    def rate(self, told: Decimal, exact: Decimal) -> Decimal:
        """A percentage as it is printed: in two decimals the one ``told``, which shares may have been made to add up by."""
        return self.rounded(exact if self.is_rough else told)

    @property
    def is_rough(self) -> bool:
        """Whether it prints percentages otherwise than rounded to two decimals, so that they need not add up to 100."""
        return self.cut or self.places != 2

    def writes(self, printed: str) -> bool:
        """Whether a number has as many decimals as this writes."""
        places = len(printed.partition(".")[2])
        return places == self.places or (self.trimmed and places < self.places) or (self.whole and not places)

    @property
    def nothing(self) -> str:
        """What nothing prints as where a table prints something for it."""
        return self.zero or self._replace(zero=None).number(ZERO)

    def money(self, money: Money) -> str:
        """An amount, without its unit."""
        return self.number(money.convert(self.scale).amount)

    def number(self, number: Decimal) -> str:
        """A number."""
        value = self.rounded(number)
        if not value and self.zero is not None:
            return self.zero
        places = 0 if self.whole and value == value.to_integral_value() else self.places
        text = f"{value:,.{places}f}" if self.thousands else f"{value:.{places}f}"
        return text.rstrip("0").rstrip(".") if self.trimmed and places else text
