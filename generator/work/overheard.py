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
from generator.intake.document.asked import NARRATIVE, Asked, with_facts
from generator.intake.document.asked import Path as Keys
from generator.intake.document.folder import Codes
from generator.intake.document.phrases import Chain, Heard, Phrase, heard_in, labelled_in, phrases_of, split_items
from generator.intake.document.printed import Amount
from generator.intake.document.said import Said, amount_of, before_trees
from generator.load.department import load_department
from generator.model.basis import LAST_YEAR
from generator.model.department import Inputs
from generator.model.document import Document
from generator.model.edition import edition_of
from generator.model.figure import Fact
from generator.model.ledger import Filter, LedgerLine
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


class Beside(NamedTuple):
    """A reading that probes are set beside; ``compared`` collects what any of them compares, ``columns`` are what tables compare."""

    shop: Workshop
    profile: Profile
    year: int
    asked: Asked
    reading: Reading
    columns: Sequence[Amount]
    compared: set[tuple[str, Filter]]


def overheard(beside: Beside, trees: Trees, codes: Codes) -> tuple[Said, Inputs | None, Problems]:
    """Two rounds: what amounts were before decides what sentences there are, and these what words stand in them.

    ``trees`` are the folder as far as it is known, with marks for words. The inputs are of these.
    """
    inputs, problems = inputs_of(beside.shop, beside.profile, beside.year, trees)
    if inputs is None:
        return Said({}, {}, {}, frozenset(), {}), None, problems
    probes = [
        _compared(beside.profile, inputs, (Decimal(times), Decimal(more)), by_line) for times, more, by_line in _BEFORE
    ]
    probes += [_silent(probe) for probe in probes[:2]]
    first = _said(_chains(probes, beside), beside, inputs)
    told = {**trees, **before_trees(beside.profile, inputs, first, codes, True)}
    told[NARRATIVE] = with_facts(trees[NARRATIVE], first.facts)
    known, _ = inputs_of(beside.shop, beside.profile, beside.year, told)
    closer = [known, _silent(known)] if known is not None else []
    return _said(_chains([*closer, *probes], beside), beside, inputs), inputs, ()


def _chains(probes: Sequence[Inputs], beside: Beside) -> list[Chain]:
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


def _said(chains: Sequence[Chain], beside: Beside, inputs: Inputs) -> Said:
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
    told = {keys: tuple(some) for keys, some in words.items()}
    return Said(told, facts, before, frozenset(beside.compared), sums).and_tables(beside.columns, inputs)


def _in_data(text: str, unit: str, scale: Scale) -> str:
    """A printed number as it is typed: an amount in the data's unit, a count as it is."""
    plain = text.replace(",", "")
    for printed in (Scale.WAN, Scale.YUAN):
        if unit.startswith(printed.label):
            return f"{round_half_up(Money(Decimal(plain), printed).convert(scale).amount):.2f}"
    return plain


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
