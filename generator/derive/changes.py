"""A figure against last year, and why it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from generator.model.classification import Classification
from generator.model.department import Department, Inputs
from generator.model.figure import Change, Draft, Fact, Figure, Mover
from generator.model.ledger import LedgerLine
from generator.model.money import Money, round_half_up

_MOVERS = 3


def compare(current: Figure, prior: Fact | Figure, inputs: Inputs) -> Change:
    """The change with a person's reason, else the facts for a draft.

    rate = |delta| / prior × 100, half-up to two places; None on a zero base.
    """
    before = prior.money if isinstance(prior, Figure) else prior.value
    assert isinstance(before, Money)
    delta = current.money - before
    rate = round_half_up(abs(delta.amount) * 100 / before.amount) if before else None
    reason = inputs.department.reasons.get(current.key)
    draft = _draft(current, prior, before, inputs) if delta and reason is None else None
    return Change(current, prior, delta, rate, reason if delta else None, draft)


def _draft(current: Figure, prior: Fact | Figure, before: Money, inputs: Inputs) -> Draft:
    project_names = {code: project.name for code, project in inputs.department.projects.items()}
    if isinstance(prior, Figure):
        return Draft("上年台账", _movers(current, prior, inputs, project_names))
    basis = "构成" if before else "新增"
    return Draft(basis, _largest(current, inputs.department, inputs.classification))


def _movers(current: Figure, prior: Figure, inputs: Inputs, names: dict[str, str]) -> tuple[Mover, ...]:
    def name_of(line: LedgerLine) -> str:
        return names.get(line.project) or inputs.classification.function.get(line.function, line.function)

    now, before = _by(current.lines, name_of), _by(prior.lines, name_of)
    scale = current.money.scale
    movers = []
    for name in {**now, **before}:
        lines = tuple(now.get(name, ()))
        delta = _sum(lines, scale_like=current.money) - _sum(before.get(name, ()), scale_like=current.money)
        if delta:
            movers.append(Mover(name, delta.convert(scale), lines))
    return tuple(sorted(movers, key=lambda mover: -abs(mover.delta.amount))[:_MOVERS])


def _largest(current: Figure, department: Department, classification: Classification) -> tuple[Mover, ...]:
    def name_of(line: LedgerLine) -> str:
        project = department.projects.get(line.project)
        if project:
            return project.name
        return classification.department_economic.get(line.department_economic, line.department_economic)

    groups = _by(current.lines, name_of)
    movers = [Mover(name, _sum(lines, current.money), tuple(lines)) for name, lines in groups.items()]
    return tuple(sorted(movers, key=lambda mover: -mover.delta.amount)[:_MOVERS])


def _by(lines: Iterable[LedgerLine], name_of: Callable[[LedgerLine], str]) -> dict[str, list[LedgerLine]]:
    groups: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[name_of(line)].append(line)
    return dict(groups)


def _sum(lines: Iterable[LedgerLine], scale_like: Money) -> Money:
    return Money.total((line.money for line in lines), scale_like.scale)
