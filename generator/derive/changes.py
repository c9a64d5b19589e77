"""A figure against last year, and why it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from generator.model.basis import LAST_YEAR, Basis
from generator.model.department import Inputs
from generator.model.figure import Change, Draft, Fact, Figure, Mover, change_of
from generator.model.ledger import LedgerLine, total_of
from generator.model.money import Money

_MOVERS, _LEFT = 3, 20  # so many at most, and no more once all but so many percent of the change is explained
_Named = tuple[str, bool]
"""What a mover is called, and whether it is a project."""


def compare(current: Figure, prior: Fact | Figure, inputs: Inputs, basis: Basis = LAST_YEAR) -> Change:
    """The change with a person's reason, where it is against last year, else the facts for a draft.

    rate = |delta| / prior × 100, half-up to two places; None on a zero base.
    """
    department, name = inputs.department, current.key
    reason = (department.reasons.get(name) or department.redefined.get(name)) if basis == LAST_YEAR else None
    change = change_of(current, prior, basis, reason)
    if not change.delta or reason is not None:
        return change
    return change._replace(draft=_draft(change, inputs))


def _draft(change: Change, inputs: Inputs) -> Draft:
    """What the ledgers tell. A single number of last year tells nothing of what moved, unless it is zero: all is new then."""
    if isinstance(change.prior, Figure):
        return _enough(_movers(change.current, change.prior, inputs), change.delta)
    return Draft("构成" if change.prior.money else "新增", _largest(change.current, inputs))


def _enough(movers: Sequence[Mover], delta: Money) -> Draft:
    """The biggest that explain the change, those of its own direction first."""
    chosen, left, little = list[Mover](), delta, abs(delta.amount) * _LEFT
    for mover in sorted(movers, key=lambda one: -abs(one.delta.amount))[:_MOVERS]:
        chosen.append(mover)
        left -= mover.delta
        if abs(left.amount) * 100 <= little:
            break
    chosen.sort(key=lambda one: (one.delta.amount > 0) != (delta.amount > 0))
    return Draft("上年台账", tuple(chosen), abs(left.amount) * 100 > little)


def _movers(current: Figure, prior: Figure, inputs: Inputs) -> list[Mover]:
    """Projects, 人员经费 and 公用经费; where that is one thing alone, what it is spent on, else what it is for."""
    whole, spent, used = (
        _moved(current, prior, name_of) for name_of in (_by_project(inputs), _by_economic(inputs), _by_function(inputs))
    )
    several = [found for found in (whole, spent, used) if len(found) > 1 or any(mover.project for mover in found)]
    return several[0] if several else spent or used


def _moved(current: Figure, prior: Figure, name_of: Callable[[LedgerLine], _Named]) -> list[Mover]:
    now, before = _by(current.lines, name_of), _by(prior.lines, name_of)
    movers, scale = [], current.money.scale
    for name, project in {**now, **before}:
        lines, earlier = tuple(now.get((name, project), ())), tuple(before.get((name, project), ()))
        delta = total_of(lines, scale) - total_of(earlier, scale)
        if delta:
            movers.append(Mover(name, delta, lines, earlier, project))
    return movers


def _largest(current: Figure, inputs: Inputs) -> tuple[Mover, ...]:
    scale, by_economic = current.money.scale, _by_economic(inputs)

    def name_of(line: LedgerLine) -> _Named:
        name = _project_name(line, inputs)
        return (name, True) if name else by_economic(line)

    groups = _by(current.lines, name_of)
    movers = [
        Mover(name, total_of(lines, scale), tuple(lines), (), project) for (name, project), lines in groups.items()
    ]
    return tuple(sorted(movers, key=lambda mover: -mover.delta.amount)[:_MOVERS])


def _by_project(inputs: Inputs) -> Callable[[LedgerLine], _Named]:
    by_function = _by_function(inputs)

    def name_of(line: LedgerLine) -> _Named:
        if name := _project_name(line, inputs):
            return name, True
        return (line.use, False) if line.use else by_function(line)

    return name_of


def _by_economic(inputs: Inputs) -> Callable[[LedgerLine], _Named]:
    names, by_function = inputs.classification.department_economic, _by_function(inputs)
    return lambda line: (
        (names[line.department_economic], False) if line.department_economic in names else by_function(line)
    )


def _by_function(inputs: Inputs) -> Callable[[LedgerLine], _Named]:
    names, before = inputs.classification.function, inputs.last_year.functions if inputs.last_year else {}
    return lambda line: (names.get(line.function) or before.get(line.function) or line.function or line.fund, False)


def _project_name(line: LedgerLine, inputs: Inputs) -> str:
    project = inputs.department.projects.get(line.project)
    if project is None and inputs.last_year is not None:
        project = inputs.last_year.projects.get(line.project)
    return project.name if project else ""


def _by(lines: Iterable[LedgerLine], name_of: Callable[[LedgerLine], _Named]) -> dict[_Named, list[LedgerLine]]:
    groups: dict[_Named, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[name_of(line)].append(line)
    return dict(groups)
