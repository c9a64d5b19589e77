"""What a person typed of a document that was read: found by composing the place's own document with marks for words.

Each probe is the folder as far as it is known, compared with another year before (the same amounts, less, more, none), so
that its sentences take every turn the place has for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator.compose.document import compose
from generator.compose.titles import titled
from generator.derive.book import derive
from generator.edit import edited
from generator.intake.document.asked import Asked
from generator.intake.document.asked import Path as Keys
from generator.intake.document.phrases import Chain, Heard, Phrase, heard_in, labelled_in, phrases_of, split_items
from generator.load.department import load_department
from generator.model.basis import LAST_YEAR, Basis
from generator.model.department import Inputs
from generator.model.document import Document
from generator.model.edition import edition_of
from generator.model.figure import Fact
from generator.model.ledger import Filter, LedgerLine
from generator.model.meaning import normal
from generator.model.money import Money, Scale, round_half_up
from generator.model.problem import Problems, has_errors
from generator.model.profile import Profile
from generator.model.reading import Reading
from generator.model.source import Position
from generator.model.tree import Trees
from generator.save import save
from generator.work.workshop import Workshop

_NOWHERE = Position("")
_BEFORE = (("1", "0", True), ("0.5", "0", True), ("1.5", "10", True), ("1.5", "10", False), ("0", "0", False))
"""Amounts of the year before, as a multiple of this year's and so many 万元 more; whether they are told line by line."""
Moves = Mapping[tuple[str, Filter], Decimal]
"""By basis and scope, what it came to then, in the data's unit."""


class Said(NamedTuple):
    """Words by the keys they are typed under, typed numbers by name, what amounts were before; sums that sentences print."""

    words: Mapping[Keys, tuple[str, ...]]
    facts: Mapping[str, str]
    before: Moves
    compared: frozenset[tuple[str, Filter]]
    sums: Mapping[Filter, Decimal]


def inputs_of(shop: Workshop, profile: Profile, year: int, trees: Trees) -> tuple[Inputs | None, Problems]:
    """What the ordinary loader reads of the files."""
    with TemporaryDirectory(prefix="shuoming-import-") as scratch:
        data = Path(scratch)
        for name, tree in trees.items():
            save(data / str(year) / name, edited("", tree).encode(), ())
        inputs, problems, _ = load_department(data, year, profile, shop.remember)
    return inputs, problems


def document_of(shop: Workshop, profile: Profile, inputs: Inputs) -> tuple[Document | None, Problems]:
    """The document of inputs, sound or not; None where there are no numbers for one."""
    inputs, problems = edition_of(inputs, profile)
    profile, found = titled(profile, inputs, shop.remember)
    problems += found
    book, found = derive(inputs, profile)
    if has_errors(found):
        return None, (*problems, *found)
    document, found = compose(inputs, book, profile, shop.remember)
    return document, (*problems, *found)


def overheard(shop: Workshop, profile: Profile, inputs: Inputs, asked: Asked, reading: Reading) -> Said:
    """Two rounds: what amounts were before decides what sentences there are, and these what words stand in them."""
    beside = _Beside(shop, profile, asked, reading, set())
    probes = [_compared(profile, inputs, (Decimal(times), Decimal(more)), by_line) for times, more, by_line in _BEFORE]
    probes += [_silent(probe) for probe in probes[:2]]
    first = _said(_chains(probes, beside), beside, inputs)
    known = _with(profile, inputs, first)
    return _said(_chains([known, _silent(known), *probes], beside), beside, inputs)


class _Beside(NamedTuple):
    """A reading that probes are set beside; ``compared`` collects what any of them compares."""

    shop: Workshop
    profile: Profile
    asked: Asked
    reading: Reading
    compared: set[tuple[str, Filter]]


def _chains(probes: Sequence[Inputs], beside: _Beside) -> list[Chain]:
    """The reading beside each probe; the one that agrees best first."""
    found, reading = list[tuple[Chain, tuple[Phrase, ...]]](), beside.reading
    for probe in probes:
        document, _ = document_of(beside.shop, beside.profile, probe)
        if document is None:
            continue
        phrases = phrases_of(document, beside.profile, beside.asked.lists)
        beside.compared.update((slot.basis, slot.scope) for one in phrases for slot in one.slots if slot.basis)
        found.append((heard_in(reading, phrases), phrases))
    found.sort(key=lambda pair: -pair[0].weight)
    met = frozenset(at for chain, _ in found for at in chain.met)
    loose = tuple(one for _, phrases in found for one in labelled_in(reading, phrases, met))
    return [*(chain for chain, _ in found), Chain(loose, frozenset(), 0)]


def _said(chains: Sequence[Chain], beside: _Beside, inputs: Inputs) -> Said:
    heard, met = list[Heard](), set[int]()
    for chain in chains:
        heard += [one for one in chain.heard if one.at not in met]
        met |= chain.met
    heard.sort(key=lambda one: one.at)
    words: dict[Keys, list[str]] = {}
    facts: dict[str, str] = {}
    sums: dict[Filter, Decimal] = {}
    before: dict[tuple[str, Filter], Decimal] = {}
    for slot, text, _ in heard:
        if slot.mark >= 0:
            said = words.setdefault(beside.asked.paths[slot.mark], [])
            said += split_items(text, slot.joints) if slot.mark in beside.asked.lists or not said else []
        elif slot.fact in beside.profile.facts:
            facts.setdefault(slot.fact, _in_data(text, slot.unit, inputs.department.scale))
        elif slot.basis and slot.aspect in ("差额", "上年数"):
            value = Decimal(_in_data(text, slot.unit, inputs.department.scale))
            now = amount_of(inputs, slot.scope)
            value = value if slot.aspect == "上年数" else now + value if slot.less else now - value
            before.setdefault((slot.basis, slot.scope), value)
        elif slot.summed and slot.unit.startswith(inputs.department.scale.label):
            sums.setdefault(slot.scope, Decimal(_in_data(text, slot.unit, inputs.department.scale)))
    return Said({keys: tuple(some) for keys, some in words.items()}, facts, before, frozenset(beside.compared), sums)


def _in_data(text: str, unit: str, scale: Scale) -> str:
    """A printed number as it is typed: an amount in the data's unit, a count as it is."""
    plain = text.replace(",", "")
    for printed in (Scale.WAN, Scale.YUAN):
        if unit.startswith(printed.label):
            return f"{round_half_up(Money(Decimal(plain), printed).convert(scale).amount):.2f}"
    return plain


def amount_of(inputs: Inputs, scope: Filter) -> Decimal:
    """What the entries come to that a scope selects."""
    return sum((line.money.amount for line in inputs.ledger.selected(scope)), Decimal(0))


def _compared(profile: Profile, inputs: Inputs, change: tuple[Decimal, Decimal], by_line: bool) -> Inputs:
    """The inputs with every basis so many times this year's and more: by figure, and line by line too."""
    times, more = change
    more = Money(more, Scale.WAN).convert(inputs.department.scale).amount

    def scaled(line: LedgerLine) -> LedgerLine:
        return line._replace(money=line.money._replace(amount=round_half_up(line.money.amount * times + more)))

    lines, others = (tuple(map(scaled, some)) for some in (inputs.ledger.lines, inputs.ledger.others))
    ledger = inputs.ledger._replace(lines=lines, others=others)
    department, typed = inputs.department, dict[str, dict[str, Fact]]()
    for basis in profile.bases:
        typed[basis.name] = {
            spec.name: Fact(spec.name, Money(_sum(ledger.selected(spec.filter), more), department.scale), _NOWHERE)
            for spec in profile.figures
            if basis.name in spec.bases
        }
    ledgers = {basis.name: ledger for basis in profile.bases}
    return _typed(inputs, typed)._replace(
        department=_typed(inputs, typed).department._replace(typed_ledgers=ledgers if by_line else {})
    )


def _sum(lines: Sequence[LedgerLine], more: Decimal) -> Decimal:
    return sum((line.money.amount for line in lines), Decimal("0.00")) if lines else round_half_up(more)


def _typed(inputs: Inputs, typed: Mapping[str, Mapping[str, Fact]]) -> Inputs:
    others = {name: facts for name, facts in typed.items() if name != LAST_YEAR.name}
    return inputs._replace(
        department=inputs.department._replace(prior=typed.get(LAST_YEAR.name, {}), typed_bases=others)
    )


def _silent(inputs: Inputs) -> Inputs:
    """Without words and typed numbers."""
    department = inputs.department
    nothing = {
        name: fact._replace(value=fact.value._replace(amount=Decimal("0.00")) if isinstance(fact.value, Money) else 0)
        for name, fact in department.facts.items()
    }
    structure = department.structure._replace(offices=())
    return inputs._replace(
        department=department._replace(facts=nothing, words={}, reasons={}, sayings={}, structure=structure)
    )


def _with(profile: Profile, inputs: Inputs, said: Said) -> Inputs:
    """The inputs with what was heard: the year before, and typed numbers; marks where words are."""
    department = inputs.department
    typed = {
        basis.name: {
            name: Fact(name, Money(value, department.scale), _NOWHERE)
            for name, value in before_by_figure(profile, inputs, said, basis, True).items()
        }
        for basis in profile.bases
    }
    facts = {name: _fact(fact, said.facts.get(name)) for name, fact in department.facts.items()}
    inputs = _typed(inputs, typed)
    return inputs._replace(department=inputs.department._replace(facts=facts))


def before_by_figure(
    profile: Profile, inputs: Inputs, said: Said, basis: Basis, every: bool = False
) -> dict[str, Decimal]:
    """What each figure came to before: as it was told; as much as now where nothing is told of a change that would be.

    With ``every``, also as much as now where nobody would tell.

    Of a whole that was told, the largest part that was not is what the others leave.
    """
    now = {one.name: amount_of(inputs, one.filter) for one in profile.figures if basis.name in one.bases}
    scopes = {one.name: (basis.name, normal(one.filter)) for one in profile.figures if one.name in now}
    told = {name: said.before[key] for name, key in scopes.items() if key in said.before}
    found = {
        name: told.get(name, now[name]) for name, key in scopes.items() if every or key in said.compared or name in told
    }
    for whole, parts, _ in profile.compositions if told else ():
        free = [name for name in parts if name in found and name not in told]
        rest = found.get(whole, Decimal(0)) - sum(found.get(name, Decimal(0)) for name in parts)
        if rest and free and all(name in found for name in parts if now.get(name)):
            largest = max(free, key=now.__getitem__)
            found[largest] = max(found[largest] + rest, Decimal(0))
        elif rest and whole in found and whole not in told:
            found[whole] -= rest
    return found


def _fact(fact: Fact, text: str | None) -> Fact:
    if text is None:
        return fact
    value = fact.value._replace(amount=Decimal(text)) if isinstance(fact.value, Money) else int(Decimal(text))
    return fact._replace(value=value)
