"""Last year's amounts as they were typed, and the sums that follow from them."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.model.figure import Fact
from generator.model.money import Money
from generator.model.profile import Composition


class Prior(NamedTuple):
    """Amounts of last year by figure, all in one unit, and which of them make up which."""

    typed: Mapping[str, Fact]
    compositions: tuple[Composition, ...]

    def of(self, name: str) -> Fact | None:
        """What was typed, else the sum of what was typed of its parts; None when parts it can't do without are missing."""
        if name in self.typed:
            return self.typed[name]
        sums = (self.total(composition) for composition in self.compositions if composition.whole == name)
        return next((found for found in sums if found is not None), None)

    def total(self, composition: Composition) -> Fact | None:
        """The sum of all its parts that were typed or follow from what was; None when one it needs is missing."""
        known = {part.key: part for part in self.known(composition)}
        if not known or any(part not in known for part in composition.needed):
            return None
        return summed(composition.whole, tuple(known.values()))

    def known(self, composition: Composition) -> tuple[Fact, ...]:
        """The parts that were typed or follow from what was, in their order."""
        others = Prior(self.typed, tuple(one for one in self.compositions if one.whole != composition.whole))
        return tuple(part for name in composition.parts if (part := others.of(name)) is not None)


def summed(name: str, parts: tuple[Fact, ...]) -> Fact:
    """The sum of amounts that were typed, holding them. At least one part."""
    values = [part.value for part in parts if isinstance(part.value, Money)]
    return Fact(name, Money.total(values, values[0].scale), None, parts)
