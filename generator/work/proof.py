"""The relations of our own tables, proved once for a format and the kinds of money in a ledger.

Our cells are sums of the ledger, so that whether they agree follows from what the definitions select. What is asked
again is a changed definition, a kind of entry that no earlier ledger had, or a changed program.
"""

from __future__ import annotations

from collections.abc import Callable
from os import scandir

import generator.check
from generator.check.agreements import Tables
from generator.check.book_rules import Derived
from generator.check.catalogue import PROVED_RULES
from generator.check.rules import Asked, Checked, Outcome, check
from generator.model.remember import Remember


def proved(tables: Callable[[], Tables], derived: Derived, remember: Remember) -> Checked:
    """What the relations came to for this document, or for an earlier one like it; what is wrong is always told anew."""
    now: list[Checked] = []

    def ask() -> bytes:
        now.append(check(tables(), PROVED_RULES))
        return "\n".join(f"{asked.code}\t{asked.outcome.value}\t{asked.why}" for asked in now[0].asked).encode()

    kept = remember(_like(derived), ask).decode()
    if now:
        return now[0]
    lines = [line.split("\t") for line in kept.split("\n")]
    outcomes = tuple(Asked(code, Outcome(outcome), why) for code, outcome, why in lines)
    failed = any(asked.outcome is Outcome.FAILED for asked in outcomes)
    return check(tables(), PROVED_RULES) if failed else Checked((), outcomes)


def _like(derived: Derived) -> bytes:
    """What documents have in common whose relations hold alike."""
    profile, ledger = derived.profile, derived.inputs.ledger
    kinds = {
        (line.fund, line.origin, line.period, line.use, line.project_kind, line.department_economic[:3], line.own)
        for line in ledger.lines
    }
    with scandir(generator.check.__path__[0]) as files:
        makers = sorted((file.name, file.stat().st_mtime_ns) for file in files if file.name.endswith(".py"))
    place = (profile.tables, profile.conventions, [(own.name, own.values) for own in profile.dimensions])
    return repr((makers, place, ledger.scale, sorted(kinds))).encode()
