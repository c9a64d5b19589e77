"""What was heard of a document's words: typed words and numbers, and what amounts were before, as the files that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.document.asked import Path
from generator.intake.document.entries import Entry
from generator.intake.document.folder import Codes
from generator.intake.document.money import sides_of
from generator.intake.document.printed import Amount
from generator.model.basis import Basis
from generator.model.department import Inputs
from generator.model.ledger import BASIC, DIMENSIONS, Filter
from generator.model.meaning import normal, term
from generator.model.profile import Profile
from generator.model.tree import Tree

LINES = "台账"
_NAMED = ("功能科目", "部门经济")


class Said(NamedTuple):
    """Words by the keys they are typed under, typed numbers by name, what amounts were before by basis and scope.

    ``compared`` are the scopes that some sentence would tell a change of; ``sums`` the amounts that sentences print.
    """

    words: Mapping[Path, tuple[str, ...]]
    facts: Mapping[str, str]
    before: Mapping[tuple[str, Filter], Decimal]
    compared: frozenset[tuple[str, Filter]]
    sums: Mapping[Filter, Decimal]

    def and_tables(self, amounts: Sequence[Amount], inputs: Inputs) -> Said:
        """With what columns of tables say of the year before (上年数, 差额)."""
        found = dict(self.before)
        for one in amounts:
            if one.aspect:
                scope = normal(one.scope)
                value = one.value if one.aspect == "上年数" else amount_of(inputs, scope) - one.value
                found[one.basis, scope] = value
        return self._replace(before=found)


def amount_of(inputs: Inputs, scope: Filter) -> Decimal:
    """What the entries come to that a scope selects."""
    return sum((line.money.amount for line in inputs.ledger.selected(scope)), Decimal(0))


def before_by_figure(profile: Profile, inputs: Inputs, said: Said, basis: Basis, every: bool) -> dict[str, Decimal]:
    """What each figure came to before: as it was told; as much as now where nothing is told of a change that would be.

    With ``every``, also as much as now where nobody would tell. Of a whole that was told, the largest part that was not is
    what the others leave, be it one that is compared with nothing.
    """
    now = {one.name: amount_of(inputs, one.filter) for one in profile.figures if basis.name in one.bases}
    scopes = {one.name: (basis.name, normal(one.filter)) for one in profile.figures if one.name in now}
    told = {name: said.before[key] for name, key in scopes.items() if key in said.before}
    found = {
        name: told.get(name, now[name]) for name, key in scopes.items() if every or key in said.compared or name in told
    }
    for whole, parts, _ in sorted(profile.compositions, key=lambda one: -len(one.parts)) if told else ():
        rest = found.get(whole, Decimal(0)) - sum(found.get(name, Decimal(0)) for name in parts)
        if not rest or whole not in found:
            continue
        free = [name for name in parts if name in found and name not in told]
        spare = [name for name in parts if name not in found]
        if whole not in told:
            found[whole] -= rest
        elif free and all(name in found for name in parts if now.get(name)):
            largest = max(free, key=now.__getitem__)
            found[largest] = max(found[largest] + rest, Decimal(0))
        elif spare and rest > 0:
            found[max(spare, key=lambda name: now.get(name, Decimal(0)))] = rest
    return found


def before_trees(profile: Profile, inputs: Inputs, said: Said, codes: Codes, every: bool) -> dict[str, Tree]:
    """The files of what amounts were before: by figure, and line by line where sentences or tables tell of single codes."""
    found: dict[str, Tree] = {}
    for basis in profile.bases:
        tree: dict[str, Tree] = {
            name: f"{value:.2f}" for name, value in before_by_figure(profile, inputs, said, basis, every).items()
        }
        lines = _lines(profile, inputs, said, basis, codes)
        if lines:
            tree[LINES] = lines
        if tree:
            found[basis.file] = tree
    return found


def _lines(profile: Profile, inputs: Inputs, said: Said, basis: Basis, codes: Codes) -> list[Tree]:
    """台账: the coarsest lines that agree with all that is told of single codes."""
    figures = {normal(one.filter) for one in profile.figures}
    scopes = {scope for name, scope in (*said.before, *said.compared) if name == basis.name} - figures
    coded = [scope for scope in scopes if any(term(scope, name) for name in _NAMED)]
    if not coded:
        return []
    amounts = [
        Amount(scope, value, "、".join(sorted(scope.dimensions)), "")
        for scope in sorted(coded)
        if (value := said.before.get((basis.name, scope), amount_of(inputs, scope))) > 0
    ]
    named = {name for scope in coded for name, values in scope.terms if not _is_all(name, values)}
    sides = sides_of(amounts, profile, codes.classification, {})
    return [*_typed([entry for side in sides if not side.own for entry in side.entries], named, codes)]


def _is_all(name: str, values: Sequence[str]) -> bool:
    """Whether values are all that a dimension usually has, so that a line need not say which."""
    row = DIMENSIONS.get(name)
    return row is not None and bool(row.values) and {*row.values} <= {*values}


def _typed(entries: Sequence[Entry], named: set[str], codes: Codes) -> list[Tree]:
    found: list[tuple[dict[str, Tree], dict[str, Tree]]] = []
    for entry in entries:
        head = {
            key: entry.of(name)
            for name, key in (("单位", "单位"), ("资金", "资金来源"), ("类别", "类别"))
            if name in named and not (name == "类别" and entry.of(name) == BASIC and "经费" in named)
        }
        head |= {DIMENSIONS[name].typed: entry.of(name) for name in ("来源", "年度") if name in named}
        spent = next((some for known, some in found if known == head), None)
        if spent is None:
            spent = {}
            found.append((dict(head), spent))
        _add(spent, entry, "部门经济" in named, codes)
    return [{**head, "支出": spent} for head, spent in found]


def _add(spent: dict[str, Tree], entry: Entry, finely: bool, codes: Codes) -> None:
    key, inner = codes.named("功能科目", entry.of("功能科目")), spent
    if finely:
        below = spent.setdefault(key, {})
        assert isinstance(below, dict)
        key, inner = codes.named("部门经济", entry.of("部门经济")), below
    known = inner.get(key, "0")
    assert isinstance(known, str)
    inner[key] = f"{Decimal(known) + entry.amount:.2f}"
