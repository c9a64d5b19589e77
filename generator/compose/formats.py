"""The last place where a number becomes text, by the profile's conventions and its formats (数的格式)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from generator.model.money import ZERO, Money, round_half_up
from generator.model.number_format import NumberFormat
from generator.model.profile import Conventions


class Formats(NamedTuple):
    """How a place prints amounts and percentages; a ``chosen`` format goes before its usual one."""

    conventions: Conventions

    def prose_number(self, money: Money, chosen: NumberFormat | None = None) -> str:
        """An amount in the prose unit, without it."""
        chosen = chosen or self.conventions.prose_format
        if chosen is not None:
            if chosen.zero is None and self.conventions.plain_zero and not chosen.value(money):
                return "0"
            return chosen.money(money) or chosen.nothing  # a sentence has no blanks
        amount = round_half_up(money.convert(self.conventions.prose_scale).amount) or ZERO
        if not amount and self.conventions.plain_zero:
            return "0"
        return f"{amount:,.2f}" if self.conventions.prose_thousands else f"{amount:.2f}"

    def prose(self, money: Money, chosen: NumberFormat | None = None) -> str:
        """An amount in prose, with its unit."""
        scale = chosen.scale if chosen is not None else self.conventions.prose_scale
        return self.prose_number(money, chosen) + scale.label

    def table(self, money: Money | None, zero: bool | None = None, chosen: NumberFormat | None = None) -> str:
        """An amount in a table cell; nothing for zero unless the table or the profile prints one."""
        chosen = chosen or self.conventions.table_format
        usual = self.conventions.table_zero if chosen is None or chosen.zero is None else bool(chosen.zero)
        shown = usual if zero is None else zero
        if chosen is not None:
            return chosen.money(money) if money else chosen.nothing if shown else ""
        if money is None or not money:
            return "0.00" if shown else ""
        amount = round_half_up(money.convert(self.conventions.table_scale).amount) or ZERO
        return f"{amount:,.2f}" if self.conventions.table_thousands else f"{amount:.2f}"

    def indicator(self, money: Money) -> str:
        """A project's amount inside a 成本指标, with its unit."""
        amount = round_half_up(money.convert(self.conventions.prose_scale).amount)
        text = f"{amount:.2f}"
        if self.conventions.trim_indicators:
            text = text.rstrip("0").rstrip(".")
        return text + self.conventions.prose_scale.label

    def percent(self, value: Decimal, exact: Decimal | None = None, chosen: NumberFormat | None = None) -> str:
        """A percentage with its sign: two decimals, or as its format has it, then from the ``exact`` one where it is known."""
        chosen = chosen or self.conventions.percent_format
        if chosen is not None:
            shown = chosen.rate(value, value if exact is None else exact)
            if chosen.zero is None and self.conventions.plain_zero and not shown:
                return "0%"
            return f"{chosen.number(shown) or chosen.nothing}%"
        if not value and self.conventions.plain_zero:
            return "0%"
        return f"{value:.2f}%"

    def percent_cell(self, value: Decimal, exact: Decimal, chosen: NumberFormat | None = None) -> str:
        """A percentage in a table, where none at all may be left blank."""
        if chosen is not None and chosen.zero == "" and not chosen.rate(value, exact):
            return ""
        return self.percent(value, exact, chosen)

    @property
    def table_unit(self) -> str:
        """The unit a table's head names."""
        return self.conventions.table_scale.label
