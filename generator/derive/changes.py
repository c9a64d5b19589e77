"""A figure against last year, and why it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from generator.model.basis import LAST_YEAR, Basis
from generator.model.department import Inputs
from generator.model.figure import Change, Draft, Fact, Figure, Mover, change_of
from generator.model.ledger import LedgerLine, total_of
from generator.model.money import Money

_MOVERS = 3


def compare(current: Figure, prior: Fact | Figure, inputs: Inputs, basis: Basis = LAST_YEAR) -> Change:
    """The change with a person's reason, where it is against last year, else the facts for a draft.

    rate = |delta| / prior × 100, half-up to two places; None on a zero base.
    """
    department, name = inputs.department, current.key
    reason = (department.reasons.get(name) or department.redefined.get(name)) if basis == LAST_YEAR else None
    change = change_of(current, prior, basis, reason)
    if not change.delta or reason is not None:
        return change
    return change._replace(draft=_draft(current, prior, prior.money, inputs))


def _draft(current: Figure, prior: Fact | Figure, before: Money, inputs: Inputs) -> Draft:
    if isinstance(prior, Figure):
        return Draft("上年台账", _movers(current, prior, inputs))
    return Draft("构成" if before else "新增", _largest(current, inputs))


def _movers(current: Figure, prior: Figure, inputs: Inputs) -> tuple[Mover, ...]:
    names, scale = inputs.classification.function, current.money.scale
    before_names = inputs.last_year.functions if inputs.last_year else {}

    def name_of(line: LedgerLine) -> str:
        name = _project_name(line, inputs) or names.get(line.function)
        return name or before_names.get(line.function, line.function)

    now, before = _by(current.lines, name_of), _by(prior.lines, name_of)
    movers = []
    for name in {**now, **before}:
        lines, earlier = tuple(now.get(name, ())), tuple(before.get(name, ()))
        delta = total_of(lines, scale) - total_of(earlier, scale)
        if delta:
            movers.append(Mover(name, delta, lines, earlier))
    return tuple(sorted(movers, key=lambda mover: -abs(mover.delta.amount))[:_MOVERS])


def _largest(current: Figure, inputs: Inputs) -> tuple[Mover, ...]:
    names, scale = inputs.classification.department_economic, current.money.scale

    def name_of(line: LedgerLine) -> str:
        name = _project_name(line, inputs) or names.get(line.department_economic)
        return name or inputs.classification.function.get(line.function, line.fund)

    groups = _by(current.lines, name_of)
    movers = [Mover(name, total_of(lines, scale), tuple(lines)) for name, lines in groups.items()]
    return tuple(sorted(movers, key=lambda mover: -mover.delta.amount)[:_MOVERS])


def _project_name(line: LedgerLine, inputs: Inputs) -> str:
    project = inputs.department.projects.get(line.project)
    return project.name if project else ""


def _by(lines: Iterable[LedgerLine], name_of: Callable[[LedgerLine], str]) -> dict[str, list[LedgerLine]]:
    groups: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[name_of(line)].append(line)
    return dict(groups)
