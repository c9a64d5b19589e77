"""How a number is written (数的格式): its unit, its decimals, thousands, what nothing prints as, and how it is rounded."""

from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from generator.model.money import Money, Scale, round_half_up


class NumberFormat(NamedTuple):
    """A way to write amounts or percentages. ``places`` decimals, at most so many where ``trimmed``.

    ``zero`` is what nothing prints as, None for a number like any other; ``cut`` drops what is beyond the last decimal
    (截断) instead of rounding it half-up. A ``coarse`` one prints less than the tables' own cents, so that sums may be off.
    """

    scale: Scale = Scale.WAN
    places: int = 2
    trimmed: bool = False
    thousands: bool = False
    zero: str | None = None
    cut: bool = False
    coarse: bool = False

    @property
    def grain(self) -> Decimal:
        """The last decimal that is printed, in 元."""
        return self.scale.value * Decimal(1).scaleb(-self.places)

    def value(self, money: Money) -> Decimal:
        """The amount as it is printed, in the format's unit."""
        return self.rounded(money.convert(self.scale).amount)

    def rounded(self, number: Decimal) -> Decimal:
        """A number to as many decimals as are printed."""
        if self.cut:
            return number.quantize(Decimal(1).scaleb(-self.places), ROUND_DOWN)
        return round_half_up(number, self.places)

    def money(self, money: Money) -> str:
        """An amount, without its unit."""
        return self.number(money.convert(self.scale).amount)

    def number(self, number: Decimal) -> str:
        """A number."""
        value = self.rounded(number)
        if not value and self.zero is not None:
            return self.zero
        text = f"{value:,.{self.places}f}" if self.thousands else f"{value:.{self.places}f}"
        return text.rstrip("0").rstrip(".") if self.trimmed and self.places else text
