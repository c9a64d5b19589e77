"""What any scope's amount is in a basis: of its ledger, else of what was typed for it by figure."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive.cube import Cube, build_cube, lines_of
from generator.model.basis import Basis
from generator.model.department import Inputs
from generator.model.figure import Fact, Figure
from generator.model.ledger import Filter, Ledger
from generator.model.meaning import normal
from generator.model.money import Scale
from generator.model.prior import Prior
from generator.model.profile import Profile


class Amounts:
    """The bases of one document, in the unit of its tables; nothing is worked out before it is asked for."""

    def __init__(self, inputs: Inputs, profile: Profile, ledgers: Mapping[str, Ledger], scale: Scale) -> None:
        self._inputs, self._profile, self._ledgers, self._scale = inputs, profile, ledgers, scale
        self._bases = {basis.name: basis for basis in profile.bases}
        self._cubes: dict[tuple[str, tuple[str, ...]], Cube] = {}
        self._typed: dict[str, Mapping[Filter, Fact]] = {}

    def basis(self, name: str) -> Basis:
        """The basis of this name."""
        return self._bases[name]

    def ledger(self, name: str) -> Ledger | None:
        """A basis's ledger; None where its amounts are typed by figure."""
        return self._ledgers.get(name)

    def amount_in(self, name: str, scope: Filter) -> Fact | Figure | None:
        """What a scope amounts to in a basis; None where nobody can tell."""
        ledger = self.ledger(name)
        if ledger is None or not ledger.tells(scope):
            return self._facts(name).get(normal(scope))
        names = tuple(sorted(set(scope.dimensions)))
        cube = self._cubes.get((name, names))
        if cube is None:
            cube = self._cubes[name, names] = build_cube(lines_of(ledger), (scope,))
        return cube.figure(scope)

    def _facts(self, name: str) -> Mapping[Filter, Fact]:
        if name not in self._typed:
            typed = {key: fact.in_cents(self._scale) for key, fact in self._inputs.typed_of(self._bases[name]).items()}
            prior = Prior(typed, self._profile.compositions)
            known = ((spec, prior.of(spec.name)) for spec in self._profile.figures)
            self._typed[name] = {normal(spec.filter): fact for spec, fact in known if fact is not None}
        return self._typed[name]
