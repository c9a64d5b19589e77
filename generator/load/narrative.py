"""narrative.yaml and prior.yaml: what only people know, and last year's numbers."""

from collections.abc import Container
from typing import NamedTuple

import yaml

from generator.load.fields import amount_of, brief, count_of, pairs_of, says_none, text_of
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR, Basis
from generator.model.figure import Fact
from generator.model.money import ZERO, Money, Scale
from generator.model.problem import which_of
from generator.model.profile import FactKind, Profile
from generator.model.source import Position, Text

REASONS, LINES, SAYINGS, REDEFINED = "变动原因", "台账", "说明", "口径变化"


class Narrative(NamedTuple):
    """Facts and words by dotted name, reasons by figure, also why a figure is no longer what it was (口径变化); what is said of single 科目 and projects is still to be read."""

    facts: dict[str, Fact]
    words: dict[str, tuple[Text, ...]]
    reasons: dict[str, Text]
    redefined: dict[str, Text]
    sayings: Node | None = None


def read_narrative(
    reader: Reader,
    node: Node | None,
    profile: Profile,
    scale: Scale,
    beside: tuple[Container[str], tuple[str, ...]] = ((), ()),
) -> Narrative:
    """What the profile asks for under 填报, and the reasons of change by figure.

    ``beside`` are the facts that may be typed elsewhere, so that nobody misses them here, and the file's other keys.
    """
    elsewhere, also = beside
    reading = _Reading(reader, profile, scale, Narrative({}, {}, {}, {}), {}, also)
    for key, value in pairs_of(reader, node, "narrative.yaml"):
        if key.value in (REASONS, REDEFINED):
            reading.reasons(key.value, value)
        elif key.value == SAYINGS and profile.sayings:
            reading = reading._replace(narrative=reading.narrative._replace(sayings=value))
        elif key.value in profile.facts:
            reading.fact(key.value, value)
        else:
            reading.group(key, value)
    if node is not None:
        reading.missing(reader.at(node), elsewhere)
    return reading.narrative


def read_prior(
    reader: Reader, node: Node | None, profile: Profile, scale: Scale, basis: Basis = LAST_YEAR
) -> dict[str, Fact]:
    """The amounts of a basis by the name of the figure."""
    known = [figure.name for figure in profile.figures]
    prior: dict[str, Fact] = {}
    for key, value in pairs_of(reader, node, basis.file):
        if key.value == LINES:
            continue
        if key.value not in known:
            reader.report("Y007", key, f"没有“{brief(key.value)}”这个数", f"请核对写法。{which_of(key.value, known)}")
            continue
        money = amount_of(reader, value, scale, f"{basis.printed}“{key.value}”")
        if money is not None:
            prior[key.value] = Fact(key.value, money, reader.at(value))
    return prior


def read_reasons(reader: Reader, node: Node | None) -> dict[str, Text]:
    """The 变动原因 of another year as they are: whether they are well written was asked in their own year."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    found = next((value for key, value in pairs if key.value == REASONS), None)
    reasons = found.value if isinstance(found, yaml.MappingNode) else ()
    return {
        key.value: Text(value.value.strip(), reader.at(value))
        for key, value in reasons
        if isinstance(value, yaml.ScalarNode)
    }


class _Reading(NamedTuple):
    """narrative.yaml being read."""

    reader: Reader
    profile: Profile
    scale: Scale
    narrative: Narrative
    places: dict[str, Position]  # of every fact and group that was typed, also of those that were no good
    also: tuple[str, ...] = ()

    def missing(self, start: Position, elsewhere: Container[str]) -> None:
        """Report the facts nobody typed, at their group."""
        for name, kind in self.profile.facts.items():
            if name not in self.places and name not in elsewhere and kind is not FactKind.WORDS:
                place = self.places.get(name.split(".")[0], start)
                remedy = f"请补上，没有发生的填0（{kind.value}）。"
                self.reader.miss("D028", place, f"narrative.yaml缺少“{name}”", remedy)
                if self.reader.draft:
                    nothing = Money(ZERO, self.scale) if kind is FactKind.MONEY else 0
                    self.narrative.facts[name] = Fact(name, nothing, Position(self.reader.source.name))

    def reasons(self, which: str, node: Node) -> None:
        found = self.narrative.reasons if which == REASONS else self.narrative.redefined
        compared = [figure.name for figure in self.profile.figures if figure.compared]
        for key, value in pairs_of(self.reader, node, which):
            if key.value not in compared:
                hint = which_of(key.value, compared, "可写原因的有")
                self.reader.report("Y007", key, f"“{brief(key.value)}”不是与上年比较的数", f"请核对写法。{hint}")
                continue
            text = text_of(self.reader, value, f"“{key.value}”的{which}")
            found[key.value] = Text(text, self.reader.at(value))

    def group(self, key: yaml.ScalarNode, node: Node) -> None:
        facts = self.profile.facts
        known = [name.split(".", 1)[1] for name in facts if name.startswith(f"{key.value}.")]
        if not known:
            groups = sorted(
                {name.split(".")[0] for name in facts} | {REASONS} | ({SAYINGS} if self.profile.sayings else set())
            )
            file = self._listed_in(key.value)
            if file:
                said, remedy = f"“{key.value}”不在这里填", f"它由清单相加：请在 {file} 里逐条填，这里删去。"
                self.reader.report("Y007", key, said, remedy)
            else:
                self._unknown(key, self.reader.source.name.rpartition("/")[2], [*groups, *self.also])
            return
        self.places[key.value] = self.reader.at(key)
        for item, value in pairs_of(self.reader, node, f"“{key.value}”"):
            if item.value in known:
                self.fact(f"{key.value}.{item.value}", value)
            else:
                self._unknown(item, f"“{key.value}”", known)

    def _listed_in(self, group: str) -> str:
        """The file of the list that numbers of this group, or of this name, are sums of; empty where none are."""
        files = {one.name: one.file for one in self.profile.lists}
        sums = self.profile.record_sums.items()
        return next((files[one.list] for name, one in sums if name.partition(".")[0] == group), "")

    def fact(self, name: str, node: Node) -> None:
        self.places[name] = self.reader.at(node)
        match self.profile.facts[name]:
            case FactKind.WORDS:
                nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
                self.narrative.words[name] = tuple(
                    Text(text_of(self.reader, item, f"“{name}”"), self.reader.at(item))
                    for item in nodes
                    if not says_none(item)
                )
            case FactKind.MONEY:
                money = amount_of(self.reader, node, self.scale, f"“{name}”")
                if money is not None:
                    self.narrative.facts[name] = Fact(name, money, self.reader.at(node))
            case FactKind.COUNT:
                count = count_of(self.reader, node, f"“{name}”")
                if count is not None:
                    self.narrative.facts[name] = Fact(name, count, self.reader.at(node))

    def _unknown(self, key: yaml.ScalarNode, where: str, known: list[str]) -> None:
        remedy = f"请核对写法。{which_of(key.value, known)}"
        self.reader.report("Y007", key, f"{where}没有“{brief(key.value)}”这一项", remedy)
